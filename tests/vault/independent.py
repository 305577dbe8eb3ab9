"""Another sealer and opener, written from docs/storage.md and not from the program.

It imports nothing of the program. Two uses: what one seals the other must open, and
``python -m tests.vault.independent`` writes the fixed vectors of ``vectors/v1.json``.
"""

from __future__ import annotations

import base64
import hashlib
import json
import struct
import unicodedata
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ZEROS = bytes(32)


def parts(*values: bytes) -> bytes:
    return b"".join(struct.pack(">I", len(value)) + value for value in values)


def passphrase_key(passphrase: str, salt: bytes, params: dict[str, int]) -> bytes:
    return Argon2id(
        salt=salt,
        length=32,
        iterations=params["passes"],
        lanes=params["lanes"],
        memory_cost=params["memory_kib"],
    ).derive(unicodedata.normalize("NFKC", passphrase).strip().encode("utf-8"))


def hkdf_key(secret: bytes, salt: bytes, info: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info.encode()).derive(secret)


def wrap_data(person: UUID, method: str, version: int, params: dict[str, int]) -> bytes:
    return parts(
        b"secondvoice/wrapped-key",
        person.bytes,
        method.encode(),
        struct.pack(">I", version),
        json.dumps(params, sort_keys=True, separators=(",", ":")).encode(),
    )


def wrap(key: bytes, nonce: bytes, data_key: bytes, bound: bytes) -> bytes:
    return nonce + AESGCMSIV(key).encrypt(nonce, ZEROS + data_key, bound)


def unwrap(key: bytes, wrapped: bytes, bound: bytes) -> bytes:
    opened = AESGCMSIV(key).decrypt(wrapped[:12], wrapped[12:], bound)
    assert opened[:32] == ZEROS
    return opened[32:]


def record_data(part: str, header: dict[str, Any]) -> bytes:
    return parts(
        b"secondvoice/record-" + part.encode(),
        b"\x01",
        UUID(header["person"]).bytes,
        UUID(header["id"]).bytes,
        header["kind"].encode(),
        struct.pack(">I", header["version"]),
        UUID(header["thing"]).bytes,
        struct.pack(">q", header["happened_at_us"]),
    )


def seal(
    data_key: bytes, content_key: bytes, nonce: bytes, plaintext: bytes, header: dict[str, Any]
) -> bytes:
    padded = plaintext + b"\x80"
    padded += b"\x00" * ((64 - len(padded) % 64) % 64)
    return (
        b"\x01"
        + nonce
        + AESGCMSIV(data_key).encrypt(nonce, content_key, record_data("key", header))
        + AESGCM(content_key).encrypt(bytes(12), padded, record_data("content", header))
    )


def open_sealed(data_key: bytes, sealed: bytes, header: dict[str, Any]) -> bytes:
    assert sealed[0] == 1
    content_key = AESGCMSIV(data_key).decrypt(
        sealed[1:13], sealed[13:61], record_data("key", header)
    )
    padded = AESGCM(content_key).decrypt(bytes(12), sealed[61:], record_data("content", header))
    return padded.rstrip(b"\x00")[:-1]


def session(cookie_key: bytes, nonce: bytes, data_key: bytes, bound_to: bytes) -> bytes:
    bound = parts(b"secondvoice/session", bound_to)
    return b"\x01" + nonce + AESGCMSIV(cookie_key).encrypt(nonce, data_key, bound)


def code_text(code: bytes) -> str:
    crockford = str.maketrans(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    )
    check = hashlib.sha256(b"secondvoice/recovery-check/1" + code).digest()
    # 20 bits are two and a half bytes: four of the eight letters of five bytes.
    letters = base64.b32encode(code).decode() + base64.b32encode(check[:5]).decode()[:4]
    letters = letters.translate(crockford)
    return "-".join(letters[i : i + 4] for i in range(0, 36, 4))


