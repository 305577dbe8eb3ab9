"""What the pages show of a file that waits."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from secondvoice.arriving import words_of
from secondvoice.arriving.bringing import bring
from secondvoice.arriving.choices import Choices
from secondvoice.arriving.entry import Entry, NotReadable, UnknownColumns, unfit
from secondvoice.arriving.reading import read_text
from secondvoice.arriving.table import FIELDS, LEAVE_OUT, header
from secondvoice.tongues import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo

    from secondvoice.arriving.reading import Arriving
    from secondvoice.arriving.record import ImportWaiting
    from secondvoice.records.incoming import Skipped
    from secondvoice.records.models import Door, Outcome

MOST = 2_500
"""Entries that a page brings in: each is read and sealed while somebody waits."""
SAMPLES = 3
PLACES_SHOWN = 20
MOST_COLUMNS = 60


def read_waiting(waiting: ImportWaiting, zone: tzinfo) -> Arriving:
    """The entries of a file that waits.

    Raises:
        NotReadable: it is of no known program, or its columns are not told yet.
    """
    choices = Choices(
        zone,
        dates="dmy" if waiting.dates == "dmy" else "mdy" if waiting.dates == "mdy" else "",
        columns=waiting.columns or {},
    )
    return read_text(waiting.text, choices, name=waiting.name)


def columns_of(waiting: ImportWaiting, chosen: Sequence[str]) -> ImportWaiting:
    """The file with what its columns were said to hold, in their order."""
    names = header(waiting.text)
    known = {*FIELDS, LEAVE_OUT}
    said = {name: field for name, field in zip(names, chosen, strict=False) if field in known}
    return replace(waiting, columns=said)


def look_at(door: Door, waiting: ImportWaiting, zone: tzinfo) -> dict[str, Any]:
    """What would come in, for the page; or what is in the way, or what has to be asked."""
    try:
        arriving = read_waiting(waiting, zone)
        samples: list[Entry] = []
        watched = replace(arriving, entries=_watched(arriving, samples))
        brought = bring(door, watched, waiting.text, dry_run=True)
    except UnknownColumns:
        return {"columns": _columns(waiting)}
    except NotReadable as error:
        sentence = f"{words_of('choose')['cannot']} {error}"
        return {"trouble": sentence, "columns": _columns(waiting) if waiting.columns else []}
    shown = told(brought.outcome, arriving)
    shown["source"] = words_of("programs")[arriving.source]
    shown["samples"] = [
        {"at": entry.at, "words": entry.values.get("voice") or entry.values.get("happened")}
        for entry in samples
    ]
    shown["columns"] = _columns(waiting) if arriving.source == "csv" else []
    return shown


def told(outcome: Outcome, arriving: Arriving) -> dict[str, Any]:
    """An outcome as the pages say it: counts by kind, and what was passed over by reason."""
    by_reason = Counter((item.kind, item.reason) for item in outcome.skipped)
    passed = []
    for (kind, reason), number in by_reason.most_common():
        places = [
            item.place for item in outcome.skipped if (item.kind, item.reason) == (kind, reason)
        ]
        listed = ", ".join(map(str, places[:PLACES_SHOWN]))
        more = ", …" if len(places) > PLACES_SHOWN else ""
        of = words_of("places")[arriving.of]
        passed.append({"number": number, "reason": say(reason), "of": of, "at": listed + more})
    return {
        "new": _listed(outcome.new),
        "changed": _listed(outcome.changed),
        "passed": passed,
        "passed_number": len(outcome.skipped),
        "anything": bool(outcome.new or outcome.changed),
    }


def _listed(counts: dict[str, int]) -> str:
    names = words_of("kinds")
    return ", ".join(
        f"{number} {names.get(kind, {}).get('one' if number == 1 else 'many', kind)}"
        for kind, number in sorted(counts.items())
    )


def _watched(arriving: Arriving, samples: list[Entry]) -> Iterator[Entry | Skipped]:
    """The entries as they go by, the first few of them held for the page."""
    for entry in islice(arriving.entries, MOST):
        if isinstance(entry, Entry) and len(samples) < SAMPLES and not unfit(entry):
            samples.append(entry)
        yield entry


def _columns(waiting: ImportWaiting) -> list[dict[str, Any]]:
    names, words = header(waiting.text)[:MOST_COLUMNS], words_of("fields")
    chosen = waiting.columns or {name: _guess(name) for name in names}
    return [
        {
            "name": name,
            "choices": [
                (field, words[field], chosen.get(name) == field) for field in (*FIELDS, LEAVE_OUT)
            ],
        }
        for name in names
    ]


def _guess(name: str) -> str:
    """The field that a column of this name most likely holds; empty: none."""
    guesses = {"text": "happened", "entry": "happened", "note": "happened", "created": "date"}
    plain = name.strip().lower()
    return plain if plain in FIELDS else guesses.get(plain, "")
