"""Erasing in the browser: some days, or everything with the keys; what still holds it is said."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from secondvoice.departing.views import erasing
from secondvoice.growth.record import Told
from secondvoice.growth.trials import begun
from secondvoice.measures.kept import month_thing
from secondvoice.measures.record import CheckIn, CheckIns
from secondvoice.moments.record import Moment
from secondvoice.people.keys import make_next_device_key
from secondvoice.records.models import Door, Person, Record, personal_models
from secondvoice.records.models.store import of
from tests.arriving.test_page import choose
from tests.cast import browser_inside, move_in
from tests.pocket.test_receiving import item, send
from tests.site.addresses import fill_a_year, sit_down

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

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
    """Some days are looked at, or with ``sure`` looked at and erased."""
    fields = {"first": first, "last": last}
    page = alice.client.post("/settings/erase/days/", fields)
    if "sure" not in sent:
        return page
    fields |= {"looked": looked(page), "old-passphrase": alice.passphrase, **sent}
    return alice.client.post("/settings/erase/days/", fields, follow=True)


def looked(page: HttpResponse) -> str:
    shown = re.search('name="looked" value="([^"]*)"', page.content.decode())
    return shown[1] if shown else ""


def moments_of(alice: Someone, *on: int) -> None:
    for day in on:
        when = datetime(2026, 3, day, 12, tzinfo=UTC)
        alice.door.keep(Moment(voice=f"On the {day}."), happened_at=when)


def voices(alice: Someone) -> list[str]:
    return [item.value.voice for item in alice.door.all("moment")]


def test_some_days_are_looked_at_first_and_then_go(alice: Someone) -> None:
    moments_of(alice, 1, 2, 3)
    page = days(alice, "2026-03-02", "2026-03-03").content.decode()
    assert "2 things are from these days." in page
    assert len(voices(alice)) == 3
    page = days(alice, "2026-03-02", "2026-03-03", sure="1").content.decode()
    assert "Erased: 2." in page
    assert voices(alice) == ["On the 1."]


def test_days_that_were_changed_after_looking_are_looked_at_first(alice: Someone) -> None:
    moments_of(alice, 1, 2, 5)
    seen = looked(days(alice, "2026-03-01", "2026-03-02"))
    page = days(alice, "2026-03-01", "2026-12-31", sure="1", looked=seen)
    assert "This is not what you looked at before" in page.content.decode()
    assert "3 things are from these days." in page.content.decode()
    assert len(voices(alice)) == 3
    for made_up in ("", "2026-03-01 2026-12-31 " + 5000 * "9", "2026-03-01 2026-12-31 x"):
        days(alice, "2026-03-01", "2026-12-31", sure="1", looked=made_up)
    assert len(voices(alice)) == 3
    days(alice, "2026-03-01", "2026-12-31", sure="1", looked=looked(page))
    assert voices(alice) == []


def test_what_came_after_looking_is_shown_before_it_goes(alice: Someone) -> None:
    moments_of(alice, 1)
    seen = looked(days(alice, "2026-03-01", "2026-03-02"))
    moments_of(alice, 2)
    page = days(alice, "2026-03-01", "2026-03-02", sure="1", looked=seen)
    assert "2 things are from these days." in page.content.decode()
    assert len(voices(alice)) == 2


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


def check_in(alice: Someone, month: CheckIns, day: int) -> CheckIns:
    """The month with one more day, as another page keeps it."""
    laid = month.with_day(month.month.replace(day=day), CheckIn(day))
    when = datetime(2026, 3, 1, 12, tzinfo=UTC)
    alice.door.keep(laid, thing=month_thing(month.month), happened_at=when, history=False)
    return laid


def said(alice: Someone) -> list[int]:
    return [
        number
        for item in alice.door.all("check_ins")
        for number in item.value.numbers("day")
        if number is not None
    ]


def test_a_check_in_that_comes_while_the_passphrase_is_tried_is_not_lost(
    alice: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    month = check_in(alice, check_in(alice, CheckIns(date(2026, 3, 1)), 1), 2)

    def slow(*_: object) -> bool:
        check_in(alice, month, 9)
        return True

    monkeypatch.setattr(erasing, "passphrase_is_right", slow)
    assert "Erased: 1." in days(alice, "2026-03-02", "2026-03-02", sure="1").content.decode()
    assert said(alice) == [1, 9]


def test_a_check_in_and_an_erasure_wait_for_each_other(
    alice: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read of a month is read while nobody else can keep it."""
    read: list[bool] = []
    held: list[None] = []
    holding, get, all_ = Door.holding, Door.get, Door.all

    @contextmanager
    def noted(door: Door) -> Iterator[None]:
        with holding(door):
            held.append(None)
            yield
            held.pop()

    def got(door: Door, kind: str, thing: UUID) -> object:
        read.extend([bool(held)] if kind == "check_ins" else [])
        return get(door, kind, thing)

    def gone_through(door: Door, kind: str) -> object:
        read.extend([bool(held)] if kind == "check_ins" else [])
        return all_(door, kind)

    monkeypatch.setattr(Door, "holding", noted)
    monkeypatch.setattr(Door, "get", got)
    monkeypatch.setattr(Door, "all", gone_through)
    alice.client.post("/measures/check-in/", {"day": "5", "hard": "", "kind": ""})
    # The page shows first what was said today; what is kept is read again.
    assert read[-1] is True
    today = str(timezone.localdate())
    days(alice, today, today, sure="1")
    assert read[-1] is True
    send(alice, item("check_in", "/measures/check-in/", day="4", hard="", kind="7"))
    assert read[-1] is True


