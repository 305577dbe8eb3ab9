"""Invitations: made by the host, good for one account, until a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from secondvoice.accounts.invitation_code import invitation_hash, make_invitation_code
from secondvoice.accounts.models.tables import Invitation
from secondvoice.records.models import storing

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from django.db.models import QuerySet


class NotInvited(Exception):
    """The invitation was used, or ended, while its page was open."""


class Invited(NamedTuple):
    """A new invitation: its code, shown once, and when it ends."""

    code: str
    ends: datetime


def invite(lasts: timedelta) -> Invited:
    """Make an invitation; forget those that have ended.

    Args:
        lasts: how long it is good for.

    Raises:
        CannotKeep: the database refused.
    """
    now = timezone.now()
    made = Invited(make_invitation_code(), now + lasts)
    with storing():
        Invitation.objects.filter(ends__lt=now).delete()
        Invitation.objects.create(code_hash=invitation_hash(made.code), ends=made.ends)
    return made


def is_invited(code_hash: str) -> bool:
    """Whether there is an invitation of this hash that was not used and has not ended."""
    with storing():
        return _open(code_hash).exists()


def use_invitation(code_hash: str) -> None:
    """Use it up. Of any number who try at once, one does.

    Raises:
        NotInvited: somebody else did, or it has ended.
    """
    with storing():
        if not _open(code_hash).update(used=True):
            raise NotInvited


def _open(code_hash: str) -> QuerySet[Invitation]:
    return Invitation.objects.filter(code_hash=code_hash, used=False, ends__gt=timezone.now())
