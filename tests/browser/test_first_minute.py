"""The first minute: from the line in the terminal to one's own words, said to a friend."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.hands import CRITIC, WORDS, Hands
from tests.browser.house import FRIEND, PASSPHRASE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Response

    from tests.browser.conftest import ComeIn
    from tests.browser.house import House
    from tests.browser.watching import Watch


def test_from_the_printed_address_over_three_screens_into_the_loop(
    new_house: House, come_in: ComeIn
) -> None:
    page = come_in(new_house)
    screens: list[str] = []

    def came(response: Response) -> None:
        # Not by what the page has loaded: a quick hand leaves before the last of its scripts is there.
        if response.request.is_navigation_request() and response.status == 200:
            screens.append(response.url)

    page.on("response", came)

    expect(page.locator("main .step")).to_have_text("1 of 3")
    page.locator("main .button").click()

    expect(page.locator("main .step")).to_have_text("2 of 3")
    code = page.locator(".secret").inner_text()
    assert len(code.split("-")) == 9
    page.fill("#id_passphrase", PASSPHRASE)
    page.fill("#id_again", PASSPHRASE)
    page.check("#id_kept")
    page.locator("main .button").first.click()

    expect(page.locator("main .step")).to_have_text("3 of 3")
    page.fill("#id_friend", FRIEND)
    page.locator("main .button").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(WORDS["notice"]["title"])
    assert len(screens) == 3, "More pages than the second, the third and the loop."


def test_the_address_lets_one_browser_in_and_once(
    new_house: House, come_in: ComeIn, browser: Browser, watch: Watch
) -> None:
    watch.forgive("status of 403")
    come_in(new_house)
    stranger = browser.new_context()
    watch.over(stranger, new_house.origin)
    page = stranger.new_page()
    page.goto(new_house.origin)
    expect(page.locator("main")).to_contain_text("own notebook")
    page.goto(new_house.running.address)
    expect(page.get_by_role("heading", level=1)).to_have_text("A second voice")
    page.goto(new_house.running.address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("has been used")
    stranger.close()


def test_nothing_to_remember_and_nobody_named(new_house: House, come_in: ComeIn) -> None:
    page = come_in(new_house)
    page.locator("main .button").click()
    page.get_by_role("button", name="computer’s account").click()
    page.get_by_role("button", name="Skip").click()
    hands = Hands(page)
    hands.write_down()
    hands.press(hands.button("Hear it as a friend would"))
    expect(page.locator(".mirror")).to_be_visible()
    expect(page.locator("legend").first).to_contain_text("to a friend?")


def test_what_was_mistyped_is_said_beside_it_and_the_code_stays(
    new_house: House, come_in: ComeIn
) -> None:
    page = come_in(new_house, at="/welcome/key/")
    code = page.locator(".secret").inner_text()
    page.fill("#id_passphrase", "heron ladder")
    page.fill("#id_again", "heron bladder")
    page.locator("main .button").first.click()
    field = page.locator("#id_again")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(
        "The two are not the same. Type the passphrase once more."
    )
    assert page.locator(".secret").inner_text() == code


def test_two_presses_from_the_words_written_to_the_words_said_to_the_friend(
    diary: House, come_in: ComeIn
) -> None:
    page = come_in(diary)
    began = time.monotonic()
    hands = Hands(page)
    hands.write_down()
    hands.hear()
    said = page.locator(".mirror").inner_text()
    took = time.monotonic() - began
    assert said.startswith(FRIEND)
    assert "you're such an idiot" in said.casefold()
    assert CRITIC not in said
    assert took < 5, f"{took:.1f} s of the person's twenty are the program's."
