"""People who write: threads that keep moments through the pages, and remember what was answered."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.keeping.house import until
from tests.serving.host import ENOUGH

if TYPE_CHECKING:
    from types import TracebackType

    from tests.keeping.browser import Exchange
    from tests.serving.host import Visitor

GOOD = {200, 302}


@dataclass
class Load:
    """Writers at work while it is entered.

    Attributes:
        visitor: whose tabs they are.
        writers: how many at once.
        kept: the addresses of moments whose save was answered, with their words.
        tried: every moment that was sent at all.
    """

    visitor: Visitor
    writers: int = 4
    kept: dict[str, str] = field(default_factory=dict)
    tried: set[str] = field(default_factory=set)
    tabs: list[Visitor] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Load:
        for number in range(self.writers):
            tab = self.visitor.tab()
            self.tabs.append(tab)
            thread = threading.Thread(target=self._write, args=(number, tab), daemon=True)
            self._threads.append(thread)
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(ENOUGH)

    def go_on(self, more: int = 20) -> None:
        """Until so many more saves were answered."""
        wanted = len(self.kept) + more
        assert until(lambda: len(self.kept) >= wanted or self.faults, seconds=ENOUGH)
        assert self.faults == []

    def refused(self) -> list[Exchange]:
        """Every request so far that was not answered as it should be."""
        return [each for tab in self.tabs for each in tab.exchanges if each.status not in GOOD]

    def _write(self, number: int, tab: Visitor) -> None:
        try:
            for count in range(1_000_000):
                if self._over.is_set():
                    return
                self._one(tab, f"zq{number}x{count} I always ruin it.")
        except Exception as error:  # noqa: BLE001 (a thread's own would be seen by nobody)
            self.faults.append(repr(error))

    def _one(self, tab: Visitor, voice: str) -> None:
        page = tab.open("/moments/new/")
        if page.status != 200:
            return
        form = page.form(has="voice")
        address = form.action.removesuffix("notice/")
        self.tried.add(address)
        if tab.submit(page, form, {"voice": voice}).status == 200:
            self.kept[address] = voice
