"""The records of data/selftalk: how a line is written, and which labels cannot be true together.

The format is in data/selftalk/README.md, the meaning of each label in data/selftalk/GUIDE.md, whose
worked examples are held to the same rules. Needs nothing but Python.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

from corpus_likeness import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

# The ids of the reader's own interface; a test compares them.
KIND_POLES: Final = ("self_kindness", "common_humanity", "mindfulness")
HARD_POLES: Final = ("self_judgment", "isolation", "over_identification")
STATES: Final = ("anxious", "hopeless", "ashamed")
TONES: Final = (
    *("harsh", "contemptuous", "cold", "disappointed", *STATES),
    *("warm", "encouraging", "plain"),
)
ASSUMPTIONS: Final = (
    *("should", "conditional_worth", "all_or_nothing", "labelling", "overgeneralising"),
    *("mind_reading", "fortune_telling", "catastrophising", "discounting_positive"),
    *("mental_filter", "emotional_reasoning", "personalising", "comparing", "deserving"),
    "standards_will_drop",
)
REASONS: Final = ("short", "language", "sarcasm", "copied", "gibberish", "ambiguous")
CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "voice": ("critic", "answer"),
    "about": ("self", "other", "none"),
    "poles": (*KIND_POLES, *HARD_POLES),
    "tone": TONES,
    "assumptions": ASSUMPTIONS,
    "care": ("none", "offer", "now"),
}
LISTS: Final = ("poles", "tone", "assumptions")
PARTS: Final = ("event", "verdict")
NEEDED: Final = ("id", "text", "theme", "life", "about")
NEEDED_IN_THE_GUIDE: Final = ("text", "about")
WHOLE: Final = "*"
LONGEST: Final = 80

BATCH: Final = re.compile(r"[a-z][a-z0-9]{0,7}")
GUIDE_LINES: Final = re.compile(r"^```jsonl\n(.*?)^```", re.MULTILINE | re.DOTALL)
# Lines of danger never say by what, how or where.
MEANS: Final = re.compile(
    r"\b(?:pills?|tablets?|overdos\w*|ropes?|noose|hang(?:ing|ed)?|blades?|razors?|kni(?:fe|ves)"
    r"|guns?|shoot\w*|bridges?|cliffs?|rooftops?|jump(?:ing|ed)? (?:off|from|in)|drown\w*|gas|rails"
    r"|poison\w*|bleach|slit\w*|wrists?|cut(?:ting)? (?:myself|my)|in front of a|platform)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One text with its labels, defaults filled in. The fields are those of the README."""

    id: str
    text: str
    theme: str
    life: str
    voice: str | None
    about: str
    poles: tuple[str, ...]
    tone: tuple[str, ...]
    assumptions: tuple[str, ...]
    event: tuple[str, ...]
    verdict: tuple[str, ...]
    care: str
    kindness: int
    sure: bool
    pair: str | None
    note: str

    @property
    def batch(self) -> str:
        """The name of the file that it belongs to."""
        return self.id.split("-")[1]

    @property
    def group(self) -> str:
        """What must stay on one side of the division: the pair, or the line by itself."""
        return self.pair or self.id

    @property
    def length(self) -> int:
        """How many words it has."""
        return len(words(self.text))

    @property
    def kind_poles(self) -> frozenset[str]:
        """Its compassionate poles."""
        return frozenset(self.poles) & frozenset(KIND_POLES)

    @property
    def hard_poles(self) -> frozenset[str]:
        """Its uncompassionate poles."""
        return frozenset(self.poles) & frozenset(HARD_POLES)

    @property
    def sort(self) -> str:
        """Which of the shares it counts for."""
        if not self.sure:
            return "cannot tell"
        if self.poles:
            return {1: "kind voice", 0: "mixed", -1: "harsh voice"}[
                (self.kindness > 0) - (self.kindness < 0)
            ]
        if self.care != "none":
            return "danger"
        if self.voice == "answer" and self.about == "self":
            return "counterfeit"
        return "neutral or about others"


def _labelled(line: Line) -> bool:
    return bool(line.poles or line.assumptions or line.event or line.verdict or line.kindness)


def _overlap(line: Line) -> bool:
    """Whether an event and a verdict share characters, wherever they could lie in the text."""
    left = line.text
    for part in sorted((*line.event, *line.verdict), key=len, reverse=True):
        if part not in left and part in line.text:
            return True
        left = left.replace(part, "\0", 1)
    return False


