"""What a page and a save cost, over HTTP, on the server as it runs at a person's own."""

from __future__ import annotations

import re
import shutil
from contextlib import ExitStack
from itertools import cycle
from typing import TYPE_CHECKING

from benchmarks.browser import Browser
from benchmarks.measure import Rounds
from benchmarks.server import BARE, PROGRAM, Server
from secondvoice.demo import load_year
from secondvoice.records.ids import make_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from benchmarks.measure import Cost

WORDS = [(moment.happened, moment.voice) for moment in load_year() if moment.happened]
NOWHERE = "zyzzyva"
"""A word in no moment: a search for it opens every one."""


class Visit:
    """A server on a copy of a diary, and somebody inside with the diary open."""

    def __init__(self, stack: ExitStack, diary: Path, name: str, settings: str = PROGRAM) -> None:
        data = diary.with_name(name)
        shutil.copytree(diary, data)
        self.server = stack.enter_context(Server(data, settings))
        self.browser = Browser(self.server.port)
        self._words = cycle(WORDS)

    def come_in(self) -> None:
        """By the printed address; the key file opens the diary."""
        self.browser.enter(self.server.address)
        self.browser.get("/moments/new/")

    def get(self, path: str, times: int) -> Callable[[], Cost]:
        """The work of asking for a page that many times."""
        return lambda: self.server.burst([self.browser.request("GET", path)] * times, 200)

    def save(self, times: int) -> Callable[[], Cost]:
        """The work of keeping that many new moments, from the first form of the loop."""
        return lambda: self.server.burst([self._notice() for _ in range(times)], 302)

    def search(self, word: str, times: int) -> Callable[[], Cost]:
        """The work of searching that many times."""
        fields = {"q": word, "pole": ""}
        return lambda: self.server.burst(
            [self.browser.request("POST", "/moments/", fields)] * times, 200
        )

    def begin(self) -> str:
        """Keep one moment; the start of the addresses of its steps."""
        happened, voice = next(self._words)
        path = f"/moments/{make_id()}/"
        fields = {"happened": happened, "voice": voice, "before": "7"}
        page = self.browser.post(f"{path}notice/", fields)
        if not re.search(r"2 of \d", page):
            raise RuntimeError("A moment that was written down did not lead to the second step.")
        return path

    def _notice(self) -> bytes:
        happened, voice = next(self._words)
        return self.browser.request(
            "POST",
            f"/moments/{make_id()}/notice/",
            {"happened": happened, "voice": voice, "before": "7"},
        )


def measure(diaries: dict[int, Path], *, rounds: int, effort: float) -> Rounds:
    """Measure the views that do nothing, then the pages and the save, in shuffled rounds.

    Args:
        diaries: data folders by how many moments are in them: 10, 400 and 10,000.
        rounds: how often each is measured.
        effort: 1 for the full number of requests in a round.
    """

    def times(full: int) -> int:
        return max(2, round(full * effort))

    with ExitStack() as stack:
        bare = Visit(stack, diaries[10], "bare", BARE)
        few, middling, many, saving = (
            Visit(stack, diaries[count], name)
            for count, name in ((10, "few"), (400, "middling"), (10_000, "many"), (400, "saving"))
        )
        for visit in (few, middling, many, saving):
            visit.come_in()
        answer = f"{middling.begin()}answer/"
        insert = [bare.browser.request("POST", "/bench/insert/", {})]
        own_insert = [saving.browser.request("POST", "/bench/insert/", {})]
        works: dict[str, Callable[[], Cost]] = {
            "hello": bare.get("/bench/hello/", times(1_000)),
            "insert": lambda: bare.server.burst(insert * times(500), 302),
            "own hello": saving.get("/bench/hello/", times(400)),
            "own insert": lambda: saving.server.burst(own_insert * times(300), 302),
            "save": saving.save(times(300)),
            "list of 10": few.get("/moments/", times(150)),
            "list of 400": middling.get("/moments/", times(150)),
            "list of 10,000": many.get("/moments/", times(150)),
            "answer": middling.get(answer, times(50)),
            "charts": middling.get("/measures/over-time/", times(50)),
            "search": many.search(NOWHERE, times(5)),
        }
        for work in works.values():
            work()
        return Rounds(works, rounds, seed=rounds)


def mixed(visit: Visit, count: int) -> Iterator[tuple[bytes, int]]:
    """``count`` requests as a person's browser might send them, with the status of each answer."""
    begun = visit.begin()
    pages = (
        ["/", "/moments/", "/moments/new/", "/minute/", "/support/", "/settings/"]
        + [f"{begun}{step}/" for step in ("notice", "words", "hear", "answer", "right", "see")]
        + ["/static/css/page.css", "/moments/deleted/"]
    )
    for number, path in zip(range(count), cycle([*pages, "save", "search"]), strict=False):
        del number
        if path == "save":
            yield visit._notice(), 302  # noqa: SLF001 (of this module)
        elif path == "search":
            yield visit.browser.request("POST", "/moments/", {"q": NOWHERE, "pole": ""}), 200
        else:
            yield visit.browser.request("GET", path), 200


def memory(diary: Path, *, counts: tuple[int, int]) -> tuple[int, int, int]:
    """Bytes of memory of a new server once it is up, and after so many mixed requests in all."""
    with ExitStack() as stack:
        visit = Visit(stack, diary, "memory")
        visit.come_in()
        sizes = [visit.server.memory()]
        sent = 0
        for count in counts:
            for request, status in mixed(visit, count - sent):
                visit.server.burst([request], status)
            sent = count
            sizes.append(visit.server.memory())
        return sizes[0], sizes[1], sizes[2]
