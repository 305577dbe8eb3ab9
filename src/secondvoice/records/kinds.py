"""The kinds of record: typed, versioned contents, written as compact JSON.

A kind is a frozen dataclass with a name and a version. When its form changes, its version goes
up and an ``upcast`` turns the dictionary of the version before into the next one, so what was
written years ago opens as today's type. Nothing here knows where it is stored or how sealed.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from secondvoice.records.errors import NewerVersion, Unreadable
from secondvoice.records.plain import NotPlain, field_readers, from_plain, to_plain

C = TypeVar("C")
Content = dict[str, Any]
Upcast = Callable[[Content], Content]


@dataclass(slots=True)
class _Kind:
    name: str
    version: int
    type: type[Any]
    only_one: bool = False
    named: bool = False
    derived_from: str = ""
    upcasts: dict[int, Upcast] = field(default_factory=dict)


_KINDS: dict[str, _Kind] = {}
_NAMES: dict[type[Any], str] = {}
_UPCASTS: dict[str, dict[int, Upcast]] = {}


def record_kind(
    name: str,
    *,
    version: int = 1,
    only_one: bool = False,
    named: bool = False,
    derived_from: str = "",
) -> Callable[[type[C]], type[C]]:
    """Register a frozen dataclass as the content of records of kind ``name``.

    Args:
        name: of the kind.
        version: of its form.
        only_one: whether a person has one of it, the newest, as with what they chose. An import
            leaves the one that is there.
        named: whether its things have ids that are made from a name, as a week of the course has.
            Nothing of another kind can be made under such an id.
        derived_from: the kind that it is made from and can be made from again; empty: none. Once
            contents of that kind are erased it goes, since it may tell of them, and it comes into
            no export.

    The class's ``repr`` is replaced by one without content, so that no traceback or log line
    can hold what a person wrote.

    Raises:
        TypeError: the class is no frozen dataclass, the name is taken by another, or a field has
            a type that cannot be kept.
        NameError: the type of a field is not known at run time.
    """

    def register(cls: type[C]) -> type[C]:
        params = getattr(cls, "__dataclass_params__", None)
        if params is None or not params.frozen:
            raise TypeError(f"{cls.__name__} must be a frozen dataclass to be a kind of record.")
        taken = _KINDS.get(name)
        if taken is not None and taken.type.__qualname__ != cls.__qualname__:
            raise TypeError(f"The kind {name!r} is taken by {taken.type.__name__}.")
        # A type that cannot be read back is found here, and not when a person's words are in it.
        field_readers(cls)
        cls.__repr__ = _quiet_repr  # type: ignore[method-assign]  # the point of it
        _KINDS[name] = _Kind(
            name, version, cls, only_one, named, derived_from, _UPCASTS.setdefault(name, {})
        )
        _NAMES[cls] = name
        return cls

    return register


def upcast(name: str, *, from_version: int) -> Callable[[Upcast], Upcast]:
    """Register a function that turns content of ``from_version`` into the version after it."""

    def register(function: Upcast) -> Upcast:
        _UPCASTS.setdefault(name, {})[from_version] = function
        return function

    return register


def identify(value: object) -> tuple[str, int]:
    """Return the kind and the version that ``value`` is written as.

    Raises:
        TypeError: its class is no registered kind.
    """
    name = _NAMES.get(type(value))
    if name is None:
        raise TypeError(f"{type(value).__name__} is not a registered kind of record.")
    return name, _KINDS[name].version


def registered() -> dict[str, int]:
    """The kinds this program knows, with their versions."""
    return {name: kind.version for name, kind in sorted(_KINDS.items())}


def is_only_one(name: str) -> bool:
    """Whether a person has one record of this kind at most."""
    return name in _KINDS and _KINDS[name].only_one


def has_named_ids(name: str) -> bool:
    """Whether things of this kind have ids that are made from a name."""
    return name in _KINDS and _KINDS[name].named


def is_derived(name: str) -> bool:
    """Whether things of this kind are made from others, and can be made again."""
    return name in _KINDS and bool(_KINDS[name].derived_from)


def derived_from(sources: Collection[str]) -> list[str]:
    """The kinds that are made from things of any of these kinds."""
    return sorted(name for name, kind in _KINDS.items() if kind.derived_from in sources)


def types() -> dict[str, tuple[int, type[Any]]]:
    """The kinds this program knows: the version and the dataclass of each."""
    return {name: (kind.version, kind.type) for name, kind in sorted(_KINDS.items())}


def encode(value: object) -> bytes:
    """Write ``value`` as compact JSON in UTF-8.

    Raises:
        TypeError: ``value`` is of no registered kind, or holds a type that is not supported.
        ValueError: a number in it is not finite, or a time has no zone.
    """
    content = plain(value)
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError:
        # Half of a surrogate pair, as some clipboards leave it, has no UTF-8; escaped it lives.
        pass
    return json.dumps(content, allow_nan=False, separators=(",", ":")).encode()


def plain(value: object) -> Content:
    """``value`` as plain dictionaries, lists, text and numbers: what JSON can hold."""
    identify(value)
    return cast("Content", to_plain(value))


def decode(kind: str, version: int, data: bytes) -> Any:
    """Read content back as today's type of ``kind``.

    Fields that today's type does not have are left out; fields that were not written take their
    defaults.

    Raises:
        NewerVersion: a newer program wrote it (a higher version, or an unknown kind).
        Unreadable: the bytes are not what this kind and version should be.
    """
    known = _KINDS.get(kind)
    if known is None or version > known.version:
        raise NewerVersion
    content = _parse(data)
    if content is None:
        raise Unreadable
    value: Any = None
    try:
        for step in range(version, known.version):
            content = known.upcasts[step](content)
        value = from_plain(known.type, content)
    except (NotPlain, LookupError, TypeError, ValueError, AttributeError):
        # Raised below, outside: the exception caught here may quote the content.
        pass
    if value is None:
        raise Unreadable
    return value


def _parse(data: bytes) -> Content | None:
    try:
        # As text: of bytes it would first be guessed which of five encodings they are.
        content = json.loads(data.decode())
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def _quiet_repr(self: object) -> str:
    return f"<{type(self).__name__} with {len(dataclasses.fields(self))} fields>"  # type: ignore[arg-type]  # always a dataclass
