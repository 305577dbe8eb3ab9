"""What has to hold between the fields of an instrument: the key, the ranges, the references.

That every number has a source, and every field its kind, the shape itself keeps (``decoding.py``).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from secondvoice.measures.instrument import Instrument, Item, Precision, Score

VERSION = 1
"""The version of the file's shape that this code reads."""

Problem = tuple[str, str]
"""The field, and what is wrong with it: the two halves of a sentence."""

_LOINC = re.compile(r"([0-9]{3,7})-([0-9])")


def problems(instrument: Instrument, folder: str) -> Iterator[Problem]:
    """Everything that does not hold.

    Args:
        instrument: as it was read.
        folder: the name of its folder.

    Yields:
        Field and complaint, in the order of the file.
    """
    if instrument.version != VERSION:
        yield "version", f"is {instrument.version}, and this program reads version {VERSION}"
    if instrument.id != folder or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", instrument.id):
        yield "id", f"has to be the name of its folder, {folder}, in small letters and hyphens"
    if instrument.kind == "card":
        yield from _card(instrument)
    else:
        yield from _whole(instrument)
    yield from _figures(instrument)
    yield from _precision(instrument)


def _card(instrument: Instrument) -> Iterator[Problem]:
    shipped = ("items", "scale", "wording", "instruction", "scores", "vectors", "care")
    for name in shipped:
        if getattr(instrument, name):
            yield name, "does not belong on a card"
    if not instrument.find:
        yield "find", "is missing: a card says where the measure is to be found"
    if not instrument.elsewhere:
        yield "elsewhere", "is missing: a card has a place for a score taken elsewhere"


def _whole(instrument: Instrument) -> Iterator[Problem]:
    if not instrument.licence.verdict.ships:
        yield "licence.verdict", "does not allow the questions to be shipped; make it a card"
    needed = ("scale", "wording", "items", "key", "missing", "scores", "vectors", "notice")
    absent = [name for name in needed if not getattr(instrument, name)]
    for name in absent:
        where = "the file NOTICE" if name == "notice" else name
        yield where, "is missing: a measure with questions needs it"
    if instrument.scale is not None and not instrument.scale.options:
        absent.append("options")
        yield "scale.options", "are missing: a scale has answers"
    if not absent:
        yield from _items(instrument)
        yield from _scores(instrument)
        yield from _vectors(instrument)


def _items(instrument: Instrument) -> Iterator[Problem]:
    values = [option.value for option in instrument.answers.options]
    if sorted(values) != list(range(min(values), max(values) + 1)) or len(values) < 2:
        yield "scale.options", "have to be whole numbers in a row, each once"
    yield from _once("items", "id", (item.id for item in instrument.items))
    yield from _once("items", "wording", (item.wording for item in instrument.items))
    if len({item.pole is None for item in instrument.items}) > 1:
        yield "items", "name a pole for some items and none for others"
    sections: dict[str, list[int]] = {}
    for item in instrument.items:
        sections.setdefault(item.section, []).append(item.number)
        for field, what in _item(item, instrument.id.replace("-", "_") + "_"):
            yield f"items[{item.id}].{field}", what
    for numbers in sections.values():
        if numbers != list(range(1, len(numbers) + 1)):
            yield "items", "have to be numbered 1, 2, 3 and on, in the order of the sheet"
    for care in instrument.care:
        if care.item not in {item.id for item in instrument.items}:
            yield "care", f"names the item {care.item}, which is not there"
        if not min(values) < care.at <= max(values):
            yield "care", f"begins at {care.at}, which is not above the lowest answer"


def _item(item: Item, prefix: str) -> Iterator[Problem]:
    if not re.fullmatch(re.escape(prefix) + r"([a-z]+_)?[0-9]+", item.id):
        yield "id", f"has to begin with {prefix} and end with a number"
    if item.loinc and not sound_loinc(item.loinc):
        yield "loinc", "has a wrong check digit"
    if item.pole is not None and item.reversed == item.pole.compassionate:
        yield "reversed", f"does not fit the pole {item.pole}"
    if item.reversed and not item.scored:
        yield "reversed", "is set on an item that is not scored"


