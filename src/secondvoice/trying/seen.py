"""What the page shows of a reading: plain values, and the rules for what is worth showing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from secondvoice.marks import Piece, label, paragraphs, pieces
from secondvoice.poles import COMPASSIONATE, Pole
from secondvoice.reader import Reading, Span, read
from secondvoice.texts import texts
from secondvoice.tongues import figure, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from secondvoice.reader.reading import Voice

LONGEST: Final = 100_000
"""Characters that the page reads at once: some 18,000 words."""

LONG_FROM: Final = 1_200
"""Characters from which a text is shown as a long one: what nothing is marked in is folded away."""

FOLD_FROM: Final = 240
"""Characters without a mark, in a long text, that are worth folding away."""

MOST_DRAWN: Final = 200
"""Marks that are drawn: each is a link and a note, and a page of thousands no longer scrolls."""

LOUD: Final = 0.5
"""From this score (0 to 1) on words are set as the critic's."""

SHOWN_KINDS: Final = ("pole", "assumption")
"""As in the loop: tone is said in a line of its own, care leads to people."""

WORDS_OF_A_TONE: Final = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or several in a row in which nothing is marked.

    ``folded``: long and without a mark. ``rest``: what comes after the last mark that is drawn.
    """

    pieces: tuple[Piece, ...]
    paragraphs: int = 1
    folded: bool = False
    rest: bool = False

    @property
    def marked(self) -> tuple[Piece, ...]:
        """The pieces that carry a mark."""
        return tuple(piece for piece in self.pieces if piece.notes)


@dataclass(frozen=True, slots=True)
class Tone:
    """A tone that is loud in the text, and some of the words that it is heard in."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """One part of the table: its heading, and a row for each figure, name and value as shown."""

    heading: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything that the page shows of one reading."""

    reading: Reading
    voice: Voice | None
    passages: tuple[Passage, ...]
    marks: int
    drawn: int
    paragraphs: int
    marked_paragraphs: int
    tones: tuple[Tone, ...]
    questions: tuple[str, ...]
    parts: tuple[tuple[str, bool], ...]
    figures: tuple[Figures, ...]

    @property
    def long(self) -> bool:
        """Whether the text is so long that repeating it is better folded away."""
        return len(self.reading.text) >= LONG_FROM

    @property
    def danger(self) -> bool:
        """Whether the words say outright that somebody may be in danger.

        As in the loop they are then not turned round: nobody is helped by hearing them said.
        """
        return self.reading.care == "now"

    @property
    def added(self) -> bool:
        """Whether what happened and what is added to it can be shown apart."""
        whole = self.reading.text.strip()
        both = (self.reading.event, self.reading.verdict)
        return self.reading.sure and any(part and part.strip() != whole for part in both)

    @property
    def turned(self) -> str:
        """The words said to a friend; empty where that says nothing new."""
        reading = self.reading
        same = reading.friend.strip() == reading.text.strip()
        return "" if same or reading.language is None else reading.friend

    @property
    def harsh(self) -> bool:
        """Whether the turned words are set as the critic's."""
        if self.voice is None:
            return self.reading.self_critical >= LOUD
        return self.voice == "critic"

    @property
    def lacks(self) -> tuple[str, ...]:
        """The parts that an answer has not yet."""
        return tuple(name for name, has in self.parts if not has)


def whose_words(said: str) -> Voice | None:
    """Whose words they are, as the form says it; anything else is nobody's in particular."""
    if said == "critic":
        return "critic"
    return "answer" if said == "answer" else None


def look(text: str, voice: Voice | None) -> Seen:
    """Read a text, and put together what is shown of it.

    Args:
        text: any words; :data:`LONGEST` characters at most, or the page grows heavy.
        voice: whose words they are, if that is known.
    """
    # No friend's name: that would be a look into somebody's records.
    reading = read(text, voice=voice, friend="")
    shown = [span for span in reading.spans if reading.sure and span.kind in SHOWN_KINDS]
    places = paragraphs(text, shown)
    within = list(_within(places, shown))
    marks = sum(1 for piece in pieces(text, shown, first=1) if piece.notes)
    passages = tuple(_passages(text, places, within))
    return Seen(
        reading=reading,
        voice=voice,
        passages=passages,
        marks=marks,
        drawn=sum(len(passage.marked) for passage in passages),
        paragraphs=len(places),
        marked_paragraphs=sum(1 for spans in within if spans),
        tones=_tones(reading),
        questions=_questions(reading),
        parts=_parts(reading) if voice == "answer" and reading.sure else (),
        figures=tuple(_figures(reading)),
    )


