"""Entries of another program in a diary: once, as moments, taken back whole."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from secondvoice.arriving.bringing import Brought, bring
from secondvoice.arriving.choices import Choices
from secondvoice.arriving.reading import read_text
from secondvoice.moments.record import Moment
from secondvoice.records.models import Door, examine, undo_last_import

if TYPE_CHECKING:
    from tests.cast import Someone

CHOICES = Choices(ZoneInfo("Europe/Lisbon"))
JRNL = "[2024-07-01 09:00] One\nwith a body\n[2024-07-02 09:00] Two\n"


def bring_text(door: Door, text: str, *, dry_run: bool = False) -> Brought:
    return bring(door, read_text(text, CHOICES), text, dry_run=dry_run)


def moments(door: Door) -> list[Moment]:
    return [item.value for item in door.all("moment")]


def state(door: Door) -> list[tuple[object, ...]]:
    return [(item.thing, item.id, item.kind) for item in door.log() if item.kind == "moment"]


def test_they_are_finished_moments_at_their_own_time(alice: Someone) -> None:
    assert bring_text(alice.door, JRNL).outcome.new == {"moment": 2}
    newest, oldest = alice.door.all("moment")
    assert (newest.value.happened, newest.value.finished) == ("Two", True)
    assert oldest.happened_at == datetime(2024, 7, 1, 8, tzinfo=UTC)
    assert (oldest.value.zone, oldest.value.voice) == ("Europe/Lisbon", "")
    report = examine(alice.person, alice.data_key)
    assert report.heads_ok
    assert not report.unopened


def test_twice_is_once_also_after_a_dry_run_and_an_undo(alice: Someone) -> None:
    assert bring_text(alice.door, JRNL, dry_run=True).outcome.new == {"moment": 2}
    assert state(alice.door) == []
    bring_text(alice.door, JRNL)
    before = state(alice.door)
    assert bring_text(alice.door, JRNL).outcome.new == {}
    assert state(alice.door) == before
    assert undo_last_import(alice.door) == (2, 0)
    assert state(alice.door) == []
    bring_text(alice.door, JRNL)
    assert state(alice.door) == before


def test_the_next_export_of_the_same_diary_brings_only_what_is_new(alice: Someone) -> None:
    bring_text(alice.door, JRNL)
    outcome = bring_text(alice.door, JRNL + "[2024-07-03 09:00] Three\n").outcome
    assert (outcome.new, len(outcome.skipped)) == ({"moment": 1}, 2)


def test_what_was_deleted_or_changed_here_stays_so(alice: Someone) -> None:
    bring_text(alice.door, JRNL)
    two, one = alice.door.all("moment")
    alice.door.delete(two.thing, "moment")
    alice.door.keep(Moment(happened="mine now"), thing=one.thing)
    bring_text(alice.door, JRNL)
    assert [moment.happened for moment in moments(alice.door)] == ["mine now"]


def test_freecbt_can_be_found_by_what_is_in_the_words(alice: Someone) -> None:
    text = (
        '[{"automaticThought": "I am such an idiot, I ruin everything.",'
        ' "createdAt": "2024-07-01T09:00:00Z", "uuid": "1"}]'
    )
    bring_text(alice.door, text)
    (moment,) = moments(alice.door)
    assert moment.voice == "I am such an idiot, I ruin everything."
    assert "self_judgment" in moment.marks


def test_words_of_danger_are_said_once_and_change_nothing(alice: Someone) -> None:
    text = "[2024-07-01 09:00] I want to kill myself.\n"
    assert bring_text(alice.door, text, dry_run=True).care == "none"
    assert bring_text(alice.door, text).care == "now"
    assert {item.kind for item in alice.door.log()} == {"moment", "import", "import_secret"}
    assert bring_text(alice.door, text).care == "none"
    assert bring_text(alice.door, JRNL).care == "none"
