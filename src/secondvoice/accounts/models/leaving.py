"""The end of an account, row by row and by statement; nothing is found by following relations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken

from secondvoice.accounts.models.joining import person_of
from secondvoice.accounts.models.tables import Account, Joined
from secondvoice.accounts.sessions import end_sessions
from secondvoice.people.ending import end_person
from secondvoice.people.models import lock_everywhere
from secondvoice.records.models import after_commit, one_transaction

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from django.db.models import QuerySet


def account_of(person: UUID) -> Account | None:
    """The account of a person; None where there is none."""
    return Account.objects.filter(id__in=_joined(person)).first()


def account_called(email: str) -> Account | None:
    """The account with an address, however its letters are written; None where there is none."""
    return Account.objects.filter(email__iexact=email.strip()).first()


def rest_account(account: UUID, *, rests: bool) -> None:
    """Put an account aside, so that nobody signs in to it and nobody stays so, or take it up again.

    Raises:
        CannotKeep: the database refused.
    """
    with one_transaction():
        Account.objects.filter(id=account).update(is_active=not rests)
        person = Joined.objects.filter(account_id=account).values_list("person", flat=True).first()
        if rests and person is not None:
            lock_everywhere(person)


def end_account(account: UUID) -> None:
    """Take an account out of the database, with all that signs in to it and its sessions.

    Raises:
        CannotKeep: the database refused; all is as it was.
    """
    addresses = EmailAddress.objects.filter(user_id=account).values_list("email", flat=True)
    own = Account.objects.filter(id=account).values_list("email", flat=True)
    with one_transaction():
        end_sessions(account, {*addresses, *own} - {""})
        for rows in (
            EmailConfirmation.objects.filter(email_address__user_id=account),
            EmailAddress.objects.filter(user_id=account),
            SocialToken.objects.filter(account__user_id=account),
            SocialAccount.objects.filter(user_id=account),
            Authenticator.objects.filter(user_id=account),
            Joined.objects.filter(account_id=account),
            Account.objects.filter(id=account),
        ):
            # One DELETE each: ``delete`` would first fetch what hangs on the rows.
            rows._raw_delete(rows.db)  # noqa: SLF001  # Django's own name for it


def end_entirely(account: Account, data: Path) -> None:
    """End an account, and erase everything of its person where they have begun by now.

    Args:
        account: whose.
        data: the data folder.

    Raises:
        CannotKeep: the database refused; all is as it was.
    """
    with one_transaction():
        # Whoever begins at this moment waits here, and is refused if the account is gone then.
        Account.objects.select_for_update().filter(id=account.pk).first()
        person = person_of(account.pk)
        if person is None:
            end_with_letter(account)
        else:
            end_person(person, data)


def end_with_letter(account: Account) -> None:
    """End an account, and tell its address, where letters are sent: it may not have been them.

    Raises:
        CannotKeep: the database refused; all is as it was, and no letter goes.
    """
    email = account.email
    end_account(account.pk)
    if email:
        after_commit(lambda: get_adapter().send_mail("account/email/ended", email, {}))


def _joined(person: UUID) -> QuerySet[Joined, UUID]:
    return Joined.objects.filter(person=person).values_list("account_id", flat=True)
