"""Letters, one's own wishes and being the friend first, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import come_again
from tests.browser.hands import CRITIC, KIND, Hands

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import ComeIn
    from tests.browser.house import House

PHONE = {"width": 390, "height": 844}
LETTER = "Dear tired one,\n\nYou forgot one birthday. Nobody keeps such a list and drops nothing."
WISH = "May I be slow about this"


def keep_wishes(page: Page, house: House) -> None:
    page.goto(f"{house.origin}/phrases/wishes/")
    page.get_by_label("A wish").fill(WISH)
    page.get_by_role("button", name="Go on").click()
    page.get_by_text("A bit too big").click()
    page.get_by_role("button", name="Keep these").click()
    page.wait_for_url("**/?kept")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_letter_from_the_first_line_to_the_drawer(
    diary: House, come_in: ComeIn, scripts: bool
) -> None:
    page = come_in(
        diary, at="/letters/", java_script_enabled=scripts, viewport=PHONE, has_touch=True
    )
    page.get_by_role("link", name="Write a letter").first.click()
    page.get_by_role("link", name="The kind part of me").click()
    page.get_by_label("The letter").fill(LETTER)
    page.get_by_label("Send it back to me").select_option(label="In a week")
    page.get_by_role("button", name="Put it away").click()
    expect(page.get_by_role("heading", name="Put away")).to_be_visible()
    expect(page.get_by_text("Comes back on")).to_be_visible()
    page.get_by_role("button", name="Lighter").click()
    expect(page.get_by_text("Good. It can stay small.")).to_be_visible()
    page.get_by_role("link", name="All letters").click()
    expect(
        page.get_by_role("link", name="Dear tired one, You forgot one birthday.").first
    ).to_be_visible()


def test_the_day_is_asked_only_if_one_is_to_be_chosen(diary: House, come_in: ComeIn) -> None:
    page = come_in(diary, at="/letters/new/to-me/")
    day = page.get_by_label("The day")
    expect(day).to_be_hidden()
    page.get_by_label("Send it back to me").select_option(label="On a day I choose")
    expect(day).to_be_visible()


def test_a_half_written_letter_survives_going_elsewhere(diary: House, come_in: ComeIn) -> None:
    page = come_in(diary)
    come_again(page)
    page.goto(f"{diary.origin}/letters/new/to-friend/")
    page.get_by_label("The letter").press_sequentially("Dear Ottilie, half a sen")
    page.get_by_role("navigation").get_by_role("link", name="Support").click()
    page.wait_for_url("**/support/")
    page.goto(f"{diary.origin}/letters/")
    page.get_by_role("link", name="Dear Ottilie, half a sen").click()
    expect(page.get_by_label("The letter")).to_have_value("Dear Ottilie, half a sen")


def test_a_letter_can_be_written_with_the_keyboard_alone(diary: House, come_in: ComeIn) -> None:
    page = come_in(diary, at="/letters/new/to-me/")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.id") != "id_text":
        page.keyboard.press("Tab")
    page.keyboard.type("Dear me, with the keyboard.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Put it away"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Put away")).to_be_visible()


def test_own_wishes_stand_first_in_a_minute_and_are_gone_when_it_is_locked(
    own_house: House, come_in: ComeIn
) -> None:
    page = come_in(own_house)
    keep_wishes(page, own_house)

    def at_the_kind_page() -> None:
        page.goto(f"{own_house.origin}/minute/")
        page.locator("section.now [data-next]").click()
        page.locator("section.now [data-next]").click()

    at_the_kind_page()
    own = page.locator("section.now label.phrase").first
    expect(own).to_have_text("May I begin to be slow about this")
    own.click()
    expect(own.locator("input")).to_be_checked()
    page.goto(own_house.origin)
    page.get_by_role("button", name="Lock").click()
    page.wait_for_url("**/unlock/")
    with page.expect_response("**/phrases/mine/") as asked:
        at_the_kind_page()
    assert asked.value.status == 204
    expect(page.locator(".phrase--own")).to_have_count(0)


@pytest.mark.usefixtures("watch_offline")
def test_locked_a_minute_goes_on_without_a_network_and_without_own_wishes(
    own_house: House, come_in: ComeIn
) -> None:
    page = come_in(own_house)
    keep_wishes(page, own_house)
    page.get_by_role("button", name="Lock").click()
    page.wait_for_url("**/unlock/")
    page.goto(f"{own_house.origin}/minute/")
    come_again(page)
    page.context.set_offline(True)
    page.reload()
    page.locator("section.now [data-next]").click()
    page.locator("section.now [data-next]").click()
    expect(page.locator("section.now").get_by_text("I can be slow about this.")).to_be_visible()
    # Nothing of the person's was put where it would be found without the diary.
    page.wait_for_timeout(200)
    assert page.locator(".phrase--own").count() == 0


def test_what_was_said_to_a_stranger_can_be_taken_when_one_is_in_need(
    own_house: House, come_in: ComeIn
) -> None:
    page = come_in(own_house, at="/be-the-friend/")
    page.get_by_label("What sort of trouble?").select_option(label="Work")
    page.get_by_role("button", name="Meet somebody").click()
    name = page.locator("#who").inner_text().splitlines()[0]
    first = page.locator(".voice-critic").inner_text()
    page.get_by_role("button", name="Somebody else, please").click()
    expect(page.locator(".voice-critic")).not_to_have_text(first)
    name = page.locator("#who").evaluate("it => it.firstChild.textContent")
    field = page.get_by_label(f"What would you say to {name}?")
    field.press_sequentially(KIND)
    field.blur()
    expect(page.locator("[data-has=yes]", has_text="self-kindness")).to_be_visible()
    page.get_by_role("button", name="Say it").click()
    page.wait_for_url("**/?asked")
    expect(field).to_be_focused()
    page.get_by_role("button", name="It is fine as it is").click()
    expect(page.get_by_role("heading", name=f"Said to {name}")).to_be_visible()

    page.goto(own_house.origin)
    hands = Hands(page)
    hands.write_down(CRITIC)
    hands.hear()
    hands.to_the_answer()
    expect(page.get_by_text(f"You once said this to {name}")).to_be_visible()
    page.get_by_role("button", name=KIND).click()
    expect(page.locator("#id_kind_words")).to_have_value(KIND)
