"""The house that many share: whose diary a request is about is whose account is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from secondvoice.people.house import House, ManyLiveHere

if TYPE_CHECKING:
    from uuid import UUID

    from secondvoice.accounts.middleware import AccountRequest
    from secondvoice.people.middleware import Request


class SharedHouse(House):
    """A house of many people, each with an account."""

    many: ClassVar[bool] = True
    account_page: ClassVar[str] = "mfa_index"

    def whose(self, request: Request) -> UUID | None:
        """The person of the account that is signed in; None where nobody is, or theirs is new."""
        return cast("AccountRequest", request).account_person

    def only_person(self) -> UUID | None:
        """There is none.

        Raises:
            ManyLiveHere: always.
        """
        raise ManyLiveHere

    def moved_in(self, request: Request, person: UUID) -> None:
        """Join the account that is signed in to ``person``.

        Raises:
            CannotKeep: it has another already, or the database refused.
        """
        from secondvoice.accounts.models import join

        own = cast("AccountRequest", request)
        join(own.user.pk, person)
        own.account_person = person

    def moved_out(self, person: UUID) -> None:
        """End the account of ``person``, too."""
        from secondvoice.accounts.models import account_of, end_with_letter

        account = account_of(person)
        if account is not None:
            end_with_letter(account)

    def may_try(self, request: Request) -> bool:
        """Whether this account may try another passphrase now; counted over all replicas."""
        from secondvoice.accounts.adapter import may_unlock

        return may_unlock(request)

    def may_write_to(self, request: Request, address: str) -> bool:
        """Whether this account may have a letter sent there now; counted over all replicas."""
        from secondvoice.accounts.adapter import may_write_to

        return may_write_to(request, address)
