"""An instrument as a page of Markdown, for a psychologist to check line by line."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from secondvoice.measures.change import basis, limit
from secondvoice.measures.instrument import Sourced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from secondvoice.measures.instrument import Instrument, Item, Precision, Score

_VERDICTS = {
    "ship": "shipped",
    "ship-nc": "shipped apart, under a non-commercial licence",
    "unclear": "a card only: the licence is unclear",
    "link-only": "a card only: no permission to pass it on",
    "never": "a card only, for good: the licence forbids more",
}


def standing(instrument: Instrument) -> str:
    """Whether the questions are here, and if not, why."""
    if instrument.kind == "card" and instrument.licence.verdict.ships:
        return "a card for now: it may be shipped, and its questions are not copied yet"
    return _VERDICTS[instrument.licence.verdict]


def unverified(instrument: Instrument) -> list[str]:
    """The fields that somebody should hold against the original, and how they are known."""
    fields = [
        f"{field}: {found.mark.label}"
        for field, found in _sourced(instrument)
        if found.mark.unverified
    ]
    # An item says so itself where it is less sure than the wording of the whole.
    return fields + [
        f"items[{item.id}]: {item.mark.label}"
        for item in instrument.items
        if item.mark is not None and item.mark.unverified
    ]


def render(instrument: Instrument, *, questions: bool = True) -> str:
    """The page.

    Args:
        instrument: the one to show.
        questions: False leaves the words of the questions out, for a place where they may not be
            reprinted.

    Returns:
        Markdown that ends with a line break.
    """
    parts = [_head(instrument), _caution(instrument)]
    if instrument.kind == "items":
        parts += [_sheet(instrument), _questions(instrument, words=questions), _scores(instrument)]
    else:
        parts.append(_elsewhere(instrument))
    parts += [
        _changes(instrument),
        _figures(instrument),
        _codes(instrument),
        _vectors(instrument),
        _licence(instrument),
        _open_fields(instrument),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(instrument: Instrument) -> str:
    kind = f"{len(instrument.items)} questions" if instrument.items else "a card, no questions"
    facts = [f"`{instrument.id}`", kind, standing(instrument)]
    if instrument.time:
        facts.append({"trait": "how it is in general", "state": "how it is now"}.get(
            instrument.time, f"the last {instrument.time}"
        ))  # fmt: skip
    if instrument.on_request:
        facts.append("off until asked for")
    if instrument.find:
        facts.append(f"to be found: {instrument.find}")
    title = f"# {instrument.title}"
    if instrument.short != instrument.title:
        title += f" ({instrument.short})"
    return f"{title}\n\n{instrument.about}\n\n" + "\n".join(f"- {fact}" for fact in facts)


def _caution(instrument: Instrument) -> str:
    return _section("To keep in mind", [f"- {line}" for line in instrument.caution])


def _sheet(instrument: Instrument) -> str:
    lines = []
    if instrument.instruction is not None:
        said = (instrument.instruction.heading, instrument.instruction.text)
        lines.append("\n>\n".join(f"> {part}" for part in said if part))
        lines += ["", _from(instrument.instruction), ""]
    if instrument.scale is not None:
        rows = [(str(o.value), o.label, o.loinc) for o in instrument.scale.options]
        lines += [_table(("Answer", "Label", "Code"), rows), "", _from(instrument.scale)]
    if instrument.calm:
        lines += [
            "",
            f"Offered instead of any answer: *{instrument.calm}*. Then there is no score.",
        ]
    for care in instrument.care:
        what = f"An answer of {care.at} or more to `{care.item}`"
        lines += ["", f"{what} leads to support at once, before any score. {_from(care)}"]
    return _section("The sheet", lines)


def _questions(instrument: Instrument, *, words: bool) -> str:
    def row(item: Item) -> Iterator[str]:
        yield f"{item.section} {item.number}".strip()
        yield f"`{item.id}`"
        if words:
            yield item.wording + (f" ({item.note})" if item.note else "")
        yield item.pole.label if item.pole else ""
        yield "R" if item.reversed else "" if item.scored else "not scored"
        yield item.loinc
        yield item.mark.label if item.mark else ""

    head = ["No.", "Id", "Question", "Pole", "Key", "LOINC", "Mark"]
    if not words:
        head.remove("Question")
    lines = [_table(head, [list(row(item)) for item in instrument.items]), ""]
    if not words:
        lines += [
            "The words are in the instrument's own folder only; its licence asks for that.",
            "",
        ]
    if instrument.wording is not None:
        lines.append(f"Wording: {_from(instrument.wording)}")
    return _section("The questions", lines)


def _scores(instrument: Instrument) -> str:
    rows = [
        (
            f"`{score.id}`",
            score.title,
            _formula(instrument, score),
            f"{score.least:g} to {score.most:g}",
            score.high,
            _may_miss(instrument, score),
        )
        for score in instrument.scores
    ]
    head = ("Id", "Score", "Made of", "Range", "A high score", "May lack")
    lines = [_table(head, rows), ""]
    if instrument.key is not None:
        lines += [f"Key: {_from(instrument.key)}", ""]
    if instrument.missing is not None:
        lines.append(f"Missing answers: {instrument.missing.rule} {_from(instrument.missing)}")
    return _section("The scores", lines)


def _formula(instrument: Instrument, score: Score) -> str:
    names = {item.id: f"{item.section} {item.number}".strip() for item in instrument.items}
    names |= {other.id: other.title for other in instrument.scores}
    parts = ", ".join(names[part] for part in score.of)
    said = f"{score.method} of {parts}"
    if score.turned:
        ends = score.turned[0]
        known = {other.id: other for other in instrument.scores}
        turn = known.get(ends, instrument.answers)
        said += f"; as {turn.least + turn.most:g} − x: {', '.join(names[p] for p in score.turned)}"
    return said + (f"; times {score.times:g}" if score.times != 1 else "")


def _may_miss(instrument: Instrument, score: Score) -> str:
    if score.of[0] in {other.id for other in instrument.scores}:
        return "none of its parts"
    return f"{score.may_miss} of {len(score.of)} answers"


def _elsewhere(instrument: Instrument) -> str:
    rows = [(f"`{e.id}`", e.title, _range(e.least, e.most), _cell(e)) for e in instrument.elsewhere]
    return _section("A score taken elsewhere", [_table(("Id", "Score", "Range", "Source"), rows)])


def _range(least: float | None, most: float | None) -> str:
    return "not known" if least is None or most is None else f"{least:g} to {most:g}"


def _changes(instrument: Instrument) -> str:
    rows = [
        (f"`{entry.score}`" + (f" ({entry.name})" if entry.name else ""), *_limit(entry))
        for entry in instrument.precision
    ]
    lines = [_table(("Score", "Reliable from", "By"), rows)]
    lines += [
        f"\nPublished as an important change of `{entry.score}`: {entry.points:g} points. "
        f"{_from(entry)}"
        for entry in instrument.important
    ]
    return _section("Change in one person", lines)


def _limit(entry: Precision) -> tuple[str, str]:
    if not entry.verdict:
        return "no verdict", entry.why
    computed = f"MDC95 {limit(entry):.2f}"
    least = f"{entry.at_least.value:g} ({entry.at_least.source}); " if entry.at_least else ""
    words = f", said as '{entry.words}'" if entry.words else ""
    return f"{least}{computed}{words}", basis(entry)


def _figures(instrument: Instrument) -> str:
    rows: list[Sequence[str]] = []
    for figure in instrument.reliability:
        value = f"{figure.value:.2f}" + (f" to {figure.to:.2f}" if figure.to is not None else "")
        if figure.low is not None and figure.high is not None:
            value += f" [{figure.low:.2f}, {figure.high:.2f}]"
        rows.append((
            f"`{figure.score}`", figure.kind, value, _count(figure.n),
            ", ".join(x for x in (figure.after, figure.sample) if x), _cell(figure),
        ))  # fmt: skip
    for norm in instrument.norms:
        value = f"{norm.mean:g}" + (f" ({norm.sd:g})" if norm.sd is not None else "")
        kind = "mean (SD)" if norm.sd is not None else "mean"
        row = (f"`{norm.score}`", kind, value, _count(norm.n), norm.sample, _cell(norm))
        rows.append(row)
    for band in instrument.bands:
        what = "published cuts, not shown to a person"
        rows.append((f"`{band.score}`", what, band.text, "", "", _cell(band)))
    head = ("Score", "What", "Value", "N", "After, in whom", "Source")
    return _section("Published figures", [_table(head, rows)] if rows else [])


def _count(n: int | None) -> str:
    return "not known" if n is None else str(n)


def _codes(instrument: Instrument) -> str:
    rows = [(code.system, code.of, code.code, _cell(code)) for code in instrument.codes]
    return _section("Codes", [_table(("System", "Of", "Code", "Source"), rows)] if rows else [])


def _vectors(instrument: Instrument) -> str:
    rows = [
        (
            " ".join(map(str, vector.answers)),
            ", ".join(f"{name} {value:g}" for name, value in vector.expect.items()),
            _cell(vector),
        )
        for vector in instrument.vectors
    ]
    head = ("Answers, in the order above", "Scores", "Source")
    return _section("To check a program against", [_table(head, rows)] if rows else [])


def _licence(instrument: Instrument) -> str:
    licence, citation, checked = instrument.licence, instrument.citation, instrument.checked
    lines = [f"{licence.terms} Holder: {licence.holder}.", ""]
    if licence.quoted:
        lines += [f"> {licence.quoted}", ""]
    doi = f" https://doi.org/{citation.doi}" if citation.doi else ""
    lines += [
        _from(licence),
        "",
        f"To cite: {citation.text}{doi} {_from(citation)}",
        "",
        f"Last compared on {checked.on:%Y-%m-%d} with {checked.against}.",
    ]
    return _section("Licence and citation", lines)


def _open_fields(instrument: Instrument) -> str:
    found = unverified(instrument)
    if not found:
        return ""
    return _section(f"Unverified fields ({len(found)})", [f"- {line}" for line in found])


def _section(title: str, lines: Sequence[str]) -> str:
    return f"## {title}\n\n" + "\n".join(lines).strip() if lines else ""


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table without the columns that are empty all the way down."""
    body = [[cell.replace("|", r"\|") for cell in row] for row in rows]
    kept = [n for n in range(len(head)) if any(row[n] for row in body)]
    lines = [
        [head[n] for n in kept],
        ["---"] * len(kept),
        *([row[n] for n in kept] for row in body),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _from(found: Sourced) -> str:
    note = f" {found.note}" if found.note else ""
    return f"*Source: {found.source} ({found.mark.label}).*{note}"


def _cell(found: Sourced) -> str:
    note = f". {found.note}" if found.note else ""
    return f"{found.source} ({found.mark.label}){note}"


def _sourced(value: Any, field: str = "") -> Iterator[tuple[str, Sourced]]:
    """Everything with a source in an instrument, and where it stands."""
    if isinstance(value, Sourced):
        yield field, value
    if isinstance(value, tuple):
        for number, part in enumerate(value, start=1):
            names = [getattr(part, name, "") for name in ("id", "score", "of", "kind", "name")]
            named = " ".join(name for name in names if name and isinstance(name, str))
            yield from _sourced(part, f"{field}[{named or number}]")
    elif dataclasses.is_dataclass(value):
        for inner in dataclasses.fields(value):
            yield from _sourced(getattr(value, inner.name), f"{field}.{inner.name}".lstrip("."))