def _within(places: Sequence[tuple[int, int]], spans: Sequence[Span]) -> Iterator[list[Span]]:
    """The spans of each paragraph."""
    ordered = sorted(spans, key=lambda span: span.start)
    at = 0
    for _, end in places:
        first = at
        while at < len(ordered) and ordered[at].start < end:
            at += 1
        yield ordered[first:at]


def _passages(
    text: str, places: Sequence[tuple[int, int]], within: Sequence[list[Span]]
) -> Iterator[Passage]:
    drawn = 0
    plain: list[tuple[int, int]] = []
    for number, ((start, end), spans) in enumerate(zip(places, within, strict=True)):
        if not spans:
            plain.append((start, end))
            continue
        if plain:
            yield _unmarked(text, plain)
            plain = []
        cut = tuple(pieces(text, spans, first=drawn + 1, start=start, end=end))
        drawn += sum(1 for piece in cut if piece.notes)
        yield Passage(_at_most(cut))
        if drawn >= MOST_DRAWN:
            rest = places[number + 1 :]
            if rest:
                yield Passage(
                    (Piece(text[rest[0][0] : rest[-1][1]]),), len(rest), folded=True, rest=True
                )
            return
    if plain:
        yield _unmarked(text, plain)


def _unmarked(text: str, places: Sequence[tuple[int, int]]) -> Passage:
    words = text[places[0][0] : places[-1][1]]
    folded = len(text) >= LONG_FROM and len(words) >= FOLD_FROM
    return Passage((Piece(words),), len(places), folded=folded)


def _at_most(cut: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The pieces of a paragraph, those beyond the most that are drawn put together as plain."""
    for at, piece in enumerate(cut):
        if piece.number > MOST_DRAWN:
            return (*cut[:at], Piece("".join(each.text for each in cut[at:])))
    return cut


def _tones(reading: Reading) -> tuple[Tone, ...]:
    if not reading.sure:
        return ()
    return tuple(Tone(tone_called(name), _heard_in(reading, name)) for name in reading.tones)


def _heard_in(reading: Reading, tone: str) -> tuple[str, ...]:
    heard = (span.text for span in reading.spans if (span.kind, span.name) == ("tone", tone))
    return tuple(dict.fromkeys(heard))[:WORDS_OF_A_TONE]


def _questions(reading: Reading) -> tuple[str, ...]:
    if not reading.sure:
        return ()
    strongest = sorted(reading.questions, key=lambda name: -reading.assumptions[name])
    return tuple(reading.questions[name] for name in strongest)


def _parts(reading: Reading) -> tuple[tuple[str, bool], ...]:
    return tuple((pole.label, pole.value not in reading.missing) for pole in COMPASSIONATE)


def _figures(reading: Reading) -> Iterator[Figures]:
    t = texts("secondvoice.trying", "trying.toml")["figures"]
    sure = t["yes"] if reading.sure else t["no"].format(reason=say(reading.reason))
    whole = (
        (t["self_critical"], _number(reading.self_critical)),
        (t["kindness"], figure(f"{reading.kindness:+.2f}").replace("-", "−")),
        (t["care"], t["cares"][reading.care]),
        (t["sure"], sure),
    )
    yield Figures(t["whole"], whole)
    yield Figures(
        t["six"],
        tuple((pole.label, _number(reading.poles[pole.value])) for pole in Pole),
    )
    tones = tuple((tone_called(name), _number(score)) for name, score in reading.tone.items())
    yield Figures(t["tone"], tones)
    yield Figures(
        t["rules"],
        tuple(
            (label("assumption", name), _number(score))
            for name, score in reading.assumptions.items()
        ),
    )


def _number(score: float) -> str:
    return figure(f"{score:.2f}") if score else "0"


def tone_called(name: str) -> str:
    """What a tone is called on the page."""
    return str(texts("secondvoice.trying", "trying.toml")["tones"][name])
