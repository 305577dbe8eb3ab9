"""Keys in a real browser: what is said of a passphrase, locking from afar, sealing everything anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from secondvoice.people.views.words import words_of
from tests.browser.conftest import open_with_passphrase
from tests.browser.hands import CRITIC, WORDS
from tests.browser.house import PASSPHRASE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import ComeIn
    from tests.browser.house import House

SAID = words_of("strength")
DEVICES = words_of("devices")


def test_how_easily_it_is_guessed_is_said_while_it_is_chosen(
    new_house: House, come_in: ComeIn
) -> None:
    page = come_in(new_house, at="/welcome/key/")
    said = page.locator("#strength")
    page.fill("#id_passphrase", "password123")
    page.press("#id_passphrase", "Tab")
    expect(said).to_contain_text(SAID["common"])
    page.fill("#id_passphrase", PASSPHRASE)
    page.press("#id_passphrase", "Tab")
    expect(said).to_have_text(SAID["hard"])
    expect(page.locator("#id_anyway")).to_have_count(0)
    page.fill("#id_passphrase", "password123")
    page.fill("#id_again", "password123")
    expect(said).to_contain_text(SAID["common"])
    page.check("#id_anyway")
    page.check("#id_kept")
    page.locator("main .button").first.click()
    expect(page.locator("main .step")).to_have_text("3 of 3")


def test_without_scripts_it_is_said_when_it_is_sent(new_house: House, come_in: ComeIn) -> None:
    page = come_in(new_house, at="/welcome/key/", java_script_enabled=False)
    for _ in range(2):
        page.fill("#id_passphrase", "password123")
        page.fill("#id_again", "password123")
        page.check("#id_kept")
        if page.locator("#id_anyway").count():
            expect(page.locator(".error").first).to_contain_text(SAID["common"])
            page.check("#id_anyway")
        page.locator("main .button").first.click()
    expect(page.locator("main .step")).to_have_text("3 of 3")


def half_written(page: Page, origin: str) -> None:
    page.goto(f"{origin}/moments/new/")
    page.get_by_label(WORDS["notice"]["voice_label"]).fill(CRITIC)


def the_words_are_kept_after_the_passphrase(page: Page, origin: str) -> None:
    page.locator("form[data-draft] .button").click()
    page.locator("#id_passphrase").wait_for()
    open_with_passphrase(page)
    page.goto(f"{origin}/moments/")
    expect(page.locator("main")).to_contain_text(CRITIC[:20])


def test_a_phone_is_locked_from_another_browser_and_what_was_typed_there_is_kept(
    own_house: House, come_in: ComeIn
) -> None:
    phone = come_in(own_house, user_agent="Mozilla/5.0 (Android 14; Mobile) Firefox/140.0")
    half_written(phone, own_house.origin)
    desk = come_in(own_house, at="/settings/devices/")
    expect(desk.locator(".facts")).to_contain_text("Firefox on Android")
    desk.get_by_role("button", name=f"{DEVICES['lock']}: Firefox on Android").click()
    expect(desk.locator(".note[role=status]")).to_have_text(DEVICES["locked_one"])
    expect(desk.locator(".facts")).not_to_contain_text("Firefox on Android")
    the_words_are_kept_after_the_passphrase(phone, own_house.origin)


def test_everything_is_sealed_anew_while_a_page_is_open_elsewhere(
    own_house: House, come_in: ComeIn
) -> None:
    phone = come_in(own_house)
    half_written(phone, own_house.origin)
    desk = come_in(own_house, at="/settings/data-key/")
    desk.check("#id_kept")
    desk.fill("#id_old-passphrase", PASSPHRASE)
    desk.locator("main .button").click()
    expect(desk.locator(".note[role=status]")).to_have_text(words_of("rekey")["done"])
    the_words_are_kept_after_the_passphrase(phone, own_house.origin)