def _scores(instrument: Instrument) -> Iterator[Problem]:
    yield from _once("scores", "id", (score.id for score in instrument.scores))
    earlier: dict[str, Score] = {}
    items = {item.id: item for item in instrument.items}
    sound = True
    for score in instrument.scores:
        for complaint in _parts(score, items, earlier):
            sound = False
            yield f"scores[{score.id}].of", complaint
        for name in set(score.turned) - set(score.of):
            sound = False
            yield f"scores[{score.id}].turned", f"names {name}, which is not in the score"
        earlier[score.id] = score
    totals = [score for score in instrument.scores if score.role == "total"]
    if len(totals) != 1:
        yield "scores", "need exactly one total"
    # What rests on parts that are not there cannot be looked at any further.
    if sound and len(totals) == 1:
        yield from _key(instrument, totals[0])
        for score in instrument.scores:
            yield from _range(instrument, score)


def _parts(score: Score, items: dict[str, Item], earlier: dict[str, Score]) -> Iterator[str]:
    if not score.of:
        yield "is empty"
    for name, count in Counter(score.of).items():
        if count > 1:
            yield f"names {name} {count} times"
        if name not in items and name not in earlier:
            yield f"names {name}, which is neither an item nor a score that stands before"
        elif name in items and not items[name].scored:
            yield f"names {name}, which is not scored"
    if len({name in items for name in score.of}) > 1:
        yield "mixes items and scores"


def _key(instrument: Instrument, total: Score) -> Iterator[Problem]:
    scored = [item.id for item in instrument.items if item.scored]
    in_total = Counter(instrument.items_of(total.id))
    yield from _each_once(f"scores[{total.id}].of", scored, in_total)
    subscales = [score for score in instrument.scores if score.role == "subscale"]
    if subscales:
        keyed = Counter(name for score in subscales for name in instrument.items_of(score.id))
        yield from _each_once("scores", scored, keyed)
    turned = set(turned_items(instrument, total))
    for item in instrument.items:
        if item.reversed != (item.id in turned):
            how = "is not turned in" if item.reversed else "is turned in"
            yield f"items[{item.id}].reversed", f"does not fit the key: the item {how} the total"
    for score in subscales:
        poles = {item.pole for item in instrument.items if item.id in instrument.items_of(score.id)}
        if None not in poles and {str(pole) for pole in poles} != {score.id}:
            yield f"scores[{score.id}].of", "holds items of another pole"


def _each_once(field: str, scored: list[str], keyed: Counter[str]) -> Iterator[Problem]:
    for name in scored:
        if keyed[name] != 1:
            how = "leave out" if keyed[name] == 0 else "count more than once"
            yield field, f"{how} the item {name}"


def _range(instrument: Instrument, score: Score) -> Iterator[Problem]:
    least, most = _reach(instrument, score)
    if (score.least, score.most) != (least, most):
        yield f"scores[{score.id}].least", f"and most have to be {least:g} and {most:g}"
    # A score of scores needs all of them; each of those has its own rule.
    of_items = len(score.of) if score.of[0] not in {s.id for s in instrument.scores} else 1
    if not 0 <= score.may_miss < of_items:
        yield f"scores[{score.id}].may_miss", f"has to be from 0 to {of_items - 1}"


def _reach(instrument: Instrument, score: Score) -> tuple[float, float]:
    known = {s.id: s for s in instrument.scores}
    ends = [
        _reach(instrument, known[name])
        if name in known
        else (instrument.answers.least, instrument.answers.most)
        for name in score.of
    ]
    parts = len(ends) if score.method == "mean" else 1
    least = sum(end[0] for end in ends) / parts * score.times
    most = sum(end[1] for end in ends) / parts * score.times
    return least, most


