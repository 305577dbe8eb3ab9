"""What is said in other languages: the catalogues of every room.

::

    python scripts/messages.py            take the English out of the rooms; compile what is there
    python scripts/messages.py --check    say what is missing or wrong, and change nothing

A room has one catalogue for each language, ``src/secondvoice/ROOM/locale/LANGUAGE/LC_MESSAGES``,
with the words of its templates, its Python and its data alike. Translations are written into the
``.po`` file there; its ``.mo``, which the program reads, is made by this script. A sentence that is
said no more stays at the end of its file, marked ``#~``, in case it comes back.
See docs/translating.md.
"""

from __future__ import annotations

import argparse
import ast
import os
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import polib

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.template.base import Node

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "secondvoice"
LANGUAGES = ("de", "es")
PLURALS = "nplurals=2; plural=(n != 1);"

# Python functions that take a sentence, and at which places. `say` and `count` are ours, for rooms
# that know no web (secondvoice.tongues).
CALLS = {
    **dict.fromkeys(("say", "later", "gettext", "gettext_lazy", "_", "MistypedCode"), (0,)),
    **dict.fromkeys(("count", "ngettext", "ngettext_lazy"), (0, 1)),
}
# Not shown to anybody, or shown in English and marked so.
LEFT = ("reader/data/",)
# Of an instrument only what we say about it. Its questions and answers stay in its owners' words.
INSTRUMENTS = "instruments/"
ABOUT = re.compile(r"about|(?:scores|elsewhere)\.\d+\.title|precision\.\d+\.(?:why|words|after)")
PLACEHOLDERS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+(?=[ >])")


@dataclass(frozen=True)
class Message:
    """A sentence as it is said in English, and where."""

    one: str
    many: str
    file: str
    at: str
    """A line, or the place in a data file."""


def rooms() -> list[str]:
    """The rooms that can have a catalogue, in the order in which the site asks them."""
    return sorted(path.parent.name for path in SOURCE.glob("*/apps.py"))


def room_of(file: Path) -> str:
    """Whose catalogue a file's sentences are in; what is no room's is the site's."""
    first = file.relative_to(SOURCE).parts[0]
    return first if first in rooms() else "site"


def found() -> dict[str, list[Message]]:
    """Every sentence by its room, in the order of the files."""
    everything: dict[str, list[Message]] = {room: [] for room in rooms()}
    for path in sorted(SOURCE.rglob("*")):
        name = path.relative_to(SOURCE).as_posix()
        if name.startswith(LEFT):
            continue
        match path.suffix:
            case ".toml":
                said = in_data(path)
            case ".html" | ".txt" if "templates" in path.parts:
                said = in_template(path)
            case ".py":
                said = in_python(path)
            case _:
                continue
        everything[room_of(path)] += [Message(*words, name, at) for words, at in said]
    return everything


Said: TypeAlias = "Iterator[tuple[tuple[str, str], str]]"


def in_data(path: Path) -> Said:
    """The words of a data file, paragraph by paragraph."""
    from secondvoice.texts import with_words, written

    # A package is a folder with an __init__; what lies below it belongs to it.
    folder = path.parent
    while not (folder / "__init__.py").exists():
        folder = folder.parent
    package = ".".join(["secondvoice", *folder.relative_to(SOURCE).parts])
    name = path.relative_to(folder).as_posix()
    collected: list[tuple[tuple[str, str], str]] = []

    def collect(words: str, at: str) -> str:
        if not name.startswith(INSTRUMENTS) or ABOUT.fullmatch(at):
            collected.append(((words, ""), at))
        return words

    with_words(written(package, name), package, name, collect)
    yield from collected


