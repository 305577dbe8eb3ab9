"""Keys, sealing and recovery. Pure: only the library ``cryptography``, no web and no database."""

from __future__ import annotations

from secondvoice.vault.box import make_box_keys, open_box, seal_to
from secondvoice.vault.errors import (
    Damaged,
    MistypedCode,
    TooCostly,
    UnknownFormat,
    UnusableSecret,
    VaultError,
    WrongKey,
)
from secondvoice.vault.files import is_sealed_file, open_file, seal_file
from secondvoice.vault.keys import (
    KdfParams,
    Method,
    WrappedKey,
    key_check,
    make_data_key,
    unwrap,
    wrap_with_device_key,
    wrap_with_passphrase,
    wrap_with_recovery_code,
)
from secondvoice.vault.recovery import make_recovery_code, parse_recovery_code
from secondvoice.vault.sealing import Header, open_sealed, seal
from secondvoice.vault.session import join, split

__all__ = [
    "Damaged",
    "Header",
    "KdfParams",
    "Method",
    "MistypedCode",
    "TooCostly",
    "UnknownFormat",
    "UnusableSecret",
    "VaultError",
    "WrappedKey",
    "WrongKey",
    "is_sealed_file",
    "join",
    "key_check",
    "make_box_keys",
    "make_data_key",
    "make_recovery_code",
    "open_box",
    "open_file",
    "open_sealed",
    "parse_recovery_code",
    "seal",
    "seal_file",
    "seal_to",
    "split",
    "unwrap",
    "wrap_with_device_key",
    "wrap_with_passphrase",
    "wrap_with_recovery_code",
]
