"""Whether two readers read alike, to the last digit: ``python -m benchmarks.same REVISION``.

For a change that makes the reader faster and must change nothing else. It reads every line of the
corpus in every voice, lines joined to longer texts, and texts made up to be difficult, with the
reader of this checkout and with that of another commit, and compares whole readings.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import random
import subprocess
import sys
import tarfile
import tempfile
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from benchmarks.server import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

VOICES = (None, "critic", "answer")
MADE = 2_000
JOINED = 1_000
SEED = 7

# One digest a reading, in a process of its own: the other reader has the same name.
DIGESTS = """
import hashlib, json, sys
from secondvoice.reader import read
for row in sys.stdin:
    text, voice, friend = json.loads(row)
    told = json.dumps(read(text, voice=voice, friend=friend).to_dict())
    print(hashlib.blake2b(told.encode(), digest_size=12).hexdigest())
"""

Asked = tuple[str, str | None, str]


def corpus() -> list[str]:
    """The texts of all lines."""
    return [
        json.loads(row)["text"]
        for path in sorted((ROOT / "data" / "selftalk").glob("*.jsonl"))
        for row in path.read_text("utf-8").splitlines()
    ]


def joined(lines: list[str]) -> Iterator[str]:
    """Lines put together to texts of several sentences and paragraphs, a few of them long."""
    chance = random.Random(SEED)
    for number in range(JOINED):
        count = 80 if number % 100 == 0 else chance.randint(2, 9)
        picked = chance.sample(lines, count)
        yield chance.choice([" ", "\n", "\n\n", ". ", " and "]).join(picked)


def made(lines: list[str]) -> list[str]:
    """Texts made by Hypothesis: any characters, and pieces of lines in any order."""
    words = sorted({word for line in lines for word in line.split(" ")})
    signs = [
        '"',
        "'",
        "’",
        "\n",
        ". ",
        ", ",
        "…",
        "İ",
        "\ud800",
        "\x00",
        "😭",
        "?",
        "*",
        "-",
        "...",
    ]
    found: list[str] = []

    @settings(
        max_examples=MADE,
        database=None,
        derandomize=True,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.text(st.characters(exclude_categories=()), max_size=200)
        | st.lists(
            st.sampled_from(words) | st.sampled_from(lines) | st.sampled_from(signs), max_size=30
        ).map(" ".join)
    )
    def collect(text: str) -> None:
        found.append(text)

    collect()
    return found


def asked() -> list[Asked]:
    """Everything that is read."""
    lines = corpus()
    texts = [*lines, *joined(lines), *made(lines)]
    friends = ("Sam", "", "my sister", "Jo")
    return [
        (text, voice, friends[at % len(friends)])
        for at, text in enumerate(texts)
        for voice in VOICES
    ]


def digests(source: Path, wanted: list[Asked]) -> list[str]:
    """A digest of each reading by the reader that lies in a folder."""
    done = subprocess.run(
        [sys.executable, "-c", DIGESTS],
        input="\n".join(json.dumps(row) for row in wanted),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(source)},
    )
    return done.stdout.split()


def unpacked(revision: str, folder: Path) -> Path:
    """The sources of a commit, put into a folder."""
    packed = subprocess.run(
        ["git", "-C", str(ROOT), "archive", revision, "src/secondvoice"],
        stdout=subprocess.PIPE,
        check=True,
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return folder / "src"


def main() -> int:
    """Compare, tell how many readings differ, and show the first few texts that are read otherwise.

    Returns:
        1 where any differs.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("revision", help="the commit whose reader is the measure")
    chosen = parser.parse_args()
    wanted = asked()
    with tempfile.TemporaryDirectory() as folder:
        before = digests(unpacked(chosen.revision, Path(folder)), wanted)
    now = digests(ROOT / "src", wanted)
    other = [row for row, one, two in zip(wanted, before, now, strict=True) if one != two]
    for text, voice, _ in islice(other, 5):
        print(f"read otherwise ({voice}): {text[:200]!a}")
    whole = hashlib.blake2b("".join(now).encode(), digest_size=8).hexdigest()
    print(f"{len(wanted):,} readings, {len(other):,} of them differ; all together {whole}")
    return 1 if other else 0


if __name__ == "__main__":
    raise SystemExit(main())
