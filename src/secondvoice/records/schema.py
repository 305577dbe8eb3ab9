"""The JSON Schema (draft 2020-12) of one line of an export, made from the kinds themselves."""

from __future__ import annotations

import dataclasses
import types
from datetime import date, datetime
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from secondvoice.records import kinds

Schema = dict[str, Any]

_UUID: Schema = {"type": "string", "format": "uuid"}
_TIME: Schema = {"type": "string", "format": "date-time"}
_SINGLE: dict[object, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    types.NoneType: {"type": "null"},
    UUID: _UUID,
    datetime: _TIME,
    date: {"type": "string", "format": "date"},
    Any: {},
}


def line_schema() -> Schema:
    """What a line of ``secondvoice export --format jsonl`` may be: head, record or end."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of an export of Second Voice",
        "oneOf": [
            _object(
                {
                    "format": {"const": "secondvoice-export"},
                    "version": {"const": 1},
                    "program": {"type": "string"},
                    "exported_at": _TIME,
                    "person": _UUID,
                }
            ),
            *(_record(name, version, kind) for name, (version, kind) in kinds.types().items()),
            _object({"end": {"const": True}, "records": {"type": "integer", "minimum": 0}}),
        ],
    }


def _record(name: str, version: int, kind: type[Any]) -> Schema:
    return _object(
        {
            "thing": _UUID,
            "id": _UUID,
            "kind": {"const": name},
            "version": {"const": version},
            "happened_at": _TIME,
            "kept_at": _TIME,
            "value": _of(kind),
        }
    )


def _of(hint: object) -> Schema:
    """The schema of what a value of the type ``hint`` is written as.

    Raises:
        TypeError: a record cannot hold that type.
    """
    if hint in _SINGLE:
        return _SINGLE[hint]
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return {"anyOf": [_of(arg) for arg in args]}
    if origin is Literal:
        return {"enum": list(args)}
    if origin is tuple and args[-1] is not Ellipsis:
        length = len(args)
        return {"type": "array", "prefixItems": [_of(arg) for arg in args],
                "minItems": length, "maxItems": length}  # fmt: skip
    if origin in (tuple, list):
        return {"type": "array", "items": _of(args[0])}
    if isinstance(origin, type) and issubclass(dict, origin):
        return {"type": "object", "additionalProperties": _of(args[1])}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"enum": [member.value for member in hint]}
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        hints = get_type_hints(hint)
        return _object({field.name: _of(hints[field.name]) for field in dataclasses.fields(hint)})
    raise TypeError(f"A record cannot hold a {hint}.")


def _object(properties: dict[str, Schema]) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties)}
