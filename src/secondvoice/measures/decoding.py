"""From the tables of a TOML file to typed values, and a sentence for whatever does not fit."""

from __future__ import annotations

import dataclasses
import math
import types
import typing
from datetime import date
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Union

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

T = TypeVar("T")

_NAMES = {str: "text", int: "a whole number", float: "a number", bool: "true or false"}


class DoesNotFit(Exception):
    """A value that is not what its field wants; the problem is noted already."""


class Decoder:
    """Decodes values and notes in ``problems`` what does not fit, with file and field."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[str] = []

    def note(self, field: str, what: str) -> None:
        """Add a problem: ``what`` goes on after the field's name."""
        self.problems.append(f"{self.file}: {field} {what}.")

    def record(self, kind: type[T], table: Any, field: str = "", **given: Any) -> T:
        """Make a dataclass of a table.

        Args:
            kind: the dataclass; its annotations are the schema.
            table: what TOML gave.
            field: where the table stands, for the sentences; empty for the whole file.
            given: fields that are not in the file.

        Returns:
            The value, if every field fits.

        Raises:
            DoesNotFit: something does not; ``problems`` says what, all of it.
        """
        if not isinstance(table, dict):
            self.note(field, "has to be a table")
            raise DoesNotFit
        hints = _hints(typing.cast("Any", kind))
        values: dict[str, Any] = dict(given)
        known = {f.name: f for f in dataclasses.fields(typing.cast("Any", kind))}
        fits = True
        for name in table.keys() - (known.keys() - given.keys()):
            self.note(f"{field}.{name}".lstrip("."), "is not a field that is known here")
            fits = False
        for name, spec in known.items():
            where = f"{field}.{name}".lstrip(".")
            if name in given:
                continue
            if name in table:
                try:
                    values[name] = self.value(hints[name], table[name], where)
                except DoesNotFit:
                    fits = False
            elif spec.default is dataclasses.MISSING:
                self.note(where, "is missing")
                fits = False
        if not fits:
            raise DoesNotFit
        return kind(**values)

    def value(self, hint: Any, raw: Any, field: str) -> Any:
        """Make a value of the annotated kind of what TOML gave.

        Raises:
            DoesNotFit: it is of another kind.
        """
        origin, inner = typing.get_origin(hint), typing.get_args(hint)
        if origin in {Union, types.UnionType}:
            return self.value(next(arg for arg in inner if arg is not type(None)), raw, field)
        if origin is Literal:
            return self._one_of(raw, inner, field)
        if origin is tuple:
            return self._list(inner[0], raw, field)
        if origin is dict:
            return self._numbers(raw, field)
        if dataclasses.is_dataclass(hint):
            return self.record(typing.cast("type[Any]", hint), raw, field)
        if isinstance(hint, type) and issubclass(hint, Enum):
            return hint(self._one_of(raw, [member.value for member in hint], field))
        return self._plain(hint, raw, field)

    def _one_of(self, raw: Any, allowed: Sequence[Any], field: str) -> Any:
        if raw not in allowed:
            self.note(field, f"has to be one of: {', '.join(str(a) or 'nothing' for a in allowed)}")
            raise DoesNotFit
        return raw

    def _list(self, hint: Any, raw: Any, field: str) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            self.note(field, "has to be a list")
            raise DoesNotFit
        return tuple(self._each(hint, raw, field))

    def _each(self, hint: Any, raw: list[Any], field: str) -> Iterator[Any]:
        fits = True
        for number, part in enumerate(raw, start=1):
            try:
                yield self.value(hint, part, f"{field}[{_named(part, number)}]")
            except DoesNotFit:
                fits = False
        if not fits:
            raise DoesNotFit

    def _numbers(self, raw: Any, field: str) -> dict[str, float]:
        if not isinstance(raw, dict):
            self.note(field, "has to be a table of numbers")
            raise DoesNotFit
        return {name: self._plain(float, value, f"{field}.{name}") for name, value in raw.items()}

    def _plain(self, hint: Any, raw: Any, field: str) -> Any:
        wanted = (int, float) if hint is float else hint
        # To Python true is a number; to somebody who writes a key it is a slip.
        if not isinstance(raw, wanted) or (isinstance(raw, bool) and hint is not bool):
            self.note(field, f"has to be {_NAMES.get(hint, 'a date')}")
            raise DoesNotFit
        if hint is float and not math.isfinite(raw):
            self.note(field, "has to be a finite number")
            raise DoesNotFit
        if isinstance(raw, str) and not raw.strip():
            self.note(field, "is there but empty; leave it out or fill it")
            raise DoesNotFit
        return float(raw) if hint is float else raw


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return typing.get_type_hints(kind, localns={"date": date})


def _named(part: Any, number: int) -> str:
    """The part's own id where it has one, else its place."""
    if isinstance(part, dict) and isinstance(part.get("id"), str):
        return str(part["id"])
    return str(number)
