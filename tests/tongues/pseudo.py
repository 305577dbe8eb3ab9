"""A language that nobody speaks: every sentence that goes through the catalogues stands in ⟦brackets⟧.

It runs from right to left, and shows what would stay English in every other language.
"""

from __future__ import annotations

import gettext as stdlib_gettext
import re
from contextlib import contextmanager
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
import polib
from django.conf import settings
from django.test import override_settings
from django.utils.translation import trans_real

import secondvoice
from secondvoice import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

CODE = "he"
OPEN, CLOSE = "⟦", "⟧"
ROOT = Path(secondvoice.__file__).parent
SHOWN = ("title", "alt", "placeholder", "aria-label", "aria-description", "aria-valuetext")
OUR_NAME = "Second Voice"
VOID = {"meta", "link", "input", "br", "img", "hr", "path", "circle", "line", "rect"}


@cache
def known() -> frozenset[str]:
    """Every English sentence that a translator is given, ours and Django's own."""
    ours = {
        words
        for path in ROOT.glob("*/locale/de/LC_MESSAGES/django.po")
        for entry in polib.pofile(str(path))
        if not entry.obsolete
        for words in (entry.msgid, entry.msgid_plural)
    }
    own = Path(django.__file__).parent / "conf/locale/de/LC_MESSAGES/django.mo"
    return frozenset(ours | {entry.msgid for entry in polib.mofile(str(own))})


class Brackets(stdlib_gettext.NullTranslations):
    """Puts brackets round what a translator is given; leaves alone what none would see."""

    def gettext(self, message: str) -> str:
        english = message.rpartition("\x04")[2]
        return f"{OPEN}{english}{CLOSE}" if english in known() else english

    def ngettext(self, one: str, many: str, number: int) -> str:
        return self.gettext(one if number == 1 else many)

    def language(self) -> str:
        return CODE

    def to_language(self) -> str:
        return CODE


@contextmanager
def spoken(*clients: Client) -> Iterator[None]:
    """These browsers have chosen it."""
    languages = [*settings.LANGUAGES, (CODE, "⟦Brackets⟧")]
    before = trans_real._translations.get(CODE)
    with override_settings(LANGUAGES=languages):
        trans_real._translations[CODE] = Brackets()
        for client in clients:
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = CODE
        try:
            yield
        finally:
            texts._texts.cache_clear()
            trans_real._translations.pop(CODE)
            if before is not None:
                trans_real._translations[CODE] = before
            for client in clients:
                client.cookies.pop(settings.LANGUAGE_COOKIE_NAME, None)


class Shown(HTMLParser):
    """Collects what a page shows outside of brackets: its text, and what a screen reader says."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.left: list[str] = []
        self.within: list[tuple[str, bool]] = []
        self.deep = 0

    @property
    def passed_over(self) -> bool:
        """Whether it is no sentence of ours: a script, a command, a name, or in a language."""
        return any(over for _, over in self.within)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: dict[str, Any] = dict(attrs)
        over = tag in {"script", "style", "code", "textarea"} or (
            tag != "html" and ("lang" in given or given.get("translate") == "no")
        )
        if not over and not self.passed_over:
            for name in SHOWN:
                self.look_at(given.get(name) or "", 0)
        if tag not in VOID:
            self.within.append((tag, over))

    def handle_endtag(self, tag: str) -> None:
        while self.within:
            if self.within.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if not self.passed_over:
            # A sentence with a link in it is bracketed from before the link to behind it.
            self.deep = self.look_at(data, self.deep)

    def look_at(self, said: str, deep: int) -> int:
        """Note what is not in brackets; how many are open at its end."""
        rest = ""
        for sign in said:
            deep += (sign == OPEN) - (sign == CLOSE)
            rest += sign if deep == 0 and sign != CLOSE else " "
        # Our name, and addresses.
        rest = re.sub(rf"{OUR_NAME}|\b[\w-]+(?:\.[\w-]+)+(?:/[\w./-]*)?", "", rest)
        if re.search(r"[^\W\d_]", rest):
            self.left.append(" ".join(said.split()))
        return deep


def english_in(html: str) -> list[str]:
    """What a page shows in English that no translator was given."""
    page = Shown()
    page.feed(html)
    return page.left
