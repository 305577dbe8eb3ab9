"""What was sealed by the first version opens, and by somebody else's program too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from secondvoice.vault import (
    Header,
    KdfParams,
    WrappedKey,
    join,
    make_data_key,
    make_recovery_code,
    open_sealed,
    parse_recovery_code,
    seal,
    split,
    unwrap,
    wrap_with_device_key,
    wrap_with_passphrase,
    wrap_with_recovery_code,
)
from secondvoice.vault.recovery import format_recovery_code
from tests.vault import independent

VECTORS = json.loads((Path(__file__).parent / "vectors" / "v1.json").read_text())
PERSON = UUID(VECTORS["person"])
DATA_KEY = bytes.fromhex(VECTORS["data_key"])


def as_header(header: dict[str, Any]) -> Header:
    return Header(
        **{k: UUID(v) if k in {"person", "id", "thing"} else v for k, v in header.items()}
    )


@pytest.mark.parametrize("kept", VECTORS["wrapped_keys"], ids=lambda kept: kept["secret"][:14])
@pytest.mark.parametrize("spelling", ["secret", "also_typed"])
def test_a_wrapped_key_of_the_first_version_opens(kept: dict[str, Any], spelling: str) -> None:
    wrapped = WrappedKey(
        method=kept["method"],
        version=kept["version"],
        salt=bytes.fromhex(kept["salt"]),
        params=kept["params"],
        wrapped=bytes.fromhex(kept["wrapped"]),
    )
    secret = kept[spelling]
    if kept["method"] == "device":
        secret = bytes.fromhex(secret)
    assert unwrap(wrapped, secret, person=PERSON) == DATA_KEY


@pytest.mark.parametrize("kept", VECTORS["records"], ids=lambda kept: kept["header"]["kind"])
def test_a_record_of_the_first_version_opens(kept: dict[str, Any]) -> None:
    opened = open_sealed(DATA_KEY, bytes.fromhex(kept["sealed"]), as_header(kept["header"]))
    assert opened == bytes.fromhex(kept["plaintext"])


def test_a_session_of_the_first_version_opens() -> None:
    kept = VECTORS["session"]
    halves = (bytes.fromhex(kept[name]) for name in ("cookie_key", "sealed", "bound_to"))
    assert join(*halves) == DATA_KEY


def test_a_recovery_code_of_the_first_version_reads_the_same() -> None:
    kept = VECTORS["recovery_code"]
    assert parse_recovery_code(kept["text"]) == bytes.fromhex(kept["bytes"])
    assert format_recovery_code(bytes.fromhex(kept["bytes"])) == kept["text"]


def test_the_vectors_are_what_their_script_writes() -> None:
    assert independent.vectors() == VECTORS


@pytest.mark.parametrize("kept", VECTORS["records"], ids=lambda kept: kept["header"]["kind"])
def test_another_program_opens_what_this_one_seals(kept: dict[str, Any]) -> None:
    plaintext = bytes.fromhex(kept["plaintext"])
    sealed = seal(DATA_KEY, plaintext, as_header(kept["header"]))
    assert independent.open_sealed(DATA_KEY, sealed, kept["header"]) == plaintext


def test_another_program_unwraps_what_this_one_wraps() -> None:
    person, data_key, code = uuid4(), make_data_key(), make_recovery_code()
    device_key = make_data_key()
    params = KdfParams(8192, 1, 4)
    by_passphrase = wrap_with_passphrase(data_key, "a plain phrase", person=person, params=params)
    by_code = wrap_with_recovery_code(data_key, code, person=person)
    by_device = wrap_with_device_key(data_key, device_key, person=person)
    for wrapped, key in (
        (
            by_passphrase,
            independent.passphrase_key("a plain phrase", by_passphrase.salt, by_passphrase.params),
        ),
        (
            by_code,
            independent.hkdf_key(parse_recovery_code(code), by_code.salt, "secondvoice/recovery/1"),
        ),
        (
            by_device,
            independent.hkdf_key(device_key, by_device.salt, "secondvoice/device/1"),
        ),
    ):
        bound = independent.wrap_data(person, wrapped.method, wrapped.version, wrapped.params)
        assert independent.unwrap(key, wrapped.wrapped, bound) == data_key


def test_another_program_joins_what_this_one_splits() -> None:
    cookie_key, sealed = split(DATA_KEY, b"session one")
    assert independent.session(cookie_key, sealed[1:13], DATA_KEY, b"session one") == sealed
