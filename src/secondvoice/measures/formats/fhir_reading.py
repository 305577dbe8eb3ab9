"""FHIR R4: an instrument made of a Questionnaire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from secondvoice.measures.formats.fhir import NOTES, ORDINAL
from secondvoice.measures.formats.forms import (
    LOINC,
    LOINC_NOTICE,
    Form,
    Imported,
    assembled,
    noted_form,
    noted_item,
    noted_score,
    rekeyed,
    renamed,
)
from secondvoice.measures.formats.json_files import children, parsed, table
from secondvoice.measures.formats.values import FormatError, text, whole
from secondvoice.measures.instrument import Item, Option

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from secondvoice.measures.instrument import Score

_CHOICES = {"choice", "open-choice"}
_SELF_HARM = "44260-8"
"""LOINC's code for the ninth question of the PHQ-9: thoughts of death or self-harm."""


def _notes(element: Mapping[str, Any], where: str) -> dict[str, Any]:
    """What ``_nested`` put there."""
    found: dict[str, Any] = {}
    lists: dict[str, list[Any]] = {"of": [], "turned": []}
    for outer in children(element, "extension", where):
        if outer.get("url") != NOTES:
            continue
        for inner in children(outer, "extension", where):
            name = text(inner.get("url"), f"{where}: url of an extension")
            values = [v for key, v in inner.items() if key.startswith("value")]
            value = values[0] if values else None
            if name in lists:
                lists[name].append(value)
            else:
                found[name] = value
    return found | {name: values for name, values in lists.items() if values}


def read_questionnaire(raw: bytes, *, file: str, name: str) -> Imported:
    """Make an instrument of a Questionnaire in JSON.

    Args:
        raw: the file's bytes.
        file: its name, for the sentences.
        name: the id that the instrument is to have.

    Returns:
        Its questions with answers to choose from, all on one scale; other items are named as left
        aside. A key comes along only where it is in our own extensions: plain FHIR has none.

    Raises:
        FormatError: it is no Questionnaire, or cannot be one measure.
    """
    resource = table(parsed(raw, file), file)
    if resource.get("resourceType") != "Questionnaire":
        raise FormatError(f"{file}: this is no Questionnaire of FHIR R4. Export one, in JSON.")
    return _Found(resource, file, name).imported()


class _Found:
    """What has been gathered of a Questionnaire."""

    def __init__(self, resource: dict[str, Any], file: str, name: str) -> None:
        self.resource, self.file, self.name = resource, file, name
        self.flat = list(_flat(resource, file))
        self.items: list[Item] = []
        self.options: tuple[Option, ...] = ()
        self.care: list[tuple[str, int]] = []
        self.scores: list[Score] = []
        self.codes: list[tuple[str, str]] = []
        self.left: list[str] = []
        self.calm = False

    def imported(self) -> Imported:
        """The form of it all."""
        for place, element in enumerate(self.flat, start=1):
            self._take(element, f"{self.file}: item {place}")
        asked, new = renamed(self.name, self.items)
        return Imported(assembled(self.file, lambda: self._form(asked, new)), tuple(self.left))

    def _take(self, element: dict[str, Any], where: str) -> None:
        link = text(element.get("linkId"), f"{where}: linkId")
        kind = text(element.get("type", ""), f"{where}: type")
        notes = _notes(element, where)
        if kind in _CHOICES:
            self._item(link, element, notes, where)
        elif "method" in notes:
            name = link.split("_score_", 1)[-1]
            title = text(element.get("text", link), f"{where}: text")
            self.scores.append(noted_score(name, title, notes, where))
            code = _loinc(element, where)
            self.codes += [(name, code)] if code else []
        elif link.endswith("_calm") and kind == "boolean":
            self.calm = True
        elif kind not in {"group", "display"}:
            self.left.append(link)

    def _item(self, link: str, element: dict[str, Any], notes: dict[str, Any], where: str) -> None:
        options = _options(element, where)
        if self.items and options != self.options:
            raise FormatError(
                f"{where}: {link} has other answers than {self.items[0].id}. A measure has one "
                "scale here: split the file into one for each scale."
            )
        self.options = options
        found, at = noted_item(notes, where)
        fields: dict[str, Any] = {"number": len(self.items) + 1} | found
        fields["loinc"] = _loinc(element, where)
        if at is None and fields["loinc"] == _SELF_HARM:
            # Any answer above the lowest leads to support, whoever wrote the file.
            at = sorted(option.value for option in options)[:2][-1]
        wording = text(element.get("text"), f"{where}: text")
        self.items.append(Item(id=link, wording=wording, **fields))
        self.care += [(link, at)] if at is not None else []

    def _form(self, items: tuple[Item, ...], new: Mapping[str, str]) -> Form:
        file, resource = self.file, self.resource
        about = noted_form(_notes(resource, file), file)
        if not self.calm:
            about.pop("calm", None)
        notice = text(resource.get("copyright", ""), f"{file}: copyright")
        panel = _loinc(resource, file)
        given: dict[str, Any] = {
            "title": text(resource.get("title") or resource.get("name") or self.name, file),
            "about": text(resource.get("description", ""), f"{file}: description"),
            "holder": text(resource.get("publisher", ""), f"{file}: publisher"),
            "notice": notice.removesuffix(LOINC_NOTICE).strip(),
        }
        if not about:
            given["text"] = _display(self.flat, file)
        return Form(
            id=self.name,
            options=self.options,
            items=items,
            scores=rekeyed(self.scores, new),
            care=tuple((new[link], at) for link, at in self.care),
            codes=tuple(([("panel", panel)] if panel else []) + self.codes),
            **(given | about),
        )