def in_template(path: Path) -> Said:
    """What stands in ``translate`` and ``blocktranslate``, as Django will look it up."""
    from django.template.backends.django import DjangoTemplates
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode

    source = path.read_text(encoding="utf-8")
    # A house of one has no accounts, and what their pages load; a catalogue is of all of them.
    options = {
        "builtins": ["django.templatetags.static"],
        "libraries": {"accounts": "secondvoice.accounts.templatetags.accounts"},
    }
    engine = DjangoTemplates({"NAME": "words", "DIRS": [], "APP_DIRS": True, "OPTIONS": options})
    template = engine.from_string(source).template
    seen: list[tuple[int, tuple[str, str]]] = []
    nodes: list[Node] = [
        *template.nodelist.get_nodes_by_type(TranslateNode),
        *template.nodelist.get_nodes_by_type(BlockTranslateNode),
    ]
    for node in nodes:
        line = node.token.lineno if node.token else 0
        if isinstance(node, TranslateNode):
            # A variable's words are found where they stand: in data.
            if node.filter_expression.var.literal is not None:
                seen.append((line, (str(node.filter_expression.var.literal), "")))
            continue
        one, _ = node.render_token_list(node.singular)
        many = node.render_token_list(node.plural)[0] if node.plural else ""
        if node.trimmed:
            one, many = _trimmed(one), _trimmed(many)
        seen.append((line, (one, many)))
    # Words that a tag or a filter is given: {% include "…" with label=_("…") %}.
    seen += [
        (source.count("\n", 0, match.start()) + 1, (match[2], ""))
        for match in re.finditer(r"""_\((["'])(.*?)\1\)""", source)
    ]
    for line, words in sorted(seen, key=lambda each: each[0]):
        yield words, str(line)


def _trimmed(words: str) -> str:
    """As ``{% blocktranslate trimmed %}`` has it."""
    return " ".join(line.strip() for line in words.strip().splitlines())


def in_python(path: Path) -> Said:
    """What is handed to a function that translates."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef):
            yield from _sentences(node)
        if not isinstance(node, ast.Call):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        places = CALLS.get(called)
        if not places or len(node.args) < len(places):
            continue
        words = [node.args[place] for place in places]
        if all(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in words):
            one, many = [each.value for each in words] + [""] * (2 - len(words))  # type: ignore[attr-defined]
            if one:
                yield (one, many), str(node.lineno)


def _sentences(node: ast.ClassDef) -> Said:
    """What an error of ours says by itself: ``sentence`` of its class, or of its making."""
    for each in node.body:
        if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == "sentence":
            value = each.value
        elif isinstance(each, ast.FunctionDef) and each.args.defaults:
            value = each.args.defaults[-1]
        else:
            continue
        if isinstance(value, ast.Constant) and isinstance(value.value, str) and " " in value.value:
            yield (value.value, ""), str(each.lineno)


def catalogue(room: str, language: str) -> Path:
    """Where a room's catalogue is, whether it is there or not."""
    return SOURCE / room / "locale" / language / "LC_MESSAGES" / "django.po"


def renewed(path: Path, language: str, messages: list[Message]) -> polib.POFile:
    """A catalogue with these sentences and the translations that it had for them."""
    old = polib.pofile(str(path), wrapwidth=0) if path.exists() else polib.POFile(wrapwidth=0)
    had = {entry.msgid: entry for entry in old}
    new = polib.POFile(wrapwidth=0)
    new.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS,
    }
    entries: dict[str, polib.POEntry] = {}
    for message in messages:
        entry = entries.get(message.one)
        if entry is None:
            before = had.get(message.one)
            entry = entries[message.one] = polib.POEntry(
                msgid=message.one,
                msgid_plural=message.many,
                msgstr="" if message.many or before is None else before.msgstr,
                msgstr_plural=_plural(before) if message.many else {},
                tcomment=before.tcomment if before else "",
                flags=[flag for flag in before.flags if flag == "fuzzy"] if before else [],
            )
        elif message.many and not entry.msgid_plural:
            entry.msgid_plural, entry.msgstr_plural = message.many, _plural(had.get(message.one))
            entry.msgstr = ""
        entry.occurrences.append((message.file, message.at))
    new.extend(entries.values())
    for entry in old:
        if entry.msgid not in entries and (entry.msgstr or any(entry.msgstr_plural.values())):
            entry.obsolete, entry.occurrences = True, []
            new.append(entry)
    return new


def _plural(before: polib.POEntry | None) -> dict[int, str]:
    return dict(before.msgstr_plural) if before and before.msgstr_plural else {0: "", 1: ""}


