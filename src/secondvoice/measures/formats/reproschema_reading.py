"""ReproSchema 1.0: an instrument made of an activity and its items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from secondvoice.measures.formats.forms import (
    Form,
    Imported,
    assembled,
    noted_form,
    noted_item,
    noted_score,
    rekeyed,
    renamed,
    with_codes,
    with_panel,
)
from secondvoice.measures.formats.json_files import children, parsed, table
from secondvoice.measures.formats.keys import understood, with_roles
from secondvoice.measures.formats.reproschema import SOURCE
from secondvoice.measures.formats.values import FormatError, text, texts, whole
from secondvoice.measures.instrument import Item, Option

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from secondvoice.measures.instrument import Score

MOST = 5_000_000
"""Bytes of one file that are read; a questionnaire has thousands."""


def _notes(document: Mapping[str, Any], column: str, where: str) -> dict[str, Any]:
    for note in children(document, "additionalNotesObj", where):
        if note.get("source") == SOURCE and note.get("column") == column:
            said = text(note.get("value"), f"{where}: additionalNotesObj")
            return table(parsed(said.encode(), f"{where}: additionalNotesObj"), where)
    return {}


def read_folder(path: Path, *, name: str) -> Imported:
    """Make an instrument of an activity.

    Args:
        path: the activity's file, or a folder with one activity in it. Items are looked for where
            the activity points, inside the folder only; nothing is fetched.
        name: the id that the instrument is to have.

    Returns:
        The items with one answer to choose, which must all have the same answers; computations
        where they are of a plain shape. Other items are named as left aside.

    Raises:
        FormatError: there is no activity, or it cannot be one measure.
    """
    activity = _activity_file(path) if path.is_dir() else path
    root = path if path.is_dir() else activity.parent
    return _Found(activity, root.resolve(), name).imported()


def _activity_file(folder: Path) -> Path:
    found = [
        path
        for path in sorted(folder.rglob("*_schema*"))
        if path.is_file() and _kind(_load(path)) == "Activity"
    ]
    if len(found) != 1:
        raise FormatError(
            f"{folder}: there are {len(found)} activities in it. Name the file of the one you mean."
        )
    return found[0]


def _load(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > MOST:
            raise FormatError(f"{path.name}: this file is too big for a questionnaire.")
        raw = path.read_bytes()
    except OSError:
        raise FormatError(f"{path.name}: this file is missing or cannot be read.") from None
    return table(parsed(raw, path.name), path.name)


def _kind(document: Mapping[str, Any]) -> str:
    kind = document.get("category", document.get("@type", ""))
    return str(kind).rsplit(":", 1)[-1].rsplit("/", 1)[-1]


def _said(value: Any, where: str) -> str:
    """A text in English where there is one, else in the first language; without HTML untouched."""
    if isinstance(value, dict):
        value = value.get("en", value.get("@value", next(iter(value.values()), "")))
    return text(value or "", where)


def _called(activity: Path) -> str:
    """The file's own name for the measure, which stands in its links; ours may be another."""
    return activity.name.removesuffix(".jsonld").removesuffix("_schema")


