"""Taking everything out where many share a house, and its memory."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import TYPE_CHECKING

import pytest

from secondvoice.departing.views import taking
from secondvoice.moments.record import Moment
from tests.accounts.household import Resident, living_here

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.cast import Someone

pytestmark = pytest.mark.django_db

BEGAN = datetime(2024, 2, 1, 12, tzinfo=UTC)


def with_much(number: int = 12, length: int = 2000) -> tuple[Resident, Someone]:
    resident, someone = living_here("alice@example.org")
    for day in range(number):
        moment = Moment(voice=f"line {day}: " + "x" * length, before=day % 10)
        someone.door.keep(moment, happened_at=BEGAN + timedelta(days=10 * day))
    return resident, someone


def take(resident: Resident, someone: Someone, **sent: str) -> HttpResponse:
    fields = {"form": "jsonl", "old-passphrase": someone.passphrase, **sent}
    return resident.client.post("/settings/take-out/", fields)


def choices(page: HttpResponse) -> list[tuple[str, str]]:
    found = re.findall(
        r'name="part" value="([^"]*)"[^>]*> <span>([^<]*)</span>', page.content.decode()
    )
    return [(unescape(value), label) for value, label in found]


def lines_in(answer: HttpResponse) -> list[int]:
    return [int(number) for number in re.findall(r"line (\d+):", answer.content.decode())]


@pytest.mark.parametrize("form", ["jsonl", "markdown"])
def test_what_is_more_than_one_file_takes_comes_in_parts_and_nothing_is_left_out(
    monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    monkeypatch.setattr(taking, "MOST", 10_000)
    resident, someone = with_much(number=11)
    page = take(resident, someone, form=form)
    assert "one file each" in page.content.decode()
    parts = choices(page)
    assert len(parts) == 3
    assert parts[0][1].startswith("From the beginning to ")
    assert parts[-1][1].endswith(" to the newest")
    # What is written meanwhile moves no end of a part.
    someone.door.keep(Moment(voice="line 11: just now"), happened_at=BEGAN + timedelta(days=500))
    files = [take(resident, someone, form=form, part=value) for value, _ in parts]
    assert all("Content-Disposition" in each.headers for each in files)
    taken = [number for each in files for number in lines_in(each)]
    assert sorted(taken) == list(range(12))
    if form == "jsonl":
        for each in files:
            *records, end = each.content.decode().splitlines()[1:]
            assert json.loads(end) == {"end": True, "records": len(records)}
    names = [each.headers["Content-Disposition"] for each in files]
    assert len(set(names)) == len(names)


def test_a_part_that_was_made_up_gives_the_choice_and_a_slip_forgets_it_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(taking, "MOST", 10_000)
    resident, someone = with_much()
    assert len(choices(take(resident, someone, part="everything.at-once"))) == 3
    value, _ = choices(take(resident, someone))[1]
    page = take(resident, someone, part=value, **{"old-passphrase": "not this one"})
    assert f'type="hidden" name="part" value="{value}"' in page.content.decode()


def test_what_one_file_takes_comes_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "MOST", 100_000)
    resident, someone = with_much()
    assert sorted(lines_in(take(resident, someone))) == list(range(12))


def test_right_after_the_recovery_code_sealing_a_file_is_counted() -> None:
    resident, someone = living_here("alice@example.org")
    resident.client.post("/lock/")
    resident.client.post("/unlock/recovery/", {"code": someone.code})
    both = {"file_passphrase": "amber kettle north nine", "file_again": "amber kettle north nine"}
    # One try of hers at the passphrase and one at the code are counted, too.
    for _ in range(8):
        assert "Content-Disposition" in take(resident, someone, **both).headers
    page = take(resident, someone, **both)
    assert "another in a few minutes" in page.content.decode()
    assert "Content-Disposition" in take(resident, someone).headers
