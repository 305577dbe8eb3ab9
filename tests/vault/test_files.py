"""A file sealed by a passphrase: it opens whole, and nothing of it can be moved, cut or changed."""

from __future__ import annotations

import base64
import io
import json
import uuid

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESGCMSIV
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import given
from hypothesis import strategies as st

from secondvoice.vault import (
    Damaged,
    KdfParams,
    UnknownFormat,
    UnusableSecret,
    WrongKey,
    is_sealed_file,
    open_file,
    seal_file,
)
from secondvoice.vault.files import CHUNK

CHEAP = KdfParams(1024, 1, 1)
PASSPHRASE = "heron ladder quiet spoon"


def sealed(content: bytes, piece: int = 1000) -> bytes:
    parts = (content[at : at + piece] for at in range(0, len(content), piece))
    return b"".join(seal_file(parts, PASSPHRASE, CHEAP))


def opened(raw: bytes, passphrase: str = PASSPHRASE) -> bytes:
    return b"".join(open_file(io.BytesIO(raw), passphrase))


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5])
def test_it_opens_as_it_was(length: int) -> None:
    content = bytes(number % 251 for number in range(length))
    raw = sealed(content, 7001)
    assert is_sealed_file(raw)
    assert opened(raw) == content
    if length > 16:
        assert content[:16] not in raw


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_the_pieces_it_comes_in_do_not_matter(parts: list[bytes]) -> None:
    assert opened(b"".join(seal_file(parts, PASSPHRASE, CHEAP))) == b"".join(parts)


def test_another_passphrase_does_not_open_it() -> None:
    with pytest.raises(WrongKey):
        opened(sealed(b"words"), "another heron")


def test_an_empty_passphrase_seals_nothing() -> None:
    with pytest.raises(UnusableSecret):
        list(seal_file([b"words"], " ", CHEAP))


def test_a_change_of_any_byte_is_seen() -> None:
    raw = sealed(b"words that matter")
    for place in range(len(raw)):
        changed = bytearray(raw)
        changed[place] ^= 1
        with pytest.raises((Damaged, WrongKey, UnknownFormat)):
            opened(bytes(changed))


def test_chunks_cannot_be_left_out_swapped_or_cut_off() -> None:
    raw = sealed(bytes(3 * CHUNK))
    line = raw.index(b"\n") + 1
    size = CHUNK + 16
    chunks = [raw[at : at + size] for at in range(line, len(raw), size)]
    assert len(chunks) == 3
    for other in ([0, 1], [0, 2], [1, 0, 2], [0, 1, 2, 2], [0], [2], []):
        with pytest.raises(Damaged):
            opened(raw[:line] + b"".join(chunks[number] for number in other))
    with pytest.raises(Damaged):
        opened(raw + b"x")


def test_what_a_newer_version_sealed_is_told() -> None:
    with pytest.raises(UnknownFormat):
        opened(sealed(b"words").replace(b"sealed 1 ", b"sealed 2 ", 1))
    with pytest.raises(Damaged):
        opened(b'{"format": "secondvoice-export"}\n')


def test_another_program_can_open_it_from_the_page_alone() -> None:
    """Written from docs/storage.md, with none of our code."""
    line, _, rest = sealed(b"x" * (CHUNK + 10)).partition(b"\n")
    told = json.loads(line.removeprefix(b"secondvoice-sealed 1 "))
    salt, wrapped = base64.b64decode(told["salt"]), base64.b64decode(told["wrapped"])
    cost = told["params"]
    wrapping = Argon2id(
        salt=salt, length=32, iterations=cost["passes"], lanes=cost["lanes"],
        memory_cost=cost["memory_kib"],
    ).derive(PASSPHRASE.encode())  # fmt: skip
    parts = [
        b"secondvoice/wrapped-key",
        uuid.UUID(told["file"]).bytes,
        b"passphrase",
        (1).to_bytes(4, "big"),
        json.dumps(cost, sort_keys=True, separators=(",", ":")).encode(),
    ]
    bound = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    inside = AESGCMSIV(wrapping).decrypt(wrapped[:12], wrapped[12:], bound)
    assert inside[:32] == bytes(32)
    cipher = AESGCM(inside[32:])
    header = line + b"\n"
    first = cipher.decrypt(bytes(12), rest[: CHUNK + 16], header)
    last = cipher.decrypt((1).to_bytes(11, "big") + b"\1", rest[CHUNK + 16 :], header)
    assert first + last == b"x" * (CHUNK + 10)
