"""The arguments of the commands that keep records safe: backup, restore, import, erase, rekey."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 (it has no other name)
    AddData = Callable[[argparse.ArgumentParser], None]


def add_keeping(commands: Commands, add_data: AddData) -> None:
    """Add the commands.

    Args:
        commands: of the command line.
        add_data: adds the option that names the data folder.
    """
    for add in (
        _add_backup,
        _add_restore,
        _add_import,
        _add_erase,
        _add_rekey,
        _add_invite,
        _add_account,
    ):
        add_data(add(commands))
    schema = commands.add_parser(
        "schema", help="print the JSON Schema of a line of an export of --format jsonl"
    )
    add_data(schema)


def _add_backup(commands: Commands) -> argparse.ArgumentParser:
    backup = commands.add_parser(
        "backup",
        help="copy your records into one file, sealed as they are; also while it runs",
        description="Copy your records into one file, sealed as they are stored. It needs no "
        "passphrase, and can be made while the program runs.",
    )
    what = backup.add_mutually_exclusive_group()
    what.add_argument(
        "--out",
        metavar="PATH",
        default=".",
        help="a new file, or a folder that is there (else the current one)",
    )
    what.add_argument(
        "--verify", metavar="FILE", help="see whether a backup is whole; write nothing"
    )
    backup.add_argument(
        "--with-device-key",
        action="store_true",
        help="put the key file of this computer's account in: whoever has the backup can read it",
    )
    return backup


def _add_restore(commands: Commands) -> argparse.ArgumentParser:
    restore = commands.add_parser(
        "restore",
        help="put a backup back, into a new folder or in the place of what is there",
        description="Put a backup back. It is checked first, and what is there is changed "
        "wholly or not at all.",
    )
    restore.add_argument("file", metavar="FILE", help="the backup, or a copy from 'backups'")
    restore.add_argument(
        "--replace",
        action="store_true",
        help="put it in the place of records that are there; these are kept in 'backups'",
    )
    return restore


def _add_import(commands: Commands) -> argparse.ArgumentParser:
    bring = commands.add_parser(
        "import",
        help="bring in what another copy of the program, or another program, wrote out",
        description="Bring in an export of this program (--format jsonl or json, sealed or not), "
        "or the entries of another: Daylio's table, FreeCBT, Day One and jrnl, Markdown, or any "
        "table with --map. Nothing comes in twice, and what you changed or deleted here stays so.",
    )
    bring.add_argument("file", metavar="FILE", nargs="?", help="the file, or a folder of Markdown")
    bring.add_argument("--dry-run", action="store_true", help="tell what would come in, no more")
    bring.add_argument("--undo", action="store_true", help="undo the last import")
    bring.add_argument(
        "--from",
        dest="source",
        choices=("secondvoice", "daylio", "freecbt", "dayone", "jrnl", "markdown", "csv"),
        default="",
        help="which program wrote it (else it is recognised)",
    )
    bring.add_argument(
        "--map",
        dest="columns",
        metavar="COLUMN=FIELD",
        action="append",
        default=[],
        help="for a table: which field a column fills, of date, time, id, changed, happened, "
        "voice, name_it, not_alone, kind_words, why, before, after, skip; may be said again. "
        "Other columns go into the words",
    )
    bring.add_argument(
        "--dates", choices=("dmy", "mdy"), default="", help="how 03/04/2024 is meant"
    )
    bring.add_argument(
        "--zone",
        metavar="ZONE",
        help="where you were, for times that do not say: Europe/Lisbon (else as in settings)",
    )
    bring.add_argument(
        "--encoding", metavar="NAME", default="", help="what the text is in, where not UTF-8"
    )
    bring.add_argument(
        "--seal-passphrase-file",
        metavar="FILE",
        help="read the passphrase of a sealed export from the first line of FILE",
    )
    _add_passphrase(bring)
    return bring


def _add_erase(commands: Commands) -> argparse.ArgumentParser:
    erase = commands.add_parser(
        "erase",
        help="erase one thing, a span of time, or everything, for good",
        description="Erase for good: the rows leave the database, and their bytes its file.",
    )
    erase.add_argument("--thing", metavar="ID", help="one thing, by its id in an export")
    erase.add_argument("--from", dest="first", metavar="DAY", help="all from this day (2026-03-01)")
    erase.add_argument("--to", dest="last", metavar="DAY", help="to this day, and all of it")
    erase.add_argument("--everything", action="store_true", help="all of it, and the keys to it")
    erase.add_argument(
        "--backups-too", action="store_true", help="take the folder's own backups away, too"
    )
    erase.add_argument("--yes", action="store_true", help="do not ask whether it is meant")
    _add_passphrase(erase)
    return erase


def _add_rekey(commands: Commands) -> argparse.ArgumentParser:
    rekey = commands.add_parser(
        "rekey",
        help="change the key itself: seal everything anew",
        description="Change the data key: every record is sealed anew, the one before opens "
        "nothing any more, and every browser is locked. A new recovery code is shown first.",
    )
    rekey.add_argument(
        "--leave-damaged",
        action="store_true",
        help="go on where records do not open; they stay as they are for good",
    )
    rekey.add_argument("--yes", action="store_true", help="do not ask whether it is meant")
    _add_passphrase(rekey)
    return rekey


def _add_invite(commands: Commands) -> argparse.ArgumentParser:
    invite = commands.add_parser(
        "invite",
        help="make a code with which somebody makes an account",
        description="Make an invitation to a house of many (SECONDVOICE_ACCOUNTS=invited): a code "
        "that is good for one account, until a day. It is shown once.",
    )
    invite.add_argument(
        "--days", type=int, default=7, metavar="N", help="how long it is good for (default: 7)"
    )
    return invite


def _add_account(commands: Commands) -> argparse.ArgumentParser:
    account = commands.add_parser(
        "account",
        help="put an account of a house of many aside, take it up again, or end it",
        description="Of a house of many: put one account aside, so that nobody signs in to it, "
        "take it up again, or end it with everything of theirs. Nothing is read.",
    )
    account.add_argument("email", metavar="ADDRESS", help="the e-mail address of the account")
    account.add_argument("--rest", action="store_true", help="put it aside; nothing is erased")
    account.add_argument("--wake", action="store_true", help="take it up again")
    account.add_argument("--end", action="store_true", help="end it, and erase all of theirs")
    account.add_argument("--yes", action="store_true", help="do not ask whether it is meant")
    return account


def _add_passphrase(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase-file",
        metavar="FILE",
        help="read the passphrase from the first line of FILE ('-' for standard input)",
    )
