"""The reader's data files: beside the code, read once, on first use."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The contents of ``data/<name>.toml``."""
    import tomllib  # Only here, as what a browser waits for needs no more than the import.

    return tomllib.loads(read_bytes(f"{name}.toml").decode())


def read_bytes(name: str) -> bytes:
    """The bytes of a file of ``data``.

    The loader of the code reads it, wherever that lies: :mod:`importlib.resources` does no more,
    and takes longer to import than the rest of the reader.
    """
    folder = __file__.removesuffix("datafiles.py")
    loader: Any = globals()["__loader__"]
    found: bytes = loader.get_data(f"{folder}data/{name}")
    return found
