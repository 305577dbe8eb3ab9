"""With the network cut and the program stopped: the minute, Support and the floor still open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from secondvoice.learn.cards import cards
from secondvoice.practices.catalogue import practices
from secondvoice.practices.views.pieces import pieces
from tests.browser.device import wait_for_the_worker
from tests.browser.hands import CRITIC, HAPPENED, KIND, NAMED, NOT_ALONE, Hands
from tests.browser.house import FRIEND
from tests.site.running import until

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import ComeIn
    from tests.browser.house import House

THEIRS = (CRITIC, HAPPENED, NAMED, NOT_ALONE, KIND, FRIEND, "idiot")

# Everything that this origin has laid by in the browser, as one text.
STORED = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      found.push(request.url);
      const response = await cache.match(request, { ignoreVary: true });
      if (/text|json|script/.test(response.headers.get("Content-Type"))) found.push(await response.text());
    }
  }
  for (const store of [localStorage, sessionStorage]) found.push(...Object.entries(store).flat());
  for (const { name } of await indexedDB.databases()) found.push(`database ${name}`);
  found.push(document.cookie);
  const root = await navigator.storage.getDirectory();
  for await (const name of root.keys()) found.push(`file ${name}`);
  return found.join("\\n");
}"""


def stored(page: Page) -> str:
    """What lies in Cache Storage, the two storages, databases, files, and readable cookies."""
    text: str = page.evaluate(STORED)
    assert "/minute/" in text, "The service worker has laid nothing by."
    return text


@pytest.fixture
def cut_off(own_house: House, come_in: ComeIn, watch_offline: None) -> Page:
    """Somebody who was here once, wrote, and is now without a network or a program."""
    page = come_in(own_house)
    wait_for_the_worker(page)
    Hands(page).write_down()
    own_house.running.stop()
    page.context.set_offline(True)
    return page


def test_the_minute_opens_and_goes_to_its_end(own_house: House, cut_off: Page) -> None:
    page = cut_off
    page.goto(own_house.origin + "/minute/")
    face = page.locator("main").evaluate("main => getComputedStyle(main).fontFamily")
    assert "Literata" in face
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('1em Literata'))")
    begin = page.locator("section.now [data-next]")
    expect(page.locator("section.now h2")).to_have_text("Say what is here")
    for heading in ("Remember the others", "Say something kind"):
        begin.click()
        expect(page.locator("section.now h2")).to_have_text(heading)
        expect(page.locator("section.now h2")).to_be_focused()
    page.locator("section.now label.phrase").first.click()
    begin.click()
    page.get_by_role("button", name="It brought up something hard").click()
    expect(page.locator("section.now")).to_contain_text("Five small things, in this order")
    page.locator("section.now").get_by_role("link", name="People to turn to").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.url.endswith("/support/")
    assert page.locator("a[href^='tel:']").count() > 3


def test_the_whole_library_opens(own_house: House, come_in: ComeIn, watch_offline: None) -> None:
    page = come_in(own_house)
    wait_for_the_worker(page)
    last = len(pieces()) - 1
    assert until(lambda: page.evaluate(f"caches.match('/library/{last}/').then(Boolean)"))
    own_house.running.stop()
    page.context.set_offline(True)
    page.goto(own_house.origin + "/practices/")
    links = page.locator("main a[href^='/practices/']").evaluate_all(
        "links => [...new Set(links.map(link => link.pathname))]"
    )
    assert len(links) >= len(practices())
    for path in (*links[:3], links[-1], "/practices/soles/short/"):
        page.goto(own_house.origin + path)
        expect(page.get_by_role("heading").first).not_to_have_text("The program is not answering")
    page.locator("[data-start]").click()
    expect(page.locator("section.now [data-state]").first).to_be_attached()


def test_every_card_opens(own_house: House, come_in: ComeIn, watch_offline: None) -> None:
    page = come_in(own_house)
    wait_for_the_worker(page)
    assert until(lambda: page.evaluate("caches.match('/learn/pages/').then(Boolean)"))
    page.context.set_offline(True)
    page.goto(own_house.origin + "/learn/")
    names = page.locator(".cards__title").all_inner_texts()
    assert names == [card.title for card in cards().values()]
    for id_, card in cards().items():
        page.goto(f"{own_house.origin}/learn/{id_}/")
        expect(page.locator("h1")).to_have_text(card.title)
        expect(page.locator(".attempt")).to_contain_text(card.attempt)
    width = page.evaluate("getComputedStyle(document.querySelector('.attempt')).borderLeftWidth")
    assert width == "3px", "With its style sheet."


def test_the_floor_opens(own_house: House, cut_off: Page) -> None:
    cut_off.goto(own_house.origin + "/support/grounding/")
    expect(cut_off.locator("main ol li").first).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/moments/", "/settings/", "/unlock/"])
def test_no_page_with_words_comes_from_anywhere(own_house: House, cut_off: Page, path: str) -> None:
    words = cut_off.url
    for address in (own_house.origin + path, words):
        cut_off.goto(address)
        expect(cut_off.get_by_role("heading", level=1)).to_have_text("The program is not answering")
        assert not any(each in cut_off.content() for each in THEIRS)
    cut_off.get_by_role("link", name="Support", exact=True).first.click()
    cut_off.wait_for_url("**/support/")


def test_nothing_written_lies_in_the_browser_after_the_loop_or_the_lock(
    diary: House, come_in: ComeIn
) -> None:
    page = come_in(diary)
    wait_for_the_worker(page)
    hands = Hands(page)
    hands.write_down()
    hands.hear()
    hands.to_the_answer()
    hands.answer()
    hands.make_right()
    hands.done()
    page.goto(diary.origin + "/moments/")
    expect(page.locator("main")).to_contain_text(KIND)
    for after in ("the loop", "the lock"):
        if after == "the lock":
            page.get_by_role("button", name="Lock").click()
            page.wait_for_url("**/unlock/")
        text = stored(page)
        assert not any(words in text for words in THEIRS), after
        addresses = {line.split("?")[0] for line in text.splitlines() if line.startswith("http")}
        pages = {each.removeprefix(diary.origin) for each in addresses if "/static/" not in each}
        library = {each for each in pages if each.startswith(("/practices/", "/library/"))}
        still = {"/minute/", "/support/", "/support/grounding/", "/offline/", "/pocket/"}
        cards = {each for each in pages if each.startswith("/learn/")}
        assert cards, after
        assert pages - library - cards == still | {"/backdraft/", "/support/therapist/"}, after