def translations(entry: polib.POEntry) -> list[str]:
    """What an entry was translated to: one string, or one for each form."""
    if entry.msgid_plural:
        return [entry.msgstr_plural.get(form, "") for form in (0, 1)]
    return [entry.msgstr]


def wrong_in(entry: polib.POEntry) -> str:
    """What is wrong with a translation that is there, in a sentence; else nothing."""
    for number, said in enumerate(translations(entry)):
        if not said:
            continue
        # "Once" for one is right; more than one needs its number.
        english = entry.msgid_plural if entry.msgid_plural and number else entry.msgid
        wanted, has = (sorted(PLACEHOLDERS.findall(each)) for each in (english, said))
        if wanted != has and not (entry.msgid_plural and number == 0 and set(has) <= set(wanted)):
            return f"has {has} and not {wanted}"
        if "!" in said or "¡" in said:
            return "has an exclamation mark"
        if (english[0] == "\n", english[-1] == "\n") != (said[0] == "\n", said[-1] == "\n"):
            return "begins or ends with another line"
    return ""


def compiled(po: polib.POFile) -> bytes:
    """The catalogue as the program reads it: without what is empty, doubtful or said no more."""
    clean = polib.POFile(wrapwidth=0)
    clean.metadata = po.metadata
    clean.extend(
        polib.POEntry(
            msgid=entry.msgid,
            msgid_plural=entry.msgid_plural,
            msgstr=entry.msgstr,
            msgstr_plural=entry.msgstr_plural,
        )
        for entry in po
        if not entry.obsolete and not entry.fuzzy and all(translations(entry))
    )
    return bytes(clean.to_binary())


def take_out() -> None:
    """Renew every catalogue, and compile it."""
    for room, messages in found().items():
        if not messages:
            continue
        for language in LANGUAGES:
            path = catalogue(room, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            po = renewed(path, language, messages)
            path.write_text(f"{po}\n", encoding="utf-8")
            path.with_suffix(".mo").write_bytes(compiled(polib.pofile(str(path), wrapwidth=0)))


def complaints() -> list[str]:
    """What is wrong, one sentence each; nothing about what is merely not translated yet."""
    said = []
    for room, messages in found().items():
        for language in LANGUAGES if messages else ():
            path = catalogue(room, language)
            name = path.relative_to(ROOT).as_posix()
            if not path.exists():
                said.append(f"{name} is not there.")
                continue
            po = polib.pofile(str(path), wrapwidth=0)
            if str(renewed(path, language, messages)) + "\n" != path.read_text(encoding="utf-8"):
                said.append(f"{name} is not what the room says now. Run scripts/messages.py.")
            mo = path.with_suffix(".mo")
            if not mo.exists() or compiled(po) != mo.read_bytes():
                said.append(f"{name} was not compiled. Run scripts/messages.py.")
            said += [
                f"{name}: {entry.msgid[:60]!r} {wrong}."
                for entry in po
                if not entry.obsolete and (wrong := wrong_in(entry))
            ]
    return said


def missing(room: str, language: str) -> list[str]:
    """The sentences of a room that are not translated, or doubtful."""
    path = catalogue(room, language)
    po: Any = polib.pofile(str(path), wrapwidth=0) if path.exists() else []
    return [
        entry.msgid
        for entry in po
        if not entry.obsolete and (entry.fuzzy or not all(translations(entry)))
    ]


def set_up() -> None:
    """Load the site, with a data folder that is nobody's."""
    if "DJANGO_SETTINGS_MODULE" in os.environ:
        return
    os.environ["SECONDVOICE_DATA"] = tempfile.mkdtemp(prefix="secondvoice-messages-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "secondvoice.site.settings"
    import django

    django.setup()


def main() -> int:
    """Do what was asked for, and say how far each room is."""
    parser = argparse.ArgumentParser(description="The catalogues of other languages.")
    parser.add_argument("--check", action="store_true", help="change nothing, say what is wrong")
    chosen = parser.parse_args()
    set_up()
    if not chosen.check:
        take_out()
    for room in rooms():
        if catalogue(room, LANGUAGES[0]).exists():
            left = ", ".join(f"{each}: {len(missing(room, each))} to do" for each in LANGUAGES)
            print(f"{room:<10} {left}")
    wrong = complaints()
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
