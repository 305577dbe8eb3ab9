"""In a pocket: what is written with no network waits, sealed, and comes to the diary once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from tests.browser.hands import CRITIC, HAPPENED, KIND, Hands
from tests.browser.conftest import open_with_passphrase
from tests.browser.house import LIGHT
from tests.browser.test_offline import wait_for_the_worker
from tests.site.running import Running

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import ComeIn
    from tests.browser.house import House

ONE, NONE = "One thing is waiting.", "Nothing is waiting."


def met(page: Page) -> None:
    """The device has the diary's key."""
    wait_for_the_worker(page)
    page.reload()
    page.wait_for_function(
        """async () => {
          const database = await new Promise((resolve) => {
            const asked = indexedDB.open("secondvoice");
            asked.onsuccess = () => resolve(asked.result);
          });
          if (!database.objectStoreNames.contains("kept")) {
            database.close();
            return false;
          }
          const key = await new Promise((resolve) => {
            const asked = database.transaction("kept").objectStore("kept").get("met");
            asked.onsuccess = () => resolve(asked.result);
          });
          database.close();
          return Boolean(key);
        }"""
    )


def write_a_moment(page: Page, origin: str, voice: str = CRITIC, kind: str = KIND) -> None:
    """On the page for it, with no network."""
    page.goto(origin + "/pocket/")
    page.fill("#moment_voice", voice)
    page.fill("#moment_kind_words", kind)
    page.locator("section[aria-labelledby=moment-title]").get_by_role(
        "button", name="Keep it"
    ).click()


def voices(page: Page, origin: str) -> list[str]:
    """What the list of moments shows, the newest first."""
    page.goto(origin + "/moments/")
    return page.locator(".moment .voice-critic").all_inner_texts()


@pytest.fixture
def away(own_house: House, come_in: ComeIn, watch_offline: None) -> Page:
    """A device that knows the diary and has no network."""
    page = come_in(own_house)
    met(page)
    page.context.set_offline(True)
    return page


def test_a_moment_waits_and_goes_by_itself(own_house: House, away: Page) -> None:
    page = away
    write_a_moment(page, own_house.origin)
    waiting = page.get_by_role("region", name="Waiting on this device")
    expect(waiting.get_by_role("status")).to_contain_text(ONE)
    expect(waiting).to_be_focused()
    expect(waiting).to_contain_text(CRITIC)
    page.context.set_offline(False)
    expect(waiting.get_by_role("status")).to_have_text(NONE)
    assert voices(page, own_house.origin) == [CRITIC]
