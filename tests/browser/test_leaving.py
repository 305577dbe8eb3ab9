"""Leaving quickly: one button or one key, and nothing is left to see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import come_again, open_with_passphrase
from tests.browser.hands import CRITIC, HAPPENED, KIND, WORDS, Hands

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import ComeIn
    from tests.browser.house import House

VOICE = WORDS["notice"]["voice_label"]
THEIRS = (CRITIC, HAPPENED, KIND, "idiot")


def is_gone(page: Page, house: House) -> None:
    """A neutral page, from which neither Back nor Forward leads to a word."""
    page.wait_for_url("**/blank/")
    assert page.title() == "New tab"
    assert page.locator("body").inner_text().strip() == ""
    for _ in range(4):
        page.go_back()
        page.wait_for_load_state()
        shown = page.content()
        assert not any(words in shown for words in THEIRS)
        assert not any(words in page.title() for words in THEIRS)
    page.goto(house.origin)
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome back")


@pytest.fixture
def in_the_loop(diary: House, come_in: ComeIn) -> Page:
    """Two steps into it, so that Back has somewhere to go."""
    page = come_in(diary)
    come_again(page)
    hands = Hands(page)
    hands.write_down()
    hands.hear()
    return page


def test_the_button(diary: House, in_the_loop: Page) -> None:
    in_the_loop.get_by_role("button", name="Leave").click()
    is_gone(in_the_loop, diary)


def test_the_key(diary: House, in_the_loop: Page) -> None:
    in_the_loop.keyboard.press("Escape")
    is_gone(in_the_loop, diary)


@pytest.mark.parametrize("path", ["/minute/", "/support/", "/moments/", "/settings/"])
def test_from_other_pages(diary: House, come_in: ComeIn, path: str) -> None:
    page = come_in(diary, at=path)
    come_again(page)
    page.keyboard.press("Escape")
    is_gone(page, diary)


def test_in_the_middle_of_a_sentence_which_is_kept(diary: House, come_in: ComeIn) -> None:
    page = come_in(diary)
    field = page.get_by_label(VOICE)
    field.press_sequentially(CRITIC)
    field.press("Escape")
    is_gone(page, diary)
    open_with_passphrase(page)
    page.get_by_role("link", name="Pick it up").click()
    expect(page.get_by_label(VOICE)).to_have_value(CRITIC)


def test_the_key_first_closes_a_why(diary: House, come_in: ComeIn) -> None:
    page = come_in(diary)
    Hands(page).write_down()
    page.locator("#mark-1").click()
    why = page.locator("#why-1 .why__body")
    expect(why).to_be_visible()
    page.keyboard.press("Escape")
    expect(why).to_be_hidden()
    assert page.url.endswith("/words/")
    expect(page.locator("#mark-1")).to_be_focused()
    page.keyboard.press("Escape")
    page.wait_for_url("**/blank/")


def test_the_key_lets_somebody_finish_composing_a_character(diary: House, come_in: ComeIn) -> None:
    page = come_in(diary)
    page.get_by_label(VOICE).focus()
    page.evaluate(
        """() => document.activeElement.dispatchEvent(
          new KeyboardEvent("keydown", { key: "Escape", isComposing: true, bubbles: true, cancelable: true }))"""
    )
    expect(page.get_by_label(VOICE)).to_be_focused()
    assert page.title() == "Second Voice"


def test_another_window_that_was_open_is_locked_too(diary: House, in_the_loop: Page) -> None:
    other = in_the_loop.context.new_page()
    other.goto(in_the_loop.url)
    in_the_loop.keyboard.press("Escape")
    in_the_loop.wait_for_url("**/blank/")
    other.reload()
    expect(other.get_by_role("heading", level=1)).to_have_text("Welcome back")


def test_the_blank_page_comes_even_when_the_program_does_not_answer(
    own_house: House, come_in: ComeIn, watch_offline: None
) -> None:
    page = come_in(own_house)
    come_again(page)
    page.get_by_label(VOICE).fill(CRITIC)
    own_house.running.stop()
    page.keyboard.press("Escape")
    page.wait_for_url("**/blank/")
    assert page.title() == "New tab"
    assert page.locator("body").inner_text().strip() == ""


def test_the_lock_is_sent_from_a_page_that_the_service_worker_looks_after(
    diary: House, come_in: ComeIn
) -> None:
    page = come_in(diary)
    come_again(page)
    page.keyboard.press("Escape")
    page.wait_for_url("**/blank/")
    other = page.context.new_page()
    other.goto(diary.origin)
    expect(other.get_by_role("heading", level=1)).to_have_text("Welcome back")
