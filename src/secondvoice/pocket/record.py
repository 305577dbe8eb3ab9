"""What is kept of writing without a network: the key that opens it, and that it has come."""

from __future__ import annotations

from dataclasses import dataclass

from secondvoice.records.kinds import record_kind

KEYS = "box_keys"
RECEIVED = "received"


@record_kind("box_keys", version=1, only_one=True, named=True)
@dataclass(frozen=True, slots=True)
class BoxKeys:
    """The key pair that a device seals to. Both halves in base 64.

    ``made_under`` tells which data key the diary had then (``secondvoice.vault.key_check``, in
    hexadecimal); empty: it was not noted yet.
    """

    private: str
    public: str
    made_under: str = ""


@record_kind(RECEIVED, version=1)
@dataclass(frozen=True, slots=True)
class Received:
    """One waiting write has come. Its revision's id is the one that the device gave it.

    ``what`` is ``moment``, ``check_in`` or ``practice``.
    """

    what: str
