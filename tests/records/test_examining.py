"""What is damaged is named, the rest still shows, and the index can be made anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django_scopes import scope

from secondvoice.records import CannotOpen, Kept, Unopened
from secondvoice.records.ids import microseconds
from secondvoice.records.models import Door, Head, Record, examine, newer_database, rebuild_heads
from secondvoice.vault import Header, open_sealed, seal
from tests.records.notes import Letter, Note

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def change(door: Door, id_: Any, **columns: Any) -> None:
    with scope(person=door.person):
        assert Record.objects.filter(id=id_).update(**columns) == 1


@pytest.fixture
def three(door: Door) -> list[Kept[Note]]:
    return [door.keep(Note(str(n)), happened_at=NOON - timedelta(days=n)) for n in range(3)]


def test_a_flipped_bit_or_cut_off_end_hides_one_thing_and_no_other(
    door: Door, three: list[Kept[Note]]
) -> None:
    hurt = three[1]
    with scope(person=door.person):
        sealed = bytes(Record.objects.get(id=hurt.id).sealed)
    flipped = bytearray(sealed)
    flipped[70] ^= 4
    for damage in (bytes(flipped), sealed[:-1], sealed[:20], b"", b"\x00" * 141):
        change(door, hurt.id, sealed=damage)
        items = door.page("test_note").items
        assert [isinstance(item, Kept) for item in items] == [True, False, True]
        assert isinstance(items[1], Unopened)
        assert items[1].reason == CannotOpen.sentence
        assert (items[1].thing, items[1].happened_at) == (hurt.thing, hurt.happened_at)
        with pytest.raises(CannotOpen, match="changed or cut off"):
            door.get("test_note", hurt.thing)
        assert [one["value"]["text"] for one in door.export()] == ["0", "2"]
        if damage:
            assert [one.id for one in examine(door.person, door.data_key).unopened] == [hurt.id]
    change(door, hurt.id, sealed=sealed)
    assert all(isinstance(item, Kept) for item in door.page("test_note").items)


def test_the_latest_that_opens_is_given_when_the_newest_does_not(
    door: Door, three: list[Kept[Note]]
) -> None:
    change(door, three[0].id, sealed=b"damaged")
    assert door.latest("test_note") == three[1]
    for one in three[1:]:
        change(door, one.id, sealed=b"damaged")
    assert door.latest("test_note") is None


def test_an_earlier_revision_of_a_damaged_thing_still_shows(door: Door) -> None:
    first = door.keep(Note("first"))
    second = door.keep(Note("second"), thing=first.thing)
    change(door, second.id, sealed=b"\x01damaged")
    found = door.revisions("test_note", first.thing)
    assert [type(one) for one in found] == [Unopened, Kept]
    assert found[1] == first
    # And what is written now is shown again.
    door.keep(Note("third"), thing=first.thing)
    assert door.get("test_note", first.thing).value == Note("third")


def test_a_damaged_deleted_thing_is_not_restored_but_stays(door: Door) -> None:
    kept = door.keep(Note("gone"))
    door.delete(kept.thing, "test_note")
    change(door, kept.id, sealed=b"\x01damaged")
    with pytest.raises(CannotOpen):
        door.restore(kept.thing, "test_note")
    assert [type(one) for one in door.deleted("test_note")] == [Unopened]


def test_what_a_newer_version_wrote_asks_for_an_update_and_is_not_lost(door: Door) -> None:
    kept = door.keep(Note("today"))
    header = Header(
        door.person, kept.id, "test_note", 2, kept.thing, microseconds(kept.happened_at)
    )
    written = b'{"text":"from tomorrow","tone":"warm"}'
    change(door, kept.id, version=2, sealed=seal(door.data_key, written, header))
    # Deleting and restoring needs no reading of it.
    door.delete(kept.thing, "test_note")
    door.restore(kept.thing, "test_note")
    (shown,) = door.page("test_note").items
    assert isinstance(shown, Unopened)
    assert "newer version" in shown.reason
    with scope(person=door.person):
        row = Record.objects.get(id=shown.id)
    again = replace(header, id=shown.id)
    assert open_sealed(door.data_key, bytes(row.sealed), again) == written


def test_what_a_newer_program_sealed_asks_for_an_update(door: Door) -> None:
    kept = door.keep(Note("today"))
    change(door, kept.id, sealed=b"\x02" + bytes(140))
    with pytest.raises(CannotOpen, match="newer version"):
        door.get("test_note", kept.thing)


def a_long_history(door: Door) -> None:
    for number in range(6):
        thing = door.keep(Note(str(number)), happened_at=NOON - timedelta(days=number)).thing
        door.keep(Note("again"), thing=thing, happened_at=NOON)
        if number % 3 == 0:
            door.delete(thing, "test_note")
        if number == 3:
            door.restore(thing, "test_note")
    door.delete(door.keep(Letter("purged")).thing, "test_letter", undo=False)
    door.keep(Letter("kept"))


def heads(door: Door) -> list[dict[str, Any]]:
    with scope(person=door.person):
        return list(Head.objects.order_by("thing").values())


def test_rebuilt_heads_are_the_same_as_those_kept_along(door: Door, bobs_door: Door) -> None:
    a_long_history(door)
    bobs_door.keep(Note("Bob's"))
    before, bobs = heads(door), heads(bobs_door)
    assert rebuild_heads(door.person) == len(before) == 8
    assert heads(door) == before
    assert heads(bobs_door) == bobs


def test_an_index_that_does_not_fit_the_log_is_noticed_and_mended(door: Door) -> None:
    a_long_history(door)
    right = heads(door)
    with scope(person=door.person):
        for spoil in (
            lambda: Head.objects.filter(thing=right[0]["thing"]).delete(),
            lambda: Head.objects.all().delete(),
            lambda: Head.objects.update(happened_at=NOON - timedelta(days=99)),
            lambda: Head.objects.update(deleted_at=None),
        ):
            assert examine(door.person).heads_ok
            spoil()
            assert not examine(door.person).heads_ok
            rebuild_heads(door.person)
            assert heads(door) == right


def test_an_examination_counts_and_changes_nothing(door: Door) -> None:
    a_long_history(door)
    with scope(person=door.person):
        before = list(Record.objects.order_by("id").values())
    report = examine(door.person, door.data_key)
    assert report.counts == {"test_letter": 1, "test_note": 5}
    assert (report.deleted, report.revisions) == (2, len(before))
    assert report.heads_ok
    assert report.unopened == []
    assert examine(door.person) == report
    with scope(person=door.person):
        assert list(Record.objects.order_by("id").values()) == before


@pytest.mark.django_db
def test_a_database_of_a_newer_version_is_noticed_and_left_alone() -> None:
    assert newer_database() is None
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('records', '9999_from_tomorrow', '2027-01-01 00:00:00+00:00')"
        )
    sentence = newer_database()
    assert sentence is not None
    assert "newer version" in sentence
    assert sentence.endswith("nothing was changed.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations WHERE name = '9999_from_tomorrow'")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db
def test_the_migrations_make_the_tables_of_the_models() -> None:
    call_command("makemigrations", "records", check=True, dry_run=True, verbosity=0)
