"""Day One, jrnl and FreeCBT as JSON."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from secondvoice.arriving.dates import NoDate, read_change, read_when
from secondvoice.arriving.entry import Entry, distinct, together
from secondvoice.records.incoming import Skipped
from secondvoice.tongues import later

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from secondvoice.arriving.choices import Choices

DEEPEST: Final = 50
"""Lists and objects within each other: more than any program writes, less than stops this one."""
_HALVES: Final = re.compile(r"[\ud800-\udfff]")
NO_ENTRY: Final = later("It is no entry.")

# The text a second time, and what tells of the device and not of the day.
_TECHNICAL: Final = frozenset(
    {
        *("richText", "uuid", "creationDate", "modifiedDate", "timeZone", "text", "isAllDay"),
        *("creationDevice", "creationDeviceType", "creationDeviceModel", "creationOSName"),
        *("creationOSVersion", "editingTime", "duration", "sourceString", "templateID"),
    }
)
_MEDIA: Final = frozenset({"photos", "videos", "audios", "pdfAttachments"})
_PLACE: Final = ("placeName", "localityName", "administrativeArea", "country")


def parsed(text: str) -> Any:
    """What a JSON text holds; None where it is none, or is cut off."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def too_deep(told: Any, most: int = DEEPEST) -> bool:
    """Whether lists and objects are within each other more than ``most`` times."""
    if not isinstance(told, dict | list):
        return False
    inner = told.values() if isinstance(told, dict) else told
    return most == 0 or any(too_deep(one, most - 1) for one in inner)


def which(told: Any) -> str:
    """Whose JSON this is: ``dayone``, ``jrnl``, ``freecbt``, or empty."""
    entries = told.get("entries") if isinstance(told, dict) else None
    if isinstance(entries, list):
        first = next((one for one in entries if isinstance(one, dict)), {})
        # Both write {"entries": []} for a journal with nothing in it.
        return "dayone" if "creationDate" in first or "metadata" in told else "jrnl"
    return "freecbt" if any(True for _ in _thoughts(told)) else ""


def read_json(source: str, told: Any, choices: Choices) -> Iterator[Entry | Skipped]:
    """The entries of one of the three.

    Args:
        source: ``dayone``, ``jrnl`` or ``freecbt``.
        told: the whole file, parsed.
        choices: for times without a zone.
    """
    made: dict[str, Callable[[int, dict[str, Any], Choices], Entry]] = {
        "dayone": _day_one,
        "jrnl": _jrnl,
        "freecbt": _thought,
    }
    found = _thoughts(told) if source == "freecbt" else told["entries"]
    for place, one in enumerate(found, 1):
        if not isinstance(one, dict) or too_deep(one):
            yield Skipped(place, "", NO_ENTRY)
            continue
        try:
            yield _whole(made[source](place, one, choices))
        except NoDate as why:
            yield Skipped(place, "", str(why))


def _whole(entry: Entry) -> Entry:
    """The entry without halves of letters, which JSON can hold and no page can show."""
    values = {
        name: _HALVES.sub("\ufffd", value) if isinstance(value, str) else value
        for name, value in entry.values.items()
    }
    return replace(entry, values=values)


def _day_one(place: int, one: dict[str, Any], choices: Choices) -> Entry:
    zone = _zone(one.get("timeZone"))
    at = read_when(_text(one.get("creationDate")), choices.zone)
    changed = _text(one.get("modifiedDate"))
    more = {
        name: value
        for name, value in one.items()
        if name not in _TECHNICAL | _MEDIA | {"tags", "location", "weather"}
    }
    known = {
        "Tags": _listed(one.get("tags")),
        "Place": _placed(one.get("location")),
        "Weather": _flat(one.get("weather")),
        **{name: _media(one[name]) for name in sorted(_MEDIA & one.keys())},
    }
    words = together(_text(one.get("text")), **_labelled(known, more))
    return Entry(
        place,
        at,
        {"happened": words} | ({"zone": zone} if zone else {}),
        _text(one.get("uuid")),
        read_change(changed, choices.zone),
    )


