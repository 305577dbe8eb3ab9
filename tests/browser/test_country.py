"""The country somebody chose on Support: first from then on, in this browser and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.conftest import come_again
from tests.browser.device import met

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import ComeIn
    from tests.browser.house import House

NOT_YET = "#yours .country"
COUNTRIES = "main .country h3"


def choose(page: Page, country: str) -> None:
    page.get_by_role("link", name=country, exact=True).click()
    page.locator(".country:visible").get_by_role("button", name="Put it first").click()


def yours(page: Page) -> Locator:
    return page.get_by_role("region", name="Where you are", exact=True)


def names(page: Page) -> list[str]:
    """The countries in the order in which they stand."""
    return [text.split("\n")[0] for text in page.locator(COUNTRIES).all_text_contents()]


def test_it_stays_first_also_without_a_network_and_locked_until_it_is_forgotten(
    own_house: House, come_in: ComeIn, watch_offline: None
) -> None:
    page = come_in(own_house)
    met(page)
    page.goto(own_house.origin + "/support/")
    before = names(page)
    expect(yours(page)).to_have_count(0)
    choose(page, "Ireland")
    expect(yours(page)).to_contain_text("Text About It")
    expect(page.locator("#yours-title")).to_be_focused()
    page.goto(own_house.origin + "/settings/")
    page.get_by_role("button", name="Lock").click()
    page.locator("#id_passphrase").wait_for()
    for offline in (False, True):
        page.context.set_offline(offline)
        page.goto(own_house.origin + "/support/")
        expect(yours(page).get_by_role("link", name="50808")).to_be_visible()
        expect(page.locator(".care a[href^='tel:']").first).to_have_attribute("href", "tel:112")
    # Another one takes its place, and it goes back to its own.
    choose(page, "United States")
    expect(page.locator(NOT_YET)).to_have_attribute("id", "in-US")
    expect(page.locator(".care a[href^='tel:']").first).to_have_attribute("href", "tel:911")
    yours(page).get_by_role("button", name="Forget the country").click()
    expect(yours(page)).to_have_count(0)
    assert names(page) == before
    assert not [each for each in page.context.cookies() if each["name"] == "sv_country"]


def test_a_page_of_the_program_and_one_that_was_laid_by_put_the_same_first(
    own_house: House, come_in: ComeIn
) -> None:
    page = come_in(own_house)
    met(page)
    page.goto(own_house.origin + "/support/")
    choose(page, "Sweden")
    come_again(page)
    expect(yours(page)).to_contain_text("Mind")
    by_script = names(page)
    cookie = [each for each in page.context.cookies() if each["name"] == "sv_country"]
    assert [(each["value"], each["path"], each["sameSite"]) for each in cookie] == [
        ("SE", "/support/", "Strict")
    ]
    html = page.context.request.get(own_house.origin + "/support/").text()
    page.evaluate("html => { document.body.innerHTML = html; }", html.split("<body")[1])
    assert names(page) == by_script
    expect(yours(page)).to_contain_text("Mind")


def test_without_scripts_a_touch_is_enough_too(own_house: House, come_in: ComeIn) -> None:
    page = come_in(own_house, java_script_enabled=False, unlock=False)
    page.goto(own_house.origin + "/support/")
    choose(page, "Germany")
    page.wait_for_url("**/support/#yours")
    expect(yours(page)).to_contain_text("TelefonSeelsorge")
    page.goto(own_house.origin + "/support/")
    expect(yours(page)).to_contain_text("0800 111 0 111")
    yours(page).get_by_role("button", name="Forget the country").click()
    page.wait_for_url("**/support/#numbers")
    expect(yours(page)).to_have_count(0)


def test_on_paper_it_stands_alone(own_house: House, come_in: ComeIn) -> None:
    page = come_in(own_house)
    page.goto(own_house.origin + "/support/")
    page.emulate_media(media="print")
    expect(page.locator("#in-SE")).to_be_visible()
    page.emulate_media(media="screen")
    choose(page, "Germany")
    page.emulate_media(media="print")
    expect(page.locator("#in-DE")).to_be_visible()
    expect(page.locator("#in-SE")).to_be_hidden()
