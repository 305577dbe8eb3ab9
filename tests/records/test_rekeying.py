"""Another data key: everything opens by it and nothing by the one before, or nothing has changed."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django_scopes import scope

from secondvoice.records import Kept, NewerVersion, Unopened
from secondvoice.records.errors import KeyChanged
from secondvoice.records.models import (
    Door,
    Record,
    SomeDamaged,
    change_data_key,
    examine,
    person_keys,
    replace_wrap,
)
from secondvoice.vault import (
    WrongKey,
    make_data_key,
    make_recovery_code,
    unwrap,
    wrap_with_recovery_code,
)
from tests.records.conftest import new_door
from tests.records.notes import Letter, Note

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from secondvoice.vault import WrappedKey


def another(person: UUID) -> tuple[bytes, str, list[WrappedKey]]:
    """A new data key, the code that opens it, and the wraps to keep."""
    key, code = make_data_key(), make_recovery_code()
    return key, code, [wrap_with_recovery_code(key, code, person=person)]


def filled(door: Door) -> None:
    """Of everything that can be in a log: revisions, deleted, emptied, many."""
    for number in range(3):
        kept = door.keep(Note(f"note {number}"))
        door.keep(Note(f"note {number}, again"), thing=kept.thing)
    door.delete(door.keep(Letter("deleted")).thing, "test_letter")
    door.delete(door.keep(Letter("emptied")).thing, "test_letter")
    door.purge(timedelta(0))
    door.delete(door.keep(Letter("deleted later")).thing, "test_letter")


def said(door: Door) -> list[tuple[object, ...]]:
    items = list(door.log())
    assert all(isinstance(item, Kept) for item in items)
    return [(item.thing, item.id, item.kind, item.happened_at, item.value) for item in items]


def rows(person: UUID) -> list[dict[str, Any]]:
    with scope(person=person):
        return [
            row | {"sealed": bytes(row["sealed"])} for row in Record.objects.order_by("id").values()
        ]


def test_everything_opens_by_the_new_key_and_nothing_by_the_old(door: Door) -> None:
    filled(door)
    before, words = rows(door.person), said(door)
    key, code, wraps = another(door.person)
    sealed = sum(bool(row["sealed"]) for row in before)
    assert change_data_key(door.person, door.data_key, key, wraps) == (sealed, 0)
    assert said(Door(door.person, key)) == words
    assert len(words) == sealed > 6
    assert all(isinstance(item, Unopened) for item in door.log())
    after = rows(door.person)
    for one, other in zip(before, after, strict=True):
        assert (one["sealed"] != other["sealed"]) == bool(one["sealed"])
        assert len(one.pop("sealed")) == len(other.pop("sealed"))
        assert one == other, "nothing that stands beside it has changed"
    (wrap,) = person_keys(door.person)
    assert unwrap(wrap, code, person=door.person) == key
    assert examine(door.person, key).unopened == []


def test_more_than_fit_into_one_go(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("secondvoice.records.models.rekeying._CHUNK", 4)
    filled(door)
    words = said(door)
    key, _, wraps = another(door.person)
    change_data_key(door.person, door.data_key, key, wraps)
    assert said(Door(door.person, key)) == words


def test_bobs_are_as_they_were(door: Door, bobs_door: Door) -> None:
    filled(door)
    filled(bobs_door)
    before, keys = rows(bobs_door.person), person_keys(bobs_door.person)
    change_data_key(door.person, door.data_key, *_key_and_wraps(door))
    assert rows(bobs_door.person) == before
    assert person_keys(bobs_door.person) == keys
    bobs_door.keep(Note("still"))


def _key_and_wraps(door: Door) -> tuple[bytes, list[WrappedKey]]:
    key, _, wraps = another(door.person)
    return key, wraps


def test_what_was_begun_before_is_refused_and_not_lost_unnoticed(door: Door) -> None:
    filled(door)
    (thing,) = [item.thing for item in door.page("test_note", limit=1).items]
    key, wraps = _key_and_wraps(door)
    change_data_key(door.person, door.data_key, key, wraps)
    before = rows(door.person)
    for write in (
        lambda: door.keep(Note("under the old key")),
        lambda: door.keep(Note("a new revision"), thing=thing),
        lambda: door.delete(thing, "test_note"),
    ):
        with pytest.raises(KeyChanged, match="Open the diary again"):
            write()
    assert rows(door.person) == before
    Door(door.person, key).keep(Note("under the new one"))


def test_the_old_key_is_wrapped_for_nobody_any_more(door: Door) -> None:
    key, wraps = _key_and_wraps(door)
    change_data_key(door.person, door.data_key, key, wraps)
    late = wrap_with_recovery_code(door.data_key, make_recovery_code(), person=door.person)
    with pytest.raises(KeyChanged):
        replace_wrap(door.person, late, of_key=door.data_key)
    with pytest.raises(KeyChanged):
        change_data_key(door.person, door.data_key, *_key_and_wraps(door))
    assert person_keys(door.person) == wraps


def test_a_damaged_record_stops_it_unless_it_may_stay_as_it_is(door: Door) -> None:
    filled(door)
    damaged = door.keep(Note("damaged")).id
    with scope(person=door.person):
        sealed = bytes(Record.objects.get(id=damaged).sealed)
        Record.objects.filter(id=damaged).update(sealed=sealed[:-1] + bytes([sealed[-1] ^ 1]))
    before, keys = rows(door.person), person_keys(door.person)
    key, wraps = _key_and_wraps(door)
    with pytest.raises(SomeDamaged):
        change_data_key(door.person, door.data_key, key, wraps)
    assert rows(door.person) == before
    assert person_keys(door.person) == keys
    done, left = change_data_key(door.person, door.data_key, key, wraps, leave_damaged=True)
    assert left == 1
    assert done == len([row for row in before if row["sealed"]]) - 1
    assert [row["sealed"] for row in rows(door.person) if row["id"] == damaged] == [
        sealed[:-1] + bytes([sealed[-1] ^ 1])
    ]


def test_what_a_newer_version_sealed_is_never_left_behind(door: Door) -> None:
    filled(door)
    newer = door.keep(Note("newer")).id
    with scope(person=door.person):
        sealed = bytes(Record.objects.get(id=newer).sealed)
        Record.objects.filter(id=newer).update(sealed=b"\x02" + sealed[1:])
    before = rows(door.person)
    for leave in (False, True):
        with pytest.raises(NewerVersion):
            change_data_key(door.person, door.data_key, *_key_and_wraps(door), leave_damaged=leave)
    assert rows(door.person) == before


def test_when_the_rest_of_it_fails_nothing_has_changed(door: Door) -> None:
    filled(door)
    before, keys = rows(door.person), person_keys(door.person)

    def fails() -> None:
        raise KeyChanged

    with pytest.raises(KeyChanged):
        change_data_key(door.person, door.data_key, *_key_and_wraps(door), also=fails)
    assert rows(door.person) == before
    assert person_keys(door.person) == keys
    door.keep(Note("as before"))


def test_the_old_bytes_are_in_no_file(file_database: Path) -> None:
    door = new_door()
    filled(door)
    before = [row["sealed"] for row in rows(door.person) if row["sealed"]]
    (old,) = person_keys(door.person)
    change_data_key(door.person, door.data_key, *_key_and_wraps(door))
    connection.close()
    found = b"".join(path.read_bytes() for path in file_database.parent.iterdir())
    for sealed in [*before, old.wrapped]:
        assert sealed not in found


@pytest.mark.django_db(transaction=True)
def test_whoever_saves_while_it_is_changed_waits_and_is_told(
    request: pytest.FixtureRequest,
) -> None:
    # Threads cannot wait for one another in the tests' own SQLite, which is in memory.
    if connection.vendor == "sqlite":
        request.getfixturevalue("file_database")
    door = new_door()
    filled(door)
    count = len(rows(door.person))
    key, wraps = _key_and_wraps(door)
    refused: list[Exception] = []
    saved: list[object] = []

    def save() -> None:
        try:
            saved.append(door.keep(Note("meanwhile")))
        except KeyChanged as error:
            refused.append(error)
        finally:
            connection.close()

    saver = threading.Thread(target=save)

    def begin_saving() -> None:
        saver.start()
        saver.join(0.3)  # long enough to have come to the lock; it cannot end before
        assert saver.is_alive()

    change_data_key(door.person, door.data_key, key, wraps, also=begin_saving)
    saver.join(60)
    assert saved == []
    assert len(refused) == 1
    assert len(rows(door.person)) == count
    with pytest.raises(WrongKey):
        unwrap(wraps[0], make_recovery_code(), person=door.person)
