"""Whose diary a request is about: of the one person whose machine this is, or of who is signed in.

A house for many puts one of its own in place as it starts (``secondvoice.accounts``); nothing here
knows of accounts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from secondvoice.records.errors import RecordsError

if TYPE_CHECKING:
    from uuid import UUID

    from secondvoice.people.middleware import Request


class ManyLiveHere(RecordsError):
    """There is no one person to whom a command could be meant."""

    sentence = (
        "Many people share this house, each with an account, and this command is for a house of "
        "one person. Nothing was done."
    )


class House:
    """A house of one person.

    Attributes:
        many: whether several people live here, each with an account.
        account_page: the name of the address about signing in; empty where there is none.
    """

    many: ClassVar[bool] = False
    account_page: ClassVar[str] = ""

    def whose(self, request: Request) -> UUID | None:  # noqa: ARG002  # another house asks it
        """The person whose diary a request is about; None: theirs is not begun yet."""
        return self.only_person()

    def only_person(self) -> UUID | None:
        """The person whose machine this is, or None before the first run.

        Raises:
            ManyLiveHere: there is no such one.
        """
        from secondvoice.records.models import first_person

        return first_person()

    def moved_in(self, request: Request, person: UUID) -> None:
        """Note that who sent the request is ``person`` from now on. Called in the transaction."""

    def moved_out(self, person: UUID) -> None:
        """Note that everything of ``person`` is erased. Called in the transaction."""

    def may_try(self, request: Request) -> bool:  # noqa: ARG002  # another house asks it
        """Whether another try at a passphrase or code is taken; a refusal says to wait.

        On one's own machine each try costs its memory and its time, and nobody is locked out.
        """
        return True

    def may_write_to(self, request: Request, address: str) -> bool:  # noqa: ARG002  # likewise
        """Whether a letter is sent to an address that was typed; a refusal says to wait.

        On one's own machine the mail server is one's own, too.
        """
        return True


_houses: list[House] = [House()]


def house() -> House:
    """The house that this program serves."""
    return _houses[-1]


def use(own: House) -> None:
    """Serve another kind of house from now on."""
    _houses.append(own)