KEYS: Final = tuple(field.name for field in fields(Line))
DEFAULTS: Final[dict[str, Any]] = {
    **dict.fromkeys(("id", "text", "theme", "life", "about", "note"), ""),
    **dict.fromkeys(("voice", "pair")),
    **dict.fromkeys((*LISTS, *PARTS), ()),
    "care": "none",
    "kindness": 0,
    "sure": True,
}

RULES: Final[tuple[tuple[str, Callable[[Line], object]], ...]] = (
    (
        "only a line about the self has poles, assumptions, event, verdict or kindness.",
        lambda line: line.about != "self" and _labelled(line),
    ),
    (
        "a line about others has no tone but plain: tone is how the writer is treated, or feels.",
        lambda line: line.about == "other" and set(line.tone) - {"plain"},
    ),
    (
        "a line about nobody can only be plain, anxious, hopeless or ashamed.",
        lambda line: line.about == "none" and set(line.tone) - {"plain", *STATES},
    ),
    (
        "where the reader should decline ('sure' false) only 'about' and 'care' are labelled.",
        lambda line: not line.sure and (_labelled(line) or line.tone),
    ),
    (
        f"'sure' is false, so the note begins with one of {', '.join(REASONS)} and a colon.",
        lambda line: not line.sure and line.note.partition(":")[0] not in REASONS,
    ),
    (
        "plain stands alone or not at all.",
        lambda line: "plain" in line.tone and len(line.tone) > 1,
    ),
    (
        "'kindness' has no pole on its side.",
        lambda line: (
            (line.kindness < 0 and not line.hard_poles)
            or (line.kindness > 0 and not line.kind_poles)
        ),
    ),
    (
        "poles of one side only, and 'kindness' is 0 or on the other side.",
        lambda line: (
            (line.hard_poles and not line.kind_poles and line.kindness >= 0)
            or (line.kind_poles and not line.hard_poles and line.kindness <= 0)
        ),
    ),
    (
        "contempt is an attack: -2, unless something kind stands beside it.",
        lambda line: "contemptuous" in line.tone and line.kindness != -2 and not line.kind_poles,
    ),
    (
        "-2 is an attack, so it needs self_judgment.",
        lambda line: line.kindness == -2 and "self_judgment" not in line.poles,
    ),
    (
        "+2 is standing on one's own side, so it needs self_kindness.",
        lambda line: line.kindness == 2 and "self_kindness" not in line.poles,
    ),
    (
        "harsh, contemptuous and disappointed need self_judgment.",
        lambda line: (
            {"harsh", "contemptuous", "disappointed"} & set(line.tone)
            and "self_judgment" not in line.poles
        ),
    ),
    (
        "warm and encouraging need a compassionate pole.",
        lambda line: {"warm", "encouraging"} & set(line.tone) and not line.kind_poles,
    ),
    (
        "an assumption that is held, not questioned, comes with an uncompassionate pole.",
        lambda line: set(line.assumptions) - {"comparing", "deserving"} and not line.hard_poles,
    ),
    (
        "self_judgment and isolation need a verdict.",
        lambda line: {"self_judgment", "isolation"} & set(line.poles) and not line.verdict,
    ),
    (
        "event and verdict are told apart only where there is an uncompassionate pole.",
        lambda line: (line.verdict or line.event) and not line.hard_poles,
    ),
    ("event and verdict share words.", _overlap),
    (f"more than {LONGEST} words.", lambda line: line.length > LONGEST),
    (
        "a line of danger never says by what means, how or where.",
        lambda line: line.care != "none" and MEANS.search(line.text),
    ),
)
"""What in the labels of one line cannot be true together: the sentence, and when it is so."""


def contradictions(line: Line) -> list[str]:
    """Which of :data:`RULES` a line breaks, one sentence each."""
    return [sentence for sentence, broken in RULES if broken(line)]


def parse(raw: dict[str, Any], *, example: bool = False) -> tuple[Line, list[str]]:
    """One record, and what is wrong with it, one sentence each.

    Args:
        raw: The record as it was read from JSON.
        example: Whether it is a worked example of the guide, which needs no id, theme and life.

    Returns:
        The line, to be used only where nothing is wrong with it, and the sentences.
    """
    wrong = list(_misspelt(raw, NEEDED_IN_THE_GUIDE if example else NEEDED))
    values = DEFAULTS | {key: value for key, value in raw.items() if key in KEYS}
    for key in LISTS:
        values[key] = _listed(key, values[key], wrong)
    for key in PARTS:
        values[key] = _stretches(key, values[key], values["text"], wrong)
    if not wrong and values["sure"] and not values["tone"]:
        values["tone"] = ("plain",)
    line = Line(**values)
    return line, wrong or contradictions(line)


