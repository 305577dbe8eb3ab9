"""The program keeps to what it teaches: none of its own sentences reads as harsh."""

from __future__ import annotations

import ast
import html
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import secondvoice
from secondvoice import read
from secondvoice.reader import scoring
from secondvoice.reader.hits import find
from secondvoice.reader.words import level

if TYPE_CHECKING:
    from collections.abc import Iterator

HARD = ("self_judgment",)
BLOWS = ("harsh", "contemptuous", "cold")
ROOT = Path(secondvoice.__file__).parent

# Words that are the matter itself and are not said to anybody: the examples of the reader's
# patterns, what somebody might say to a helpline, and the questions of instruments, word for word.
NOT_SAID_BY_THE_PROGRAM = {
    *("example", "counter", "pattern", "first_words", "examples", "counters"),
    "wording",
    # What a stranger says of themselves, to be answered as a friend.
    "says",
}


def sentences(text: str) -> Iterator[str]:
    for part in re.split(r"(?<=[.?!:;])\s+|\n+", text):
        words = " ".join(part.split())
        if " " in words:
            yield words


def from_templates() -> Iterator[tuple[str, str]]:
    for path in sorted(ROOT.rglob("templates/**/*.html")):
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}", " … ", text, flags=re.DOTALL)
        shown = re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', text)
        shown.append(html.unescape(re.sub(r"<[^>]*>", "\n", text)))
        for sentence in (s for part in shown for s in sentences(part)):
            yield str(path.relative_to(ROOT)), sentence


def strings_in(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from strings_in(item)
        case dict():
            for key, item in value.items():
                if key not in NOT_SAID_BY_THE_PROGRAM:
                    yield from strings_in(item)


def from_data() -> Iterator[tuple[str, str]]:
    for path in sorted(ROOT.rglob("*.toml")):
        if path.parent.name == "data" and path.parent.parent.name == "reader":
            yield from from_reader(path)
            continue
        for text in strings_in(tomllib.loads(path.read_text(encoding="utf-8"))):
            for sentence in sentences(text.replace("{friend}", "Sam")):
                yield str(path.relative_to(ROOT)), sentence


def from_reader(path: Path) -> Iterator[tuple[str, str]]:
    """Of the reader's own data only what it says: the whys and the questions."""

    def said(value: Any) -> Iterator[str]:
        if isinstance(value, list):
            for item in value:
                yield from said(item)
        elif isinstance(value, dict):
            for key, item in value.items():
                if key in {"why", "question", "ask", "text"} or path.stem == "questions":
                    yield from strings_in(item)
                else:
                    yield from said(item)

    for text in said(tomllib.loads(path.read_text(encoding="utf-8"))):
        for sentence in sentences(re.sub(r"\{[^}]*\}", "that", text)):
            yield str(path.relative_to(ROOT)), sentence


def from_code() -> Iterator[tuple[str, str]]:
    for path in sorted(ROOT.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in documentation
                and re.match(r"[A-Z][a-z' ]+ [a-z]", node.value)
            ):
                for sentence in sentences(node.value):
                    yield str(path.relative_to(ROOT)), sentence


def from_scripts() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "site/static/js").glob("*.js")):
        for text in re.findall(r'"([A-Z][^"\n]* [^"\n]*)"', path.read_text(encoding="utf-8")):
            yield str(path.relative_to(ROOT)), text


def harsh_in(sentence: str) -> dict[str, float]:
    """What is harsh in a sentence that is said to the person, so that "you" is them.

    The patterns take it for the critic's, the strictest way there is. The whole reader takes it as
    said by somebody to them: told that words are the critic's, it expects them to be harsh.
    """
    scores = scoring.scores(find(level(sentence), "critic").hits)
    heard = {name: scores[name] for name in (*HARD, *BLOWS) if scores.get(name, 0.0) >= 0.5}
    reading = read(sentence, voice="answer")
    heard |= {name: reading.tone[name] for name in BLOWS if reading.tone[name] >= 0.5}
    if reading.self_critical >= 0.5:
        heard["self_critical"] = reading.self_critical
    return heard


SOURCES = {
    "the pages": from_templates,
    "the texts": from_data,
    "the code": from_code,
    "the scripts": from_scripts,
}


@pytest.mark.parametrize("source", SOURCES)
def test_no_sentence_of_the_program_reads_as_harsh(source: str) -> None:
    said = list(SOURCES[source]())
    assert said, f"No sentence found in {source}: is it still looked for in the right place?"
    harsh = []
    for where, sentence in said:
        if heard := harsh_in(sentence):
            harsh.append(f"{where}: {sentence} ({heard})")
    assert not harsh, "\n".join(harsh)


@pytest.mark.parametrize("source", ["the pages", "the texts", "the scripts"])
def test_no_sentence_of_the_program_shouts_or_counts_days(source: str) -> None:
    for where, sentence in SOURCES[source]():
        assert "!" not in sentence, f"{where}: {sentence}"
        assert not re.search(
            r"\b(streak of|you missed|you failed|hurry up|don't forget)\b", sentence, re.IGNORECASE
        ), f"{where}: {sentence}"


def test_the_check_itself_hears_a_harsh_sentence() -> None:
    assert {"self_judgment", "self_critical"} <= harsh_in("You are so stupid.").keys()
    assert "self_critical" in harsh_in("You have ruined everything for everybody again.")
