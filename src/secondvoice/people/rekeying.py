"""Another data key: everything sealed anew, by a new key that the same secrets open.

The recovery code is always a new one, because the old cannot be asked for; so is the key file of
this computer's account. Every session ends in the same transaction: it holds half of the old key.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from secondvoice.people.keys import device_key, make_next_device_key, take_next_device_key
from secondvoice.people.models import lock_everywhere
from secondvoice.records.models import change_data_key, person_keys, replace_wrap
from secondvoice.vault import (
    make_data_key,
    wrap_with_device_key,
    wrap_with_passphrase,
    wrap_with_recovery_code,
)

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from secondvoice.vault import KdfParams, WrappedKey


@dataclass(frozen=True, slots=True)
class Renewed:
    """What came of it.

    Attributes:
        data_key: the one from now on.
        sealed: how many revisions were sealed anew.
        left: how many were left as they are, because they do not open.
    """

    data_key: bytes = field(repr=False)
    sealed: int
    left: int


@dataclass(frozen=True, slots=True, repr=False)
class Secrets:
    """What opens the new key, and what opened the old.

    Attributes:
        wraps: the wrapped keys as they were before the passphrase was tried.
        passphrase: the one that opens the old key; empty where there is none.
        code: a new recovery code; empty where there was none and there is no passphrase.
        params: the cost of the passphrase.
    """

    wraps: list[WrappedKey]
    passphrase: str
    code: str
    params: KdfParams


def wants_code(methods: set[str]) -> bool:
    """Whether a new recovery code comes with it, for somebody with these ways to open their key."""
    return bool(methods & {"passphrase", "recovery"})


def rekey(
    person: UUID, old: bytes, secrets: Secrets, data: Path, *, leave_damaged: bool = False
) -> Renewed:
    """Change a person's data key. Killed at any instant, either nothing has changed or everything.

    Args:
        person: whose.
        old: the data key until now.
        secrets: those of the ways that the person has; the passphrase has been tried already.
        data: the data folder, for the key file of this computer's account.
        leave_damaged: go on where records do not open; they stay as they are.

    Raises:
        SomeDamaged, NewerVersion, KeyChanged, CannotKeep: as ``change_data_key``; nothing has
            changed, also where one of the secrets was another meanwhile.
        WrongKey: the key file is gone.
        OSError: the new key file cannot be written.
    """
    methods = {wrap.method for wrap in secrets.wraps}
    new = make_data_key()
    wraps = []
    if "passphrase" in methods:
        wraps.append(
            wrap_with_passphrase(new, secrets.passphrase, person=person, params=secrets.params)
        )
    if secrets.code:
        wraps.append(wrap_with_recovery_code(new, secrets.code, person=person))
    file_key = b""
    if "device" in methods:
        # The file and the database cannot change at the same instant: for a moment both files do.
        file_key = make_next_device_key(data)
        wraps += [
            wrap_with_device_key(new, each, person=person) for each in (device_key(data), file_key)
        ]
    sealed, left = change_data_key(
        person,
        old,
        new,
        wraps,
        instead_of=secrets.wraps,
        leave_damaged=leave_damaged,
        also=lambda: lock_everywhere(person),
    )
    if file_key:
        take_next_device_key(data)
        settle_device_key(person, new, data)
    return Renewed(new, sealed, left)


def settle_device_key(person: UUID, data_key: bytes, data: Path) -> None:
    """Let the key file that is there be the only one that opens ``data_key``.

    What there is to do is left over from a change that was killed in its last moment.

    Raises:
        CannotKeep: the database refused; both still open it. Or a passphrase came in their place.
    """
    both = [wrap for wrap in person_keys(person) if wrap.method == "device"]
    if len(both) > 1:
        wrap = wrap_with_device_key(data_key, device_key(data), person=person)
        replace_wrap(person, wrap, of_key=data_key, instead_of=both)