def _vectors(instrument: Instrument) -> Iterator[Problem]:
    values = {option.value for option in instrument.answers.options}
    for number, vector in enumerate(instrument.vectors, start=1):
        field = f"vectors[{number}]"
        if len(vector.answers) != len(instrument.items):
            yield f"{field}.answers", f"have to be {len(instrument.items)}, one for each item"
        if set(vector.answers) - values:
            yield f"{field}.answers", "hold a number that is not on the scale"
        for name in vector.expect.keys() - {score.id for score in instrument.scores}:
            yield f"{field}.expect", f"names the score {name}, which is not there"


def _figures(instrument: Instrument) -> Iterator[Problem]:
    known = {score.id for score in instrument.scores} | {e.id for e in instrument.elsewhere}
    named = {
        "reliability": [figure.score for figure in instrument.reliability],
        "norms": [figure.score for figure in instrument.norms],
        "bands": [figure.score for figure in instrument.bands],
        "precision": [figure.score for figure in instrument.precision],
        "important": [figure.score for figure in instrument.important],
        "codes": [code.of for code in instrument.codes if code.of not in {"panel", "answers"}],
    }
    for field, scores in named.items():
        for score in scores:
            if score not in known:
                yield field, f"names the score {score}, which is not there"
    for figure in instrument.reliability:
        ends = (figure.low, figure.value, figure.to, figure.high)
        there = [end for end in ends if end is not None]
        if there != sorted(there) or not 0 < there[0] <= there[-1] <= 1:
            yield "reliability", f"of {figure.score} has to lie from 0 to 1, within its interval"
    for norm in instrument.norms:
        if (norm.sd is not None and norm.sd <= 0) or (norm.n is not None and norm.n <= 0):
            yield "norms", f"of {norm.score} has a spread or a number of people that is not above 0"
    for code in instrument.codes:
        if code.system == "LOINC" and code.of != "answers" and not sound_loinc(code.code):
            yield "codes", f"has {code.code}, whose check digit is wrong"


def _precision(instrument: Instrument) -> Iterator[Problem]:
    defaults = [entry.score for entry in instrument.precision if not entry.name]
    scores = [score.id for score in instrument.scores] + [e.id for e in instrument.elsewhere]
    for score in scores:
        if defaults.count(score) != 1:
            yield "precision", f"has to say once what is known of {score}, even if it is nothing"
    for entry in instrument.precision:
        for complaint in _inputs(entry):
            yield f"precision of {entry.score}", complaint


def _inputs(entry: Precision) -> Iterator[str]:
    both = entry.r is not None and entry.sd is not None
    if entry.verdict and not (both or entry.mdc95 is not None):
        yield "needs r and sd, or mdc95"
    if not entry.verdict and not entry.why:
        yield "gives no verdict and has to say why"
    if entry.r is not None and not 0 < entry.r.value < 1:
        yield "has an r that is not between 0 and 1"
    for figure in (entry.sd, entry.mdc95, entry.at_least):
        if figure is not None and figure.value <= 0:
            yield "has a figure that is not above 0"


def turned_items(instrument: Instrument, score: Score, *, turned: bool = False) -> Iterator[str]:
    """The items that count as least + most − x in a score, through other scores too.

    Args:
        instrument: whose score it is.
        score: the score.
        turned: whether the score is itself turned where it is used.

    Yields:
        Ids of items.
    """
    known = {s.id: s for s in instrument.scores}
    for name in score.of:
        here = turned != (name in score.turned)
        if name in known:
            yield from turned_items(instrument, known[name], turned=here)
        elif here:
            yield name


def sound_loinc(code: str) -> bool:
    """Whether the last digit of a LOINC code is its check digit (the Luhn algorithm)."""
    match = _LOINC.fullmatch(code)
    if match is None:
        return False
    total = 0
    for place, digit in enumerate(reversed(match[1])):
        twice = int(digit) * (2 if place % 2 == 0 else 1)
        total += twice - 9 if twice > 9 else twice
    return (10 - total % 10) % 10 == int(match[2])


def _once(field: str, name: str, values: Iterable[str]) -> Iterator[Problem]:
    for value, count in Counter(values).items():
        if count > 1:
            yield field, f"have the same {name} {count} times: {value}"
