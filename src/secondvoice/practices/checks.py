"""What is wrong with a library, in sentences: file, field, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from secondvoice.poles import COMPASSIONATE
from secondvoice.texts import UNNAMED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FIELDS: Final[dict[str, type]] = {
    "id": str,
    "title": str,
    "line": str,
    "kind": str,
    "components": list,
    "intensity": int,
    "opens": bool,
    "not_now": str,
    "instead": list,
    "posture": str,
    "eyes": str,
    "needs": str,
    "basis": str,
    "sources": list,
    "known": str,
    "forms": list,
}
STEP_FIELDS: Final[dict[str, type]] = {
    "say": str,
    "seconds": int,
    "id": str,
    "say_unnamed": str,
    "breath": bool,
    "bell": bool,
    "write": str,
    "write_unnamed": str,
    "skip_to": str,
    "skip_label": str,
}
_CALLED: Final[dict[type, str]] = {
    str: "text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
}
CHOICES: Final[dict[str, tuple[Any, ...]]] = {
    "kind": ("core", "meditation", "informal", "exercise"),
    "intensity": (1, 2, 3, 4),
    "posture": ("any", "sitting", "standing", "lying", "walking"),
    # Never "closed": eyes may always stay open.
    "eyes": ("open", "either"),
    "known": ("source", "mem", "own"),
}
COMPONENTS: Final = tuple(pole.value for pole in COMPASSIONATE)
FORMS: Final = ("twenty", "short", "full")
LONGEST_LINE: Final = 90  # characters
TWENTY: Final = range(18, 31)  # seconds that "about twenty" may take
FROM_HERE_OPENS: Final = 3  # an intensity that can stir old pain, whatever the file says


def problems(tables: Mapping[str, Any], sources: set[str]) -> list[str]:
    """Everything that is wrong with the practices of a library.

    Args:
        tables: what each file holds, by the name of the file without its ending.
        sources: the names that a practice may give as its sources.

    Returns:
        Sentences; none for a sound library.
    """
    found = []
    for name, table in sorted(tables.items()):
        wrong = list(_shape(table, FIELDS, ""))
        if not wrong:
            wrong = [*_fields(name, table), *_names(table, tables, sources), *_forms(table)]
        found += [f"library/{name}.toml: {sentence}" for sentence in wrong]
    return found


def _shape(
    table: Mapping[str, Any], fields: dict[str, type], where: str, needed: tuple[str, ...] = ()
) -> Iterator[str]:
    for field in needed or fields:
        if field not in table:
            yield f"{where}{field} is missing."
    for field, value in table.items():
        if field not in fields:
            yield f"{where}{field} is not a field of a practice; is it misspelt?"
        elif type(value) is not fields[field]:
            yield f"{where}{field} has to be {_CALLED[fields[field]]}."


def _fields(name: str, table: Mapping[str, Any]) -> Iterator[str]:
    if table["id"] != name:
        yield f"id is {table['id']!r}; it has to be the name of the file, {name!r}."
    for field, allowed in CHOICES.items():
        if table[field] not in allowed:
            among = ", ".join(map(str, allowed))
            yield f"{field} is {table[field]!r}; it has to be one of {among}."
    if not table["line"] or len(table["line"]) > LONGEST_LINE:
        yield f"line has to be one sentence of at most {LONGEST_LINE} characters."
    if table["intensity"] >= FROM_HERE_OPENS and not table["opens"]:
        yield "opens has to be true for a practice of this intensity."
    if table["intensity"] >= FROM_HERE_OPENS and not table["not_now"]:
        yield "not_now has to say when a practice of this intensity is not the one."
    if table["known"] != "own" and not table["sources"]:
        yield "sources has to name what this is after, or known has to be 'own'."


def _names(table: Mapping[str, Any], tables: Mapping[str, Any], sources: set[str]) -> Iterator[str]:
    for component in table["components"]:
        if component not in COMPONENTS:
            yield f"components has {component!r}; it has to be one of {', '.join(COMPONENTS)}."
    for source in table["sources"]:
        if source not in sources:
            yield f"sources has {source!r}, which is not in sources.toml."
    if not table["instead"] and table["intensity"] > 1:
        yield "instead has to name at least one easier practice."
    for other in table["instead"]:
        if other not in tables or other == table["id"]:
            yield f"instead has {other!r}, which is no other practice of the library."
        elif tables[other].get("intensity", 1) > table["intensity"]:
            yield f"instead has {other!r}, which is stronger than this one."


def _forms(table: Mapping[str, Any]) -> Iterator[str]:
    names = [form.get("form") for form in table["forms"]]
    if not names or names != [name for name in FORMS if name in names]:
        yield f"forms have to be some of {', '.join(FORMS)}, each once and in this order."
    for form in table["forms"]:
        where = f"forms.{form.get('form')}"
        steps = form.get("steps")
        if not steps or set(form) != {"form", "steps"}:
            yield f"{where}: a form has a name and steps, and nothing else."
            continue
        wrong = [
            sentence
            for number, step in enumerate(steps, 1)
            for sentence in _shape(step, STEP_FIELDS, f"{where}, step {number}: ", _STEP_NEEDS)
        ]
        yield from wrong or _steps(form["form"], where, steps)


_STEP_NEEDS: Final = ("say", "seconds")


def _steps(form: str, where: str, steps: list[dict[str, Any]]) -> Iterator[str]:
    ids = [step.get("id", "") for step in steps]
    for number, step in enumerate(steps, 1):
        here = f"{where}, step {number}"
        if not step["say"].strip() or step["seconds"] < 1:
            yield f"{here} has to say something and last for at least a second."
        for field in ("say", "write"):
            if "{friend}" in step.get(field, "") and not step.get(field + UNNAMED):
                yield f"{here}: {field} names the friend, so {field}{UNNAMED} is needed."
        if "{" in step.get("say" + UNNAMED, "") + step.get("write" + UNNAMED, ""):
            yield f"{here}: what is said to somebody who named no friend has a gap in it."
        if ids[number - 1] and ids.count(ids[number - 1]) > 1:
            yield f"{here}: its id {ids[number - 1]!r} is used twice in this form."
        if bool(step.get("skip_to")) != bool(step.get("skip_label")):
            yield f"{here}: skip_to and skip_label go together."
        if step.get("skip_to") and step["skip_to"] not in ids[number:]:
            yield f"{here}: skip_to is {step['skip_to']!r}, and no later step has that id."
    if form == "twenty" and sum(step["seconds"] for step in steps) not in TWENTY:
        yield f"{where} has to take {TWENTY.start} to {TWENTY.stop - 1} seconds."
