"""A plan for a hard hour in a real browser: first on Support, with and without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.conftest import ARGUMENTS, come_again, enter, open_with_passphrase
from tests.browser.device import MET, met
from tests.browser.device import lock as lock_without_a_network
from tests.site.running import until

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page, Playwright

    from tests.browser.conftest import ComeIn
    from tests.browser.house import House
    from tests.browser.watching import Watch

SIGNS = "I stop answering the heron letters"
JO = "Jo, after six: 0171 234 56 78"
TITLE = "Your own plan"


def write_a_plan(page: Page, origin: str) -> None:
    """Two of the six steps; the others are left out."""
    page.goto(origin + "/support/plan/")
    page.get_by_role("link", name="Begin", exact=True).click()
    page.fill("#id_words", SIGNS)
    page.get_by_role("button", name="Go on").click()
    for _ in range(2):
        page.get_by_role("link", name="Leave this one out").click()
    page.fill("#id_words", JO)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/lines/")


def lay_open(page: Page, origin: str) -> None:
    """Only the people."""
    page.goto(origin + "/support/plan/open/")
    if page.is_checked("[value=lines]"):
        page.uncheck("[value=lines]")
    page.check("[value=people]")
    page.locator("main .button").click()
    page.wait_for_url("**/support/plan/")


def lock(page: Page, origin: str) -> None:
    page.goto(origin + "/settings/")
    page.get_by_role("button", name="Lock").click()
    page.locator("#id_passphrase").wait_for()


def own_plan(page: Page) -> Locator:
    return page.get_by_role("region", name=TITLE).filter(has=page.locator("ol.plan"))


def first_heading(page: Page) -> str:
    return page.locator("main h2").first.inner_text()


def test_it_comes_first_on_support_also_from_what_was_laid_by(
    own_house: House, come_in: ComeIn
) -> None:
    page = come_in(own_house)
    write_a_plan(page, own_house.origin)
    page.goto(own_house.origin + "/support/")
    come_again(page)
    expect(own_plan(page)).to_contain_text(SIGNS)
    assert first_heading(page) == TITLE
    expect(own_plan(page).get_by_role("link", name="0171 234 56 78")).to_have_attribute(
        "href", "tel:01712345678"
    )
    lock(page, own_house.origin)
    page.goto(own_house.origin + "/support/")
    expect(page.get_by_role("heading", name="If you are in danger now")).to_be_visible()
    page.wait_for_timeout(200)
    expect(own_plan(page)).to_have_count(0)


def test_a_page_that_was_laid_by_shows_it_as_the_program_does(
    own_house: House, come_in: ComeIn
) -> None:
    page = come_in(own_house)
    write_a_plan(page, own_house.origin)
    written = "element => element.outerHTML.replace(/>\\s+/g, '>').replace(/\\s+</g, '<').trim()"
    scripts_off = come_in(own_house, java_script_enabled=False, unlock=False)
    scripts_off.fill("#id_passphrase", "heron ladder quiet spoon")
    scripts_off.click("main .button")
    scripts_off.goto(own_house.origin + "/support/")
    # Without scripts it is on the page itself.
    expect(own_plan(scripts_off)).to_contain_text(SIGNS)
    page.goto(own_house.origin + "/support/")
    come_again(page)
    expect(own_plan(page)).to_be_visible()
    by_script = own_plan(page).evaluate(written)
    html = page.context.request.get(own_house.origin + "/support/").text()
    page.evaluate("html => { document.body.innerHTML = html; }", html.split("<body")[1])
    assert own_plan(page).evaluate(written) == by_script


def test_without_a_network_all_of_it_until_the_diary_is_locked(
    own_house: House, come_in: ComeIn, watch_offline: None
) -> None:
    page = come_in(own_house)
    met(page)
    write_a_plan(page, own_house.origin)
    assert until(lambda: page.evaluate(MET)), "The device has not fetched the plan."
    page.context.set_offline(True)
    for path in ("/support/", "/support/plan/"):
        page.goto(own_house.origin + path)
        expect(own_plan(page)).to_contain_text(SIGNS)
    lock_without_a_network(page)
    page.goto(own_house.origin + "/support/")
    expect(page.get_by_role("heading", name="If you are in danger now")).to_be_visible()
    page.wait_for_timeout(200)
    expect(own_plan(page)).to_have_count(0)


def test_what_was_chosen_is_there_locked_and_without_a_network_until_one_touch(
    own_house: House, come_in: ComeIn, watch_offline: None
) -> None:
    page = come_in(own_house)
    met(page)
    write_a_plan(page, own_house.origin)
    lay_open(page, own_house.origin)
    assert until(lambda: page.evaluate(MET)), "The device has not laid it by."
    lock(page, own_house.origin)
    page.get_by_text(TITLE).click()
    expect(page.locator("main")).to_contain_text("Jo, after six")
    page.context.set_offline(True)
    page.goto(own_house.origin + "/support/")
    expect(own_plan(page)).to_contain_text("Jo, after six")
    expect(own_plan(page)).not_to_contain_text(SIGNS)
    page.context.set_offline(False)
    page.goto(own_house.origin + "/support/plan/")
    page.get_by_role("button", name="Take the copy away").click()
    page.wait_for_url("**/support/")
    page.wait_for_timeout(200)
    expect(own_plan(page)).to_have_count(0)
    page.context.set_offline(True)
    page.reload()
    page.wait_for_timeout(200)
    expect(own_plan(page)).to_have_count(0)
    page.context.set_offline(False)
    page.goto(own_house.origin + "/unlock/")
    open_with_passphrase(page)
    page.goto(own_house.origin + "/support/")
    expect(own_plan(page)).to_contain_text(SIGNS)


def test_the_profile_of_the_browser_holds_only_what_was_chosen(
    own_house: House, playwright: Playwright, chromium: str, watch: Watch, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    context = playwright.chromium.launch_persistent_context(
        profile, executable_path=chromium, args=ARGUMENTS
    )
    watch.over(context, own_house.origin)
    page = enter(context, own_house)
    met(page)
    write_a_plan(page, own_house.origin)
    page.goto(own_house.origin + "/support/")
    expect(own_plan(page)).to_contain_text(SIGNS)
    assert until(lambda: page.evaluate(MET))
    context.close()
    assert holding(profile, SIGNS, "Jo, after six") == []


def holding(profile: Path, *texts: str) -> list[str]:
    return [
        f"{path.relative_to(profile)}: {text}"
        for path in profile.rglob("*")
        if path.is_file()
        for raw in (path.read_bytes(),)
        for text in texts
        for way in ("utf-8", "utf-16-le")
        if text.encode(way) in raw
    ]


def test_a_touched_example_becomes_a_line_of_its_own(own_house: House, come_in: ComeIn) -> None:
    page = come_in(own_house, at="/support/plan/alone/")
    buttons = page.locator(".phrase")
    buttons.nth(0).click()
    buttons.nth(1).click()
    first, second = buttons.nth(0).inner_text(), buttons.nth(1).inner_text()
    assert page.input_value("#id_words") == f"{first}\n{second}"
    expect(page.locator("[data-draft-status]")).to_have_text("Kept.")


def test_a_country_that_was_touched_stands_alone_also_without_scripts(
    own_house: House, come_in: ComeIn
) -> None:
    page = come_in(own_house, at="/support/", java_script_enabled=False, unlock=False)
    page.goto(own_house.origin + "/support/")
    countries = page.locator(".country")
    expect(countries.first).to_be_hidden()
    page.get_by_role("link", name="United Kingdom", exact=True).click()
    assert [one.get_attribute("id") for one in countries.all() if one.is_visible()] == ["in-GB"]
    page.emulate_media(media="print")
    assert [one.get_attribute("id") for one in countries.all() if one.is_visible()] == ["in-GB"]
    page.goto(own_house.origin + "/support/")
    assert all(one.is_visible() for one in countries.all()), "On paper all, if none was chosen."
    page.emulate_media(media="screen")
    page.get_by_role("link", name="All of them").click()
    assert all(one.is_visible() for one in countries.all())
