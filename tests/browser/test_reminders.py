"""Reminders in a real browser: set up without scripts, shown as a relay's message arrives."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import ComeIn
    from tests.browser.house import House

TITLES = """async () => {
  const worker = await navigator.serviceWorker.ready;
  const shown = await worker.getNotifications();
  return shown.map((it) => [it.title, it.body, it.silent, it.tag]);
}"""


@pytest.fixture
def at_home(diary: House, come_in: ComeIn) -> Page:
    """Somebody who allows notices, with the service worker in place."""
    page = come_in(diary, at="/settings/reminders/", permissions=["notifications"])
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return page


def deliver(page: Page, message: str) -> None:
    """Give the service worker a message as the browser does when its relay has one."""
    client = page.context.new_cdp_session(page)
    registrations: list[str] = []

    def found(event: dict[str, Any]) -> None:
        registrations.extend(one["registrationId"] for one in event["registrations"])

    client.on("ServiceWorker.workerRegistrationUpdated", found)
    client.send("ServiceWorker.enable")
    while not registrations:
        page.wait_for_timeout(20)
    origin = re.sub(r"(?<=\d)/.*", "", page.url)
    client.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": origin, "registrationId": registrations[0], "data": message},
    )


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (json.dumps({"web_push": 8030, "notification": {"title": "One breath"}}), "One breath"),
        # Whatever else came by, only the neutral words are shown.
        (json.dumps({"notification": {"title": "You idiot"}}), "A moment for you"),
        ("no JSON", "A moment for you"),
    ],
)
def test_a_message_is_shown_in_neutral_words_and_without_a_sound(
    at_home: Page, message: str, words: str
) -> None:
    deliver(at_home, message)
    for _ in range(500):
        if shown := at_home.evaluate(TITLES):
            break
        at_home.wait_for_timeout(20)
    assert shown == [[words, "", True, "moment"]]


def test_a_browser_that_can_show_notices_is_offered_them(at_home: Page) -> None:
    at_home.reload()
    expect(at_home.get_by_role("button", name="Show them here")).to_be_visible()
    expect(at_home.locator("[data-push-cannot]")).to_be_hidden()


def test_without_scripts_all_but_notices_can_be_set_up(diary: House, come_in: ComeIn) -> None:
    page = come_in(diary, at="/settings/reminders/", java_script_enabled=False)
    expect(page.get_by_role("button", name="Show them here")).to_be_hidden()
    page.get_by_role("link", name="After work").click()
    page.get_by_role("button", name="Keep").click()
    expect(page.locator(".reminders")).to_contain_text("Once between 17:00 and 19:00")
    expect(page.locator(".next li")).to_have_count(7)
    page.get_by_role("button", name="Make an address").click()
    address = page.locator("#feed").inner_text()
    # A calendar program comes with no cookie, by the address alone.
    response = page.context.browser.new_context().request.get(address)  # type: ignore[union-attr]  # launched by the fixture
    assert response.ok
    assert response.text().startswith("BEGIN:VCALENDAR\r\n")
    page.get_by_role("button", name="Take the address back").click()
    page.get_by_role("link", name="Once between").click()
    page.get_by_role("button", name="Take it away").click()
    expect(page.locator("main")).to_contain_text("There are none.")
