"""Check the corpus in data/selftalk, count what is in it, and divide it for training.

    python scripts/corpus.py check              every rule, every file, and a table of what is there
    python scripts/corpus.py check c.jsonl      the same, judged for one batch beside all the others
    python scripts/corpus.py split              how many lines of each theme fall on which side
    python scripts/corpus.py split train        the lines of one side, as full records in JSON Lines

What a record is, is in corpus_format.py; when two are too alike, in corpus_likeness.py. Needs
nothing but Python.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import statistics
import sys
import tomllib
from collections import Counter, defaultdict
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from corpus_format import CHOICES, Line, load
from corpus_likeness import framed, neighbours, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FOLDER: Final = Path(__file__).resolve().parent.parent / "data" / "selftalk"

Likeness = tuple[int, int, float]

SAME: Final = 0.6
"""Jaccard similarity of character 4-grams from which two lines are one template filled twice."""
LIKE: Final = 0.45
"""From here they are alike: a few such lines are ordinary English, many are a habit."""

# Shares that the whole corpus must keep: the least and the most, as parts of one. Lines of danger
# are oversampled, since there is most to learn about them; kind ones have the less of the whole.
SHARES: Final = {
    "neutral or about others": (1 / 3, 0.5),
    "kind voice": (0.17, 0.4),
    "harsh voice": (0.25, 0.5),
    "care": (0.02, 0.1),
    "cannot tell": (0.01, 0.08),
    "in pairs": (0.3, 1.0),
    "distinct 4-grams": (0.9, 1.0),
    "alike (nearest neighbour)": (0.0, 0.03),
    "commonest opening": (0.0, 0.03),
    "pairs where the kind half is longer": (0.35, 0.65),
}
RATIO: Final = "median length, kind to harsh"
LENGTH_RATIO: Final = (0.8, 1.25)
ENOUGH: Final = 100
"""Shares of fewer lines than this say little and are shown without being judged."""
SIDES: Final = (("train", 0.70), ("validation", 0.85), ("test", 1.0))
SALT: Final = "second voice, self-talk, division 1: "


def between_lines(
    lines: Sequence[Line], likeness: Sequence[Likeness]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """What is wrong between lines: the ids that it concerns, and a sentence."""
    for name, count in Counter(line.id for line in lines).items():
        if count > 1:
            yield (name,), "this id is there more than once."
    for pair, members in pairs_of(lines).items():
        for sentence in _unpaired(pair, members):
            yield tuple(line.id for line in members), sentence
    for one, other, near in likeness:
        if near >= SAME and not _may_be_alike(lines[one], lines[other]):
            yield (lines[one].id, lines[other].id), f"nearly the same words ({near:.2f})."
    for one, other in framed([line.text for line in lines]):
        if lines[one].group != lines[other].group:
            yield (lines[one].id, lines[other].id), "one sentence with its gap filled in two ways."


def _unpaired(pair: str, members: Sequence[Line]) -> Iterator[str]:
    if len(members) < 2:
        yield f"the pair {pair} has one member only."
    if len({line.theme for line in members}) > 1:
        yield f"the pair {pair} is in two themes."
    if not all(re.fullmatch(rf"{line.batch}-p\d{{3}}", pair) for line in members):
        yield f"the pair {pair} is not called {members[0].batch}-p000."


def pairs_of(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """The members of each pair."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.pair:
            found[line.pair].append(line)
    return found


def _may_be_alike(one: Line, other: Line) -> bool:
    """Members of a pair may be; the very same words only where they were meant in two voices."""
    return one.group == other.group and (one.text != other.text or one.voice != other.voice)


def measures(
    lines: Sequence[Line], beside: Sequence[Line], likeness: Sequence[Likeness]
) -> dict[str, float]:
    """The shares of :data:`SHARES` for some lines.

    Args:
        lines: The lines that are judged.
        beside: All lines, to which the places in ``likeness`` belong.
        likeness: The pairs of lines that are alike.
    """
    total = max(1, len(lines))
    sorts = Counter(line.sort for line in lines)
    found = {name: sorts[name] / total for name in list(SHARES)[:3]}
    found["care"] = sum(line.care != "none" for line in lines) / total
    found["cannot tell"] = sorts["cannot tell"] / total
    found["in pairs"] = sum(line.pair is not None for line in lines) / total
    by_group: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for line in lines:
        spoken = words(line.text)
        by_group[line.group] |= set(zip(*(spoken[at:] for at in range(4)), strict=False))
    fours = Counter(four for group in by_group.values() for four in group)
    found["distinct 4-grams"] = len(fours) / max(1, fours.total())
    own = {line.id for line in lines}
    alike = {
        line.id
        for one, other, _ in likeness
        if beside[one].group != beside[other].group
        for line in (beside[one], beside[other])
    }
    found["alike (nearest neighbour)"] = len(alike & own) / total
    openings = Counter(tuple(words(line.text)[:3]) for line in lines if line.length > 3)
    found["commonest opening"] = max([1, *openings.values()]) / total
    ratios = [kind.length / max(1, harsh.length) for harsh, kind in ranked(lines)]
    longer = [(ratio > 1) + (ratio == 1) / 2 for ratio in ratios] or [0.5]
    found["pairs where the kind half is longer"] = statistics.fmean(longer)
    found[RATIO] = statistics.median(ratios or [1.0])
    return found


