"""How much comes over the wire, counted on the wire: headers, fonts, scripts, and what is laid by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from secondvoice.practices.views.pieces import pieces, players
from secondvoice.site.frontdoor import address, make_token
from tests.browser.conftest import open_with_passphrase
from tests.browser.hands import Hands
from tests.browser.wire import Wire
from tests.site.running import until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.house import House
    from tests.browser.watching import Watch

FIRST_LOAD = 150_000  # bytes
BUNDLE = 600_000
LATER = 20_000


@pytest.fixture
def wire(own_house: House) -> Iterator[Wire]:
    with Wire(own_house.running.port) as wire:
        yield wire


@pytest.fixture
def page(browser: Browser, watch: Watch, wire: Wire) -> Iterator[Page]:
    # Without what is laid by for later: that is weighed by itself.
    context = browser.new_context(service_workers="block")
    watch.forgive("Service Worker registration blocked")
    watch.over(context, wire.origin)
    yield context.new_page()
    context.close()


def settled(page: Page) -> None:
    """Everything asked for has come."""
    page.wait_for_load_state("networkidle")


def test_the_first_page_with_everything_and_the_later_ones(
    own_house: House, page: Page, wire: Wire
) -> None:
    page.goto(address(wire.port, make_token(own_house.data)))
    page.wait_for_url(lambda at: "/enter/" not in at)
    settled(page)
    assert wire.down <= FIRST_LOAD, f"{wire.down} bytes for the first page"
    open_with_passphrase(page)
    settled(page)
    assert wire.down <= FIRST_LOAD, f"{wire.down} bytes until the loop is there"

    hands = Hands(page)
    weights = {}
    for step in (hands.write_down, hands.hear, hands.to_the_answer):
        before = wire.down
        step()
        page.wait_for_load_state("networkidle")
        weights[step.__name__] = wire.down - before
    for path in ("/", "/moments/", "/minute/", "/support/", "/settings/"):
        before = wire.down
        page.goto(wire.origin + path)
        page.wait_for_load_state("networkidle")
        weights[path] = wire.down - before
    assert {what: bytes_ for what, bytes_ in weights.items() if bytes_ > LATER} == {}


def test_all_that_works_without_a_network(
    own_house: House, browser: Browser, watch: Watch, wire: Wire
) -> None:
    context = browser.new_context()
    watch.over(context, wire.origin)
    page = context.new_page()
    page.goto(address(wire.port, make_token(own_house.data)))
    page.wait_for_url(lambda at: "/enter/" not in at)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    last = len(pieces()) - 1
    assert until(lambda: page.evaluate(f"caches.match('/library/{last}/').then(Boolean)"))
    laid_by = page.evaluate(
        "caches.keys().then(([name]) => caches.open(name)).then((all) => all.keys()).then((all) => all.length)"
    )
    assert laid_by > len(players()), "The library is laid by."
    assert wire.down <= BUNDLE, f"{wire.down} bytes for the first page and all that is laid by"
    context.close()