def _bytes(label: str, length: int) -> bytes:
    """Bytes that look random and are the same at every run."""
    return hashlib.shake_256(b"second voice test vectors: " + label.encode()).digest(length)


def _uuid(label: str, version: int) -> UUID:
    number = int.from_bytes(_bytes(label, 16), "big")
    number = number & ~(0xF << 76) | version << 76
    return UUID(int=number & ~(0b11 << 62) | 0b10 << 62)


def vectors() -> dict[str, Any]:
    person, data_key = _uuid("person", 4), _bytes("data key", 32)
    wrapped = []
    for passphrase, typed, params in (
        ("correct horse", "correct horse", {"memory_kib": 8192, "passes": 1, "lanes": 4}),
        (
            "Grüße aus Köln",
            "Gru\u0308ße aus Ko\u0308ln ",
            {"memory_kib": 8192, "passes": 2, "lanes": 1},
        ),
        ("ABC 123 ﬁne", "ＡＢＣ\u00a0１２３ fine", {"memory_kib": 65536, "passes": 3, "lanes": 4}),
    ):
        salt, nonce = _bytes(f"salt {passphrase}", 16), _bytes(f"nonce {passphrase}", 12)
        key = passphrase_key(passphrase, salt, params)
        bound = wrap_data(person, "passphrase", 1, params)
        wrapped.append(
            {
                "method": "passphrase",
                "version": 1,
                "secret": passphrase,
                "also_typed": typed,
                "salt": salt.hex(),
                "params": params,
                "wrapped": wrap(key, nonce, data_key, bound).hex(),
            }
        )
    code, device = _bytes("recovery code", 20), _bytes("device key", 32)
    for method, secret, shown in (
        ("recovery", code, code_text(code)),
        ("device", device, device.hex()),
    ):
        salt, nonce = _bytes(f"salt {method}", 16), _bytes(f"nonce {method}", 12)
        key = hkdf_key(secret, salt, f"secondvoice/{method}/1")
        wrapped.append(
            {
                "method": method,
                "version": 1,
                "secret": shown,
                "also_typed": shown.lower().replace("-", " ") if method == "recovery" else shown,
                "salt": salt.hex(),
                "params": {},
                "wrapped": wrap(key, nonce, data_key, wrap_data(person, method, 1, {})).hex(),
            }
        )
    records = []
    for number, (kind, version, when, text) in enumerate(
        (
            ("moment", 1, 1_764_000_000_000_000, '{"happened":"I missed the bus.","before":7}'),
            ("moment", 1, 1_764_000_000_000_001, ""),
            ("settings", 3, -86_400_000_000, "x" * 63),
            ("letter", 255, 0, "y" * 64),
            ("größe", 0, 1, "You tried. \N{WHITE HEART SUIT}\x80\x00\x00"),
        )
    ):
        header = {
            "person": str(person),
            "id": str(_uuid(f"id {number}", 7)),
            "kind": kind,
            "version": version,
            "thing": str(_uuid(f"thing {number}", 7)),
            "happened_at_us": when,
        }
        plaintext = text.encode()
        sealed = seal(
            data_key,
            _bytes(f"content key {number}", 32),
            _bytes(f"nonce {number}", 12),
            plaintext,
            header,
        )
        records.append({"header": header, "plaintext": plaintext.hex(), "sealed": sealed.hex()})
    cookie_key = _bytes("cookie key", 32)
    return {
        "about": "Made by tests/vault/independent.py. These must open for ever; see README.md.",
        "person": str(person),
        "data_key": data_key.hex(),
        "wrapped_keys": wrapped,
        "recovery_code": {"bytes": code.hex(), "text": code_text(code)},
        "records": records,
        "session": {
            "cookie_key": cookie_key.hex(),
            "bound_to": person.bytes.hex(),
            "sealed": session(
                cookie_key, _bytes("session nonce", 12), data_key, person.bytes
            ).hex(),
        },
    }


if __name__ == "__main__":
    print(json.dumps(vectors(), indent=2, ensure_ascii=False))
