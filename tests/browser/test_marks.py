"""The marks on the words: why, and "that's not it"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.hands import WORDS, Hands

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import ComeIn
    from tests.browser.house import House

WITHOUT_NUMBER = """mark => [...mark.childNodes]
  .filter((part) => part.nodeName !== "SUP").map((part) => part.textContent).join("")"""
LONG = "I'm such an idiot. " + "It rained all day and the bus was late again. " * 30


@pytest.fixture
def marked(diary: House, come_in: ComeIn) -> Page:
    """The words with their marks, the pointer nowhere near."""
    page = come_in(diary)
    page.mouse.move(1, 1)
    Hands(page).write_down()
    return page


def test_the_why_shows_while_the_pointer_is_on_the_mark(marked: Page) -> None:
    why = marked.locator("#why-1 .why__body")
    expect(why).to_be_hidden()
    marked.locator("#mark-1").hover()
    expect(why).to_be_visible()
    assert len(why.locator("p").first.inner_text()) > 10
    marked.mouse.move(1, 1)
    expect(why).to_be_hidden()


def test_the_why_shows_while_the_focus_is_on_the_mark(marked: Page) -> None:
    why = marked.locator("#why-1 .why__body")
    marked.locator("#mark-1").focus()
    expect(why).to_be_visible()
    marked.keyboard.press("Shift+Tab")
    expect(why).to_be_hidden()


def test_the_why_stays_after_a_click(marked: Page) -> None:
    why = marked.locator("#why-1 .why__body")
    marked.locator("#mark-1").click()
    marked.mouse.move(1, 1)
    expect(why).to_be_visible()
    expect(marked.locator("#why-1 summary")).to_be_focused()
    assert "#" not in marked.url


def test_the_why_opens_on_a_tap_and_comes_into_view(diary: House, come_in: ComeIn) -> None:
    page = come_in(diary, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    Hands(page, touch=True).write_down(LONG, "")
    page.locator("#mark-1").tap()
    expect(page.locator("#why-1 summary")).to_be_in_viewport(ratio=1)
    expect(page.locator("#why-1 .why__body p").first).to_be_in_viewport()


def test_not_it_takes_the_mark_away_and_nothing_else(marked: Page) -> None:
    marked.evaluate("window.untouched = true")
    before = marked.locator("a.mark").all_inner_texts()
    first = marked.locator("#mark-1")
    words = first.evaluate(WITHOUT_NUMBER)
    notes = marked.locator("#why-1").get_by_role("button", name=WORDS["words"]["not_it"])
    first.click()
    aside = 0
    while words in "".join(marked.locator("a.mark").all_inner_texts()):
        aside += 1
        if not marked.locator("#why-1").evaluate("why => why.open"):
            marked.locator("#why-1 summary").click()
        notes.first.click()
        expect(marked.get_by_text(f"{aside} set aside")).to_be_visible()
    assert marked.evaluate("window.untouched") is True, "The page was loaded anew."
    assert words in marked.locator(".voice-critic").inner_text()
    assert marked.locator("a.mark").count() == len(before) - 1
    marked.reload()
    assert marked.locator("a.mark").count() == len(before) - 1
    marked.get_by_role("button", name="Bring back").click()
    expect(marked.locator("a.mark")).to_have_count(len(before))


def test_after_not_it_the_keyboard_is_still_among_the_marks(marked: Page) -> None:
    marked.locator("#mark-1").press("Enter")
    button = marked.locator("#why-1").get_by_role("button", name=WORDS["words"]["not_it"]).first
    button.focus()
    button.press("Enter")
    expect(marked.get_by_text("1 set aside")).to_be_visible()
    assert marked.evaluate("document.activeElement.closest('#reading') !== null"), (
        "The focus fell back to the top of the page."
    )
