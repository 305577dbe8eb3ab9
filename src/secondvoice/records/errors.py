"""What can go wrong with records, each as one sentence that can be shown as it is.

No message holds anything that a person wrote.
"""

from __future__ import annotations

import re


class RecordsError(Exception):
    """Base of everything this room raises. ``str()`` is a sentence for the person."""

    sentence = "The records could not be used."

    def __init__(self, sentence: str | None = None) -> None:
        super().__init__(sentence or self.sentence)


class NotThere(RecordsError):
    """No such thing: it is another's, was deleted, or never was. It is never said which."""

    sentence = "There is nothing here."


class BadCursor(RecordsError):
    """A page token that this program did not make."""

    sentence = "This page does not exist. Start again from the newest."


class BadId(RecordsError):
    """A client's id that is no UUIDv7, or is taken by something else."""

    sentence = "This was not kept, because its id cannot be used. Save it again as new."


class Unreadable(RecordsError):
    """The content opened, but is not what its kind should be."""

    sentence = "This entry opened, but its contents are not in a form this program knows."


class NewerVersion(RecordsError):
    """The content was written by a newer version of the program."""

    sentence = "This entry was written by a newer version of Second Voice. Update to read it."


class CannotOpen(RecordsError):
    """One thing that is there but does not open. The message says why."""

    sentence = "This entry was changed or cut off on disk, so it cannot be opened."


class CannotKeep(RecordsError):
    """The database refused. What was stored before is as it was; the message says what to do."""

    sentence = (
        "The database could not be used, so nothing was changed. Run 'secondvoice doctor' to "
        "find out why."
    )


class DiskFull(CannotKeep):
    """No room for another page."""

    sentence = (
        "The disk is full, so this was not saved. What was saved before is safe. "
        "Make some room and save again."
    )


class ReadOnly(CannotKeep):
    """The database or its folder may not be written to."""

    sentence = (
        "The data folder may only be read, so this was not saved. What was saved before is "
        "safe. Make the folder writable and save again."
    )


class Locked(CannotKeep):
    """Another program held the database for too long."""

    sentence = (
        "Another program is using the records, so this was not saved. Nothing is lost. "
        "Wait a moment and save again."
    )


class SchemaNewer(CannotKeep):
    """The tables are not those of this version."""

    sentence = (
        "These records were last used by another version of Second Voice, so nothing was "
        "changed. Start the newest version once, then try again."
    )


class DiskFailing(CannotKeep):
    """The disk did not write or read what it was asked to; it may also be full."""

    sentence = (
        "The disk would not take this, so it was not saved. What was saved before is safe. "
        "Make sure that there is room and that the disk is well, and save again."
    )


class StoreDamaged(CannotKeep):
    """The database file itself is damaged, beyond a single record."""

    sentence = (
        "The database file is damaged, so nothing was changed. Keep a copy of the data folder "
        "and run 'secondvoice doctor'."
    )


class Unreachable(CannotKeep):
    """The database cannot be opened or reached at all."""

    sentence = (
        "The database cannot be reached, so nothing was changed. Check that it is running and "
        "that its folder can be opened, then try again."
    )


class Erased(CannotKeep):
    """The person whose record it would be has been erased meanwhile."""

    sentence = "These records were erased, so there is nothing to save to."


class KeyChanged(CannotKeep):
    """The data key was changed meanwhile: nothing would open what is sealed under that before."""

    sentence = (
        "The key to these records was changed a moment ago, so this was not saved under the one "
        "before. What was saved is safe. Open the diary again and save again."
    )


class AlreadyThere(CannotKeep):
    """A row with this key is there already. The door turns it into what was kept before."""

    sentence = "This was saved before, so nothing was changed."


# SQLite's extended result codes that say more than their primary one
_BY_SQLITE_EXTENDED: dict[int, type[CannotKeep]] = {
    787: Erased,  # CONSTRAINT_FOREIGNKEY: rows refer to nothing but their person
    1555: AlreadyThere,  # CONSTRAINT_PRIMARYKEY
    2067: AlreadyThere,  # CONSTRAINT_UNIQUE
}

# SQLite's primary result codes, https://www.sqlite.org/rescode.html
_BY_SQLITE_CODE: dict[int, type[CannotKeep]] = {
    5: Locked,  # BUSY
    6: Locked,  # LOCKED
    8: ReadOnly,  # READONLY
    3: ReadOnly,  # PERM
    10: DiskFailing,  # IOERR
    11: StoreDamaged,  # CORRUPT
    13: DiskFull,  # FULL
    14: Unreachable,  # CANTOPEN
    26: StoreDamaged,  # NOTADB
}

# PostgreSQL's, https://www.postgresql.org/docs/current/errcodes-appendix.html
_BY_SQLSTATE: dict[str, type[CannotKeep]] = {
    "23503": Erased,  # foreign key: rows refer to nothing but their person
    "23505": AlreadyThere,
    "53100": DiskFull,
    "25006": ReadOnly,
    "42501": ReadOnly,  # insufficient privilege
    "55P03": Locked,  # lock not available
    "57014": Locked,  # statement or lock timeout
    "40P01": Locked,  # deadlock, ours was chosen to give way
    "40001": Locked,  # serialisation failure
    "42P01": SchemaNewer,  # no such table
    "42703": SchemaNewer,  # no such column
    "XX001": StoreDamaged,
    "XX002": StoreDamaged,
}
_BY_SQLSTATE_CLASS: dict[str, type[CannotKeep]] = {
    "08": Unreachable,  # connection
    "53": Unreachable,  # out of memory, of connections
    "57": Unreachable,  # shutting down
    "58": DiskFailing,  # the system under the database
}


def from_database(error: BaseException) -> CannotKeep:
    """Turn a database driver's exception (or one that was raised from it) into a sentence.

    The driver's own message is not passed on: it may quote what was to be stored.
    """
    cause: BaseException | None = error
    while cause is not None:
        code = getattr(cause, "sqlite_errorcode", None)
        if isinstance(code, int):
            return _from_sqlite(code, str(cause))()
        state = getattr(cause, "sqlstate", None)
        if isinstance(state, str):
            return _BY_SQLSTATE.get(state, _BY_SQLSTATE_CLASS.get(state[:2], CannotKeep))()
        error, cause = cause, cause.__cause__
    # psycopg gives no state where there is no server to give one.
    names = {kind.__name__ for kind in type(error).__mro__}
    return Unreachable() if names & {"OperationalError", "InterfaceError"} else CannotKeep()


def _from_sqlite(code: int, message: str) -> type[CannotKeep]:
    if re.match(r"no such (table|column)|table \S+ has no column", message):
        return SchemaNewer
    return _BY_SQLITE_EXTENDED.get(code) or _BY_SQLITE_CODE.get(code & 0xFF, CannotKeep)
