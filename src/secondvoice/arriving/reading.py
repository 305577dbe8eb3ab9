"""A file of whichever program: recognised, and read entry by entry."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from secondvoice.arriving import journals, json_files, table
from secondvoice.arriving.entry import Entry, NotReadable
from secondvoice.records.incoming import Skipped
from secondvoice.tongues import later, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from secondvoice.arriving.choices import Choices

OWN: Final = "secondvoice"
PROGRAMS: Final = (OWN, "daylio", "freecbt", "dayone", "jrnl", "markdown", "csv")
MARKDOWN: Final = frozenset({".md", ".markdown", ".mdown", ".txt"})
ZIPPED: Final = b"PK\x03\x04"
NOT_TEXT: Final = later("It is not UTF-8 text.")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # Before UTF-16, whose mark it begins with.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Arriving:
    """What was recognised.

    Attributes:
        source: one of ``PROGRAMS``; for ``secondvoice`` the entries are read elsewhere.
        of: what a place counts: ``line``, ``entry`` or ``file``.
        entries: to be gone through once.
        names: for a folder, the names of its files in their order.
    """

    source: str
    of: str
    entries: Iterable[Entry | Skipped]
    names: tuple[str, ...] = ()


def as_text(raw: bytes, encoding: str = "") -> str:
    """The text of a file, with line feeds at the ends of its lines.

    Args:
        raw: the bytes.
        encoding: what they are in; empty: by its mark, else UTF-8.

    Raises:
        NotReadable: they are not.
    """
    if raw.startswith(ZIPPED):
        raise NotReadable(say("is a zip file. Unpack it, and bring in what is in it."))
    by_mark = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        text = raw.decode(encoding or by_mark)
    except LookupError:
        raise NotReadable(
            say("was not read: there is no encoding {encoding}.").format(encoding=repr(encoding))
        ) from None
    except UnicodeError:
        if encoding:
            raise NotReadable(say("is not in {encoding}.").format(encoding=encoding)) from None
        raise NotReadable(
            say("is not UTF-8 text. Save it as that, or tell the command its --encoding.")
        ) from None
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def read_text(text: str, choices: Choices, *, name: str = "", source: str = "") -> Arriving:
    """Recognise a text, and read it.

    Args:
        text: as from :func:`as_text`.
        choices: what it does not say of itself.
        name: of the file; its end tells Markdown, and a date in it counts.
        source: one of ``PROGRAMS`` where that was said; empty to recognise it.

    Raises:
        NotReadable: it is empty, or not of that program, or of none that is known.
    """
    if not text.strip():
        raise NotReadable(say("is empty."))
    if _like_json(text, name) and source not in {"markdown", "csv"}:
        return _json(text, choices, source)
    if source in {"dayone", OWN}:
        raise NotReadable(say("is not JSON, or was cut off."))
    if journals.is_ours(text):
        raise NotReadable(
            say(
                "is the text to read. Bring in the file that 'secondvoice export --format jsonl' "
                "wrote."
            )
        )
    source = source or _recognised(text, choices, name)
    if source == "jrnl":
        if not journals.is_jrnl(text):
            raise NotReadable(say("does not begin with an entry of jrnl."))
        return Arriving(source, "line", journals.read_jrnl(text, choices))
    if source == "markdown":
        return Arriving(source, "line", journals.read_markdown(text, choices, name=name))
    names = table.header(text)
    if (source == "daylio" and not table.is_daylio(names)) or (
        source == "freecbt" and not table.is_freecbt(names)
    ):
        raise NotReadable(say("does not have the columns of that program."))
    return Arriving(source, "line", _begun(table.read_table(text, choices)))


def read_folder(folder: Path, choices: Choices, *, encoding: str = "") -> Arriving:
    """Read the Markdown and text files of a folder and of those in it, by name.

    Raises:
        NotReadable: there is none.
    """
    found = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in MARKDOWN
        and path.is_file()
        # What a program keeps for itself (.obsidian, .trash), and what leads elsewhere.
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and not path.is_symlink()
    )
    if not found:
        raise NotReadable(say("holds no Markdown and no text."))

    def entries() -> Iterator[Entry | Skipped]:
        for place, path in enumerate(found, 1):
            try:
                text = as_text(path.read_bytes(), encoding)
            except NotReadable:
                yield Skipped(place, "", NOT_TEXT)
            except OSError as error:
                yield Skipped(
                    place, "", say("It cannot be read ({why}).").format(why=error.strerror)
                )
            else:
                yield from journals.read_markdown(text, choices, name=path.name, place=place)

    names = tuple(path.relative_to(folder).as_posix() for path in found)
    return Arriving("markdown", "file", entries(), names)


def _like_json(text: str, name: str) -> bool:
    """Whether it begins as JSON does. A note may begin with a link or a box to tick."""
    if text.lstrip()[0] not in "{[" or journals.is_jrnl(text):
        return False
    is_note = PurePath(name).suffix.lower() in MARKDOWN
    return not is_note or any(
        json_files.parsed(part) is not None for part in (text.partition("\n")[0], text)
    )


def _json(text: str, choices: Choices, source: str) -> Arriving:
    first = json_files.parsed(text.partition("\n")[0])
    told = first if _is_ours(first) else json_files.parsed(text)
    if told is None:
        raise NotReadable(say("begins like JSON, but is none, or was cut off."))
    which = OWN if _is_ours(told) else json_files.which(told)
    if not which:
        raise NotReadable(say("is JSON of no program that is known here."))
    if source and source != which:
        raise NotReadable(say("was not written by that program."))
    if which == OWN:
        return Arriving(OWN, "line", ())
    return Arriving(which, "entry", json_files.read_json(which, told, choices))


def _is_ours(told: object) -> bool:
    named = told.get("format") if isinstance(told, dict) else None
    return isinstance(named, str) and named.startswith("secondvoice")


def _recognised(text: str, choices: Choices, name: str) -> str:
    if journals.is_jrnl(text):
        return "jrnl"
    names = table.header(text)
    if table.is_daylio(names):
        return "daylio"
    if table.is_freecbt(names):
        return "freecbt"
    suffix = PurePath(name).suffix.lower()
    if choices.columns or suffix in {".csv", ".tsv"}:
        return "csv"
    if suffix in MARKDOWN or text.startswith("---\n"):
        return "markdown"
    raise NotReadable(say("is of no program that is known here."))


def _begun(entries: Iterator[Entry | Skipped]) -> Iterator[Entry | Skipped]:
    """The same, with what is wrong with the whole file raised now and not at the first entry."""
    first = next(entries, None)

    def all_of_them() -> Iterator[Entry | Skipped]:
        if first is not None:
            yield first
            yield from entries

    return all_of_them()
