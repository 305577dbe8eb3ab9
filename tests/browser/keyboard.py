"""A person who has a keyboard and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.house import PASSPHRASE

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

LOOKING = (Path(__file__).parent / "looking.js").read_text(encoding="utf-8")
FAR = 80  # presses of Tab, after which a place counts as out of reach


@dataclass
class Keyboard:
    """Presses keys, and looks where the focus is after each Tab."""

    page: Page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def go_to(self, place: Locator, key: str = "Tab") -> None:
        """Press Tab until the focus is on ``place``; at each stop it must be seen."""
        place.wait_for(state="attached")
        self.page.evaluate(LOOKING)
        for _ in range(FAR):
            if self.is_on(place):
                return
            self.press(key)
            stop = self.page.evaluate("looking.focus()")
            assert stop is None or stop["flaws"] == [], stop["flaws"]
        raise AssertionError(f"The keyboard does not come to {place}.")

    def is_on(self, place: Locator) -> bool:
        """Whether the focus is there."""
        there: bool = place.evaluate("it => it === document.activeElement")
        return there

    def enter(self, place: Locator, lands: str) -> None:
        """Go to a button or link, press Enter, and arrive at an address like ``lands``."""
        self.go_to(place)
        self.press("Enter")
        self.page.wait_for_url(lands)

    def unlock(self) -> None:
        """On the unlock page."""
        self.go_to(self.page.locator("#id_passphrase"))
        self.type(PASSPHRASE)
        with self.page.expect_navigation():
            self.press("Enter")
