"""What is Alice's is Alice's: Bob and Charlie cannot read, change, delete or even notice it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django_scopes import ScopeError, scope

from secondvoice.records import NotThere, Unopened
from secondvoice.records.models import (
    Door,
    Head,
    KeyWrap,
    Record,
    examine,
    person_keys,
    personal_models,
)
from tests.records.notes import Note


def test_another_persons_thing_is_as_if_it_never_was(
    door: Door, bobs_door: Door, charlies_door: Door
) -> None:
    alices = door.keep(Note("Alice's"))
    sentences = set()
    for other in (bobs_door, charlies_door):
        for thing in (alices.thing, uuid4()):
            for attempt in (other.get, other.revisions):
                with pytest.raises(NotThere) as refused:
                    attempt("test_note", thing)
                sentences.add(str(refused.value))
            for attempt in (other.delete, other.restore):
                with pytest.raises(NotThere) as refused:
                    attempt(thing, "test_note")
                sentences.add(str(refused.value))
        assert list(other.all("test_note")) == list(other.export()) == list(other.log()) == []
        assert other.latest("test_note") is None
        assert other.page("test_note").items == []
        assert other.deleted("test_note") == []
        assert other.purge(timedelta(0)) == 0
    assert len(sentences) == 1, "the answer must not tell whether it exists"
    assert door.get("test_note", alices.thing) == alices


def test_saving_under_another_persons_thing_touches_only_ones_own(
    door: Door, bobs_door: Door
) -> None:
    alices = door.keep(Note("Alice's"))
    bobs_door.keep(Note("Bob's"), thing=alices.thing)
    bobs_door.delete(alices.thing, "test_note")
    assert door.get("test_note", alices.thing).value == Note("Alice's")


@pytest.mark.parametrize("model", [Record, Head, KeyWrap])
def test_a_query_without_a_person_is_refused(model: type[Record], door: Door) -> None:
    door.keep(Note("Alice's"))
    for query in (
        lambda: list(model.objects.all()),
        model.objects.count,
        lambda: model.objects.filter(person_id=door.person),
        lambda: model.objects.update(person_id=uuid4()),
    ):
        with pytest.raises(ScopeError):
            query()


def test_every_table_of_people_is_scoped(door: Door) -> None:
    for model in personal_models():
        with pytest.raises(ScopeError):
            list(model._default_manager.all())
        with scope(person=uuid4()):
            assert not model._default_manager.exists()


def test_inside_a_scope_there_is_nobody_else(door: Door, bobs_door: Door) -> None:
    alices, bobs = door.keep(Note("Alice's")), bobs_door.keep(Note("Bob's"))
    with scope(person=bobs_door.person):
        assert [record.id for record in Record.objects.all()] == [bobs.id]
        with pytest.raises(Record.DoesNotExist):
            Record.objects.get(pk=(door.person, alices.id))


def test_a_row_moved_to_another_person_or_id_does_not_open(door: Door, bobs_door: Door) -> None:
    alices = door.keep(Note("Alice's"))
    with scope(person=door.person):
        row = Record.objects.values().get(id=alices.id)
    moved = row | {"person_id": bobs_door.person, "sealed": bytes(row["sealed"])}
    Record.objects.create(**moved)
    (found,) = Door(bobs_door.person, door.data_key).log()
    assert isinstance(found, Unopened), "even with Alice's own key"
    with scope(person=door.person):
        for name, value in (
            ("kind", "test_letter"),
            ("version", 0),
            ("happened_at", row["happened_at"] + timedelta(microseconds=1)),
            ("thing", UUID(int=5)),
        ):
            Record.objects.filter(id=alices.id).update(**{name: value})
            (found,) = door.log()
            assert isinstance(found, Unopened), f"a changed {name} must be noticed"
            Record.objects.filter(id=alices.id).update(**{name: row[name]})
    (found,) = door.log()
    assert found == alices


def test_another_key_opens_nothing(door: Door, bobs_door: Door) -> None:
    door.keep(Note("Alice's"))
    report = examine(door.person, bobs_door.data_key)
    assert len(report.unopened) == 1
    assert person_keys(door.person) != person_keys(bobs_door.person)
