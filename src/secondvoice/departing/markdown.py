"""A person's records as a text to read: both voices, the oldest first."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from secondvoice.records.kept import ALL, Kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from secondvoice.moments.record import Moment
    from secondvoice.records.kept import Stretch
    from secondvoice.records.models import Door

SAID = {"yes": "Yes", "no": "No", "unsure": "I don't know"}


def as_markdown(door: Door, within: Stretch = ALL) -> Iterator[str]:
    """Every moment, then everything else that is kept.

    Args:
        door: of the person, unlocked.
        within: which part of it.

    Yields:
        Pieces of one Markdown text with YAML front matter. The person's words are in block
        quotes, as they were written.
    """
    # Opened once to be counted and once to be written: all of them at a time may be very much.
    moments = sum(isinstance(item, Kept) for item in door.oldest_first("moment", within))
    yield "---\ntitle: Second Voice\n"
    yield f"exported_at: {datetime.now(UTC).isoformat(timespec='seconds')}\n"
    yield f"program: secondvoice {version('secondvoice')}\n"
    yield f"moments: {moments}\n---\n\n# Second Voice\n"
    for item in door.oldest_first("moment", within):
        if isinstance(item, Kept):
            yield _moment(item)
    title = "\n# Everything else\n"
    for record in door.export(within, but="moment"):
        yield title + _other(record)
        title = ""


def _moment(kept: Kept[Moment]) -> str:
    moment = kept.value
    when = kept.happened_at.astimezone(_zone(moment.zone))
    friend = moment.friend or "a friend"
    parts = [f"\n## {when:%A} {when.day} {when:%B %Y, %H:%M}\n"]
    if moment.before is not None or moment.after is not None:
        before = "not said" if moment.before is None else f"{moment.before} of 10"
        after = "not said" if moment.after is None else f"{moment.after} of 10"
        parts.append(f"\nHow hard: {before} before, {after} after.\n")
    parts.append(_quoted("What happened", moment.happened))
    parts.append(_quoted("The first voice", moment.voice))
    if moment.say_it:
        parts.append(f"\n**Would I say this to {friend}?** {SAID.get(moment.say_it, '')}\n")
    parts.append(_quoted("Why", moment.why))
    answer = (field.strip() for field in moment.answer_fields.values())
    parts.append(_quoted("The second voice", "\n\n".join(field for field in answer if field)))
    if moment.right_if or moment.right_then:
        parts.append(_quoted("If", moment.right_if) + _quoted("Then", moment.right_then))
    if moment.look_back_on is not None:
        parts.append(f"\nTo look back at on {moment.look_back_on.isoformat()}.\n")
    return "".join(parts)


def _other(record: dict[str, Any]) -> str:
    lines = [f"\n## {record['kind']}, {record['happened_at']}\n"]
    value = record["value"]
    fields = value.items() if isinstance(value, dict) else [("value", value)]
    lines += [_quoted(str(name), str(text)) for name, text in fields if text not in (None, "", [])]
    return "".join(lines)


def _quoted(title: str, text: str) -> str:
    """A titled block quote, or nothing where there are no words."""
    if not text.strip():
        return ""
    # Two spaces keep a line break a line break.
    quoted = "\n".join(f"> {line}  " if line.strip() else ">" for line in text.strip().splitlines())
    return f"\n**{title}**\n\n{quoted}\n"


def _zone(name: str) -> tzinfo | None:
    """The zone that the person was in; None, which means this computer's, where it is unknown."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None
