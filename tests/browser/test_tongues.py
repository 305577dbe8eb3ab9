"""German and Spanish, as somebody meets them whose phone speaks one of the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.checks import NARROW

if TYPE_CHECKING:
    from tests.browser.conftest import ComeIn
    from tests.browser.house import House

WORDS = {
    "de": "Ich bin so dumm. Ich habe schon wieder alles falsch gemacht.",
    "es": "Soy tan tonta, todo lo hago mal.",
}
UNREAD = {"de": "Ich kann diese Sprache noch nicht lesen", "es": "Todavía no sé leer este idioma"}
DANGER = {"de": "Ich bringe mich um.", "es": "Quiero quitarme la vida."}
SAFE = {"de": "Bist du gerade in Sicherheit?", "es": "¿Estás a salvo ahora mismo?"}
PEOPLE = {"de": "Wer da ist", "es": "Quién está"}
SUPPORT = {"de": "Hilfe", "es": "Ayuda"}
FIRST = {"de": "Eine zweite Stimme", "es": "Una segunda voz"}
PAGES = ("", "moments/", "measures/", "practices/", "practices/soles/", "support/", "support/plan/")


@pytest.mark.parametrize(("language", "locale"), [("de", "de-AT"), ("es", "es-MX")])
def test_the_first_page_is_in_the_phones_language_and_offers_english_by_its_name(
    new_house: House, come_in: ComeIn, language: str, locale: str
) -> None:
    page = come_in(new_house, locale=locale, viewport=NARROW)
    expect(page.get_by_role("heading", level=1)).to_have_text(FIRST[language])
    with page.expect_navigation():
        page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A second voice")


@pytest.mark.parametrize("language", ["de", "es"])
def test_words_that_the_reader_cannot_read_go_through_the_loop_to_its_end(
    diary: House, come_in: ComeIn, language: str
) -> None:
    page = come_in(diary, locale=language, viewport=NARROW, at="/moments/new/")
    page.fill("[name=voice]", WORDS[language])
    page.locator("main form .button").first.click()
    page.wait_for_url("**/words/")
    expect(page.locator("main")).to_contain_text(UNREAD[language])
    expect(page.locator(".mark")).to_have_count(0)
    # The way to people is in the text itself, and not only below.
    expect(page.locator("main").get_by_role("link", name=SUPPORT[language])).to_be_visible()
    page.locator("main .button").last.click()
    page.wait_for_url("**/hear/")
    expect(page.locator(".mirror")).to_have_text(WORDS[language])
    page.locator("main .button").last.click()
    page.wait_for_url("**/answer/")
    page.fill("[name=kind_words]", WORDS[language])
    page.locator("main .button").last.click()
    page.wait_for_url("**/right/")
    page.locator("main .button").last.click()
    page.wait_for_url("**/see/")
    page.locator("main .button").last.click()
    expect(page.locator(".voice-critic")).to_have_text(WORDS[language])
    expect(page.locator(".voice-second")).to_contain_text(WORDS[language])


@pytest.mark.parametrize("language", ["de", "es"])
def test_plain_words_of_danger_stop_the_exercise_and_lead_to_people(
    own_house: House, come_in: ComeIn, language: str
) -> None:
    page = come_in(own_house, locale=language, viewport=NARROW, at="/moments/new/")
    page.fill("[name=voice]", DANGER[language])
    page.locator("main form .button").first.click()
    page.wait_for_url("**/care/")
    expect(page.get_by_role("heading", level=1)).to_have_text(SAFE[language])
    page.get_by_role("link", name=PEOPLE[language]).click()
    page.wait_for_url("**/support/**")
    expect(page.locator("a[href='tel:112']").first).to_be_visible()


@pytest.mark.parametrize("language", ["de", "es"])
def test_nothing_stands_out_of_a_narrow_page(diary: House, come_in: ComeIn, language: str) -> None:
    page = come_in(diary, locale=language, viewport=NARROW)
    for path in PAGES:
        page.goto(f"{diary.origin}/{path}")
        assert page.evaluate("document.documentElement.lang") == language
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], path
        cut = page.evaluate(
            """() => [...document.querySelectorAll(".bar a, .bar button")]
              .filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.textContent)"""
        )
        assert cut == [], path
