"""Between typed values and what JSON can hold. Standard library only.

There and back: text, numbers, truth values, None, lists and tuples, dictionaries with text as
keys, enums (by value), UUIDs, dates, times with a zone, and dataclasses inside dataclasses.
"""

from __future__ import annotations

import dataclasses
import types
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

_READERS: dict[object, Callable[[str], object]] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    UUID: UUID,
}


class NotPlain(Exception):
    """A value is not of the type it should be. The message names the type only."""


def to_plain(value: object) -> object:
    """Return ``value`` as JSON can hold it.

    Raises:
        TypeError: its type is not supported.
        ValueError: a time has no zone.
    """
    if isinstance(value, Enum):
        return to_plain(value.value)
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, dict):
        return {_key(key): to_plain(item) for key, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: to_plain(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    return _written(value)


def from_plain(hint: object, plain: object) -> object:
    """Return what ``plain`` is as the type ``hint``.

    Raises:
        NotPlain: it cannot be that type.
    """
    if hint is Any:
        return plain
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _one_of(get_args(hint), plain)
    if origin is Literal:
        # By type too: in Python True is among (1, 2).
        _expect(any(plain == one and type(plain) is type(one) for one in get_args(hint)))
        return plain
    if origin is not None:
        return _collection(origin, get_args(hint), plain)
    return _single(hint, plain)


def _key(key: object) -> str:
    if isinstance(key, Enum):
        key = key.value
    if not isinstance(key, str):
        raise TypeError("A dictionary in a record needs text as its keys.")
    return key


def _written(value: object) -> str:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("A time needs its zone: this one has none.")
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"A record cannot hold a {type(value).__name__}.")


def _one_of(hints: tuple[object, ...], plain: object) -> object:
    for hint in hints:
        try:
            return from_plain(hint, plain)
        except NotPlain:
            continue
    raise NotPlain("none of the types")


def _collection(origin: object, args: tuple[object, ...], plain: object) -> object:
    if origin is tuple and isinstance(plain, list):
        if len(args) == 2 and args[1] is Ellipsis:
            return tuple(from_plain(args[0], item) for item in plain)
        _expect(len(args) == len(plain))
        return tuple(from_plain(hint, item) for hint, item in zip(args, plain, strict=True))
    if origin is list and isinstance(plain, list):
        return [from_plain(args[0], item) for item in plain]
    if isinstance(origin, type) and issubclass(dict, origin) and isinstance(plain, dict):
        return {from_plain(args[0], key): from_plain(args[1], item) for key, item in plain.items()}
    raise NotPlain("a collection")


def _single(hint: object, plain: object) -> object:
    if hint is None or hint is types.NoneType:
        _expect(plain is None)
        return None
    if hint is float and type(plain) is int:
        return float(plain)
    if hint in (str, int, float, bool):
        _expect(type(plain) is hint)
        return plain
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _dataclass(hint, plain)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _made(hint, plain)
    if isinstance(plain, str) and hint in _READERS:
        return _made(_READERS[hint], plain)
    raise NotPlain(getattr(hint, "__name__", "a type"))


def _made(make: Callable[[Any], object], plain: object) -> object:
    try:
        return make(plain)
    except ValueError:
        raise NotPlain("an enum, a time or an id") from None


def _dataclass(hint: type[Any], plain: object) -> object:
    if not isinstance(plain, dict):
        raise NotPlain(hint.__name__)
    hints = _hints(cast("Hashable", hint))
    known = {name: from_plain(hints[name], plain[name]) for name in hints if name in plain}
    try:
        return hint(**known)
    except TypeError:
        # A field without a default was not written.
        raise NotPlain(hint.__name__) from None


@cache
def _hints(hint: Hashable) -> dict[str, Any]:
    kind = cast("type[Any]", hint)
    resolved = get_type_hints(kind)
    return {field.name: resolved[field.name] for field in dataclasses.fields(kind) if field.init}


def _expect(fits: bool) -> None:
    if not fits:
        raise NotPlain("another type")