def _flat(element: Mapping[str, Any], where: str) -> Iterator[dict[str, Any]]:
    for item in children(element, "item", where):
        yield item
        yield from _flat(item, where)


def _display(flat: Sequence[Mapping[str, Any]], file: str) -> str:
    """The text that stands before the first question."""
    said: list[str] = []
    for element in flat:
        if element.get("type") in _CHOICES:
            break
        if element.get("type") in {"display", "group"} and element.get("text"):
            said.append(text(element["text"], f"{file}: text"))
    return "\n".join(said)


def _loinc(element: Mapping[str, Any], where: str) -> str:
    for code in children(element, "code", where):
        if code.get("system") == LOINC:
            return text(code.get("code"), f"{where}: code")
    return ""


def _options(element: Mapping[str, Any], where: str) -> tuple[Option, ...]:
    found: list[Option] = []
    for place, option in enumerate(children(element, "answerOption", where)):
        chosen = option.get("valueCoding")
        if chosen is None:
            plain = option.get("valueInteger", option.get("valueString"))
            value = plain if isinstance(plain, int) else place
            label = plain if isinstance(plain, str) else ""
        else:
            chosen = table(chosen, f"{where}: valueCoding")
            given = ordinal(option, where)
            given = ordinal(chosen, where) if given is None else given
            code = text(chosen.get("code", ""), f"{where}: code")
            digits = code.isascii() and code.isdigit()
            value = given if given is not None else int(code) if digits else place
            label = text(chosen.get("display", code), f"{where}: display")
        loinc = chosen.get("code", "") if chosen and chosen.get("system") == LOINC else ""
        label = "" if label == str(value) else text(label, f"{where}: answer")
        found.append(Option(value=value, label=label, loinc=text(loinc, f"{where}: code")))
    if not found:
        raise FormatError(
            f"{where} names no answers. Answers in a ValueSet of its own cannot be read: "
            "write them out as answerOption."
        )
    return tuple(found)


def ordinal(element: Mapping[str, Any], where: str) -> int | None:
    """The value in the extension ``ordinalValue``, if there is one.

    Raises:
        FormatError: it is not a whole number.
    """
    for extension in children(element, "extension", where):
        if extension.get("url") == ORDINAL:
            return whole(extension.get("valueDecimal"), f"{where}: ordinalValue")
    return None
