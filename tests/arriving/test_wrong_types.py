"""JSON in which something is of another type than was meant: read, or told, and never a fault."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondvoice.arriving.choices import Choices
from secondvoice.arriving.entry import Entry, NotReadable, incoming
from secondvoice.arriving.own import read_export
from secondvoice.arriving.reading import OWN, read_text
from secondvoice.records.ids import is_usable
from secondvoice.records.incoming import Incoming, Skipped
from secondvoice.records.models import bring_in

if TYPE_CHECKING:
    from tests.cast import Someone

CHOICES = Choices(ZoneInfo("Europe/Lisbon"))
RECORD: dict[str, Any] = {
    "thing": "00000000-0000-7000-8000-000000000001",
    "id": "018dfc23-7a40-71b3-9ea5-8ffed30f9a58",
    "kind": "moment",
    "version": 1,
    "happened_at": "2024-07-01T09:00:00+00:00",
    "value": {"happened": "Then.", "before": 7, "marks": ["self_judgment"]},
}
ENTRIES: dict[str, dict[str, Any]] = {
    "dayone": {
        "uuid": "A1B2",
        "creationDate": "2024-07-01T22:30:00Z",
        "modifiedDate": "2024-07-03T08:00:00Z",
        "timeZone": "Asia/Tokyo",
        "text": "A walk",
        "richText": "{}",
        "tags": ["walk"],
        "starred": True,
        "location": {"placeName": "The bridge", "latitude": 35, "longitude": 139},
        "weather": {"conditionsDescription": "Clear"},
        "photos": [{"identifier": "P1"}],
    },
    "jrnl": {
        "title": "A title",
        "body": "A body",
        "date": "2024-07-01",
        "time": "09:00",
        "tags": ["@tag"],
        "starred": False,
    },
    "freecbt": {
        "automaticThought": "I ruin everything.",
        "challenge": "One call went badly.",
        "alternativeThought": "I can ring again.",
        "cognitiveDistortions": [{"slug": "all", "label": "All", "selected": True}],
        "createdAt": "2024-07-01T09:00:00.000Z",
        "updatedAt": "2024-07-02T09:00:00.000Z",
        "uuid": "1",
    },
}
# Our own lines, as the name of a field of theirs.
NAMES = ("Tags", "Place", "Weather", "Distortions", "Mood", "photos", "texts", "", "\ud800")
ODD: list[Any] = [
    *(None, True, False, 0, 5, -1, 10**400, 1.5, float("nan"), float("inf"), 1e300),
    *("", "abc", "\x00", "\ud800", "9999-12-31T23:59:59Z", "0001-01-01", "99999-01-01", "."),
    *("[]", "x" * 5000, [], [5], [None], [[]], [{}], ["a", 5, None], {}, {"a": 5}, {"": {"": []}}),
    *({"label": {"a": 1}}, [{"label": [1], "selected": "no"}], {"placeName": [1], "latitude": {}}),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(ODD),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


def nested(depth: int) -> Any:
    """A list in a list in a list."""
    made: Any = []
    for _ in range(depth):
        made = [made]
    return made


def whole(source: str, entry: Any) -> Any:
    """A file of that program with one entry."""
    return [entry, ENTRIES["freecbt"]] if source == "freecbt" else {
        "dayone": {"metadata": {}, "entries": [entry]},
        "jrnl": {"entries": [entry]},
    }[source]  # fmt: skip


def read(told: Any) -> list[Incoming | Skipped]:
    """What becomes of it; empty where the file is refused with a sentence."""
    text = json.dumps(told)
    try:
        arriving = read_text(text, CHOICES)
        if arriving.source == OWN:
            return list(read_export(io.StringIO(text)))
        return list(incoming(arriving.source, arriving.entries, secret=bytes(32)))
    except NotReadable as why:
        assert str(why)
        return []


def well(made: list[Incoming | Skipped]) -> bool:
    return all(one.reason if isinstance(one, Skipped) else is_usable(one.id) for one in made)


@pytest.mark.parametrize("source", ENTRIES)
def test_any_field_of_any_type_is_read_or_told(source: str) -> None:
    for name in (*ENTRIES[source], *NAMES):
        for odd in (*ODD, nested(40), nested(60), nested(400)):
            made = read(whole(source, ENTRIES[source] | {name: odd}))
            assert made, (name, odd)
            assert well(made)


@given(st.sampled_from([*ENTRIES]), st.data())
def test_several_fields_of_other_types_are_read_or_told(source: str, data: st.DataObject) -> None:
    names = st.sampled_from([*ENTRIES[source], *NAMES]) | st.text()
    entry = ENTRIES[source] | data.draw(st.dictionaries(names, JSON, max_size=4))
    assert well(read(whole(source, entry)))


@given(JSON, st.sampled_from(["", "entries", "thoughts", "metadata", "format", "records"]))
def test_any_json_at_all_is_read_or_refused(told: Any, name: str) -> None:
    assert well(read({name: told} if name else told))
    assert well(read({"metadata": {}, "entries": [], name: told}))
    assert well(read({"format": "secondvoice-export", "version": 1, "records": [told]}))
    assert well(read({"format": "secondvoice-export", "version": 1, "records": [], name: told}))


def test_what_is_named_like_a_line_of_ours_is_kept_beside_it() -> None:
    entry = ENTRIES["dayone"] | {"Tags": "mine", "Weather": 5}
    (made,) = read(whole("dayone", entry))
    assert isinstance(made, Incoming)
    words = made.value["happened"].splitlines()
    assert {"Tags: walk", "Tags (2): mine", "Weather (2): 5"} <= set(words)
    entry = ENTRIES["freecbt"] | {"Distortions": "mine"}
    (thought, _) = read(whole("freecbt", entry))
    assert isinstance(thought, Incoming)
    assert thought.value["happened"] == "Distortions: All\nDistortions (2): mine"


def test_a_tag_that_is_no_list_is_a_tag() -> None:
    for odd, line in ((5, "tags: 5"), ("walk", "tags: walk"), (["a", 5], "tags: a, 5")):
        (made,) = read(whole("jrnl", {"title": "T", "date": "2024-07-01", "tags": odd}))
        assert isinstance(made, Incoming)
        assert made.value["happened"].endswith(line)


def test_a_file_that_has_no_end_within_itself_is_refused() -> None:
    for text in ('{"entries": [' + "[" * 900, '{"format": ' + "[" * 900 + "]" * 900 + "}"):
        with pytest.raises(NotReadable):
            read_text(text, CHOICES)


def test_any_field_of_our_own_export_of_any_type_comes_in_or_is_told(alice: Someone) -> None:
    """Into a diary, since what is there may refuse it, too."""
    records = [
        record
        for odd in (*ODD, nested(40), nested(400), "2024-07-01T09:00:00", "9999-12-31T23:00-02:00")
        for record in (
            *(RECORD | {name: odd} for name in RECORD),
            *(RECORD | {"value": RECORD["value"] | {name: odd}} for name in RECORD["value"]),
        )
    ]
    for kind, value in (
        ("check_ins", {"month": "2024-07-01", "days": {"1": {"day": float("nan")}}}),
        ("taking", {"instrument": "x", "begun": "2024-07-01T09:00:00"}),
        ("taking", {"instrument": "x", "seconds": 10**400}),
        ("taking", {"instrument": "x", "seconds": float("inf")}),
    ):
        records.append(RECORD | {"kind": kind, "value": value})
    lines = ['{"format": "secondvoice-export", "version": 1}', *map(json.dumps, records)]
    lines.append(json.dumps({"end": True, "records": len(records)}))
    outcome = bring_in(alice.door, read_export(io.StringIO("\n".join(lines) + "\n")))
    assert sum(outcome.new.values()) + sum(outcome.changed.values()) >= 1
    assert all(one.kind.isidentifier() for one in outcome.skipped if one.kind)
    assert all("abc" not in one.reason for one in outcome.skipped)


def test_an_entry_is_an_entry_whatever_its_other_fields_hold() -> None:
    entry = ENTRIES["dayone"] | {"photos": 5, "location": "here", "weather": [1], "tags": "one"}
    (made,) = read_text(json.dumps(whole("dayone", entry)), CHOICES).entries
    assert isinstance(made, Entry)
    assert made.values["happened"].startswith("A walk\n\nTags: one\nPlace: here\nWeather: 1")
