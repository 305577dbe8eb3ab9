"""Reading settings from the environment, failing loudly on anything unclear."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs


class SettingError(RuntimeError):
    """A setting is missing or unreadable; the message says which and what to do."""


def env_bool(name: str, *, default: bool) -> bool:
    """Read ``True`` or ``False`` from the environment variable ``name``.

    Raises:
        SettingError: the variable holds anything else.
    """
    value = os.environ.get(name)
    if value is None:
        return default
    if value in {"True", "False"}:
        return value == "True"
    raise SettingError(f"{name} is {value!r}; write True or False.")


def env_int(name: str, *, default: int, least: int | None = None, most: int | None = None) -> int:
    """Read a whole number from the environment variable ``name``.

    Args:
        name: of the variable.
        default: what holds where it is not set.
        least: the smallest that is taken; None for any.
        most: the greatest that is taken; None for any.

    Raises:
        SettingError: the variable is not a whole number, or out of these bounds.
    """
    value = os.environ.get(name)
    if value is None:
        return default
    try:
        number = int(value)
    except ValueError:
        raise SettingError(f"{name} is {value!r}; write a whole number.") from None
    if least is not None and number < least:
        raise SettingError(f"{name} is {number}; write {least} or more.")
    if most is not None and number > most:
        raise SettingError(f"{name} is {number}; write {most} or less.")
    return number


def env_names(name: str) -> list[str]:
    """Read names of hosts, with commas between them, from the environment variable ``name``.

    Raises:
        SettingError: one is empty, holds a wildcard, a scheme or a path.
    """
    value = os.environ.get(name)
    if value is None:
        return []
    names = [each.strip() for each in value.split(",")]
    for each in names:
        if not each or set("*/ ") & set(each) or each.startswith("."):
            raise SettingError(
                f"{name} is {value!r}; write the names of this host, with commas between them, "
                "as in diary.example.org."
            )
    return names


def data_folder() -> Path:
    """The folder everything is kept in: ``SECONDVOICE_DATA``, else the system's usual place."""
    chosen = os.environ.get("SECONDVOICE_DATA")
    if chosen:
        return Path(chosen).expanduser().absolute()
    return Path(platformdirs.user_data_dir("secondvoice", appauthor=False))
