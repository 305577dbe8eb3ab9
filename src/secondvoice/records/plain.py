"""Between typed values and what JSON can hold. Standard library only.

There and back: text, numbers, truth values, None, lists and tuples, dictionaries with text as
keys, enums (by value), UUIDs, dates, times with a zone, and dataclasses inside dataclasses.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

Reader = Callable[[object], object]


class NotPlain(Exception):
    """A value is not of the type it should be. The message names the type only."""


def to_plain(value: object) -> object:
    """Return ``value`` as JSON can hold it.

    Raises:
        TypeError: its type is not supported.
        ValueError: a time has no zone.
    """
    if isinstance(value, Enum):
        value = value.value
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    if isinstance(value, dict):
        return {_key(key): to_plain(item) for key, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: to_plain(getattr(value, name)) for name in _field_names(type(value))}
    return _written(value)


def from_plain(hint: object, plain: object) -> object:
    """Return what ``plain`` is as the type ``hint``.

    Raises:
        NotPlain: it cannot be that type.
    """
    return _reader(hint)(plain)


@cache
def _field_names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


def field_readers(kind: type[Any]) -> dict[str, Reader]:
    """How to read each field of a dataclass.

    Raises:
        TypeError: a field has a type that a record cannot hold.
        NameError: a field's type is not imported where the class is, or only for type checking.
    """
    hints = get_type_hints(kind, localns={kind.__name__: kind})
    return {field.name: _reader(hints[field.name]) for field in dataclasses.fields(kind)}


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


@cache
def _reader(hint: object) -> Reader:
    """How to read the type ``hint``: worked out once for each type, since lists are long."""
    if hint is Any:
        return _as_it_is
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _one_of(get_args(hint))
    if origin is Literal:
        return _literal(get_args(hint))
    if origin is not None:
        return _collection(origin, get_args(hint))
    return _single(hint)


def _one_of(hints: tuple[object, ...]) -> Reader:
    readers = [_reader(hint) for hint in hints]

    def read(plain: object) -> object:
        for reader in readers:
            try:
                return reader(plain)
            except NotPlain:
                continue
        raise NotPlain("none of the types")

    return read


def _literal(values: tuple[object, ...]) -> Reader:
    def read(plain: object) -> object:
        # By type too: in Python True is among (1, 2).
        _expect(any(plain == one and type(plain) is type(one) for one in values))
        return plain

    return read


def _collection(origin: object, args: tuple[object, ...]) -> Reader:
    if origin is tuple and args[-1] is not Ellipsis:
        return _pair(args)
    if origin in (tuple, list):
        make = tuple if origin is tuple else list
        item = _reader(args[0])

        def read(plain: object) -> object:
            if not isinstance(plain, list):
                raise NotPlain("a list")
            return make(map(item, plain))

        return read
    if isinstance(origin, type) and issubclass(dict, origin):
        return _mapping(*args)
    raise TypeError(f"A record cannot hold a {origin}.")


def _pair(args: tuple[object, ...]) -> Reader:
    readers = [_reader(hint) for hint in args]

    def read(plain: object) -> object:
        if not isinstance(plain, list) or len(plain) != len(readers):
            raise NotPlain("a tuple")
        return tuple(reader(item) for reader, item in zip(readers, plain, strict=True))

    return read


def _mapping(key_hint: object, item_hint: object) -> Reader:
    key, item = _reader(key_hint), _reader(item_hint)
    # JSON has text as keys, and nothing else.
    as_written = key_hint is str
    # Years of answers are read for one chart: a table of plain values is looked at as a whole.
    alike = {item_hint} if item_hint in _AS_WRITTEN else set()

    def read(plain: object) -> object:
        if not isinstance(plain, dict):
            raise NotPlain("a dictionary")
        if as_written and set(map(type, plain.values())) == alike:
            return plain.copy()
        return {key(name): item(value) for name, value in plain.items()}

    return read


def _single(hint: object) -> Reader:
    if hint is None or hint is types.NoneType:
        return _exactly(types.NoneType)
    if hint is float:
        return _float
    if hint in (str, int, bool):
        return _exactly(hint)
    if hint in _FROM_TEXT:
        return _made(_FROM_TEXT[hint], from_text=True)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _dataclass(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _made(hint)
    raise TypeError(f"A record cannot hold a {hint}.")


def _exactly(kind: object) -> Reader:
    def read(plain: object) -> object:
        if type(plain) is not kind:
            raise NotPlain("another type")
        return plain

    return read


def _made(make: Callable[[Any], object], *, from_text: bool = False) -> Reader:
    def read(plain: object) -> object:
        _expect(not from_text or isinstance(plain, str))
        try:
            return make(plain)
        except ValueError:
            raise NotPlain("an enum, a time or an id") from None

    return read


def _dataclass(kind: type[Any]) -> Reader:
    fields: dict[str, Reader] = {}

    def read(plain: object) -> object:
        if not isinstance(plain, dict):
            raise NotPlain(kind.__name__)
        if not fields:
            # At the first reading and not before: two types may refer to each other.
            fields.update(field_readers(kind))
        known = {name: fields[name](value) for name, value in plain.items() if name in fields}
        try:
            return kind(**known)
        except TypeError:
            # A field without a default was not written.
            raise NotPlain(kind.__name__) from None

    return read


def _float(plain: object) -> object:
    if type(plain) is int:
        try:
            return float(plain)
        except OverflowError:
            raise NotPlain("a number") from None
    _expect(type(plain) is float)
    return plain


def _as_it_is(plain: object) -> object:
    return plain


def _expect(fits: bool) -> None:
    if not fits:
        raise NotPlain("another type")


_AS_WRITTEN = (str, int, bool, float)

_FROM_TEXT: dict[object, Callable[[str], object]] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    UUID: UUID,
}
