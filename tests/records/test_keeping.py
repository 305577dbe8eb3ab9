"""What a person saves is there, once, as they saved it, and nobody can read it in the table."""

from __future__ import annotations

import copy
import pickle
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from secondvoice.records import BadId, Kept, NotThere, make_id
from secondvoice.records.models import Door, Head, Record
from tests.records.notes import Letter, Note

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def revisions_of(door: Door, thing: UUID) -> int:
    with scope(person=door.person):
        return Record.objects.filter(thing=thing).count()


def test_it_is_there_as_it_was_saved(door: Door) -> None:
    with time_machine.travel(NOON, tick=False):
        kept = door.keep(Note("I missed the bus.", 7))
    assert kept.value == Note("I missed the bus.", 7)
    assert kept.happened_at == kept.kept_at == NOON
    assert door.get("test_note", kept.thing) == kept
    assert door.get("test_note", kept.thing).value == kept.value


def test_the_table_holds_no_word_of_it(door: Door) -> None:
    kept = door.keep(Note("an unmistakable sentence", 424_242))
    with scope(person=door.person):
        row = Record.objects.values().get(thing=kept.thing)
        head = Head.objects.values().get(thing=kept.thing)
    stored = f"{ {**row, 'sealed': bytes(row['sealed'])} } {head}"
    assert "unmistakable" not in stored
    assert "424242" not in stored
    assert door.data_key not in bytes(row["sealed"])


def test_a_new_thing_is_two_statements_in_one_transaction(door: Door) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        door.keep(Note("quick"))
    statements = [q["sql"].split()[0] for q in queries if "SAVEPOINT" not in q["sql"]]
    assert statements == ["INSERT", "INSERT"]


def test_a_page_is_one_statement(door: Door) -> None:
    door.keep(Note("one"))
    with CaptureQueriesContext(connection) as queries:
        door.page("test_note")
    assert len(queries) == 1


def test_editing_keeps_the_time_it_happened(door: Door) -> None:
    first = door.keep(Note("first"), happened_at=NOON)
    second = door.keep(Note("second"), thing=first.thing)
    assert second.happened_at == NOON
    assert second.id > first.id
    assert door.get("test_note", first.thing).value == Note("second")
    assert revisions_of(door, first.thing) == 2
    assert [one.value.text for one in door.revisions("test_note", first.thing)] == [
        "second",
        "first",
    ]


def test_it_can_be_backdated_and_moved(door: Door) -> None:
    zone = timezone(timedelta(hours=-9))
    kept = door.keep(Note("long ago"), happened_at=datetime(1971, 1, 1, tzinfo=zone))
    assert door.get("test_note", kept.thing).happened_at == datetime(1971, 1, 1, 9, tzinfo=UTC)
    door.keep(Note("longer ago"), thing=kept.thing, happened_at=datetime(1969, 1, 1, tzinfo=UTC))
    again = door.get("test_note", kept.thing)
    assert (again.happened_at.year, again.value.text) == (1969, "longer ago")


def test_a_time_without_zone_is_refused_and_nothing_is_kept(door: Door) -> None:
    with pytest.raises(ValueError, match="zone"):
        door.keep(Note("when?"), happened_at=datetime(2026, 1, 1))  # noqa: DTZ001
    assert list(door.all("test_note")) == []


def test_the_same_save_sent_twice_is_one_row(door: Door) -> None:
    sent = make_id()
    first = door.keep(Note("sent"), id=sent)
    second = door.keep(Note("sent"), id=sent)
    assert first == second
    assert first.value == second.value
    assert first.thing == sent
    assert len(list(door.all("test_note"))) == 1
    assert revisions_of(door, first.thing) == 1


def test_the_same_edit_sent_twice_is_one_revision(door: Door) -> None:
    first, sent = door.keep(Note("first")), make_id()
    edited = [door.keep(Note("edit"), thing=first.thing, id=sent) for _ in range(2)]
    assert edited[0] == edited[1]
    assert revisions_of(door, first.thing) == 2


def test_an_id_is_never_taken_for_something_else(door: Door) -> None:
    sent = make_id()
    other = door.keep(Note("other"))
    door.keep(Note("sent"), id=sent)
    with pytest.raises(BadId):
        door.keep(Letter("sent"), id=sent)
    with pytest.raises(BadId):
        door.keep(Note("sent"), id=sent, thing=other.thing)
    with pytest.raises(BadId):
        door.keep(Note("random"), id=uuid4())
    assert {item.value.text for item in door.all("test_note")} == {"other", "sent"}