def _jrnl(place: int, one: dict[str, Any], choices: Choices) -> Entry:
    when = f"{_text(one.get('date'))} {_text(one.get('time'))}"
    words = together(_text(one.get("title")) + "\n" + _text(one.get("body")).lstrip("\n"))
    # A tag stands in the words already, unless somebody took it out there.
    told = one.get("tags")
    tags = [_flat(tag) for tag in (told if isinstance(told, list) else [told])]
    tags = [tag for tag in tags if tag.lower() not in words.lower()]
    known = {"title", "body", "date", "time", "tags"}
    more = {name: value for name, value in one.items() if name not in known}
    at = read_when(when, choices.zone, choices.dates)
    labelled = _labelled({"tags": _listed(tags)}, more)
    return Entry(place, at, {"happened": together(words, **labelled)})


def _thought(place: int, one: dict[str, Any], choices: Choices) -> Entry:
    changed = _text(one.get("updatedAt"))
    known = {
        *("automaticThought", "challenge", "alternativeThought", "createdAt", "updatedAt"),
        *("uuid", "cognitiveDistortions", "v"),
    }
    more = {name: value for name, value in one.items() if name not in known}
    distortions = {"Distortions": _distortions(one.get("cognitiveDistortions"))}
    values = {
        "voice": _text(one.get("automaticThought")),
        "name_it": _text(one.get("challenge")),
        "kind_words": _text(one.get("alternativeThought")),
        "happened": together(**_labelled(distortions, more)),
    }
    return Entry(
        place,
        read_when(_text(one.get("createdAt")), choices.zone),
        values,
        _text(one.get("uuid")),
        read_change(changed, choices.zone),
    )


def _thoughts(told: Any) -> Iterator[Any]:
    """FreeCBT's thoughts: in a list, in ``thoughts``, or each under a key of its own as text."""
    if isinstance(told, dict):
        told = told.get("thoughts", list(told.values()))
    if isinstance(told, dict):
        told = list(told.values())
    if not isinstance(told, list):
        return
    thoughts = [parsed(one) if isinstance(one, str) else one for one in told]
    if any(isinstance(one, dict) and "automaticThought" in one for one in thoughts):
        yield from thoughts


def _labelled(known: dict[str, str], more: dict[str, Any]) -> dict[str, str]:
    """Our own lines, then one for each other field with anything in it, also of the same name."""
    more = {name: _flat(value) for name, value in more.items() if value not in (False, None, "")}
    names = distinct([*known, *more])
    return dict(zip(names, [*known.values(), *more.values()], strict=True))


def _distortions(told: Any) -> str:
    """Those that were chosen: FreeCBT lists all of them, with ``selected`` on the chosen."""
    chosen = [
        one.get("label") or one.get("slug") if isinstance(one, dict) else one
        for one in (told if isinstance(told, list) else [_flat(told)])
        if not isinstance(one, dict) or one.get("selected", True)
    ]
    return ", ".join(_flat(one) for one in chosen if one)


def _placed(told: Any) -> str:
    if not isinstance(told, dict):
        return _flat(told)
    names = [_flat(told[name]) for name in _PLACE if told.get(name)]
    if "latitude" in told and "longitude" in told:
        names.append(f"({_flat(told['latitude'])}, {_flat(told['longitude'])})")
    rest = {
        name: value
        for name, value in told.items()
        if name not in {*_PLACE, "latitude", "longitude", "region", "timeZoneName"}
    }
    return ", ".join([*names, *([_flat(rest)] if rest else [])])


def _media(told: Any) -> str:
    """What was attached, by its name: the files themselves are not in the JSON."""
    if not isinstance(told, list):
        return _flat(told)
    named = [
        str(one.get("filename") or one.get("identifier") or "") if isinstance(one, dict) else ""
        for one in told
    ]
    return f"{len(named)} ({', '.join(name for name in named if name)})" if named else ""


def _flat(told: Any) -> str:
    """Whatever a field holds, as one line to read."""
    if isinstance(told, dict):
        return ", ".join(f"{name} {_flat(value)}" for name, value in told.items())
    if isinstance(told, list):
        return ", ".join(_flat(one) for one in told)
    return "" if told is None else "yes" if told is True else str(told)


def _listed(told: Any) -> str:
    return ", ".join(map(_flat, told)) if isinstance(told, list) else _flat(told)


def _text(told: Any) -> str:
    if isinstance(told, str):
        return told
    return str(told) if isinstance(told, int | float) and not isinstance(told, bool) else ""


def _zone(told: Any) -> str:
    try:
        return str(ZoneInfo(told)) if isinstance(told, str) and told else ""
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""
