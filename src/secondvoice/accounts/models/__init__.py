"""Accounts, whose person each is, and invitations."""

from __future__ import annotations

from secondvoice.accounts.models.invitations import (
    Invited,
    NotInvited,
    invite,
    is_invited,
    use_invitation,
)
from secondvoice.accounts.models.joining import join, person_of
from secondvoice.accounts.models.leaving import (
    account_called,
    account_of,
    end_account,
    end_entirely,
    end_with_letter,
    rest_account,
)
from secondvoice.accounts.models.tables import Account, Invitation, Joined

__all__ = [
    "Account",
    "Invitation",
    "Invited",
    "Joined",
    "NotInvited",
    "account_called",
    "account_of",
    "end_account",
    "end_entirely",
    "end_with_letter",
    "invite",
    "is_invited",
    "join",
    "person_of",
    "rest_account",
    "use_invitation",
]
