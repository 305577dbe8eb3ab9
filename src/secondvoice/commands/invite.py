"""``secondvoice invite``: a code that makes one account in a house of many."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from secondvoice.commands.opening import existing_folder
from secondvoice.records.errors import RecordsError
from secondvoice.site.datafolder import CannotStart

if TYPE_CHECKING:
    import argparse

LONGEST_DAYS = 365


def run(chosen: argparse.Namespace) -> int:
    """Make an invitation and print it; it is shown nowhere else.

    Raises:
        CannotStart: nobody is invited here, or the database refused.
    """
    if not 1 <= chosen.days <= LONGEST_DAYS:
        raise CannotStart(f"--days is from 1 to {LONGEST_DAYS}.")

    existing_folder()

    from secondvoice.site.management.prepare import load, needs_invitations, pending

    load()
    if not needs_invitations():
        raise CannotStart(
            "Nobody is invited here. Set SECONDVOICE_ACCOUNTS to invited, as the server has it."
        )

    if pending():
        raise CannotStart(
            "The database does not know of accounts yet. Start the server once, or run "
            "'secondvoice migrate', then invite."
        )

    from secondvoice.accounts.models import invite

    try:
        code, ends = invite(timedelta(days=chosen.days))
    except RecordsError as error:
        raise CannotStart(str(error)) from None
    print(code)
    print(
        f"Good for one account, until {ends:%Y-%m-%d %H:%M} UTC. It is typed at /account/invited/"
    )
    return 0
