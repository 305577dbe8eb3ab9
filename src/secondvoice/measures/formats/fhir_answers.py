"""FHIR R4: filled-in sheets as QuestionnaireResponses in a Bundle, and back.

https://hl7.org/fhir/R4/questionnaireresponse.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from secondvoice.measures.formats.fhir import ORDINAL, canonical, coding
from secondvoice.measures.formats.fhir_reading import ordinal
from secondvoice.measures.formats.forms import form_of
from secondvoice.measures.formats.json_files import children, parsed, table
from secondvoice.measures.formats.sheets import Sheet, checked_sheet, scores_of, value_of, when
from secondvoice.measures.formats.values import FormatError, text, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from secondvoice.measures.formats.forms import Form
    from secondvoice.measures.instrument import Instrument

_RESPONSE = "QuestionnaireResponse"


def bundle(instrument: Instrument, sheets: Sequence[Sheet]) -> dict[str, Any]:
    """All the sheets as one Bundle, a response each.

    Args:
        instrument: with its questions.
        sheets: checked.

    Returns:
        A resource that can be written as JSON. Scores stand in a group behind the answers.
    """
    form = form_of(instrument)
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": response(instrument, form, sheet)} for sheet in sheets],
    }


def response(instrument: Instrument, form: Form, sheet: Sheet) -> dict[str, Any]:
    """One sheet as a QuestionnaireResponse."""
    found: dict[str, Any] = {
        "resourceType": _RESPONSE,
        "questionnaire": f"{canonical(form.id)}|{instrument.version}",
        "status": "completed",
    }
    if sheet.person:
        found["subject"] = {"identifier": {"value": sheet.person}}
    if sheet.at:
        # FHIR wants the seconds' zone with a colon, which is how ISO 8601 is written here.
        found["authored"] = sheet.at
    items = list(_answers(form, sheet))
    scores = [
        {"linkId": form.score_id(name), "answer": [{"valueDecimal": value}]}
        for name, value in scores_of(instrument, sheet)
    ]
    if scores:
        items.append({"linkId": f"{form.prefix}scores", "item": scores})
    return found | ({"item": items} if items else {})


def _answers(form: Form, sheet: Sheet) -> Iterator[dict[str, Any]]:
    if sheet.calm:
        yield {"linkId": form.calm_id, "answer": [{"valueBoolean": True}]}
    options = {option.value: option for option in form.options}
    for item in form.items:
        if item.id in sheet.answers:
            value = sheet.answers[item.id]
            chosen = {"extension": [{"url": ORDINAL, "valueDecimal": value}]}
            chosen |= coding(form, options[value])
            yield {"linkId": item.id, "text": item.wording, "answer": [{"valueCoding": chosen}]}


def read_responses(raw: bytes, instrument: Instrument, *, file: str) -> list[Sheet]:
    """The sheets in a QuestionnaireResponse or a Bundle of them.

    Args:
        raw: the file's bytes.
        instrument: whose answers they are; linked by its item ids or by its LOINC codes.
        file: its name, for the sentences.

    Returns:
        A sheet each, in the order of the file. Scores in it are passed over: they are made anew.

    Raises:
        FormatError: no response is in it, or one cannot be this instrument's.
    """
    form = form_of(instrument)
    resource = table(parsed(raw, file), file)
    if resource.get("resourceType") == "Bundle":
        entries = [
            table(entry.get("resource", {}), f"{file}: resource")
            for entry in children(resource, "entry", file)
        ]
    else:
        entries = [resource]
    found = [entry for entry in entries if entry.get("resourceType") == _RESPONSE]
    if not found and resource.get("resourceType") != "Bundle":
        raise FormatError(f"{file}: there is no QuestionnaireResponse of FHIR R4 in it.")
    return [
        _sheet(entry, instrument, form, f"{file}: response {place}")
        for place, entry in enumerate(found, start=1)
    ]


def _sheet(entry: Mapping[str, Any], instrument: Instrument, form: Form, where: str) -> Sheet:
    named = text(entry.get("questionnaire", ""), f"{where}: questionnaire").split("|")[0]
    if named.startswith(canonical("")) and named != canonical(form.id):
        raise FormatError(f"{where} belongs to another measure than {form.id}. Name that one.")
    links = {item.id: item.id for item in form.items}
    links |= {
        link: item.id
        for item in form.items
        if item.loinc
        for link in (item.loinc, f"/{item.loinc}")
    }
    answers: dict[str, int] = {}
    calm = False
    for place, element in enumerate(_flat(entry, where), start=1):
        given = children(element, "answer", where)
        spot = f"{where}, item {place}"
        link = text(element.get("linkId"), f"{spot}: linkId")
        if link == form.calm_id and given:
            calm = given[0].get("valueBoolean") is True
        elif link in links and given:
            if len(given) > 1 or links[link] in answers:
                raise FormatError(f"{spot} answers {links[link]} twice. Keep one answer.")
            answers[links[link]] = _value(form, given[0], spot)
        elif given and not link.startswith(form.score_id("")):
            raise FormatError(f"{spot} answers a question that {form.id} does not have.")
    subject = table(entry.get("subject", {}), f"{where}: subject")
    identifier = table(subject.get("identifier", {}), f"{where}: identifier")
    person = text(identifier.get("value", subject.get("reference", "")), f"{where}: subject")
    at = when(text(entry.get("authored", ""), f"{where}: authored"), f"{where}: authored")
    sheet = Sheet(person=person, at=at, answers=answers, calm=calm)
    return checked_sheet(instrument, sheet, where)


def _value(form: Form, answer: Mapping[str, Any], where: str) -> int:
    for plain in ("valueInteger", "valueDecimal"):
        if plain in answer:
            return value_of(form, str(whole(answer[plain], where)), where)
    if "valueString" in answer:
        return value_of(form, text(answer["valueString"], where), where)
    chosen = table(answer.get("valueCoding", {}), where)
    value = ordinal(chosen, where)
    if value is not None:
        return value_of(form, str(value), where)
    said = chosen.get("code", chosen.get("display", ""))
    return value_of(form, text(said, where), where)


def _flat(element: Mapping[str, Any], where: str) -> Iterator[dict[str, Any]]:
    for item in children(element, "item", where):
        yield item
        yield from _flat(item, where)
        for answer in children(item, "answer", where):
            yield from _flat(answer, where)
