"""Erasing in the browser: some days, or everything with the keys; what still holds it is said."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session

from secondvoice.measures.record import CheckIn, CheckIns
from secondvoice.moments.record import Moment
from secondvoice.people.keys import make_next_device_key
from secondvoice.records.models import Person, personal_models
from secondvoice.records.models.store import of
from tests.cast import browser_inside, move_in
from tests.site.addresses import fill_a_year, sit_down

if TYPE_CHECKING:
    from pathlib import Path

    from django.http import HttpResponse

    from tests.cast import Someone

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of this test's own."""
    monkeypatch.setattr(settings, "DATA", tmp_path)
    return tmp_path


def rows(someone: Someone) -> int:
    return sum(of(model, someone.person).count() for model in personal_models())


def erase(someone: Someone, **sent: str) -> HttpResponse:
    fields = {"old-passphrase": someone.passphrase, "sure": "on", **sent}
    return someone.client.post("/settings/erase/", fields)


def test_everything_goes_and_nobody_elses(alice: Someone, folder: Path) -> None:
    fill_a_year(alice)
    bob = move_in()
    fill_a_year(bob)
    sit_down(alice)
    before = rows(bob)
    page = erase(alice)
    assert "It is erased" in page.content.decode()
    assert "backups that were put elsewhere" in page.content.decode().lower()
    assert page.headers["Clear-Site-Data"] == '"storage"'
    assert rows(alice) == 0
    assert not Person.objects.filter(id=alice.person).exists()
    assert rows(bob) == before > 100


def test_every_browser_where_it_was_open_is_locked(folder: Path) -> None:
    browser = browser_inside()
    browser.post("/welcome/key/", {"method": "device"})
    assert (folder / "device.key").is_file()
    make_next_device_key(folder)  # as a change of the data key that was killed leaves it
    assert len(list(folder.glob("device.key*"))) == 2
    assert browser.get("/moments/").status_code == 200
    assert "It is erased" in browser.post("/settings/erase/", {"sure": "on"}).content.decode()
    assert list(folder.glob("device.key*")) == []
    assert Session.objects.count() == 0
    assert browser.get("/moments/").headers["Location"] == "/welcome/"


def test_backups_in_the_folder_are_told_of_and_go_if_asked(alice: Someone, folder: Path) -> None:
    (folder / "backups").mkdir()
    for name in ("automatic-20260101T000000Z.zip", "device-before-1.key", "README.txt"):
        (folder / "backups" / name).write_bytes(b"x")
    page = alice.client.get("/settings/erase/").content.decode()
    assert "2 backups in the data folder still hold it" in page
    assert "still hold" not in erase(alice, backups_too="on").content.decode()
    assert [path.name for path in (folder / "backups").iterdir()] == ["README.txt"]


def test_backups_that_stay_are_told_of_afterwards(alice: Someone, folder: Path) -> None:
    (folder / "backups").mkdir()
    (folder / "backups" / "automatic-20260101T000000Z.zip").write_bytes(b"x")
    assert "One backup in the data folder still holds it" in erase(alice).content.decode()
    assert len(list((folder / "backups").iterdir())) == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"sure": ""}, "Tick this if you mean it."),
        ({"old-passphrase": "not this one at all"}, "That is not the passphrase it has now."),
    ],
)
def test_a_slip_erases_nothing(
    alice: Someone, folder: Path, sent: dict[str, str], said: str
) -> None:
    alice.door.keep(Moment(voice="Stays."))
    before = rows(alice)
    assert said in erase(alice, **sent).content.decode()
    assert rows(alice) == before


def days(alice: Someone, first: str, last: str, **sent: str) -> HttpResponse:
    fields = {"first": first, "last": last, "old-passphrase": alice.passphrase, **sent}
    return alice.client.post("/settings/erase/days/", fields, follow=True)


def test_some_days_are_looked_at_first_and_then_go(alice: Someone) -> None:
    for day in (1, 2, 3):
        when = datetime(2026, 3, day, 12, tzinfo=UTC)
        alice.door.keep(Moment(voice=f"On the {day}."), happened_at=when)
    page = days(alice, "2026-03-02", "2026-03-03").content.decode()
    assert "2 things are from these days." in page
    assert len(list(alice.door.all("moment"))) == 3
    page = days(alice, "2026-03-02", "2026-03-03", sure="1").content.decode()
    assert "Erased: 2." in page
    assert [item.value.voice for item in alice.door.all("moment")] == ["On the 1."]


def test_a_slip_on_the_days_erases_nothing(alice: Someone) -> None:
    alice.door.keep(Moment(voice="Stays."), happened_at=datetime(2026, 3, 2, 12, tzinfo=UTC))
    for first, last, said in (
        ("2026-03-03", "2026-03-01", "comes before the first"),
        ("0001-01-01", "9999-12-31", "comes before the first, or is none"),
        ("x", "2026-03-01", "Write the day like 2026-03-31."),
        ("", "2026-03-01", "Choose the first day."),
        ("2025-01-01", "2025-01-02", "There is nothing from these days."),
    ):
        assert said in days(alice, first, last, sure="1").content.decode()
    page = days(alice, "2026-03-01", "2026-03-03", sure="1", **{"old-passphrase": "wrong one"})
    assert "That is not the passphrase it has now." in page.content.decode()
    assert len(list(alice.door.all("moment"))) == 1


def test_of_a_month_of_check_ins_only_the_days_go(alice: Someone) -> None:
    first, second = date(2026, 3, 1), date(2026, 3, 2)
    month = CheckIns(first).with_day(first, CheckIn(5)).with_day(second, CheckIn(7))
    alice.door.keep(month, happened_at=datetime(2026, 3, 1, tzinfo=UTC))
    assert "Erased: 1." in days(alice, "2026-03-02", "2026-03-02", sure="1").content.decode()
    (kept,) = alice.door.all("check_ins")
    assert [kept.value.on(day).day for day in (first, second)] == [5, None]
