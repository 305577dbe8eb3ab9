"""A person is made with keys, changes them without touching what is sealed, and can be erased."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from secondvoice.people.models import Opening, note_opening
from secondvoice.records import NotThere, RecordsError
from secondvoice.records.errors import Erased
from secondvoice.records.models import (
    Door,
    Head,
    KeyWrap,
    LastKey,
    Person,
    Personal,
    Record,
    begin_alone,
    create_person,
    drop_wrap,
    erase_person,
    first_person,
    one_transaction,
    person_keys,
    personal_models,
    replace_wrap,
    save_wrap,
)
from secondvoice.reminders.endpoints import Browser
from secondvoice.reminders.models import Device, Schedule, add_device, follow
from secondvoice.reminders.record import Reminders
from secondvoice.reminders.rules import Plan, Reminder
from secondvoice.support.models import OpenPlan, lay_open
from secondvoice.support.plan import Plan as HardHour
from secondvoice.vault import (
    KdfParams,
    WrongKey,
    make_data_key,
    make_recovery_code,
    unwrap,
    wrap_with_device_key,
    wrap_with_passphrase,
    wrap_with_recovery_code,
)
from tests.records.conftest import new_door
from tests.records.notes import Letter, Note

LIGHT = KdfParams(memory_kib=1024, passes=1, lanes=1)


@pytest.mark.django_db
def test_stored_keys_come_back_as_they_were() -> None:
    person, data_key, code = uuid4(), make_data_key(), make_recovery_code()
    wraps = [
        wrap_with_passphrase(data_key, "herons", person=person, params=LIGHT),
        wrap_with_recovery_code(data_key, code, person=person),
    ]
    create_person(person, wraps)
    assert person_keys(person) == wraps
    assert unwrap(person_keys(person)[0], "herons", person=person) == data_key
    assert unwrap(person_keys(person)[1], code, person=person) == data_key


@pytest.mark.django_db
def test_a_person_is_not_made_without_a_key() -> None:
    person = uuid4()
    with pytest.raises(LastKey):
        create_person(person, [])
    assert not Person.objects.filter(id=person).exists()
    assert person_keys(person) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_at_once_one_does(request: pytest.FixtureRequest) -> None:
    # Threads cannot wait for one another in the tests' own SQLite, which is in memory.
    if connection.vendor == "sqlite":
        request.getfixturevalue("file_database")
    together = threading.Barrier(2)

    def begin() -> None:
        try:
            assert first_person() is None
            together.wait(30)
            with one_transaction():
                begin_alone()
                if first_person() is None:
                    time.sleep(0.2)  # long enough for the other to look, too, if it could
                    new_door()
        finally:
            connection.close()

    both = [threading.Thread(target=begin) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join(60)
    assert Person.objects.count() == 1


def test_a_new_passphrase_rewraps_and_touches_nothing_that_is_sealed(door: Door) -> None:
    door.keep(Note("before"))
    save_wrap(
        door.person, wrap_with_passphrase(door.data_key, "old", person=door.person, params=LIGHT)
    )
    with scope(person=door.person):
        before = [(row.id, bytes(row.sealed)) for row in Record.objects.order_by("id")]
    replace_wrap(
        door.person,
        wrap_with_passphrase(door.data_key, "new", person=door.person, params=LIGHT),
        of_key=door.data_key,
    )
    with scope(person=door.person):
        assert [(row.id, bytes(row.sealed)) for row in Record.objects.order_by("id")] == before
    (wrapped,) = [one for one in person_keys(door.person) if one.method == "passphrase"]
    assert unwrap(wrapped, "new", person=door.person) == door.data_key
    with pytest.raises(WrongKey):
        unwrap(wrapped, "old", person=door.person)
    assert len(person_keys(door.person)) == 2, "the other way in is as it was"


def test_the_last_key_is_never_taken_away(door: Door) -> None:
    with pytest.raises(LastKey, match="only key"):
        drop_wrap(door.person, "device")
    code = make_recovery_code()
    save_wrap(door.person, wrap_with_recovery_code(door.data_key, code, person=door.person))
    drop_wrap(door.person, "device")
    drop_wrap(door.person, "device")
    assert [wrap.method for wrap in person_keys(door.person)] == ["recovery"]


def test_keys_of_nobody_cannot_be_changed(db: None) -> None:
    nobody, data_key = uuid4(), make_data_key()
    with pytest.raises(NotThere):
        drop_wrap(nobody, "device")
    with pytest.raises(NotThere):
        replace_wrap(
            nobody, wrap_with_device_key(data_key, data_key, person=nobody), of_key=data_key
        )


def counts(person: Any) -> dict[str, int]:
    with scope(person=person):
        return {model.__name__: model._default_manager.count() for model in personal_models()}


def a_browser_to_be_reminded(person: Any) -> None:
    """What is kept unsealed of reminders."""
    add_device(
        person, Browser("https://relay.example/x", b"point", b"auth", "https://here.example/")
    )
    follow(person, uuid4(), Reminders(plan=Plan(reminders=(Reminder(uuid4()),))), datetime.now(UTC))


def test_erasing_leaves_nothing_of_a_person_and_everything_of_another(
    door: Door, bobs_door: Door
) -> None:
    for one in (door, bobs_door):
        one.keep(Note("a"))
        one.delete(one.keep(Letter("b")).thing, "test_letter")
        note_opening(one.person, "session")
        a_browser_to_be_reminded(one.person)
        lay_open(one.person, HardHour(people="Jo"), ["people"])
    before = counts(bobs_door.person)
    assert all(before.values()), "each table must hold something, or this shows nothing"
    assert all(counts(door.person).values())
    with CaptureQueriesContext(connection) as queries:
        erase_person(door.person)
    assert not any(counts(door.person).values())
    assert not Person.objects.filter(id=door.person).exists()
    assert counts(bobs_door.person) == before
    deletes = [q["sql"] for q in queries if q["sql"].startswith("DELETE")]
    assert len(deletes) == len(personal_models()) + 1, "one statement a table"
    assert "keywrap" in deletes[0], "the keys go first: what a backup still holds is noise"
    assert not any(q["sql"].startswith("SELECT") for q in queries)


@pytest.mark.django_db(transaction=True)
def test_nothing_can_be_saved_for_somebody_who_was_erased() -> None:
    person, data_key = uuid4(), make_data_key()
    create_person(person, [wrap_with_device_key(data_key, data_key, person=person)])
    door = Door(person, data_key)
    door.keep(Note("before"))
    erase_person(person)
    with pytest.raises(Erased, match="erased"):
        door.keep(Note("from another tab"))
    assert not any(counts(person).values())


def test_every_table_of_people_is_erased_and_accounted_for_in_the_export() -> None:
    # A new table with a person comes here, with the way in which the person gets its contents:
    # Record is what Door.export gives; Head repeats it; KeyWrap holds keys and no contents; Schedule
    # repeats the record "reminders"; Device holds what a browser made up for itself, Opening which
    # sessions are open; OpenPlan repeats a part of the record "plan".
    assert set(personal_models()) == {Record, Head, KeyWrap, Schedule, Device, Opening, OpenPlan}


def ours() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("secondvoice.")]


def test_every_table_with_a_person_is_a_personal_one() -> None:
    for model in ours():
        names = {field.name for field in model._meta.get_fields()}
        refers = {field.related_model for field in model._meta.get_fields() if field.is_relation}
        if {"person", "person_id"} & names or refers & {Person, *personal_models()}:
            assert issubclass(model, Personal), f"{model.__name__} would be missed by erasing"


def test_the_person_comes_first_in_every_key_and_index() -> None:
    assert personal_models()
    for model in personal_models():
        key = model._meta.pk
        assert isinstance(key, models.CompositePrimaryKey), model.__name__
        assert key.field_names[0] == "person_id"
        assert not model._meta.unique_together
        for field in model._meta.concrete_fields:
            assert not field.unique, f"{model.__name__}.{field.name} is unique across people"
            assert not field.db_index or field.is_relation, f"{model.__name__}.{field.name}"
        for constraint in model._meta.constraints:
            assert getattr(constraint, "fields", ("person",))[0] in {"person", "person_id"}


# What is due, and whose a calendar's address is, is asked before it is known whom it concerns.
ASKED_OF_ALL = {"schedule_due", "schedule_calendar", "device_try"}


@pytest.mark.django_db
def test_the_person_comes_first_in_the_database_itself() -> None:
    for model in personal_models():
        found = first_columns(model._meta.db_table)
        assert len(found) >= 1
        for name, column in found.items():
            if name not in ASKED_OF_ALL:
                assert column == "person_id", f"{model.__name__}: {name}"


def first_columns(table: str) -> dict[str, str]:
    """The first column of the primary key and of every index, as the database has them."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"SELECT name FROM pragma_index_list('{table}')")
            names = [row[0] for row in cursor.fetchall()]
            columns = {}
            for name in names:
                cursor.execute(f"SELECT name FROM pragma_index_info('{name}') WHERE seqno = 0")
                columns[name] = cursor.fetchone()[0]
            return columns
        found = connection.introspection.get_constraints(cursor, table)
    return {
        name: one["columns"][0]
        for name, one in found.items()
        if one["index"] or one["unique"] or one["primary_key"]
    }


def test_no_relation_cascades() -> None:
    for model in personal_models():
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete:
                assert field.remote_field.on_delete is models.DO_NOTHING


def test_every_refusal_is_a_sentence() -> None:
    kinds = [RecordsError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
        sentence = str(kind())
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "\n" not in sentence
        assert "!" not in sentence
    assert len(kinds) > 12
