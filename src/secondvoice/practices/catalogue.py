"""The practices of the library as typed values, read from ``library/*.toml`` and checked.

No Django in here: ``practices()`` and ``practice("soles")`` work in any Python.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from secondvoice.practices.checks import problems
from secondvoice.texts import texts
from secondvoice.tongues import ENGLISH, count, each_tongue, say, tongue

if TYPE_CHECKING:
    from collections.abc import Mapping

PACKAGE = "secondvoice.practices"
LIBRARY = "library"
SOURCES = "sources.toml"


class LibraryError(ValueError):
    """A library that cannot be used; ``problems`` are sentences with file and field."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class UnknownPractice(KeyError):
    """No practice of that id, or no form of that name, is in the library."""

    def __init__(self, asked: str, known: list[str]) -> None:
        super().__init__(asked)
        self.asked = asked
        self.known = known

    def __str__(self) -> str:
        return f"There is no practice called {self.asked}. There are: {', '.join(self.known)}."


@dataclass(frozen=True, slots=True)
class Source:
    """Where a practice comes from. Empty: not known to us. ``mem``: not looked up, from memory."""

    title: str
    authors: str = ""
    year: str = ""
    where: str = ""
    url: str = ""
    mem: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What is on the screen, and spoken, at one time.

    ``seconds`` is how long it stays, the hearing of it included. ``write`` is the label of a place
    to write, at which the time waits; empty: none. ``skip_to`` is the ``id`` of a later step of the
    same form, and ``skip_label`` what the way there is called. ``{friend}`` stands for a name.
    """

    say: str
    seconds: int
    id: str = ""
    say_unnamed: str = ""
    breath: bool = False
    bell: bool = False
    write: str = ""
    write_unnamed: str = ""
    skip_to: str = ""
    skip_label: str = ""

    def said(self, friend: str = "") -> str:
        """What is said, to somebody who named that friend, or nobody."""
        return _to(self.say, self.say_unnamed, friend)

    def asked(self, friend: str = "") -> str:
        """The label of the place to write; empty where there is none."""
        return _to(self.write, self.write_unnamed, friend)


@dataclass(frozen=True, slots=True)
class Form:
    """One length of a practice: ``twenty`` (seconds), ``short`` or ``full``."""

    form: str
    steps: tuple[Step, ...]

    @property
    def seconds(self) -> int:
        """How long it takes if nobody pauses."""
        return sum(step.seconds for step in self.steps)

    @property
    def length(self) -> str:
        """How long, in words: "20 seconds", "3 minutes"."""
        if self.form == "twenty":
            return say("20 seconds")
        minutes = max(1, round(self.seconds / 60))
        return count("{minutes} minute", "{minutes} minutes", minutes).format(minutes=minutes)

    @property
    def writes(self) -> bool:
        """Whether there is something to write in it."""
        return any(step.write for step in self.steps)


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice of the library.

    ``components`` are names of poles, in the order in which they come. ``intensity`` is 1
    (grounding), 2 (mild), 3 (emotional) or 4 (strong). ``opens``: it can stir old pain. ``instead``
    are the ids of easier ones. ``known`` says where its outline is from: ``source`` (a page that
    was read), ``mem`` (from memory) or ``own`` (ours).
    """

    id: str
    title: str
    line: str
    kind: str
    components: tuple[str, ...]
    intensity: int
    opens: bool
    not_now: str
    instead: tuple[str, ...]
    posture: str
    eyes: str
    needs: str
    basis: str
    sources: tuple[str, ...]
    known: str
    forms: tuple[Form, ...]

    def form(self, name: str) -> Form:
        """The form of that name.

        Raises:
            UnknownPractice: it has none such.
        """
        for form in self.forms:
            if form.form == name:
                return form
        raise UnknownPractice(f"{self.id}/{name}", [form.form for form in self.forms])

    @property
    def shortest(self) -> Form:
        """Its shortest form."""
        return self.forms[0]

    @property
    def lengths(self) -> str:
        """The lengths of its forms in words: "20 seconds to 8 minutes"."""
        first, last = self.forms[0].length, self.forms[-1].length
        if first == last:
            return first
        return say("{first} to {last}").format(first=first, last=last)

    @property
    def strong(self) -> bool:
        """Whether one is asked beforehand if one feels steady."""
        return self.intensity == STRONG

    @property
    def writes(self) -> bool:
        """Whether there is something to write in any of its forms."""
        return any(form.writes for form in self.forms)


STRONG = 4


def read_library(tables: Mapping[str, Any], sources: Mapping[str, Any]) -> dict[str, Practice]:
    """Practices from the tables of their files.

    Args:
        tables: what each file holds, by the name of the file without its ending.
        sources: what ``sources.toml`` holds.

    Returns:
        The practices by id, in alphabetical order.

    Raises:
        LibraryError: with everything that is wrong in any of the files.
    """
    wrong = problems(tables, set(sources))
    if wrong:
        raise LibraryError(wrong)
    return _practices(tables)


def _practices(tables: Mapping[str, Any]) -> dict[str, Practice]:
    return {name: _practice(tables[name]) for name in sorted(tables)}


@each_tongue
def practices() -> Mapping[str, Practice]:
    """The library of this installation, by id. Do not change what comes back.

    A sentence that is longer in another language is for a test to find, and no reason to show
    nobody anything.
    """
    tables = library_tables()
    if tongue() == ENGLISH:
        return read_library(tables, texts(PACKAGE, SOURCES))
    return _practices(tables)


def library_tables() -> dict[str, Any]:
    """What the files of this installation hold, in the language of the moment."""
    folder = files(PACKAGE).joinpath(LIBRARY)
    names = [file.name for file in folder.iterdir() if file.name.endswith(".toml")]
    return {name.removesuffix(".toml"): texts(PACKAGE, f"{LIBRARY}/{name}") for name in names}


def practice(name: str) -> Practice:
    """One practice of the library.

    Raises:
        UnknownPractice: it is not in it.
    """
    here = practices()
    if name not in here:
        raise UnknownPractice(name, sorted(here))
    return here[name]


@each_tongue
def sources() -> Mapping[str, Source]:
    """What practices are after, by the names that they use. Do not change what comes back."""
    return {
        name: Source(
            **{field: value for field, value in table.items() if field != "known"},
            mem=table["known"] == "mem",
        )
        for name, table in texts(PACKAGE, SOURCES).items()
    }


def _practice(table: Mapping[str, Any]) -> Practice:
    lists = {name: tuple(table[name]) for name in ("components", "instead", "sources")}
    forms = tuple(
        Form(form["form"], tuple(Step(**step) for step in form["steps"])) for form in table["forms"]
    )
    return Practice(**{**table, **lists, "forms": forms})


def _to(named: str, unnamed: str, friend: str) -> str:
    if friend:
        return named.replace("{friend}", friend)
    return unnamed or named
