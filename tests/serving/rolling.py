"""What a change of the tables would do to replicas of the version before, which go on serving.

Each operation is looked at with the tables as they are before it. What only adds is fine. What takes
away, forbids or locks is told in a sentence, unless the change is a contract by its name
(``secondvoice.site.hosted.schema``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.db.migrations import operations as ops
from django.db.models import NOT_PROVIDED

from secondvoice.site.hosted.schema import CONTRACT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.migrations import Migration
    from django.db.migrations.operations.base import Operation
    from django.db.migrations.state import ProjectState

TAKES_AWAY = {
    ops.RemoveField: "takes a column away that they read and write",
    ops.DeleteModel: "takes a table away that they use",
    ops.RenameField: "renames a column that they use",
    ops.RenameModel: "renames a table that they use",
    ops.AlterModelTable: "renames a table that they use",
    ops.AlterUniqueTogether: "may forbid rows that they write",
    ops.AddConstraint: "may forbid rows that they write",
}
HARMLESS = (
    ops.CreateModel,
    ops.AlterModelOptions,
    ops.AlterModelManagers,
    ops.AlterModelTableComment,
    ops.RemoveConstraint,
    ops.RemoveIndex,
    ops.RenameIndex,
    ops.AlterConstraint if hasattr(ops, "AlterConstraint") else ops.AlterModelOptions,
)
CODE = (ops.RunPython, ops.RunSQL)


def told(migration: Migration, before: ProjectState) -> list[str]:
    """One sentence for each operation that breaks or holds up replicas of the version before.

    Args:
        migration: the change.
        before: the tables before it.
    """
    state, new = before.clone(), set[str]()
    found = []
    for operation in migration.operations:
        sentence = _of(operation, state, migration, new)
        if sentence:
            found.append(
                f"{migration.app_label}.{migration.name}: {operation.describe()}: it {sentence}."
            )
        if isinstance(operation, ops.CreateModel):
            new.add(operation.name.lower())
        operation.state_forwards(migration.app_label, state)
    if CONTRACT.fullmatch(migration.name):
        return [each for each in found if "locks" in each]
    return found


def misnamed(migration: Migration, names: Sequence[str]) -> str:
    """What is wrong with the name of a contract; "" where nothing is.

    Args:
        migration: the change.
        names: of every change of the same room.
    """
    if "contract" not in migration.name:
        return ""
    match = CONTRACT.fullmatch(migration.name)
    if match is None:
        return f"{migration.name} is to be called NNNN_contract_after_MMMM_…"
    earlier = [each for each in names if each.startswith(f"{match['after']}_")]
    if not earlier or match["after"] >= migration.name[:4]:
        return f"{migration.name} names no earlier change of its room"
    return ""


def _of(operation: Operation, state: ProjectState, migration: Migration, new: set[str]) -> str:
    label = migration.app_label
    name = str(getattr(operation, "model_name", "") or "").lower()
    for kind, sentence in TAKES_AWAY.items():
        if isinstance(operation, kind):
            return "" if name and name in new else sentence
    match operation:
        case ops.AddField():
            return "" if name in new else _added(operation.field)
        case ops.AlterField():
            old = state.models[label, name].fields[operation.name]
            return "" if name in new else _altered(old, operation.field)
        case ops.AddIndex():
            # Also of AddIndexConcurrently, which is one and does not lock.
            gently = type(operation).__name__ == "AddIndexConcurrently" and not migration.atomic
            return "" if name in new or gently else "locks a filled table against writing"
        case ops.SeparateDatabaseAndState():
            inside = (_of(each, state, migration, new) for each in operation.database_operations)
            return next((each for each in inside if each), "")
        case _ if isinstance(operation, CODE):
            why = getattr(migration, "looked_at", "")
            return "" if why else "runs code: say in 'looked_at' why they can go on beside it"
    if isinstance(operation, HARMLESS):
        return ""
    return f"is a {type(operation).__name__}, which nobody has looked at"


def _added(field: models.Field[Any, Any]) -> str:
    if field.unique:
        return "locks a filled table while it makes a unique index"
    may_be_left_out = field.null or field.db_default is not NOT_PROVIDED
    if not may_be_left_out and not isinstance(field, models.ManyToManyField):
        return "adds a column that they leave out: give it null=True or db_default"
    return ""


def _altered(old: models.Field[Any, Any], new: models.Field[Any, Any]) -> str:
    if old.null and not new.null:
        return "forbids what they leave empty"
    if new.unique and not old.unique:
        return "may forbid rows that they write"
    before, after = old.db_parameters(connection)["type"], new.db_parameters(connection)["type"]
    if before == after:
        return ""
    longer = (
        isinstance(old, models.CharField)
        and type(old) is type(new)
        and (new.max_length is None or (old.max_length or 0) <= new.max_length)
    )
    return "" if longer else "changes what a column holds"


def plan() -> Iterator[tuple[Migration, ProjectState, list[str]]]:
    """Every change of ours with the tables before it, and the names of all of its room."""
    from django.apps import apps
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    ours = {each.label for each in apps.get_app_configs() if each.name.startswith("secondvoice.")}
    state = loader.project_state([])
    for key in loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True):
        migration = loader.get_migration(*key)
        if migration.app_label in ours:
            names = [name for label, name in loader.disk_migrations if label == migration.app_label]
            yield migration, state, names
        state = migration.mutate_state(state, preserve=True)
