"""``secondvoice read --files``: a folder of journals, one by one, saying how far it has come."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from secondvoice.marks import label, paragraphs
from secondvoice.reader import read

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Sequence

    from secondvoice.reader import Reading

ENDINGS: Final = frozenset([".md", ".markdown", ".txt", ".text"])
"""What is read of a folder; a file that is named is read whatever its ending."""

STRONGEST: Final = 3
"""Marks that a summary repeats of one file."""

_WIDTH: Final = 24


def run(chosen: argparse.Namespace) -> int:
    """Read each file, and print its reading as soon as it is there.

    Returns:
        0; 1 where a file could not be read, after all the others; 2 where there is none.
    """
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # always a text stream
    found = list(files(chosen.files))
    if not found:
        looked_for = ", ".join(sorted(ENDINGS))
        said = f"There is no file to read here. In a folder these are: {looked_for}."
        print(said, file=sys.stderr)
        return 2
    status = 0
    for path, text in _watched(found):
        if isinstance(text, str):
            _print(path, read(text, voice=chosen.voice, friend=chosen.friend), chosen)
        else:
            status = 1
            print(f"{path}: {_trouble(text)} The others are read.", file=sys.stderr, flush=True)
    return status


def files(named: Iterable[str]) -> Iterator[Path]:
    """The files that are named, and those in the folders that are named, in order.

    Args:
        named: Paths of files or folders; a folder is searched to the bottom, but not what is
            hidden in it.
    """
    for name in named:
        path = Path(name)
        if path.is_dir():
            inside = (each for each in path.rglob("*") if each.suffix.lower() in ENDINGS)
            yield from sorted(each for each in inside if not _hidden(each.relative_to(path)))
        else:
            yield path


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts) or path.is_dir()


def _watched(found: Sequence[Path]) -> Iterator[tuple[Path, str | OSError | UnicodeError]]:
    """Each file with its text, or with why it has none; a bar on the terminal meanwhile."""
    # Standard error, and only where somebody looks at it: the readings stay clean.
    shown = sys.stderr.isatty() and not sys.stdout.isatty() and len(found) > 1
    for done, path in enumerate(found):
        if shown:
            full = _WIDTH * done // len(found)
            bar = "█" * full + "░" * (_WIDTH - full)
            print(f"\r{bar} {done} of {len(found)}", end="", file=sys.stderr, flush=True)
        try:
            yield path, path.read_bytes().decode("utf-8-sig")
        except (OSError, UnicodeError) as error:
            yield path, error
    if shown:
        print(f"\r{'█' * _WIDTH} {len(found)} of {len(found)}", file=sys.stderr)


def _trouble(error: OSError | UnicodeError) -> str:
    if isinstance(error, UnicodeError):
        return "this is not UTF-8. Convert it first."
    return f"it could not be read ({error.strerror or 'no reason given'})."


def _print(path: Path, reading: Reading, chosen: argparse.Namespace) -> None:
    if chosen.json:
        line = json.dumps({"file": str(path), **reading.to_dict()}, ensure_ascii=False)
        print(line, flush=True)
    else:
        print("\n".join([str(path), *summary(reading), ""]), flush=True)


def summary(reading: Reading) -> Iterator[str]:
    """A long reading in a few plain lines."""
    if not reading.sure:
        yield f"  {reading.reason}"
    marks = [span for span in reading.spans if span.kind in ("pole", "assumption")]
    places = paragraphs(reading.text, marks)
    marked = sum(any(start <= span.start < end for span in marks) for start, end in places)
    if not marks:
        yield "  Nothing in it is marked."
        return
    yield f"  Something is marked in {marked} of {len(places)} paragraphs."
    names = dict.fromkeys((span.kind, span.name) for span in marks)
    count = {key: sum((span.kind, span.name) == key for span in marks) for key in names}
    for key in sorted(names, key=lambda key: -count[key])[:STRONGEST]:
        example = next(span.text for span in marks if (span.kind, span.name) == key)
        yield f"  {label(*key)}: {count[key]}, such as {example!r}"
    if reading.care != "none":
        yield "  If this is more than you can carry alone, 'Support' in the app lists people."
