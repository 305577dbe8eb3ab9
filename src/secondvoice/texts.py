"""The program's own words, kept as TOML beside the room that says them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")

UNNAMED = "_unnamed"
"""A key that ends so is the twin for somebody who named no friend."""


@cache
def texts(package: str, name: str) -> dict[str, Any]:
    """The file ``name`` of ``package`` as it stands. Do not change what comes back."""
    raw = files(package).joinpath(name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = _set(tomllib.loads(raw))
    return loaded


def said_to(section: dict[str, Any], friend: str) -> dict[str, Any]:
    """A section with the friend's name put in, or its unnamed twins where there is no name.

    Args:
        section: strings, lists and tables as they come from TOML.
        friend: the name; empty where nobody was named.

    Returns:
        The same shape without the ``_unnamed`` keys.
    """
    out: dict[str, Any] = {}
    for key, value in section.items():
        if key.endswith(UNNAMED):
            continue
        chosen = section.get(key + UNNAMED, value) if not friend else value
        out[key] = _filled(chosen, friend)
    return out


def _set(value: Any) -> Any:
    """As a printer sets it: the apostrophe between two letters is a raised comma."""
    if isinstance(value, str):
        return _APOSTROPHE.sub("’", value)
    if isinstance(value, dict):
        return {key: _set(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_set(item) for item in value]
    return value


def _filled(value: Any, friend: str) -> Any:
    if isinstance(value, str):
        return value.replace("{friend}", friend or "a friend")
    if isinstance(value, dict):
        return said_to(value, friend)
    if isinstance(value, list):
        return [_filled(item, friend) for item in value]
    return value
