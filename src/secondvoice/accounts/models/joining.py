"""Account and person: looked up, and joined once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from secondvoice.accounts.models.tables import Joined
from secondvoice.records.models import storing

if TYPE_CHECKING:
    from uuid import UUID


def person_of(account: UUID) -> UUID | None:
    """The person that an account is; None before they have begun."""
    with storing():
        return Joined.objects.filter(account_id=account).values_list("person", flat=True).first()


def join(account: UUID, person: UUID) -> None:
    """Let an account be a person, for good.

    Raises:
        CannotKeep: it is one already, or the database refused.
    """
    with storing():
        Joined.objects.create(account_id=account, person=person)