def planned(alice: Someone, *told: int) -> UUID:
    """An experiment that was planned on 1 March, with numbers of some days of March."""
    made = begun("soles", "", date(2026, 3, 2), "short", 7)
    for day in told:
        made = made.told(Told(date(2026, 3, day), day % 10, True))
    when = datetime(2026, 3, 1, 12, tzinfo=UTC)
    return alice.door.keep(made, happened_at=when, history=False).thing


def told(alice: Someone) -> list[int]:
    return [one.on.day for item in alice.door.all("self_experiment") for one in item.value.days]


def test_of_an_experiment_on_oneself_only_the_days_go(alice: Someone) -> None:
    planned(alice, 2, 3, 4, 5)
    assert "Erased: 1." in days(alice, "2026-03-03", "2026-03-04", sure="1").content.decode()
    assert told(alice) == [2, 5]
    # The day on which it was planned does not take the days that are elsewhere.
    assert "Erased: 1." in days(alice, "2026-03-01", "2026-03-02", sure="1").content.decode()
    assert told(alice) == [5]
    assert "Erased: 1." in days(alice, "2026-03-05", "2026-03-05", sure="1").content.decode()
    assert len(list(alice.door.revisions("self_experiment", planned(alice)))) == 1
    assert told(alice) == []
    assert len(list(alice.door.all("self_experiment"))) == 2
    assert "Erased: 2." in days(alice, "2026-03-01", "2026-03-01", sure="1").content.decode()
    assert list(alice.door.all("self_experiment")) == []


def test_a_deleted_experiment_with_one_of_the_days_goes_whole(alice: Someone) -> None:
    alice.door.delete(planned(alice, 2, 3), "self_experiment")
    assert "Erased: 1." in days(alice, "2026-03-03", "2026-03-03", sure="1").content.decode()
    assert "self_experiment" not in {item.kind for item in alice.door.log()}


def test_a_month_that_does_not_open_goes_with_all_of_its_days_and_else_is_told(
    alice: Someone,
) -> None:
    check_in(alice, CheckIns(date(2026, 3, 1)), 4)
    of(Record, alice.person).filter(kind="check_ins").update(sealed=b"\0" * 80)
    page = days(alice, "2026-03-02", "2026-03-31").content.decode()
    assert "One month of check-ins does not open" in page
    assert "There is nothing" not in page
    assert "does not open" not in days(alice, "2026-04-01", "2026-04-30").content.decode()
    page = days(alice, "2026-03-01", "2026-03-31", sure="1").content.decode()
    assert "Erased: 1." in page
    assert list(alice.door.all("check_ins")) == []


def test_a_file_that_waits_to_be_brought_in_goes_with_the_day_it_was_chosen_on(
    alice: Someone,
) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    with time_machine.travel(yesterday, tick=False):
        alice.unlock()
        choose(alice, "[2024-07-01 09:00] Dear diary\n")
    alice.unlock()
    choose(alice, "[2024-07-01 09:00] Dear diary, all of it\n")
    assert "Erased" not in days(alice, *[str(yesterday.date())] * 2, sure="1").content.decode()
    assert alice.door.latest("import_waiting") is not None
    days(alice, *[str(timezone.localdate())] * 2, sure="1")
    assert "import_waiting" not in {item.kind for item in alice.door.log()}