def _misspelt(raw: dict[str, Any], needed: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with keys and single values, one sentence each."""
    known = [key for key in raw if key in KEYS]
    yield from (f"'{key}' is not a key; the keys are in README.md." for key in raw.keys() - {*KEYS})
    if known != [key for key in KEYS if key in raw]:
        yield f"the order of keys is {', '.join(key for key in KEYS if key in raw)}."
    for key in {*needed, *({"pair", "note", "voice"} & raw.keys())}:
        if not _is_text(raw.get(key)):
            yield f"'{key}' is no text; an optional key is left out where it has none."
    for key in ("voice", "about", "care"):
        if key in raw and raw[key] not in CHOICES[key]:
            yield f"'{key}' is none of {', '.join(CHOICES[key])}."
    kindness = raw.get("kindness", 0)
    if type(kindness) is not int or not -2 <= kindness <= 2:
        yield "'kindness' is not a whole number from -2 to 2."
    if not isinstance(raw.get("sure", True), bool):
        yield "'sure' is neither true nor false."


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _listed(key: str, value: Any, wrong: list[str]) -> tuple[str, ...]:
    if not _are_texts(value):
        wrong.append(f"'{key}' is not a list of names.")
        return ()
    if strange := [item for item in value if item not in CHOICES[key]]:
        wrong.append(f"not among the {key} of the guide: {', '.join(strange)}.")
    if len(set(value)) != len(value):
        wrong.append(f"'{key}' names something twice.")
    return tuple(value)


def _stretches(key: str, value: Any, text: Any, wrong: list[str]) -> tuple[str, ...]:
    if value == WHOLE:
        return (str(text),)
    found = [value] if isinstance(value, str) else value
    if not _are_texts(found) or not isinstance(text, str):
        wrong.append(f"'{key}' is neither a stretch of the text nor a list of them.")
        return ()
    if any(item not in text for item in found):
        wrong.append(f"'{key}' is not word for word in the text.")
    if text in found:
        wrong.append(f"'{key}' is the whole text; write \"{WHOLE}\" for it.")
    return tuple(found)


def _are_texts(value: object) -> bool:
    return isinstance(value, (list, tuple)) and all(map(_is_text, value))


def load(folder: Path) -> tuple[list[Line], list[str]]:
    """All sound lines in the order of files and lines, and what is wrong with the others.

    The worked examples of the guide are looked at too, but are no lines of the corpus. A sentence
    begins with the name of its file.
    """
    themes = tomllib.loads((folder / "themes.toml").read_text("utf-8"))["theme"]
    lines, problems = [], []
    for path in sorted(folder.glob("*.jsonl")):
        if not BATCH.fullmatch(path.stem):
            problems.append(f"{path.name}: a batch is named by at most eight small letters.")
        for place, raw in _records(path.name, path.read_text("utf-8"), problems):
            line, wrong = parse(raw)
            if not wrong and not re.fullmatch(
                rf"{re.escape(line.theme)}-{path.stem}-\d{{4}}", line.id
            ):
                wrong.append("the id is not theme-batch-0000.")
            if not wrong and line.theme not in themes:
                wrong.append(f"the theme '{line.theme}' is not in themes.toml.")
            if not wrong:
                lines.append(line)
            problems += [f"{place}: {sentence}" for sentence in wrong]
    guide = folder / "GUIDE.md"
    for block in GUIDE_LINES.findall(guide.read_text("utf-8")) if guide.exists() else ():
        for _, raw in _records("GUIDE.md", block, problems):
            _, wrong = parse(raw, example=True)
            problems += [f"GUIDE.md, '{raw.get('text')}': {sentence}" for sentence in wrong]
    return lines, problems


def _records(name: str, text: str, problems: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    # Not splitlines(): a text may hold a separator that only Unicode calls the end of a line.
    for number, row in enumerate(text.removesuffix("\n").split("\n"), start=1):
        place = f"{name}:{number}"
        try:
            raw = json.loads(row)
        except ValueError:
            problems.append(f"{place}: this is not JSON.")
            continue
        if isinstance(raw, dict):
            yield place, raw
        else:
            problems.append(f"{place}: this is not an object.")
