"""What is written as one type comes back as that type, also years and versions later."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum, StrEnum
from typing import Any, Literal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondvoice.records import NewerVersion, Unreadable, decode, encode, record_kind, upcast


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Size(Enum):
    SMALL = 1
    LARGE = 2


@dataclass(frozen=True)
class Part:
    name: str
    weight: float = 1.0


@record_kind("test_everything")
@dataclass(frozen=True)
class Everything:
    text: str
    number: int
    ratio: float
    yes: bool
    maybe: str | None
    day: date
    at: datetime
    who: UUID
    colour: Colour
    size: Size
    choice: Literal["a", "b"]
    part: Part
    parts: tuple[Part, ...]
    pair: tuple[int, str]
    items: list[str]
    counts: dict[str, int]
    by_colour: dict[Colour, float]
    either: int | str
    anything: Any = None
    made: list[int] = field(default_factory=list)


zones = st.sampled_from(
    [UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-9))]
)
parts = st.builds(Part, name=st.text(), weight=st.floats(allow_nan=False, allow_infinity=False))
everything = st.builds(
    Everything,
    at=st.datetimes(timezones=zones),
    ratio=st.floats(allow_nan=False, allow_infinity=False),
    part=parts,
    parts=st.lists(parts, max_size=3).map(tuple),
    by_colour=st.dictionaries(st.sampled_from(Colour), st.floats(0, 1)),
    anything=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5
    ),
)


@given(everything)
def test_every_type_comes_back_as_it_was(value: Everything) -> None:
    again = decode("test_everything", 1, encode(value))
    assert again == value
    assert type(again.colour) is Colour
    assert all(type(key) is Colour for key in again.by_colour)


@given(st.text(st.characters(), max_size=50))
def test_any_text_is_kept_even_half_a_surrogate_pair(text: str) -> None:
    written = encode(Short(text))
    written.decode("utf-8")
    assert decode("test_short", 1, written).text == text


@record_kind("test_short")
@dataclass(frozen=True)
class Short:
    text: str = "nothing yet"
    number: int = 0


def test_it_is_compact_json_in_utf8() -> None:
    assert encode(Short("Grüße", 3)) == '{"text":"Grüße","number":3}'.encode()


def test_unknown_fields_are_left_out_and_missing_ones_take_their_defaults() -> None:
    assert decode("test_short", 1, b'{"number":2,"later":"x"}') == Short("nothing yet", 2)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[1,2]",
        b'"text"',
        b"{",
        b'{"text":5}',
        b'{"number":"5"}',
        b'{"number":true}',
        b'{"number":1.5}',
        b'{"text":null}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_such_content_is_unreadable_and_not_quoted(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        decode("test_short", 1, data)
    assert str(refused.value) == Unreadable.sentence
    assert refused.value.__context__ is None, "the parser's exception quotes the content"


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("day", "yesterday"),
        ("at", 5),
        ("who", "nobody"),
        ("colour", "green"),
        ("size", "1"),
        ("choice", "c"),
        ("part", []),
        ("part", {"weight": 1}),
        ("parts", {}),
        ("pair", [1]),
        ("items", "abc"),
        ("counts", {"a": "b"}),
        ("either", None),
        ("maybe", 1),
    ],
)
def test_one_wrong_field_makes_it_unreadable(name: str, wrong: object) -> None:
    content = json.loads(encode(EXAMPLE))
    content[name] = wrong
    with pytest.raises(Unreadable):
        decode("test_everything", 1, json.dumps(content).encode())


EXAMPLE = Everything(
    text="t", number=1, ratio=0.5, yes=True, maybe=None, day=date(2026, 1, 2),
    at=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC), who=UUID(int=7), colour=Colour.RED,
    size=Size.LARGE, choice="a", part=Part("p"), parts=(Part("q", 2.0),), pair=(1, "x"),
    items=["i"], counts={"c": 1}, by_colour={Colour.BLUE: 0.5}, either="e",
)  # fmt: skip


def test_a_missing_field_without_default_is_unreadable() -> None:
    content = json.loads(encode(EXAMPLE))
    del content["text"]
    with pytest.raises(Unreadable):
        decode("test_everything", 1, json.dumps(content).encode())


@record_kind("test_grown", version=3)
@dataclass(frozen=True)
class Grown:
    first: str
    last: str = ""


@upcast("test_grown", from_version=1)
def _split(content: dict[str, Any]) -> dict[str, Any]:
    first, _, last = content["name"].partition(" ")
    return {"given": first, "last": last}


@upcast("test_grown", from_version=2)
def _rename(content: dict[str, Any]) -> dict[str, Any]:
    return {"first": content["given"], "last": content["last"]}


def test_old_versions_are_brought_up_to_today() -> None:
    assert decode("test_grown", 1, b'{"name":"Ada Lovelace"}') == Grown("Ada", "Lovelace")
    assert decode("test_grown", 2, b'{"given":"Ada","last":"L"}') == Grown("Ada", "L")
    assert decode("test_grown", 3, b'{"first":"Ada"}') == Grown("Ada", "")
    assert json.loads(encode(Grown("Ada"))) == {"first": "Ada", "last": ""}


@pytest.mark.parametrize(("version", "data"), [(0, b'{"name":"x"}'), (1, b'{"title":"x"}')])
def test_an_old_version_that_does_not_fit_is_unreadable(version: int, data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        decode("test_grown", version, data)
    assert refused.value.__context__ is None


def test_a_newer_version_or_kind_says_to_update() -> None:
    with pytest.raises(NewerVersion, match="newer version"):
        decode("test_grown", 4, b"{}")
    with pytest.raises(NewerVersion, match="newer version"):
        decode("test_not_invented_yet", 1, b"{}")


def test_repr_holds_nothing_that_was_written() -> None:
    value = Short("what I never told anybody", 41)
    assert "never told" not in f"{value!r} {value}"
    assert "41" not in repr(value)


@dataclass(frozen=True)
class Unregistered:
    text: str = ""


def test_only_registered_kinds_are_written() -> None:
    with pytest.raises(TypeError, match="Unregistered"):
        encode(Unregistered())
    with pytest.raises(TypeError, match="str"):
        encode("text")


@record_kind("test_loose")
@dataclass(frozen=True)
class Loose:
    value: Any


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes", {1: "a"}, Short, 1j])
def test_what_json_cannot_hold_is_refused_without_quoting_it(value: object) -> None:
    with pytest.raises(TypeError, match=r"^A (record|dictionary in a record) "):
        encode(Loose(value))


@pytest.mark.parametrize("value", [float("nan"), float("inf"), datetime(2026, 1, 1)])  # noqa: DTZ001
def test_a_number_without_end_or_a_time_without_zone_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        encode(Loose(value))


def test_a_kind_is_a_frozen_dataclass_with_a_name_of_its_own() -> None:
    with pytest.raises(TypeError, match="frozen dataclass"):
        record_kind("test_open")(dataclass(type("Open", (), {})))
    with pytest.raises(TypeError, match="taken by Short"):
        record_kind("test_short")(Unregistered)


def test_a_type_that_cannot_be_read_back_is_refused_when_it_is_declared() -> None:
    @dataclass(frozen=True)
    class Unkeepable:
        when: complex

    with pytest.raises(TypeError, match="cannot hold"):
        record_kind("test_unkeepable")(Unkeepable)

    @dataclass(frozen=True)
    class Unknown:
        when: NotImportedAnywhere  # type: ignore[name-defined]  # noqa: F821  # the point of it

    with pytest.raises(NameError):
        record_kind("test_unknown")(Unknown)


@record_kind("test_tree")
@dataclass(frozen=True)
class Tree:
    name: str
    under: tuple[Tree, ...] = ()


def test_a_type_may_hold_its_own_kind() -> None:
    tree = Tree("a", (Tree("b", (Tree("c"),)),))
    assert decode("test_tree", 1, encode(tree)) == tree
