"""``secondvoice rekey``: another data key, and everything sealed anew under it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from secondvoice.commands.opening import existing_folder, read_secret
from secondvoice.records.errors import CannotKeep, NewerVersion, RecordsError
from secondvoice.site.datafolder import CannotStart
from secondvoice.vault import VaultError, WrongKey, make_recovery_code

if TYPE_CHECKING:
    import argparse
    from pathlib import Path
    from uuid import UUID

    from secondvoice.people.rekeying import Secrets

SURE = "rekey"


def run(chosen: argparse.Namespace) -> int:
    """Show the new recovery code, ask whether it is kept, then seal everything anew.

    Raises:
        CannotStart: it does not open, was not meant, or could not be done; nothing was changed.
    """
    data = existing_folder()

    from secondvoice.site.management.prepare import load_to_change

    load_to_change()

    from secondvoice.people.rekeying import rekey
    from secondvoice.people.views.access import only_person
    from secondvoice.records.models import SomeDamaged, leave_no_bytes

    try:
        person = only_person()
        if person is None:
            raise CannotStart(f"Nobody has begun to write in {data} yet.")
        old, secrets = _open(person, data, chosen.passphrase_file)
        _make_sure(secrets.code, yes=chosen.yes)
        print("Sealing everything anew. It can be stopped; then all is as it was.", flush=True)
        renewed = rekey(person, old, secrets, data, leave_damaged=chosen.leave_damaged)
    except SomeDamaged as error:
        raise CannotStart(
            f"{error} --leave-damaged goes on, and leaves them as they are for good."
        ) from None
    except NewerVersion:
        raise CannotStart(
            "Some records were written by a newer version of Second Voice. Update, and do it then; "
            "nothing was changed."
        ) from None
    except (RecordsError, VaultError) as error:
        raise CannotStart(str(error)) from None
    except OSError as error:
        raise CannotStart(
            f"The new key file cannot be written to {data} ({error.strerror}). Nothing was changed."
        ) from None
    print(f"Sealed anew: {renewed.sealed} saves. Every browser is locked.")
    if renewed.left:
        print(f"{renewed.left} that do not open were left as they are.")
    try:
        leave_no_bytes()
    except CannotKeep as error:
        print(f"The room that the old bytes left was not given back: {error}", file=sys.stderr)
    print(
        "Backups from before open with what opened them then"
        + ("." if secrets.passphrase else ": the key file before is in the folder 'backups'.")
    )
    return 0


def _open(person: UUID, data: Path, passphrase_file: str | None) -> tuple[bytes, Secrets]:
    from secondvoice.people.keys import device_key, open_with
    from secondvoice.people.rekeying import Secrets, wants_code
    from secondvoice.records.models import person_keys
    from secondvoice.site.management.prepare import passphrase_cost

    wraps = person_keys(person)
    methods = {str(wrap.method) for wrap in wraps}
    passphrase = ""
    if "passphrase" in methods:
        # Not the recovery code: the new key is wrapped by what is typed here.
        passphrase = read_secret(passphrase_file, "Passphrase: ")
        try:
            old = open_with(wraps, "passphrase", passphrase, person=person)
        except WrongKey:
            raise CannotStart(
                "That is not the passphrase, so nothing was changed. If it is forgotten, come in "
                "by the recovery code and choose another first."
            ) from None
    else:
        old = open_with(wraps, "device", device_key(data), person=person)
    code = make_recovery_code() if wants_code(methods) else ""
    return old, Secrets(wraps, passphrase, code, passphrase_cost())


def _make_sure(code: str, *, yes: bool) -> None:
    if code:
        print(f"The recovery code from now on; the one before stops working: {code}", flush=True)
    if yes:
        return
    if not sys.stdin.isatty():
        raise CannotStart("Nothing was changed yet: say --yes if it is meant.")
    kept = "If the code is kept somewhere and it is meant" if code else "If it is meant"
    if input(f"{kept}, type '{SURE}': ") != SURE:
        raise CannotStart("Nothing was changed.")
