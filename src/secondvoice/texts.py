"""The program's own words, kept as TOML beside the room that says them.

In a file there are words that are said and codes that name something. ``words_in`` tells them
apart by their keys, for whoever translates (``scripts/messages.py``) and for whoever says them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from secondvoice.tongues import ENGLISH, say, tongue

_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")

UNNAMED = "_unnamed"
"""A key that ends so is the twin for somebody who named no friend."""

CODES: Final = frozenset(
    {
        *("call", "card", "checked", "chat", "components", "country", "easier", "eyes", "form"),
        *("href", "id", "instead", "known", "links_to", "measure", "number", "offered_at", "poles"),
        *("posture", "practice", "practices", "register", "rests_on", "see", "skip_to", "source"),
        *("sources", "text_word", "to", "trouble", "type", "url"),
    }
)
"""Keys whose strings name something and are never said, in whatever file."""
SAID_AFTER_ALL: Final = {
    ("secondvoice.accounts", "known"),
    ("secondvoice.accounts", "see"),
    ("secondvoice.accounts", "trouble"),
    ("secondvoice.arriving", "id"),
    ("secondvoice.growth", "practices"),
    ("secondvoice.growth.helps", "known"),
    ("secondvoice.growth.helps", "measure"),
    ("secondvoice.learn/learn.toml", "rests_on"),
    ("secondvoice.learn/learn.toml", "source"),
    ("secondvoice.measures", "poles"),
    ("secondvoice.measures", "see"),
    ("secondvoice.moments/experiments.toml", "card"),
    ("secondvoice.pocket", "practice"),
    ("secondvoice.practices/oneday.toml", "instead"),
    ("secondvoice.practices/player.toml", "instead"),
    ("secondvoice.practices/player.toml", "source"),
}
"""Where such a key holds words."""
CODES_HERE: Final = {
    ("secondvoice.practices/library", "kind"),
    ("secondvoice.practices/sources.toml", "where"),
}
"""Where a key that holds words elsewhere holds codes, or what is said nowhere."""


class Section(Mapping[str, Any]):
    """A part of a file that is looked up at each use: for a name at the top of a module."""

    def __init__(self, package: str, name: str, *keys: str) -> None:
        self._where = (package, name)
        self._keys = keys

    def _now(self) -> dict[str, Any]:
        found = texts(*self._where)
        for key in self._keys:
            found = found[key]
        return found

    def __getitem__(self, key: str) -> Any:
        return self._now()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._now())

    def __len__(self) -> int:
        return len(self._now())


def texts(package: str, name: str) -> dict[str, Any]:
    """The file ``name`` of ``package`` in the language that is spoken just now.

    Do not change what comes back, and do not keep it beyond a request: the next may be somebody
    else's (``Section``; ``tongues.each_tongue``).
    """
    return _texts(tongue(), package, name)


def written(package: str, name: str) -> dict[str, Any]:
    """The file ``name`` of ``package`` as it stands, in English. Do not change what comes back."""
    return _texts(ENGLISH, package, name)


@cache
def _texts(spoken: str, package: str, name: str) -> dict[str, Any]:
    raw = files(package).joinpath(name).read_text(encoding="utf-8")
    loaded: dict[str, Any] = _set(tomllib.loads(raw))
    return loaded if spoken == ENGLISH else with_words(loaded, package, name, _said)


def with_words(
    table: dict[str, Any], package: str, name: str, change: Callable[[str, str], str]
) -> dict[str, Any]:
    """The same shape with every string that is said changed; codes and figures stay.

    Args:
        table: strings, lists and tables as they come from TOML.
        package: whose file it is.
        name: the file's name in there; of a file in a folder of its own, with the folder.
        change: takes the words and where they stand (``forms.0.steps.1.say``).
    """
    places = {package, f"{package}/{name}", f"{package}/{name.rpartition('/')[0]}"}

    def holds_words(key: str) -> bool:
        if any((place, key) in CODES_HERE for place in places):
            return False
        return key not in CODES or any((place, key) in SAID_AFTER_ALL for place in places)

    def changed(value: Any, key: str, at: str) -> Any:
        match value:
            case str():
                said = holds_words(key) and any(letter.isalpha() for letter in value)
                return change(value, at) if said else value
            case list():
                return [changed(item, key, f"{at}.{n}") for n, item in enumerate(value)]
            case dict():
                return {each: changed(item, each, f"{at}.{each}") for each, item in value.items()}
            case _:
                return value

    return {key: changed(value, key, key) for key, value in table.items()}


def said_to(section: Mapping[str, Any], friend: str) -> dict[str, Any]:
    """A section with the friend's name put in, or its unnamed twins where there is no name.

    Args:
        section: strings, lists and tables as they come from TOML.
        friend: the name; empty where nobody was named.

    Returns:
        The same shape without the ``_unnamed`` keys.
    """
    out: dict[str, Any] = {}
    for key, value in section.items():
        if key.endswith(UNNAMED):
            continue
        chosen = section.get(key + UNNAMED, value) if not friend else value
        out[key] = _filled(chosen, friend)
    return out


def _said(english: str, _at: str) -> str:
    return say(english)


def _set(value: Any) -> Any:
    """As a printer sets it: the apostrophe between two letters is a raised comma."""
    if isinstance(value, str):
        return _APOSTROPHE.sub("’", value)
    if isinstance(value, dict):
        return {key: _set(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_set(item) for item in value]
    return value


def _filled(value: Any, friend: str) -> Any:
    if isinstance(value, str):
        return value.replace("{friend}", friend or say("a friend"))
    if isinstance(value, dict):
        return said_to(value, friend)
    if isinstance(value, list):
        return [_filled(item, friend) for item in value]
    return value