def test_two_people_may_use_the_same_id(door: Door, bobs_door: Door) -> None:
    sent = make_id()
    door.keep(Note("Alice's"), id=sent)
    bobs_door.keep(Note("Bob's"), id=sent)
    assert door.get("test_note", sent).value == Note("Alice's")
    assert bobs_door.get("test_note", sent).value == Note("Bob's")


def test_a_draft_keeps_only_its_newest_revision(door: Door) -> None:
    draft = door.keep(Note("d"), history=False)
    for text in ("dr", "dra", "draf"):
        door.keep(Note(text), thing=draft.thing, history=False)
    assert revisions_of(door, draft.thing) == 1
    assert door.get("test_note", draft.thing).value == Note("draf")


def test_an_older_draft_that_arrives_late_does_not_win(door: Door) -> None:
    early = make_id()
    draft = door.keep(Note("first"), history=False)
    newest = door.keep(Note("newest"), thing=draft.thing, history=False)
    door.keep(Note("late"), thing=draft.thing, id=early, history=False)
    assert door.get("test_note", draft.thing) == newest
    assert revisions_of(door, draft.thing) == 1


def test_two_tabs_both_stay_in_the_log_and_the_newest_is_shown(door: Door) -> None:
    thing = door.keep(Note("first")).thing
    early, late = make_id(), make_id()
    door.keep(Note("late tab"), thing=thing, id=late)
    door.keep(Note("early tab, slow line"), thing=thing, id=early)
    assert door.get("test_note", thing).value == Note("late tab")
    assert [one.value.text for one in door.revisions("test_note", thing)] == [
        "late tab",
        "early tab, slow line",
        "first",
    ]


def test_the_last_edit_is_shown_also_when_the_clock_was_put_back(door: Door) -> None:
    with time_machine.travel(NOON, tick=False):
        thing = door.keep(Note("first")).thing
    with time_machine.travel(NOON - timedelta(days=30), tick=False):
        door.keep(Note("second"), thing=thing)
        door.keep(Note("third"), thing=thing)
        assert door.get("test_note", thing).value == Note("third")
        door.delete(thing, "test_note")
        with pytest.raises(NotThere):
            door.get("test_note", thing)


def test_a_thing_does_not_change_its_kind(door: Door) -> None:
    thing = door.keep(Note("a note")).thing
    with pytest.raises(NotThere):
        door.keep(Letter("a letter"), thing=thing)
    with pytest.raises(NotThere):
        door.get("test_letter", thing)
    assert door.get("test_note", thing).value == Note("a note")


def test_a_client_may_name_a_new_thing(door: Door) -> None:
    thing = make_id()
    kept = door.keep(Note("from the train"), thing=thing)
    assert kept.thing == thing
    assert door.get("test_note", thing) == kept


def test_latest_is_the_newest_by_when_it_happened(door: Door) -> None:
    assert door.latest("test_note") is None
    newest = door.keep(Note("today"), happened_at=NOON)
    door.keep(Note("backdated"), happened_at=NOON - timedelta(days=2))
    assert door.latest("test_note") == newest


def test_export_gives_everything_that_opens_as_plain_values(door: Door) -> None:
    note = door.keep(Note("one", 1), happened_at=NOON)
    letter = door.keep(Letter("Dear me"))
    gone = door.keep(Note("gone"))
    door.delete(gone.thing, "test_note")
    exported = list(door.export())
    assert [one["value"] for one in exported] == [
        {"text": "Dear me"},
        {"text": "one", "number": 1},
    ]
    assert exported[1] == {
        "thing": str(note.thing),
        "id": str(note.id),
        "kind": "test_note",
        "version": 1,
        "happened_at": "2026-11-24T12:00:00+00:00",
        "kept_at": note.kept_at.isoformat(),
        "value": {"text": "one", "number": 1},
    }
    assert exported[0]["thing"] == str(letter.thing)


def test_a_door_shows_no_key_and_cannot_be_stored(door: Door) -> None:
    shown = f"{door!r} {door}"
    assert repr(door.data_key)[2:-1] not in shown
    assert door.data_key.hex() not in shown
    with pytest.raises(TypeError, match="holds a key"):
        pickle.dumps(door)
    with pytest.raises(TypeError, match="holds a key"):
        copy.copy(door)


def test_kept_has_the_type_that_was_given(door: Door) -> None:
    kept: Kept[Note] = door.keep(Note("typed"))
    assert kept.value.text == "typed"