class _Found:
    """What has been gathered of an activity."""

    def __init__(self, activity: Path, root: Path, name: str) -> None:
        self.activity, self.root, self.name = activity, root, name
        self.document = _load(activity)
        self.items: list[Item] = []
        self.options: tuple[Option, ...] = ()
        self.care: list[tuple[str, int]] = []
        self.noted: list[Score] = []
        self.codes: list[tuple[str, str]] = []
        self.notes: dict[str, Any] = {}
        self.left: list[str] = []
        self.calm = False

    def imported(self) -> Imported:
        """The form of it all."""
        file = self.activity.name
        if _kind(self.document) != "Activity":
            raise FormatError(f"{file}: this is no activity of ReproSchema. Name its file.")
        ui = table(self.document.get("ui", {}), f"{file}: ui")
        expressions = {
            text(entry.get("variableName"), f"{file}: compute"): entry
            for entry in children(self.document, "compute", file)
        }
        for pointer in texts(ui.get("order", []), f"{file}: order"):
            self._take(self._document(pointer, self.activity), set(expressions))
        asked, new = renamed(self.name, self.items)
        scores = self._scores(new, expressions)
        return Imported(assembled(file, lambda: self._form(asked, new, scores)), tuple(self.left))

    def _document(self, pointer: str, beside: Path) -> tuple[str, dict[str, Any]]:
        """The file that another points to, with its name; never one outside of the folder."""
        try:
            path = (beside.parent / pointer).resolve() if len(pointer) < 1000 else None
        except (OSError, ValueError):
            # A name that no file can have: a null byte, half a character, a loop of links.
            path = None
        if path is None or "://" in pointer or not path.is_relative_to(self.root):
            raise FormatError(
                f"{beside.name} points to a file that is not in this folder. Put it there first."
            )
        return path.name, _load(path)

    def _take(self, named: tuple[str, dict[str, Any]], computed: set[str]) -> None:
        where, document = named
        link = text(document.get("id", document.get("@id", where)), f"{where}: id")
        link = link.rsplit("/", 1)[-1].removesuffix(".jsonld")
        choices = self._choices(document, where)
        notes = _notes(document, "score", where)
        if notes:
            score = link.split("_score_", 1)[-1]
            self.noted.append(
                noted_score(score, _said(document.get("prefLabel"), where), notes, where)
            )
            if "loinc" in notes:
                self.codes.append((score, text(notes["loinc"], where)))
        elif link == f"{_called(self.activity)}_calm" and choices:
            self.calm = True
        elif choices and link not in computed:
            self._item(link, document, choices, where)
        elif link not in computed:
            self.left.append(link)

    def _item(
        self, link: str, document: dict[str, Any], choices: tuple[Option, ...], where: str
    ) -> None:
        if self.items and choices != self.options:
            raise FormatError(
                f"{where}: other answers than those of {self.items[0].id}. A measure has one scale "
                "here: split the activity into one for each scale."
            )
        self.options = choices
        self.notes = self.notes or _notes(document, "form", where)
        found, at = noted_item(_notes(document, "item", where), where)
        fields: dict[str, Any] = {"number": len(self.items) + 1} | found
        wording = _said(document.get("question"), f"{where}: question")
        self.items.append(Item(id=link, wording=wording, **fields))
        self.care += [(link, at)] if at is not None else []

    def _choices(self, document: Mapping[str, Any], where: str) -> tuple[Option, ...]:
        answers = document.get("responseOptions", {})
        if isinstance(answers, str):
            # Items that share their answers point to one file; so it stands beside them.
            pointer = text(answers, f"{where}: responseOptions")
            where, answers = self._document(pointer, self.activity.parent / "items" / where)
        answers = table(answers, f"{where}: responseOptions")
        if answers.get("multipleChoice") is True:
            return ()
        found = []
        for choice in children(answers, "choices", where):
            value = whole(choice.get("value"), f"{where}: value of a choice")
            label = _said(choice.get("name"), f"{where}: name of a choice")
            found.append(Option(value=value, label="" if label == str(value) else label))
        return tuple(found)

    def _form(
        self, items: tuple[Item, ...], new: Mapping[str, str], scores: tuple[Score, ...]
    ) -> Form:
        file, said = self.activity.name, self.document
        about = noted_form(self.notes, file)
        if not self.calm:
            about.pop("calm", None)
        given = {
            "about": _said(said.get("description"), f"{file}: description"),
            "text": _said(said.get("preamble"), f"{file}: preamble"),
            "citation": _said(said.get("citation"), f"{file}: citation"),
        }
        return Form(
            id=self.name,
            title=_said(said.get("prefLabel"), f"{file}: prefLabel") or self.name,
            items=items,
            scores=scores,
            care=tuple((new[link], at) for link, at in self.care),
            **with_codes(self.options, self.notes, file),
            **with_panel(self.notes, self.codes, file),
            **(about if self.notes else given),
        )

    def _scores(
        self, new: Mapping[str, str], expressions: Mapping[str, Mapping[str, Any]]
    ) -> tuple[Score, ...]:
        values = [option.value for option in self.options] or [0]
        ends = dict.fromkeys(new, (float(min(values)), float(max(values))))
        known = {f"{_called(self.activity)}_score_{score.id}" for score in self.noted}
        guessed: list[Score] = []
        for link, entry in expressions.items():
            if link in known:
                continue
            said = text(entry.get("jsExpression"), f"{self.activity.name}: jsExpression")
            score = understood(link, link, said, ends)
            if score is None:
                self.left.append(link)
            else:
                ends[link] = (score.least, score.most)
                guessed.append(score)
        return rekeyed((*self.noted, *with_roles(guessed)), new)
