"""``secondvoice read``: the reader on the command line. Keeps nothing, loads no web framework."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from secondvoice.reader import read

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from secondvoice.reader import Reading

STRONGEST = 3
"""How many assumptions the summary asks about."""


def run(chosen: argparse.Namespace) -> int:
    """Read each text and print its reading as soon as it is there.

    Returns:
        0, or 2 where a text cannot be decoded; the readings before it are printed. With files,
        what :func:`secondvoice.commands.read_files.run` returns.
    """
    if chosen.files:
        from secondvoice.commands import read_files

        return read_files.run(chosen)
    # JSON is UTF-8 whatever the terminal's own encoding, and summaries hold a person's words.
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # always a text stream
    for number, raw in enumerate(_texts(chosen), start=1):
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            where = f" in line {number}" if chosen.lines else ""
            print(f"The text is not UTF-8{where}. Convert it first.", file=sys.stderr)
            return 2
        reading = read(text, voice=chosen.voice, friend=chosen.friend)
        if chosen.json:
            # One line each, whatever is in it: JSON escapes line breaks.
            print(json.dumps(reading.to_dict(), ensure_ascii=False), flush=True)
        else:
            print(summary(reading), flush=True)
    return 0


def _texts(chosen: argparse.Namespace) -> Iterator[bytes]:
    """The texts as bytes, in order; standard input is not waited for to end with ``--lines``."""
    if chosen.text != "-":
        # Bytes that the shell passed and Python could not decode come back as they were.
        whole = chosen.text.encode("utf-8", "surrogateescape")
        yield from whole.splitlines() if chosen.lines else [whole]
    elif chosen.lines:
        for line in sys.stdin.buffer:
            yield line.removesuffix(b"\n").removesuffix(b"\r")
    else:
        # The line break that ends what echo or an editor writes is not part of the words.
        yield sys.stdin.buffer.read().removesuffix(b"\n").removesuffix(b"\r")


def summary(reading: Reading) -> str:
    """A reading in a few plain lines.

    Args:
        reading: what the reader found.

    Returns:
        Lines without a line break at the end, and an empty line after them.
    """
    lines = [f"> {line}" for line in reading.text.splitlines()] or ["> "]
    if not reading.sure:
        lines.append(reading.reason or "I can't tell from these words.")
    lines += [f"  {span.text!r}: {span.why}" for span in reading.spans]
    asked = sorted(reading.questions, key=lambda name: -reading.assumptions[name])
    lines += [f"  {reading.questions[name]}" for name in asked[:STRONGEST]]
    if reading.friend and reading.friend != reading.text:
        lines.append("Said to a friend:")
        lines += [f"  {line}" for line in reading.friend.splitlines()]
    if reading.missing:
        lines.append(f"Not in it yet: {', '.join(_plain(name) for name in reading.missing)}.")
    if reading.care != "none":
        lines.append("If this is more than you can carry alone, 'Support' in the app lists people.")
    return "\n".join([*lines, ""])


def _plain(name: str) -> str:
    return name.replace("_", " ")
