"""Bringing in what another copy wrote out: once, the newer counts, and undone it is as it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from secondvoice.measures.kept import CHECK_INS, month_thing
from secondvoice.measures.record import CheckIn, CheckIns
from secondvoice.people.record import Settings
from secondvoice.records import CannotKeep, make_id
from secondvoice.records.imports import IMPORT
from secondvoice.records.models import Door, Incoming, Skipped, bring_in, examine, undo_last_import
from secondvoice.records.models.bringing import CHOSEN_HERE, DELETED_HERE, HERE, NEWER_HERE
from tests.records.notes import Note

MAY = date(2026, 5, 1)


def written(door: Door) -> list[Incoming]:
    """What an export of ``door`` holds."""
    return [
        Incoming(
            place=place,
            thing=UUID(record["thing"]),
            id=UUID(record["id"]),
            kind=record["kind"],
            version=record["version"],
            happened_at=datetime.fromisoformat(record["happened_at"]),
            value=json.loads(json.dumps(record["value"])),
        )
        for place, record in enumerate(door.export(), 2)
        if record["kind"] != "import"
    ]


def notes(door: Door) -> list[str]:
    return [item.value.text for item in door.page("test_note").items]


def reasons(skipped: list[Skipped]) -> list[str]:
    return [item.reason for item in skipped]


def state(door: Door) -> list[object]:
    """Every revision that is there."""
    return [(item.thing, item.id, item.happened_at, item.value) for item in door.log()]


def well(door: Door) -> bool:
    report = examine(door.person, door.data_key)
    return report.heads_ok and not report.unopened


def test_everything_comes_in_as_it_was(door: Door, bobs_door: Door) -> None:
    when = datetime(2024, 2, 29, 23, 59, tzinfo=UTC)
    one = door.keep(Note("one", 1), happened_at=when)
    door.keep(Note("two"))
    outcome = bring_in(bobs_door, written(door))
    assert (outcome.new, outcome.changed, outcome.skipped) == ({"test_note": 2}, {}, [])
    assert bobs_door.get("test_note", one.thing) == one
    assert notes(bobs_door) == notes(door)
    assert well(bobs_door)


def test_twice_is_once(door: Door, bobs_door: Door) -> None:
    door.keep(Note("one"))
    bring_in(bobs_door, written(door))
    before = state(bobs_door)
    outcome = bring_in(bobs_door, written(door))
    assert (outcome.new, outcome.changed, reasons(outcome.skipped)) == ({}, {}, [HERE])
    assert state(bobs_door) == before


def test_a_dry_run_tells_the_same_and_changes_nothing(door: Door, bobs_door: Door) -> None:
    door.keep(Note("one"))
    dry = bring_in(bobs_door, written(door), dry_run=True)
    assert state(bobs_door) == []
    assert bring_in(bobs_door, written(door)) == dry


def test_of_two_revisions_the_newer_counts(door: Door, bobs_door: Door) -> None:
    kept = door.keep(Note("first"))
    old = written(door)
    bring_in(bobs_door, old)
    door.keep(Note("second"), thing=kept.thing)
    outcome = bring_in(bobs_door, written(door))
    assert (outcome.new, outcome.changed) == ({}, {"test_note": 1})
    assert notes(bobs_door) == ["second"]
    assert reasons(bring_in(bobs_door, old).skipped) == [NEWER_HERE]
    assert notes(bobs_door) == ["second"]


def test_deleted_here_stays_deleted(door: Door, bobs_door: Door) -> None:
    kept = door.keep(Note("one"))
    bring_in(bobs_door, written(door))
    bobs_door.delete(kept.thing, "test_note")
    assert reasons(bring_in(bobs_door, written(door)).skipped) == [DELETED_HERE]
    assert notes(bobs_door) == []


def test_what_was_chosen_here_stays(door: Door, bobs_door: Door, charlies_door: Door) -> None:
    door.keep(Settings(friend="Sam"))
    bobs_door.keep(Settings(friend="Ana"))
    assert reasons(bring_in(bobs_door, written(door)).skipped) == [CHOSEN_HERE]
    assert bobs_door.latest("settings").value.friend == "Ana"
    assert bring_in(charlies_door, written(door)).new == {"settings": 1}


def test_the_check_ins_of_a_month_are_put_together(door: Door, bobs_door: Door) -> None:
    thing = month_thing(MAY)
    first, second = MAY, MAY.replace(day=2)
    door.keep(CheckIns(MAY).with_day(first, CheckIn(day=5)), thing=thing)
    mine = CheckIns(MAY).with_day(second, CheckIn(hard=7, kind=1))
    bobs_door.keep(mine.with_day(first, CheckIn(day=9)), thing=thing)
    door.keep(
        door.get(CHECK_INS, thing).value.with_day(MAY.replace(day=31), CheckIn(day=3)), thing=thing
    )
    outcome = bring_in(bobs_door, written(door))
    assert outcome.changed == {"check_ins": 1}
    month = bobs_door.get(CHECK_INS, thing).value
    # The first was said by both; what was saved last counts.
    assert [month.on(day).day for day in (first, second, MAY.replace(day=31))] == [5, None, 3]
    assert month.on(second) == CheckIn(hard=7, kind=1)
    again = bring_in(bobs_door, written(door))
    assert reasons(again.skipped) == [HERE]
    assert undo_last_import(bobs_door) == (1, 0)
    assert bobs_door.get(CHECK_INS, thing).value == mine.with_day(first, CheckIn(day=9))


def test_undone_all_is_as_it_was_and_it_can_come_in_again(door: Door, bobs_door: Door) -> None:
    kept = door.keep(Note("theirs"))
    bring_in(bobs_door, written(door))
    bobs_door.keep(Note("mine"))
    before = state(bobs_door)
    door.keep(Note("theirs, later"), thing=kept.thing)
    door.keep(Note("new"))
    bring_in(bobs_door, written(door))
    assert undo_last_import(bobs_door) == (2, 0)
    assert state(bobs_door) == before
    assert well(bobs_door)
    assert bring_in(bobs_door, written(door)).new == {"test_note": 1}


def test_an_import_that_is_not_the_last_is_not_undone(door: Door, bobs_door: Door) -> None:
    door.keep(Note("one"))
    bring_in(bobs_door, written(door))
    first = bobs_door.latest(IMPORT)
    assert first is not None
    door.keep(Note("two"))
    bring_in(bobs_door, written(door))
    before = state(bobs_door)
    assert undo_last_import(bobs_door, first.thing) is None
    assert undo_last_import(bobs_door, make_id()) is None
    assert state(bobs_door) == before
    assert undo_last_import(bobs_door) == (1, 0)
    assert undo_last_import(bobs_door, first.thing) == (1, 0)
    assert undo_last_import(bobs_door, first.thing) is None


def test_undoing_leaves_what_was_changed_since(door: Door, bobs_door: Door) -> None:
    kept = door.keep(Note("theirs"))
    door.keep(Note("other"))
    bring_in(bobs_door, written(door))
    bobs_door.keep(Note("mine now"), thing=kept.thing)
    assert undo_last_import(bobs_door) == (1, 1)
    assert notes(bobs_door) == ["mine now"]
    assert undo_last_import(bobs_door) is None
    assert well(bobs_door)


def test_what_cannot_be_read_is_told_and_the_rest_comes_in(door: Door, bobs_door: Door) -> None:
    door.keep(Note("one"))
    (good,) = written(door)
    told = [
        Skipped(1, "", "The line is no record."),
        replace(good, place=2, thing=make_id(), id=make_id(), kind="from_tomorrow"),
        replace(good, place=3, thing=make_id(), id=make_id(), version=99),
        replace(good, place=4, thing=make_id(), id=make_id(), value={"text": 5}),
        replace(good, place=5, thing=make_id(), id=UUID(int=7)),
        good,
    ]
    outcome = bring_in(bobs_door, told)
    assert outcome.new == {"test_note": 1}
    assert [item.place for item in outcome.skipped] == [1, 2, 3, 4, 5]
    assert "newer version" in outcome.skipped[1].reason
    assert "one" not in "".join(reasons(outcome.skipped))


def test_one_persons_ids_do_not_stand_in_anothers_way(door: Door, bobs_door: Door) -> None:
    kept = door.keep(Note("one"))
    bring_in(bobs_door, written(door))
    door.delete(kept.thing, "test_note")
    assert notes(bobs_door) == ["one"]


@dataclass
class Breaks:
    """A file that ends in the middle."""

    items: list[Incoming]

    def __iter__(self) -> Iterator[Incoming]:
        yield from self.items
        raise CannotKeep


def test_whole_or_not_at_all(door: Door, bobs_door: Door) -> None:
    door.keep(Note("one"))
    with pytest.raises(CannotKeep):
        bring_in(bobs_door, Breaks(written(door)))
    assert state(bobs_door) == []


def test_a_month_without_some_of_its_days() -> None:
    month = CheckIns(MAY)
    for number in (1, 2, 15):
        month = month.with_day(MAY.replace(day=number), CheckIn(day=number % 10))
    rest = month.without(MAY, MAY.replace(day=2))
    assert rest is not None
    assert [rest.on(MAY.replace(day=number)).day for number in (1, 2, 15)] == [None, None, 5]
    assert month.without(MAY - timedelta(days=9), MAY + timedelta(days=40)) is None
    assert month.without(MAY.replace(day=20), MAY.replace(day=25)) == month
