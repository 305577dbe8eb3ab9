"""JSON that somebody else wrote: read strictly, with a sentence for what does not fit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

from secondvoice.measures.formats.values import FormatError

if TYPE_CHECKING:
    from collections.abc import Mapping


def decoded(raw: bytes, file: str) -> str:
    """The text of a file; a byte order mark at its head is no part of it.

    Raises:
        FormatError: it is not UTF-8.
    """
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FormatError(f"{file}: this is not UTF-8 text. Save it as UTF-8.") from None


def parsed(raw: bytes, file: str) -> Any:
    """What is in a JSON file.

    Raises:
        FormatError: it is not JSON.
    """
    said = decoded(raw, file)
    try:
        return json.loads(said, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise FormatError(
            f"{file}: this is not JSON: line {error.lineno}, column {error.colno} cannot be read. "
            "Export it anew, or mend that line."
        ) from None
    except (RecursionError, ValueError):
        # Brackets a thousand deep, NaN, or a number with thousands of digits.
        raise FormatError(f"{file}: this is not JSON that can be read. Export it anew.") from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def written(value: Any) -> str:
    """JSON to be read by people too."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def table(value: Any, where: str) -> dict[str, Any]:
    """A JSON object.

    Raises:
        FormatError: it is something else.
    """
    if not isinstance(value, dict):
        raise FormatError(f"{where} has to be an object with names and values.")
    return value


def children(element: Mapping[str, Any], name: str, where: str) -> list[dict[str, Any]]:
    """The objects in a list of the element; none where the list is not there.

    Raises:
        FormatError: it is no list of objects.
    """
    found = element.get(name, [])
    if not isinstance(found, list):
        raise FormatError(f"{where}: {name} has to be a list.")
    return [table(part, f"{where}: {name}") for part in found]
