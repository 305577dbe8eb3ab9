"""No change of ours breaks the replicas of the version before, or is called so."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.migrations import operations as ops
from django.db.migrations.state import ModelState, ProjectState

from tests.serving.rolling import misnamed, plan, told


def notes() -> ProjectState:
    state = ProjectState()
    fields: list[tuple[str, models.Field[Any, Any]]] = [
        ("id", models.UUIDField(primary_key=True)),
        ("text", models.CharField(max_length=40)),
        ("colour", models.CharField(max_length=40, null=True)),
    ]
    state.add_model(ModelState("notes", "Note", fields))
    return state


def change(*operations: Any, name: str = "0003_change", **more: Any) -> list[str]:
    """What is told of a change with these operations."""
    kind = type("Migration", (migrations.Migration,), {"operations": operations, **more})
    return told(kind(name, "notes"), notes())


def test_every_change_of_ours_lets_replicas_go_on() -> None:
    looked_at = 0
    for migration, before, names in plan():
        assert told(migration, before) == []
        assert misnamed(migration, names) == ""
        looked_at += 1
    assert looked_at >= 5


TEXT = models.CharField(max_length=10)


@pytest.mark.parametrize(
    ("operation", "says"),
    [
        (ops.RemoveField("note", "text"), "takes a column away"),
        (ops.DeleteModel("Note"), "takes a table away"),
        (ops.RenameField("note", "text", "words"), "renames a column"),
        (ops.RenameModel("Note", "Word"), "renames a table"),
        (ops.AlterModelTable("note", "words"), "renames a table"),
        (ops.AddField("note", "mood", models.IntegerField(default=0)), "they leave out"),
        (ops.AddField("note", "mood", models.IntegerField(null=True, unique=True)), "locks"),
        (ops.AlterField("note", "colour", models.CharField(max_length=40)), "leave empty"),
        (ops.AlterField("note", "text", models.CharField(max_length=20)), "what a column holds"),
        (ops.AlterField("note", "text", models.IntegerField()), "what a column holds"),
        (
            ops.AlterField("note", "text", models.CharField(max_length=40, unique=True)),
            "may forbid",
        ),
        (ops.AddIndex("note", models.Index(fields=["text"], name="text")), "locks a filled table"),
        (
            ops.AddConstraint("note", models.UniqueConstraint(fields=["text"], name="one")),
            "may forbid",
        ),
        (ops.RunPython(ops.RunPython.noop), "why they can go on"),
        (ops.RunSQL("DROP TABLE notes_note"), "why they can go on"),
        (
            ops.SeparateDatabaseAndState([ops.RemoveField("note", "text")], []),
            "takes a column away",
        ),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else "",
)
def test_what_would_break_or_hold_them_up_is_told(operation: Any, says: str) -> None:
    (sentence,) = change(operation)
    assert sentence.startswith("notes.0003_change: ")
    assert says in sentence


@pytest.mark.parametrize(
    "operation",
    [
        ops.AddField("note", "mood", models.IntegerField(null=True)),
        ops.AddField("note", "mood", models.IntegerField(db_default=0)),
        ops.AlterField("note", "text", models.CharField(max_length=80)),
        ops.AlterField("note", "text", models.CharField(max_length=40, null=True)),
        ops.AlterModelOptions("note", {"ordering": ["text"]}),
        ops.RemoveIndex("note", "text"),
        ops.CreateModel("Word", [("id", models.UUIDField(primary_key=True)), ("text", TEXT)]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_only_adds_is_fine(operation: Any) -> None:
    state = notes()
    state.add_index("notes", "note", models.Index(fields=["text"], name="text"))
    kind = type("Migration", (migrations.Migration,), {"operations": [operation]})
    assert told(kind("0003_change", "notes"), state) == []


def test_a_table_that_is_new_is_nobodys_yet() -> None:
    made = ops.CreateModel("Word", [("id", models.UUIDField(primary_key=True)), ("text", TEXT)])
    index = ops.AddIndex("word", models.Index(fields=["text"], name="text"))
    assert change(made, index, ops.AddField("word", "n", models.IntegerField(default=0))) == []


def test_an_index_on_a_filled_table_is_made_beside_the_writers() -> None:
    index = AddIndexConcurrently("note", models.Index(fields=["text"], name="text"))
    assert change(index, atomic=False) == []
    (sentence,) = change(index)
    assert "locks a filled table" in sentence


def test_code_that_was_looked_at_says_why() -> None:
    assert change(ops.RunPython(ops.RunPython.noop), looked_at="It changes nothing.") == []


def test_what_takes_away_is_allowed_under_its_name() -> None:
    away = ops.RemoveField("note", "text")
    assert change(away, name="0003_contract_after_0002_text") == []
    assert change(away, name="0003_contract_text") != []


@pytest.mark.parametrize(
    ("name", "is_right"),
    [
        ("0003_contract_after_0002_text", True),
        ("0003_contract_after_0002", True),
        ("0003_contract_text", False),
        ("0003_contract_after_0007_text", False),
        ("0003_contract_after_0003_text", False),
        ("0003_expand_text", True),
    ],
)
def test_a_contract_names_the_change_after_which_it_is_safe(name: str, *, is_right: bool) -> None:
    migration = migrations.Migration(name, "notes")
    names = ["0001_initial", "0002_move_text", name]
    assert (misnamed(migration, names) == "") == is_right
