"""What reading costs: a moment, texts from ten words to a megabyte, and VADER on the same lines."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from benchmarks.measure import Spread
from benchmarks.server import ROOT
from secondvoice.demo import load_year
from secondvoice.reader import read

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS_OF_A_MOMENT = 30
PASSES = 20
MEGABYTE = 1_000_000
JOURNAL = 5_000
LINES = 2_000

# In a process of its own: what the import takes and what the whole of it holds.
ALONE = """
import json, resource, time
bare = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
begun = time.perf_counter()
from secondvoice.reader import read
loaded = time.perf_counter()
for text in json.load(open(0)):
    read(text).to_dict()
held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([loaded - begun, held / 1024, bare / 1024]))
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading took.

    Attributes:
        first: seconds for the very first text, which wakes the patterns.
        median: seconds for a moment of thirty words, with everything that a reading tells.
        figures: the same for the figures and the level of care alone.
        p99: the same, exceeded by one in a hundred.
        lengths: for texts of so many words, seconds for the whole text.
        megabyte: seconds for a million characters.
        megabyte_words: how many words they are.
        journal: seconds for a journal of 5,000 words.
        vader: lines that are read whole in the time in which VADER reads one.
        vader_figures: the same where only the figures and the level of care are asked for.
        loading: seconds for the import, in a process of its own.
        held: megabytes of that process after two thousand lines, Python's own included.
    """

    first: float
    median: float
    figures: float
    p99: float
    lengths: dict[int, float]
    megabyte: float
    megabyte_words: int
    journal: float
    vader: Spread
    vader_figures: Spread
    loading: float
    held: float


def measure(*, effort: float) -> Reading:
    """Read the made-up year over and over, cut to measure."""
    words = " ".join(f"{m.happened} {m.voice}" for m in load_year()).split(" ")
    begun = time.thread_time()
    whole_of(" ".join(words[:WORDS_OF_A_MOMENT]))
    first = time.thread_time() - begun
    moments = [
        " ".join(words[at : at + WORDS_OF_A_MOMENT])
        for at in range(0, len(words) - WORDS_OF_A_MOMENT, WORDS_OF_A_MOMENT // 2)
    ]
    for text in moments:  # every pattern that these words wake is made ready
        whole_of(text)
    loading, held = _alone()
    passes = max(2, round(PASSES * effort))
    took = sorted(_seconds(text) for _ in range(passes) for text in moments)
    figures = statistics.median(_seconds(text, read) for _ in range(passes) for text in moments)
    whole = " ".join(words)
    long = " ".join([whole] * (MEGABYTE // len(whole) + 1))[:MEGABYTE]
    many = long.split(" ")
    lengths = {
        count: statistics.median(
            _seconds(" ".join(many[at : at + count]))
            for at in range(0, min(len(many) - count, 40 * count), count)
        )
        for count in (10, 100, 1_000, 10_000)
    }
    vader, vader_figures = _beside_vader(passes)
    return Reading(
        first=first,
        median=statistics.median(took),
        figures=figures,
        p99=took[int(len(took) * 0.99)],
        lengths=lengths,
        megabyte=min(_seconds(long) for _ in range(2)),
        megabyte_words=len(many),
        journal=min(_seconds(" ".join(many[:JOURNAL])) for _ in range(3)),
        vader=vader,
        vader_figures=vader_figures,
        loading=loading,
        held=held,
    )


def _lines() -> list[str]:
    """Lines of the corpus, the same ones each time."""
    found = [
        json.loads(row)["text"]
        for path in sorted((ROOT / "data" / "selftalk").glob("*.jsonl"))
        for row in path.read_text("utf-8").splitlines()
    ]
    return found[:: len(found) // LINES][:LINES]


def _beside_vader(passes: int) -> tuple[Spread, Spread]:
    """On the same lines, in turns: whole readings, and their figures alone."""
    lines, vader = _lines(), SentimentIntensityAnalyzer()
    for line in lines:
        whole_of(line)
    whole, figures = [], []
    for _ in range(max(3, passes // 4)):
        begun = time.thread_time()
        for line in lines:
            whole_of(line)
        after_whole = time.thread_time()
        for line in lines:
            read(line)
        after_figures = time.thread_time()
        for line in lines:
            vader.polarity_scores(line)
        took = time.thread_time() - after_figures
        whole.append(took / (after_whole - begun))
        figures.append(took / (after_figures - after_whole))
    return Spread.of(whole), Spread.of(figures)


def whole_of(text: str) -> object:
    """All that a reading tells: a part of it is worked out only when it is asked for."""
    return read(text).to_dict()


def _alone() -> tuple[float, float]:
    """What the import takes in the middle of five, and what the process holds."""
    runs = []
    for _ in range(5):
        done = subprocess.run(
            [sys.executable, "-c", ALONE],
            input=json.dumps(_lines()),
            capture_output=True,
            text=True,
            check=True,
        )
        runs.append(json.loads(done.stdout))
    return statistics.median(run[0] for run in runs), max(run[1] for run in runs)


def _seconds(text: str, work: Callable[[str], object] = whole_of) -> float:
    begun = time.thread_time()
    work(text)
    return time.thread_time() - begun
