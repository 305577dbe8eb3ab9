"""What was read of a file, as a folder in our own form: a draft that a person has to finish.

Everything in it is marked as unverified, and the licence as unclear, whatever the file says:
whether the questions may be passed on is for somebody to find out and write down. What no format
carries (the rule for missing answers, figures, vectors) is not there, and
``secondvoice measures validate`` says so, a sentence each.
"""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from secondvoice.measures.catalogue import FILE, NOTICE
from secondvoice.measures.checks import VERSION
from secondvoice.measures.instrument import Mark, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from secondvoice.measures.formats.forms import Form
    from secondvoice.measures.instrument import Item, Option, Score


def files(form: Form, origin: str) -> dict[str, str]:
    """The draft's files.

    Args:
        form: what was read.
        origin: where from, in words: "phq9.json (FHIR)". It becomes the source of every field.

    Returns:
        The text of ``instrument.toml`` and, if the file had one, of ``NOTICE``, by name.
    """
    found = {FILE: "\n".join(_lines(form, origin)) + "\n"}
    if form.notice:
        found[NOTICE] = form.notice + "\n"
    return found


def _lines(form: Form, origin: str) -> Iterator[str]:
    known = {"source": f"imported from {origin}", "mark": Mark.COMPARE}
    yield "# A draft: imported, and compared with nothing yet. 'secondvoice measures validate' says"
    yield "# what it still needs."
    yield from _pairs(
        {
            "version": VERSION,
            "id": form.id,
            "kind": "items",
            "title": form.title,
            "short": form.short or form.title,
            "about": form.about or form.title,
            "time": form.time,
            "on_request": form.on_request,
            "calm": form.calm,
        }
    )
    yield from _list("items", form.items)
    if form.scores:
        yield from ("", *_list("scores", form.scores))
    yield from _table(
        "[licence]",
        {
            "verdict": Verdict.UNCLEAR,
            "holder": form.holder or "not named in the file",
            "terms": form.terms or "Not named in the file.",
            **known,
        },
    )
    if form.citation:
        yield from _table("[citation]", {"text": form.citation, "doi": form.doi, **known})
    if form.instruction:
        yield from _table("[instruction]", {"heading": form.heading, "text": form.text, **known})
    yield from ("", "[scale]", *_list("options", form.options), *_pairs(known))
    yield from _table("[wording]", known)
    if form.scores:
        yield from _table("[key]", known)
    for name, code in form.codes:
        yield from _table("[[codes]]", {"system": "LOINC", "of": name, "code": code, **known})
    for item, at in form.care:
        yield from _table("[[care]]", {"item": item, "at": at, **known})


def _table(head: str, values: Mapping[str, Any]) -> Iterator[str]:
    yield from ("", head, *_pairs(values))


def _list(name: str, records: Iterable[Item | Option | Score]) -> Iterator[str]:
    yield f"{name} = ["
    for record in records:
        yield f"  {{ {', '.join(_pairs(_set(record)))} }},"
    yield "]"


def _set(record: Item | Option | Score) -> dict[str, Any]:
    """The fields that differ from what they are when left out."""
    return {
        field.name: getattr(record, field.name)
        for field in dataclasses.fields(record)
        if field.default is dataclasses.MISSING or getattr(record, field.name) != field.default
    }


def _pairs(values: Mapping[str, Any]) -> Iterator[str]:
    for name, value in values.items():
        # Empty is the same as left out, and an empty text may not stand there.
        if value not in ("", None, ()) and (name, value) != ("on_request", False):
            yield f"{name} = {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, tuple):
        return f"[{', '.join(_value(part) for part in value)}]"
    # A string of JSON is one of TOML too, but for the one control character that JSON leaves bare.
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
