"""A copy that can be read without a key, because the person asked for one.

It is the only place where words of a person lie unsealed in the database
(docs/decisions/0022-a-plan-that-may-lie-open.md). Backups leave the table out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django_scopes import ScopedManager

from secondvoice.records.models import Head, Personal, one_transaction, storing
from secondvoice.records.models.store import of
from secondvoice.support.plan import STEPS, THING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from secondvoice.support.plan import Plan


class OpenPlan(Personal):
    """The parts of one person's plan that they want to be read without unlocking."""

    pk = models.CompositePrimaryKey("person_id", "id")
    # The thing among the sealed records that it is a copy of.
    id = models.UUIDField(editable=False)
    # The ids of the steps that were chosen, those with nothing in them too.
    parts = models.JSONField()
    # The lines of each of them that has some.
    written = models.JSONField()

    objects: ClassVar[models.Manager[OpenPlan]] = ScopedManager(person="person_id")

    def __str__(self) -> str:
        return f"open plan of {self.person_id}"


def lay_open(person: UUID, plan: Plan, parts: Iterable[str]) -> None:
    """Let these parts of the plan lie open; none: let none.

    Raises:
        CannotKeep: the database refused; nothing was changed.
    """
    chosen = [step for step in STEPS if step in set(parts)]
    with one_transaction():
        of(OpenPlan, person).delete()
        if chosen:
            OpenPlan.objects.create(
                person_id=person, id=THING, parts=chosen, written=plan.written(chosen)
            )


def follow(person: UUID, plan: Plan) -> None:
    """Make the copy, where there is one, say what the plan says now.

    Call it in one transaction with the keeping of the plan.
    """
    with storing():
        found = of(OpenPlan, person).first()
        if found is not None:
            of(OpenPlan, person).update(written=plan.written(found.parts))


def put_away(person: UUID) -> None:
    """Take the copy away.

    Raises:
        CannotKeep: the database refused; nothing was changed.
    """
    with storing():
        of(OpenPlan, person).delete()


def open_parts(person: UUID) -> tuple[str, ...]:
    """The steps that were chosen to lie open; none where there is no copy."""
    found = _copy(person)
    return tuple(step for step in STEPS if found and step in found.parts)


def open_plan(person: UUID) -> dict[str, list[str]]:
    """The lines that lie open, by step, in the plan's order; none where there is no copy."""
    found = _copy(person)
    return {step: found.written[step] for step in STEPS if found and step in found.written}


def _copy(person: UUID) -> OpenPlan | None:
    """The copy. One whose plan is gone, by whatever way, goes when it is next asked for."""
    with storing():
        found = of(OpenPlan, person).first()
        if found is None:
            return None
        if of(Head, person).filter(thing=THING, deleted_at__isnull=True).exists():
            return found
        of(OpenPlan, person).delete()
        return None
