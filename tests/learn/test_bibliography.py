"""The bibliography is CSL-JSON that other programs read: held to the schema's rules, 1.0.2."""

from __future__ import annotations

import re
from typing import Any

import pytest

from secondvoice.learn.evidence import bibliography, csl

TYPES = {
    *("article", "article-journal", "article-magazine", "article-newspaper"),
    *("bill", "book", "broadcast", "chapter", "classic", "collection", "dataset"),
    *("document", "entry", "entry-dictionary", "entry-encyclopedia", "event"),
    *("figure", "graphic", "hearing", "interview", "legal_case", "legislation"),
    *("manuscript", "map", "motion_picture", "musical_score", "pamphlet", "paper-"),
    *("conference", "patent", "performance", "periodical"),
    *("personal_communication", "post", "post-weblog", "regulation", "report"),
    *("review", "review-book", "software", "song", "speech", "standard", "thesis"),
    *("treaty", "webpage"),
}
STRINGS = {
    *("title", "container-title", "DOI", "URL", "PMID", "PMCID", "page", "publisher", "note"),
}
STRINGS_OR_NUMBERS = {"id", "volume", "issue"}
NAMES = {"family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle"}


def faults(item: Any) -> list[str]:
    """What the schema would refuse in one entry."""
    if not isinstance(item, dict):
        return ["not an object"]
    found = [f"no {name}" for name in ("type", "id") if name not in item]
    if item.get("type", "book") not in TYPES:
        found.append(f"no such type: {item['type']}")
    for name, value in item.items():
        if name in STRINGS and not isinstance(value, str):
            found.append(f"{name} is no string")
        elif name in STRINGS_OR_NUMBERS and not isinstance(value, str | int | float):
            found.append(f"{name} is neither a string nor a number")
        elif name == "author":
            found += [f"author: {fault}" for each in value for fault in faults_of_name(each)]
        elif name == "issued":
            found += faults_of_date(value)
        elif name == "custom" and not isinstance(value, dict):
            found.append("custom is no object")
        elif name not in STRINGS | STRINGS_OR_NUMBERS | {"type", "author", "issued", "custom"}:
            found.append(f"no such property: {name}")
    return found


def faults_of_name(name: Any) -> list[str]:
    if not isinstance(name, dict) or not name:
        return ["not an object with a name"]
    return [key for key, value in name.items() if key not in NAMES or not isinstance(value, str)]


def faults_of_date(date: Any) -> list[str]:
    parts = date.get("date-parts") if isinstance(date, dict) else None
    if not isinstance(parts, list) or not 1 <= len(parts) <= 2:
        return ["issued has no date-parts"]
    good = all(
        isinstance(part, list) and 1 <= len(part) <= 3 and all(isinstance(n, int) for n in part)
        for part in parts
    )
    return [] if good else ["a date part is no list of numbers"]


@pytest.mark.parametrize("item", csl(), ids=lambda item: item["id"])
def test_an_entry_is_as_the_schema_has_it(item: dict[str, Any]) -> None:
    assert faults(item) == []


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        ({"id": "x"}, "no type"),
        ({"id": "x", "type": "novel"}, "no such type: novel"),
        ({"id": "x", "type": "book", "titel": "X"}, "no such property: titel"),
        ({"id": "x", "type": "book", "author": [{"name": "X"}]}, "author: name"),
        ({"id": "x", "type": "book", "issued": {"date-parts": [2012]}}, "a date part"),
    ],
)
def test_the_check_itself_finds_a_fault(item: dict[str, Any], fault: str) -> None:
    assert any(found.startswith(fault) for found in faults(item))


@pytest.mark.parametrize("item", csl(), ids=lambda item: item["id"])
def test_an_address_can_be_opened(item: dict[str, Any]) -> None:
    assert re.fullmatch(r"10\.\d{4,}/\S+", item.get("DOI", "10.1000/x"))
    assert item.get("URL", "https://").startswith("https://")
    source = bibliography()[item["id"]]
    assert source.address in {"", item.get("URL"), f"https://doi.org/{item.get('DOI')}"}


@pytest.mark.parametrize(
    ("id_", "short"),
    [
        ("neff-2023", "Neff 2023"),
        ("breines-chen-2012", "Breines and Chen 2012"),
        ("zessin-2015", "Zessin and others 2015"),
        ("brenner-2017", "Brenner and others 2017"),
        ("neff-backdraft", "Neff"),
    ],
)
def test_a_source_is_named_as_one_says_it(id_: str, short: str) -> None:
    assert bibliography()[id_].short == short
