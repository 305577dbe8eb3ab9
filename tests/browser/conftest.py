"""Windows of a real Chromium, in front of real servers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.device import met
from tests.browser.house import PASSPHRASE, demo_house, empty_house, move_in
from tests.browser.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Playwright

    from tests.browser.house import House

HERE = Path(__file__).parent
PATIENCE = 10_000  # milliseconds

# What Chromium would otherwise ask the world for by itself.
ARGUMENTS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
]


class ComeIn(Protocol):
    """Opens a window on a house."""

    def __call__(self, house: House, *, at: str = "", unlock: bool = True, **look: Any) -> Page: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of this folder needs a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is."""
    if named := os.environ.get("CHROMIUM"):
        return named
    finder = HERE.parents[1] / "scripts" / "chromium.py"
    found = subprocess.run([sys.executable, finder], capture_output=True, text=True, check=True)
    return found.stdout.strip()


# For one module and no longer: while Playwright runs, its event loop counts as running in this
# thread, and Django would then refuse the database to the tests of other rooms.
@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def diary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house that somebody lives in, protected by a passphrase."""
    house = empty_house(tmp_path_factory.mktemp("diary") / "folder")
    with house.running:
        move_in(house)
        yield house


@pytest.fixture(scope="session")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The made-up year."""
    house = demo_house(tmp_path_factory.mktemp("demo"))
    with house.running:
        yield house


@pytest.fixture
def new_house(tmp_path: Path) -> Iterator[House]:
    """A house in which nobody lives yet."""
    house = empty_house(tmp_path / "folder")
    with house.running:
        yield house


@pytest.fixture
def own_house(new_house: House) -> House:
    """A house for one test alone, with somebody living in it."""
    move_in(new_house)
    return new_house


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Nothing untoward in any window, whatever else the test is about."""
    watch = Watch()
    yield watch
    assert watch.unforgiven() == []


@pytest.fixture
def come_in(browser: Browser, watch: Watch) -> Iterator[ComeIn]:
    """Open a window, by a printed address, with the diary unlocked unless told otherwise."""
    contexts: list[BrowserContext] = []

    def come_in(house: House, *, at: str = "", unlock: bool = True, **look: Any) -> Page:
        context = browser.new_context(**look)
        contexts.append(context)
        watch.over(context, house.origin)
        page = enter(context, house, unlock=unlock)
        if at:
            page.goto(house.origin + at)
        return page

    yield come_in
    for context in contexts:
        context.close()


def enter(context: BrowserContext, house: House, *, unlock: bool = True) -> Page:
    """A new window that has come by the printed address."""
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(house.address())
    page.wait_for_url(lambda address: "/enter/" not in address)
    if unlock and page.locator("#id_passphrase").count():
        open_with_passphrase(page)
    return page


def come_again(page: Page) -> None:
    """As on every visit but the first: the page is looked after by the service worker."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    assert page.evaluate("navigator.serviceWorker.controller !== null")


def open_with_passphrase(page: Page) -> None:
    """On the unlock page."""
    page.fill("#id_passphrase", PASSPHRASE)
    with page.expect_navigation():
        page.click("main .button")


@pytest.fixture
def watch_offline(watch: Watch) -> None:
    """The browser may say that it cannot reach the program."""
    watch.forgive(r"net::ERR_(CONNECTION_REFUSED|INTERNET_DISCONNECTED|EMPTY_RESPONSE|FAILED)")


@pytest.fixture
def away(own_house: House, come_in: ComeIn, watch_offline: None) -> Page:
    """A device that knows the diary and has no network."""
    page = come_in(own_house)
    met(page)
    page.context.set_offline(True)
    return page
