"""Everything taken out in the browser: as a file, sealed or not, asked for by the passphrase."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from secondvoice.moments.record import Moment
from secondvoice.records.models import Record, reading
from secondvoice.records.models.store import of
from secondvoice.vault import is_sealed_file, open_file
from tests.cast import browser_inside

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.cast import Someone

pytestmark = pytest.mark.django_db
FILE_PASSPHRASE = "amber kettle north nine"


def take(alice: Someone, form: str = "jsonl", **sent: str) -> HttpResponse:
    fields = {"form": form, "old-passphrase": alice.passphrase, **sent}
    return alice.client.post("/settings/take-out/", fields)


def written(alice: Someone, voice: str = "Zq, you always spoil it.") -> None:
    alice.door.keep(Moment(voice=voice, before=7))


def test_the_file_is_the_answer_and_is_kept_nowhere(alice: Someone) -> None:
    written(alice)
    answer = take(alice)
    head, *records, end = map(json.loads, answer.content.decode().splitlines())
    assert head["format"] == "secondvoice-export"
    assert any(each["value"].get("voice") == "Zq, you always spoil it." for each in records)
    assert end == {"end": True, "records": len(records)}
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="export-20')
    assert answer.headers["Cache-Control"] == "no-store"


def test_to_read_and_to_count_with(alice: Someone) -> None:
    written(alice)
    assert "> Zq, you always spoil it." in take(alice, "markdown").content.decode()
    rows = list(csv.DictReader(io.StringIO(take(alice, "csv").content.decode())))
    assert [row["value"] for row in rows] == ["7"]


def test_sealed_it_opens_with_its_own_passphrase_alone(alice: Someone) -> None:
    written(alice)
    both = {"file_passphrase": FILE_PASSPHRASE, "file_again": FILE_PASSPHRASE}
    raw = take(alice, **both).content
    assert is_sealed_file(raw[:64])
    assert b"spoil" not in raw
    opened = b"".join(open_file(io.BytesIO(raw), FILE_PASSPHRASE)).decode()
    assert "Zq, you always spoil it." in opened


def test_without_the_passphrase_nothing_goes_out(alice: Someone) -> None:
    written(alice)
    page = take(alice, **{"old-passphrase": "not this one at all"})
    assert "That is not the passphrase it has now." in page.content.decode()
    assert b"spoil" not in page.content
    assert "Content-Disposition" not in page.headers


@pytest.mark.parametrize(
    ("first", "again", "said"),
    [("short", "short", "8 characters or more"), (FILE_PASSPHRASE, "other", "not the same")],
)
def test_a_slip_in_the_files_passphrase_is_said(
    alice: Someone, first: str, again: str, said: str
) -> None:
    page = take(alice, file_passphrase=first, file_again=again).content.decode()
    assert said in page
    assert first not in page


def test_what_does_not_open_is_said_before_and_the_rest_comes_all_the_same(alice: Someone) -> None:
    written(alice)
    written(alice, "Another one.")
    broken = of(Record, alice.person).order_by("id").last()
    assert broken is not None
    of(Record, alice.person).filter(id=broken.id).update(sealed=b"\0" * 80)
    page = take(alice)
    assert "One thing does not open" in page.content.decode()
    answer = take(alice, without="on")
    assert "spoil" in answer.content.decode()
    assert "Another one." not in answer.content.decode()


def test_with_this_computers_account_there_is_no_passphrase_to_ask_for() -> None:
    browser = browser_inside()
    browser.post("/welcome/key/", {"method": "device"})
    answer = browser.post("/settings/take-out/", {"form": "jsonl"})
    assert json.loads(answer.content.splitlines()[0])["format"] == "secondvoice-export"


@pytest.mark.parametrize("form", ["jsonl", "markdown", "csv"])
def test_a_long_diary_is_in_memory_once_and_not_several_times(
    alice: Someone, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(reading, "AT_ONCE", 200_000)
    for number in range(160):
        alice.door.keep(Moment(voice=f"{number} " + "never good enough " * 3000, before=7))
    everything = 160 * 18 * 3000
    take(alice, form)
    tracemalloc.start()
    answer = take(alice, form)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(answer.content) > (everything if form != "csv" else 160)
    assert answer.headers["Content-Length"] == str(len(answer.content)), "A cut-off one is known."
    assert peak < len(answer.content) * 1.3 + everything / 4


def test_settings_lead_there(alice: Someone) -> None:
    page = alice.client.get("/settings/").content.decode()
    assert 'href="/settings/take-out/"' in page
    assert 'href="/settings/erase/"' in page
    assert 'href="/settings/erase/days/"' in page
