"""The reader's data files: TOML beside the code, read once, on first use."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The contents of ``data/<name>.toml``."""
    source = files(__package__).joinpath("data", f"{name}.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))
