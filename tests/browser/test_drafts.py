"""Nothing typed is lost: not by leaving, closing, crashing, nor by the diary locking itself."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Error, expect

from tests.browser.conftest import come_again, enter, open_with_passphrase
from tests.browser.hands import CRITIC, KIND, WORDS, Hands

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import ComeIn
    from tests.browser.house import House
    from tests.browser.watching import Watch

VOICE = WORDS["notice"]["voice_label"]


@pytest.fixture
def typing(diary: House, come_in: ComeIn) -> Page:
    """Somebody in the middle of a sentence."""
    page = come_in(diary)
    come_again(page)
    page.get_by_label(VOICE).press_sequentially(CRITIC)
    return page


def is_offered_again(page: Page) -> None:
    """On the first page, from where it goes on with the words as they were."""
    page.get_by_role("link", name="Pick it up").click()
    expect(page.get_by_label(VOICE)).to_have_value(CRITIC)


def test_going_elsewhere(diary: House, typing: Page) -> None:
    typing.get_by_role("navigation").get_by_role("link", name="Practice").click()
    typing.wait_for_url("**/practices/")
    typing.get_by_role("navigation").get_by_role("link", name="Today").click()
    is_offered_again(typing)


def test_the_back_button_out_of_a_page(diary: House, come_in: ComeIn) -> None:
    page = come_in(diary, at="/support/")
    come_again(page)
    page.goto(diary.origin + "/moments/new/")
    page.get_by_label(VOICE).fill(CRITIC)
    page.go_back()
    page.wait_for_url("**/support/")
    page.goto(diary.origin)
    is_offered_again(page)


def test_closing_the_tab(diary: House, typing: Page) -> None:
    context = typing.context
    typing.close(run_before_unload=True)
    page = context.new_page()
    page.goto(diary.origin)
    is_offered_again(page)


def test_the_tab_crashes(diary: House, typing: Page) -> None:
    expect(typing.locator("[data-draft-status]")).to_have_text("Kept.")
    with typing.expect_event("crash"), suppress(Error):
        typing.goto("chrome://crash")
    page = typing.context.new_page()
    page.goto(diary.origin)
    is_offered_again(page)


def test_the_browser_is_gone_and_another_comes(diary: House, typing: Page) -> None:
    expect(typing.locator("[data-draft-status]")).to_have_text("Kept.")
    browser = typing.context.browser
    assert browser is not None
    typing.context.close()
    context = browser.new_context()
    page = enter(context, diary)
    is_offered_again(page)
    context.close()


def test_letting_it_go(diary: House, typing: Page) -> None:
    expect(typing.locator("[data-draft-status]")).to_have_text("Kept.")
    typing.goto(diary.origin)
    offered = typing.get_by_role("link", name="Pick it up")
    address = offered.get_attribute("href")
    typing.get_by_role("button", name="Let it go").click()
    typing.goto(diary.origin)
    assert not offered.count() or offered.get_attribute("href") != address


def test_every_field_of_a_later_step(diary: House, come_in: ComeIn) -> None:
    page = come_in(diary)
    come_again(page)
    hands = Hands(page)
    hands.write_down()
    hands.hear()
    hands.to_the_answer()
    page.fill("#id_kind_words", KIND)
    page.goto(diary.origin)
    page.get_by_role("link", name="Pick it up").click()
    page.wait_for_url("**/answer/")
    expect(page.locator("#id_kind_words")).to_have_value(KIND)


def test_the_diary_locks_itself_in_the_middle_of_a_sentence(
    diary: House, typing: Page, watch: Watch
) -> None:
    watch.forgive("status of 423")
    elsewhere = typing.context.new_page()
    elsewhere.goto(diary.origin)
    elsewhere.get_by_role("button", name="Lock").click()
    elsewhere.wait_for_url("**/unlock/")

    more = " And then it locked."
    typing.get_by_label(VOICE).press_sequentially(more)
    expect(typing.locator("[data-draft-status]")).to_contain_text("still on this page")
    typing.get_by_role("button", name=WORDS["notice"]["next"]).click()
    expect(typing.locator("main")).to_contain_text("What you wrote is waiting")
    assert "idiot" not in typing.locator("body").inner_text()

    typing.fill("#id_passphrase", "not this one")
    typing.locator("main .button").click()
    expect(typing.locator(".error")).to_be_visible()
    open_with_passphrase(typing)
    typing.wait_for_url("**/words/")
    expect(typing.locator(".voice-critic")).to_contain_text("And then it locked.")
    typing.get_by_role("link", name="Back", exact=True).click()
    expect(typing.get_by_label(VOICE)).to_have_value(CRITIC + more)


def test_words_typed_while_locked_are_offered_without_going_on(
    diary: House, typing: Page, watch: Watch
) -> None:
    watch.forgive("status of 423")
    expect(typing.locator("[data-draft-status]")).to_have_text("Kept.")
    elsewhere = typing.context.new_page()
    elsewhere.goto(diary.origin)
    elsewhere.get_by_role("button", name="Lock").click()
    elsewhere.wait_for_url("**/unlock/")
    open_with_passphrase(elsewhere)
    typing.get_by_label(VOICE).press_sequentially(" More.")
    expect(typing.locator("[data-draft-status]")).to_have_text("Kept.")


def test_a_page_left_alone_locks_itself_and_keeps_the_sentence(
    diary: House, come_in: ComeIn
) -> None:
    page = come_in(diary)
    page.clock.install()
    page.goto(diary.origin)
    page.get_by_label(VOICE).fill(CRITIC)
    page.clock.fast_forward("29:00")
    assert page.url == f"{diary.origin}/"
    page.get_by_label(VOICE).press("End")
    page.clock.fast_forward("31:00")
    page.wait_for_url("**/unlock/")
    assert "idiot" not in page.content()
    open_with_passphrase(page)
    is_offered_again(page)
