"""What the pages show of a file that waits."""

from __future__ import annotations

import io
from collections import Counter, OrderedDict
from dataclasses import replace
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING, Any

from secondvoice.arriving import words_of
from secondvoice.arriving.bringing import bring
from secondvoice.arriving.choices import Choices
from secondvoice.arriving.entry import Entry, NotReadable, UnknownColumns, unfit
from secondvoice.arriving.own import read_export
from secondvoice.arriving.reading import OWN, read_text
from secondvoice.arriving.table import FIELDS, LEAVE_OUT, header
from secondvoice.tongues import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo
    from uuid import UUID

    from secondvoice.arriving.reading import Arriving
    from secondvoice.arriving.record import ImportWaiting
    from secondvoice.records.incoming import Skipped
    from secondvoice.records.kept import Kept
    from secondvoice.records.models import Door, Outcome

MOST = 2_500
"""Entries that a page brings in: each is read and sealed while somebody waits."""
MOST_OWN = 10_000
"""Records of our own export that a page brings in: only sealed and not read, so 10,000 take less
time than 2,500 entries. Ten years with a moment and a practice a day, a letter a week and what else
there is are some 8,000."""
SAMPLES = 3
PLACES_SHOWN = 20
MOST_COLUMNS = 60
MOST_FOUND = 8

_FINDING = Lock()
_FOUND: OrderedDict[tuple[UUID, UUID, str, bytes], Outcome] = OrderedDict()
"""What the last looks found: counts and reasons, none of it anybody's words."""


class TooMany(NotReadable):
    """More is in a file than a page brings in."""


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


def check_number(waiting: ImportWaiting, zone: tzinfo) -> None:
    """See that there is no more in a file than a page brings in, and that it is whole.

    Raises:
        TooMany: there is more in it; what is said is a whole sentence.
        NotReadable: as for :func:`read_waiting`, or an export was cut off.
    """
    arriving, t = read_waiting(waiting, zone), words_of("choose")
    if arriving.source == OWN:
        if sum(1 for _ in read_export(io.StringIO(waiting.text))) > MOST_OWN:
            raise TooMany(t["too_many_own"])
    elif sum(1 for _ in islice(arriving.entries, MOST + 1)) > MOST:
        raise TooMany(t["too_many"])


def columns_of(waiting: ImportWaiting, chosen: Sequence[str]) -> ImportWaiting:
    """The file with what its columns were said to hold, in their order."""
    names = header(waiting.text)
    known = {*FIELDS, LEAVE_OUT}
    said = {name: field for name, field in zip(names, chosen, strict=False) if field in known}
    return replace(waiting, columns=said)


def look_at(door: Door, kept: Kept[ImportWaiting], zone: tzinfo) -> dict[str, Any]:
    """What would come in, for the page; or what is in the way, or what has to be asked."""
    waiting = kept.value
    try:
        arriving = read_waiting(waiting, zone)
        samples: list[Entry] = []
        outcome = _outcome(door, kept, arriving, samples, zone)
    except UnknownColumns:
        return {"columns": _columns(waiting)}
    except TooMany as error:
        return {"trouble": str(error), "columns": _columns(waiting) if waiting.columns else []}
    except NotReadable as error:
        sentence = f"{words_of('choose')['cannot']} {error}"
        return {"trouble": sentence, "columns": _columns(waiting) if waiting.columns else []}
    shown = told(outcome, arriving)
    shown["source"] = words_of("programs")[arriving.source]
    shown["samples"] = [
        {"at": entry.at, "words": entry.values.get("voice") or entry.values.get("happened")}
        for entry in samples
    ]
    shown["columns"] = _columns(waiting) if arriving.source == "csv" else []
    return shown


def _outcome(
    door: Door,
    kept: Kept[ImportWaiting],
    arriving: Arriving,
    samples: list[Entry],
    zone: tzinfo,
) -> Outcome:
    """What would come in, and into ``samples`` the first few entries.

    Found once: as long as the file and everything that is here stay the same, so does this.

    Raises:
        NotReadable: as for :func:`check_number`.
    """
    watched = _watched(arriving, samples)
    # The revision stands for the file and what was said of it, the digest for all that is here.
    key = (door.person, kept.id, str(zone), door.standing())
    found = _FOUND.get(key)
    if found is None:
        # Again: of a table it is known only since its columns are.
        check_number(kept.value, zone)
        arriving = replace(arriving, entries=watched)
        found = bring(door, arriving, kept.value.text, dry_run=True).outcome
        with _FINDING:
            _FOUND[key] = found
            if len(_FOUND) > MOST_FOUND:
                _FOUND.popitem(last=False)
    else:
        while len(samples) < SAMPLES and next(watched, None) is not None:
            pass
    return found


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
    for entry in arriving.entries:
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
