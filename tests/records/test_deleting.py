"""Deleting can be undone for a while; after that the words are gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django_scopes import scope

from secondvoice.records import NotThere
from secondvoice.records.models import Door, Record, examine
from tests.records.notes import Note

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
WEEK = timedelta(days=7)


def sealed_of(door: Door) -> list[bytes]:
    with scope(person=door.person):
        return [
            bytes(one) for one in Record.objects.order_by("id").values_list("sealed", flat=True)
        ]


def test_a_deleted_thing_is_nowhere_but_among_the_deleted(door: Door) -> None:
    stays, goes = door.keep(Note("stays")), door.keep(Note("goes"))
    door.delete(goes.thing, "test_note")
    assert [item.thing for item in door.page("test_note").items] == [stays.thing]
    assert door.latest("test_note") == stays
    with pytest.raises(NotThere):
        door.get("test_note", goes.thing)
    with pytest.raises(NotThere):
        door.revisions("test_note", goes.thing)
    assert [item.value for item in door.deleted("test_note")] == [Note("goes")]


def test_undo_brings_it_back_as_it_was(door: Door) -> None:
    kept = door.keep(Note("first"), happened_at=NOON)
    door.keep(Note("second", 5), thing=kept.thing)
    door.delete(kept.thing, "test_note")
    door.restore(kept.thing, "test_note")
    again = door.get("test_note", kept.thing)
    assert (again.value, again.happened_at) == (Note("second", 5), NOON)
    assert door.deleted("test_note") == []
    assert examine(door.person, door.data_key).heads_ok


def test_the_last_deleted_comes_first(door: Door) -> None:
    things = [door.keep(Note(str(number))).thing for number in range(3)]
    for number, thing in enumerate(things):
        with time_machine.travel(NOON + timedelta(hours=number), tick=False):
            door.delete(thing, "test_note")
    assert [item.thing for item in door.deleted("test_note")] == things[::-1]


def test_deleting_or_restoring_what_is_not_there_says_so(door: Door, bobs_door: Door) -> None:
    bobs = bobs_door.keep(Note("Bob's"))
    mine = door.keep(Note("mine"))
    for thing, kind in (
        (bobs.thing, "test_note"),
        (uuid4(), "test_note"),
        (mine.thing, "test_letter"),
    ):
        with pytest.raises(NotThere):
            door.delete(thing, kind)
        with pytest.raises(NotThere):
            door.restore(thing, kind)
    with pytest.raises(NotThere):
        door.restore(mine.thing, "test_note")
    door.delete(mine.thing, "test_note")
    with pytest.raises(NotThere):
        door.delete(mine.thing, "test_note")
    assert bobs_door.get("test_note", bobs.thing) == bobs


def test_purging_empties_every_revision_of_what_was_deleted_long_ago(door: Door) -> None:
    with time_machine.travel(NOON - WEEK * 2, tick=False):
        old = door.keep(Note("old"))
        door.keep(Note("old, edited"), thing=old.thing)
        door.delete(old.thing, "test_note")
    with time_machine.travel(NOON - timedelta(days=1), tick=False):
        new = door.keep(Note("new"))
        door.delete(new.thing, "test_note")
    stays = door.keep(Note("stays"))
    with time_machine.travel(NOON, tick=False):
        assert door.purge(older_than=WEEK) == 2
        assert door.purge(older_than=WEEK) == 0
    assert [item.thing for item in door.deleted("test_note")] == [new.thing]
    assert [bool(sealed) for sealed in sealed_of(door)].count(True) == 2
    with pytest.raises(NotThere):
        door.restore(old.thing, "test_note")
    door.restore(new.thing, "test_note")
    assert {item.value.text for item in door.all("test_note")} == {"new", "stays"}
    assert stays.value == Note("stays")
    assert examine(door.person, door.data_key).heads_ok


def test_without_undo_the_words_go_at_once(door: Door) -> None:
    draft = door.keep(Note("a draft"))
    door.delete(draft.thing, "test_note", undo=False)
    assert sealed_of(door) == [b"", b""]
    assert door.deleted("test_note") == []
    with pytest.raises(NotThere):
        door.restore(draft.thing, "test_note")


def test_what_is_saved_to_a_deleted_thing_is_not_lost(door: Door) -> None:
    kept = door.keep(Note("open in another tab"), happened_at=NOON)
    door.delete(kept.thing, "test_note")
    door.keep(Note("written in the other tab"), thing=kept.thing)
    again = door.get("test_note", kept.thing)
    assert (again.value, again.happened_at) == (Note("written in the other tab"), NOON)
    assert door.deleted("test_note") == []
