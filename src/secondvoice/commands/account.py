"""``secondvoice account``: an account of a house of many put aside, taken up again, or ended."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from secondvoice.commands.opening import existing_folder
from secondvoice.records.errors import RecordsError
from secondvoice.site.datafolder import CannotStart

if TYPE_CHECKING:
    import argparse

SURE = "end"


def run(chosen: argparse.Namespace) -> int:
    """Do one thing to one account, without its passphrase and without reading anything.

    Raises:
        CannotStart: there is no such account, it was not said what to do, or it was not meant.
    """
    if chosen.rest + chosen.wake + chosen.end != 1:
        raise CannotStart("Say what to do with it: --rest, --wake or --end.")
    data = existing_folder()

    from secondvoice.site.management.prepare import has_accounts, load, pending

    load()
    if not has_accounts():
        raise CannotStart(
            "There are no accounts here. Set SECONDVOICE_ACCOUNTS as the server has it."
        )
    if pending():
        raise CannotStart(
            "The database does not know of accounts yet. Run 'secondvoice migrate' first."
        )

    from secondvoice.accounts.models import account_called, end_entirely, rest_account

    try:
        account = account_called(chosen.email)
        if account is None:
            raise CannotStart("There is no account with that address. Nothing was done.")
        if not chosen.end:
            rest_account(account.pk, rests=chosen.rest)
            print("It rests: nobody signs in to it." if chosen.rest else "It can be signed in to.")
            return 0
        _make_sure(yes=chosen.yes)
        end_entirely(account, data)
    except RecordsError as error:
        raise CannotStart(str(error)) from None
    print(
        "The account is ended, and everything of theirs is erased with the keys. Backups of this "
        "database hold it, sealed, until you throw them away."
    )
    return 0


def _make_sure(*, yes: bool) -> None:
    what = "The account will be ended, and everything of theirs erased"
    if yes:
        return
    if not sys.stdin.isatty():
        raise CannotStart(f"{what}. Nothing was done yet: say --yes if it is meant.")
    if input(f"{what}. It cannot be brought back. Type '{SURE}' if you mean it: ") != SURE:
        raise CannotStart("Nothing was done.")
