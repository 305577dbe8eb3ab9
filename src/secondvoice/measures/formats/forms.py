"""What the field's formats carry of an instrument: the hub between them.

Each is written from it and read into it. An instrument knows more than any of them has a place
for (figures, norms, vectors, cautions); what is lost on the way is in docs/formats.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Literal

from secondvoice.measures.formats.values import (
    FormatError,
    number,
    one_of,
    text,
    texts,
    true,
    whole,
)
from secondvoice.measures.instrument import Item, Mark, Option, Score
from secondvoice.measures.page import standing
from secondvoice.poles import Pole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from secondvoice.measures.instrument import Instrument

TIMES = ("trait", "state", "two weeks", "month", "")
ROLES = ("total", "composite", "subscale")
LOINC = "http://loinc.org"
"""The system of the codes, as HL7 names it."""

LOINC_NOTICE = (
    "The LOINC codes: copyright Regenstrief Institute, Inc. and the LOINC Committee, under the "
    "licence at https://loinc.org/license."
)
"""Stands wherever codes are written. The wording is ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """An instrument as far as the formats carry it. The fields are those of ``Instrument``.

    ``care``: item and the least answer that leads to support. ``codes``: LOINC codes, by what they
    are of ("panel", or the id of a score).
    """

    id: str
    title: str
    short: str = ""
    about: str = ""
    time: Literal["trait", "state", "two weeks", "month", ""] = ""
    on_request: bool = False
    calm: str = ""
    heading: str = ""
    text: str = ""
    options: tuple[Option, ...]
    items: tuple[Item, ...]
    scores: tuple[Score, ...] = ()
    care: tuple[tuple[str, int], ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    citation: str = ""
    doi: str = ""
    holder: str = ""
    terms: str = ""
    notice: str = ""

    @property
    def prefix(self) -> str:
        """What the ids of its items begin with: ``scs_sf_``."""
        return prefix(self.id)

    @property
    def calm_id(self) -> str:
        """The id of the answer that nothing difficult is there right now."""
        return f"{self.prefix}calm"

    @property
    def instruction(self) -> str:
        """Heading and text as one."""
        return "\n".join(part for part in (self.heading, self.text) if part)

    @property
    def coded(self) -> bool:
        """Whether LOINC codes are in it."""
        return bool(
            self.codes
            or any(item.loinc for item in self.items)
            or any(option.loinc for option in self.options)
        )

    def score_id(self, score: str) -> str:
        """What a score is called among the items: ``scs_sf_score_total``."""
        return f"{self.prefix}score_{score}"


@dataclass(frozen=True, slots=True)
class Imported:
    """What was read of a file, and the names of its fields that have no place in a measure."""

    form: Form
    left: tuple[str, ...] = ()


def prefix(name: str) -> str:
    """What the ids of the items begin with in the instrument of that id."""
    return name.replace("-", "_") + "_"


def form_of(instrument: Instrument) -> Form:
    """What the formats carry of an instrument.

    Raises:
        FormatError: its questions are not here, or may not be passed on.
    """
    if instrument.kind == "card" or not instrument.licence.verdict.ships:
        raise FormatError(
            f"{instrument.id} is {standing(instrument)}. There are no questions to export. "
            f"They are to be found at {instrument.find}."
        )
    sheet = instrument.instruction
    scores = [score.id for score in instrument.scores]
    # Wrong codes go round; one that nobody has read at the source is not passed on.
    codes = {
        code.of: code.code
        for code in instrument.codes
        if code.system == "LOINC" and not code.mark.unverified
    }
    return Form(
        id=instrument.id,
        title=instrument.title,
        short=instrument.short,
        about=instrument.about,
        time=instrument.time,
        on_request=instrument.on_request,
        calm=instrument.calm,
        heading=sheet.heading if sheet else "",
        text=sheet.text if sheet else "",
        options=instrument.answers.options,
        items=instrument.items,
        scores=instrument.scores,
        care=tuple((care.item, care.at) for care in instrument.care),
        codes=tuple((of, codes[of]) for of in ("panel", *scores) if of in codes),
        citation=instrument.citation.text,
        doi=instrument.citation.doi,
        holder=instrument.licence.holder,
        terms=instrument.licence.terms,
        notice=instrument.notice,
    )


# What a format has no place of its own for goes along as notes: flat tables of plain values.

_OF_FORM = (
    "short", "about", "time", "on_request", "calm", "heading", "text", "citation", "doi", "holder",
    "terms", "notice",
)  # fmt: skip
_OF_ITEM = ("number", "section", "pole", "reversed", "scored", "mark", "note", "loinc")
_OF_SCORE = (
    "method", "of", "turned", "least", "most", "may_miss", "times", "role", "high",
)  # fmt: skip
Notes = dict[str, Any]


def form_notes(form: Form) -> Notes:
    """The form's fields that few formats have a place for; what is empty is left out."""
    said: Notes = {name: getattr(form, name) for name in _OF_FORM if getattr(form, name)}
    if "panel" in dict(form.codes):
        said["panel"] = dict(form.codes)["panel"]
    if any(option.loinc for option in form.options):
        said["answer_codes"] = [option.loinc for option in form.options]
    return said


def item_notes(form: Form, item: Item) -> Notes:
    """The same for an item: its place, pole and key, and from which answer on support comes."""
    empty = {"scored": True}
    said = {
        name: getattr(item, name)
        for name in _OF_ITEM
        if getattr(item, name) != empty.get(name, "") and getattr(item, name) not in (None, False)
    }
    if not item.scored:
        said["scored"] = False
    if item.id in dict(form.care):
        said["support_from"] = dict(form.care)[item.id]
    return {name: str(v) if isinstance(v, (Pole, Mark)) else v for name, v in said.items()}


def score_notes(form: Form, score: Score) -> Notes:
    """How a score is made, and its code."""
    said = {name: getattr(score, name) for name in _OF_SCORE}
    said = {name: list(v) if isinstance(v, tuple) else v for name, v in said.items()}
    code = dict(form.codes).get(score.id)
    return said | ({"loinc": code} if code else {})


def plain(notes: Mapping[str, Any], names: Iterable[str], where: str) -> Notes:
    """Those of the notes that are asked for, each of them text.

    Raises:
        FormatError: one is not text.
    """
    found: Notes = {}
    for name in names:
        if name in notes:
            found[name] = text(notes[name], f"{where}: {name}")
    return found


def noted_form(notes: Mapping[str, Any], where: str) -> Notes:
    """Keyword arguments for ``Form``, of notes that ``form_notes`` made.

    Raises:
        FormatError: a value is not what its field wants.
    """
    found = plain(notes, [n for n in _OF_FORM if n not in {"on_request", "time"}], where)
    if "time" in notes:
        found["time"] = one_of(notes["time"], TIMES, f"{where}: time")
    if "on_request" in notes:
        found["on_request"] = true(notes["on_request"], f"{where}: on_request")
    return found


def noted_item(notes: Mapping[str, Any], where: str) -> tuple[Notes, int | None]:
    """Keyword arguments for ``Item``, and from which answer on support comes.

    Raises:
        FormatError: a value is not what its field wants.
    """
    found = plain(notes, ("section", "note", "loinc"), where)
    for name in ("reversed", "scored"):
        if name in notes:
            found[name] = true(notes[name], f"{where}: {name}")
    if "number" in notes:
        found["number"] = whole(notes["number"], f"{where}: number")
    if "pole" in notes:
        found["pole"] = Pole(one_of(notes["pole"], [str(pole) for pole in Pole], f"{where}: pole"))
    if "mark" in notes:
        found["mark"] = Mark(one_of(notes["mark"], [str(mark) for mark in Mark], f"{where}: mark"))
    at = whole(notes["support_from"], f"{where}: support_from") if "support_from" in notes else None
    return found, at


def noted_score(name: str, title: str, notes: Mapping[str, Any], where: str) -> Score:
    """The score that ``score_notes`` was made of.

    Raises:
        FormatError: a value is missing or is not what its field wants.
    """
    for needed in ("method", "of", "least", "most", "role"):
        if needed not in notes:
            raise FormatError(
                f"{where}: {needed} is missing from the key. Add it, or drop the key."
            )
    return Score(
        id=name,
        title=title,
        method=one_of(notes["method"], ("mean", "sum"), f"{where}: method"),
        of=texts(notes["of"], f"{where}: of"),
        turned=texts(notes.get("turned", []), f"{where}: turned"),
        least=number(notes["least"], f"{where}: least"),
        most=number(notes["most"], f"{where}: most"),
        may_miss=whole(notes.get("may_miss", 0), f"{where}: may_miss"),
        times=number(notes.get("times", 1.0), f"{where}: times"),
        role=one_of(notes["role"], ROLES, f"{where}: role"),
        high=text(notes.get("high", ""), f"{where}: high"),
    )


def assembled(where: str, form: Callable[[], Form]) -> Form:
    """Make a form and see that it can be a measure.

    Args:
        where: the file, for the sentences.
        form: makes it; called here, so that what it lacks is told as the file's.

    Raises:
        FormatError: no questions, ids or wordings twice, fewer than two answers, answers with one
            value, or a key that names what is not there.
    """
    made = form()
    for name in (f.name for f in fields(made)):
        if isinstance(getattr(made, name), str):
            text(getattr(made, name), f"{where}: {name}")
    if not made.items:
        raise FormatError(
            f"{where}: there is no question with answers to choose from in it. "
            "Only such questions can be read."
        )
    if len({option.value for option in made.options}) != len(made.options) or not made.options[1:]:
        raise FormatError(f"{where}: the answers need two values or more, each another number.")
    for item in made.items:
        if not text(item.wording, f"{where}: {item.id}").strip():
            raise FormatError(f"{where}: {item.id} has no wording. Write the question.")
    _named(made, where)
    return made


def _named(made: Form, where: str) -> None:
    """See that every name is there once, and that the keys name what stands before them."""
    names = [item.id for item in made.items] + [score.id for score in made.scores]
    for name in names:
        if names.count(name) > 1:
            raise FormatError(f"{where}: the name {name} is there twice. Give each its own.")
    known = {item.id for item in made.items}
    for score in made.scores:
        for part in (*score.of, *score.turned):
            if part not in known:
                raise FormatError(
                    f"{where}: the key of {score.id} names {part}, which does not stand before it."
                )
        known.add(score.id)


def renamed(name: str, items: Iterable[Item]) -> tuple[tuple[Item, ...], dict[str, str]]:
    """The items with ids as our files have them.

    Args:
        name: the id of the instrument.
        items: as they are in the file. Ids that fit stay; if one does not, all are counted anew
            and the old one goes into the note.

    Returns:
        The items, and the new id of each old one.
    """
    asked = tuple(items)
    fits = re.compile(re.escape(prefix(name)) + r"([a-z]+_)?[0-9]+")
    if all(fits.fullmatch(item.id) for item in asked):
        return asked, {item.id: item.id for item in asked}
    new = {item.id: f"{prefix(name)}{place}" for place, item in enumerate(asked, start=1)}
    return (
        tuple(
            replace(item, id=new[item.id], number=place, section="", note=f"In the file: {item.id}")
            for place, item in enumerate(asked, start=1)
        ),
        new,
    )


def rekeyed(scores: Iterable[Score], new: Mapping[str, str]) -> tuple[Score, ...]:
    """The scores over items that have been renamed."""
    return tuple(
        replace(
            score,
            of=tuple(new.get(part, part) for part in score.of),
            turned=tuple(new.get(part, part) for part in score.turned),
        )
        for score in scores
    )


def with_codes(options: tuple[Option, ...], notes: Mapping[str, Any], file: str) -> Notes:
    """The answers with the codes that are in the form's notes, for ``Form(options=…)``.

    Raises:
        FormatError: there are not as many codes as answers.
    """
    codes = texts(notes.get("answer_codes", [""] * len(options)), f"{file}: answer_codes")
    if len(codes) != len(options):
        raise FormatError(f"{file}: there are not as many codes as answers.")
    return {"options": tuple(replace(o, loinc=c) for o, c in zip(options, codes, strict=True))}


def with_panel(notes: Mapping[str, Any], codes: list[tuple[str, str]], file: str) -> Notes:
    """The codes of the whole and of its scores, for ``Form(codes=…)``."""
    panel = text(notes.get("panel", ""), f"{file}: panel")
    return {"codes": tuple(([("panel", panel)] if panel else []) + codes)}