def ranked(lines: Iterable[Line]) -> list[tuple[Line, Line]]:
    """Every harsh line with every kind one of the same pair."""
    return [
        (harsh, kind)
        for members in pairs_of(lines).values()
        for harsh in members
        for kind in members
        if harsh.kindness < 0 < kind.kindness
    ]


def side(line: Line, themes: dict[str, Any]) -> str:
    """Where a line belongs: train, validation or test. It never changes as lines are added."""
    held_out = themes[line.theme].get("split")
    if held_out:
        return str(held_out)
    digest = hashlib.sha256((SALT + line.group).encode()).digest()
    place = int.from_bytes(digest[:8], "big") / 2**64
    return next(name for name, end in SIDES if place < end)


def beyond(found: dict[str, float]) -> Iterator[str]:
    """The shares that are outside their bounds, one sentence each."""
    for name, (least, most) in SHARES.items():
        if not least <= found[name] <= most:
            yield f"{name}: {found[name]:.1%}, to be from {least:.0%} to {most:.0%}."
    least, most = LENGTH_RATIO
    if not least <= found[RATIO] <= most:
        yield f"{RATIO}: {found[RATIO]:.2f}, to be from {least} to {most}."


def table(lines: Sequence[Line], found: dict[str, float], themes: Iterable[str]) -> Iterator[str]:
    """What is in some lines, row by row."""
    lengths = sorted(line.length for line in lines) or [0]
    pairs = Counter(line.pair for line in lines if line.pair)
    yield f"{len(lines)} lines, {len(pairs)} pairs, {len({line.life for line in lines})} lives"
    places = ", ".join(f"{lengths[int(at * (len(lengths) - 1))]}" for at in (0, 0.1, 0.5, 0.9, 1))
    yield f"words a line: {places} (least, 10 %, median, 90 %, most)"
    for name, (least, most) in SHARES.items():
        yield f"  {name:36} {found[name]:6.1%}   ({least:.0%} to {most:.0%})"
    yield f"  {RATIO:36} {found[RATIO]:6.2f}   ({LENGTH_RATIO[0]} to {LENGTH_RATIO[1]})"
    voices = Counter(line.voice or "not given" for line in lines)
    yield "voice: " + _counts(voices, (*CHOICES["voice"], "not given"))
    for key in ("about", "poles", "tone", "assumptions", "care"):
        every = (getattr(line, key) for line in lines if line.sure or key in {"about", "care"})
        held = Counter(chain.from_iterable(map(_each, every)))
        yield f"{key}: " + _counts(held, CHOICES[key])
    yield "kindness: " + _counts(Counter(f"{line.kindness:+d}" for line in lines if line.poles))
    yield "theme: " + _counts(Counter(line.theme for line in lines), themes)


def _each(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _counts(counts: Counter[str], order: Iterable[str] = ()) -> str:
    return ", ".join(f"{name} {counts[name]}" for name in order or sorted(counts))


def check(folder: Path, names: Sequence[str]) -> int:
    """Print the table; 1 if anything is wrong, with each thing on the error stream."""
    lines, problems = load(folder)
    batches = {Path(name).stem for name in names} or {path.stem for path in folder.glob("*.jsonl")}
    if names:
        problems = [each for each in problems if each.partition(".jsonl:")[0] in batches]
    chosen = [line for line in lines if line.batch in batches]
    own = {line.id for line in chosen}
    likeness = list(neighbours([line.text for line in lines], LIKE))
    for ids, sentence in between_lines(lines, likeness):
        if own & set(ids):
            problems.append(f"{', '.join(ids)}: {sentence}")
    found = measures(chosen, lines, likeness)
    print("\n".join(table(chosen, found, themes_of(folder))))
    if len(chosen) >= ENOUGH:
        problems.extend(beyond(found))
    if not chosen:
        problems.append(f"There are no lines to check in {folder.name}; is the name right?")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def divide(folder: Path, wanted: str | None) -> int:
    """Print the division as a table, or the records of one side."""
    lines, problems = load(folder)
    themes = themes_of(folder)
    if problems:
        print("The corpus has faults; 'check' names them.", file=sys.stderr)
        return 1
    if wanted:
        for line in lines:
            if side(line, themes) == wanted:
                print(json.dumps(asdict(line), ensure_ascii=False))
        return 0
    counts = Counter((line.theme, side(line, themes)) for line in lines)
    names = [name for name, _ in SIDES]
    for theme in themes:
        print(f"{theme:12}" + "".join(f"{counts[theme, name]:12}" for name in names))
    totals = Counter(side(line, themes) for line in lines)
    print("".join(f"{text:>12}" for text in ("all", *(str(totals[name]) for name in names))))
    return 0


def themes_of(folder: Path) -> dict[str, Any]:
    """The themes by their id."""
    return dict(tomllib.loads((folder / "themes.toml").read_text("utf-8"))["theme"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; 0 if all is well."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the corpus is")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="every rule, and what is there")
    checking.add_argument("batch", nargs="*", help="judge only these files")
    dividing = commands.add_parser("split", help="the division for training")
    dividing.add_argument("side", nargs="?", choices=[name for name, _ in SIDES])
    given = parser.parse_args(arguments)
    if given.command == "check":
        return check(given.folder, given.batch)
    return divide(given.folder, given.side)


if __name__ == "__main__":
    sys.exit(main())
