"""What a person does in the loop, with a mouse or a thumb."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from secondvoice.texts import said_to, texts
from tests.browser.house import FRIEND

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

HAPPENED = "The figures in the report were last month's. Carol found it in the meeting."
CRITIC = "I messed up the report again. I'm such an idiot, everyone else manages."
NAMED = "I feel ashamed, and it hurts."
NOT_ALONE = "Everyone sends the wrong file once."
KIND = "You did your best in a bad week."
STEP = "send the right one to Carol"

WORDS: dict[str, dict[str, Any]] = said_to(
    texts("secondvoice.moments", "phrases.toml")["steps"], FRIEND
)
"""What the steps say, so that a test asks for a button by the name that is on it."""

A_MOMENT = re.compile(r"/moments/[0-9a-f-]{36}/$")


@dataclass
class Hands:
    """One pair of hands at one window."""

    page: Page
    touch: bool = False

    def press(self, place: Locator) -> None:
        """Tap it or click it."""
        if self.touch:
            place.tap()
        else:
            place.click()

    def button(self, name: str) -> Locator:
        """The button of that name on the page itself."""
        return self.page.locator("main").get_by_role("button", name=name, exact=True)

    def write_down(self, voice: str = CRITIC, happened: str = HAPPENED) -> None:
        """Step 1, from the page on which it is written to the words with their marks."""
        words = WORDS["notice"]
        self.page.get_by_label(words["voice_label"]).fill(voice)
        self.page.get_by_label(words["happened_label"]).fill(happened)
        self.press(self.button(words["next"]))
        self.page.wait_for_url("**/words/")

    def hear(self) -> None:
        """From the marked words to the words as a friend would hear them."""
        self.press(self.button(WORDS["words"]["next"]))
        self.page.wait_for_url("**/hear/")

    def to_the_answer(self, say_it: str = "no") -> None:
        """Would you say this to Sam?"""
        self.press(self.page.locator("label.choice", has_text=WORDS["hear"][say_it]).first)
        self.press(self.button(WORDS["hear"]["next"]))
        self.page.wait_for_url("**/answer/")

    def answer(self) -> None:
        """The three fields, and on."""
        for field, text in (("name_it", NAMED), ("not_alone", NOT_ALONE), ("kind_words", KIND)):
            self.page.locator(f"#id_{field}").fill(text)
        self.press(self.button(WORDS["answer"]["next"]))
        # A part that the reader does not find is asked about once; going on is an answer.
        asked = self.page.get_by_role("link", name=WORDS["answer"]["ask_leave"])
        heading = self.page.get_by_role("heading", name=WORDS["right"]["title"])
        asked.or_(heading).first.wait_for()
        if asked.count():
            self.press(asked)
        self.page.wait_for_url("**/right/")

    def make_right(self) -> None:
        """One small step."""
        words = WORDS["right"]
        self.press(self.page.locator("label.choice", has_text=words["yes"]))
        self.page.get_by_label(words["if_label"]).fill("When I am in on Thursday")
        self.page.get_by_label(words["then_label"]).fill(STEP)
        self.press(self.button(words["next"]))
        self.page.wait_for_url("**/see/")

    def done(self) -> None:
        """Done is done."""
        self.press(self.button(WORDS["see"]["done"]))
        self.page.wait_for_url(A_MOMENT)
