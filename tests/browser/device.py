"""A device with the diary on it, and no network: it meets the diary, writes, locks, looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.hands import CRITIC, KIND
from tests.site.running import until

if TYPE_CHECKING:
    from playwright.sync_api import Page

ONE, NONE = "One thing is waiting.", "Nothing is waiting."


def wait_for_the_worker(page: Page) -> None:
    """The service worker is there."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def met(page: Page) -> None:
    """The device has the diary's key."""
    wait_for_the_worker(page)
    page.reload()
    assert until(lambda: page.evaluate(MET)), "The device has not fetched the key."


# Opened only where it is there: a test must not make it.
MET = """async () => {
  if (!(await indexedDB.databases()).some(({ name }) => name === "secondvoice")) return false;
  const database = await new Promise((resolve) => {
    const asked = indexedDB.open("secondvoice");
    asked.onsuccess = () => resolve(asked.result);
  });
  const key = await new Promise((resolve) => {
    const asked = database.transaction("kept").objectStore("kept").get("met");
    asked.onsuccess = () => resolve(asked.result);
  });
  database.close();
  return Boolean(key);
}"""


def write_a_moment(page: Page, origin: str, voice: str = CRITIC, kind: str = KIND) -> None:
    """On the page for it, with no network."""
    page.goto(origin + "/pocket/")
    page.fill("#moment_voice", voice)
    page.fill("#moment_kind_words", kind)
    moment = page.locator("section[aria-labelledby=moment-title]")
    with page.expect_navigation():
        moment.get_by_role("button", name="Keep it").click()


def lock(page: Page) -> None:
    """With no network, as the button of a page that was open does."""
    page.evaluate(
        """() => {
          const form = document.createElement("form");
          form.method = "post";
          form.action = "/lock/";
          document.body.append(form);
          form.submit();
        }"""
    )
    page.wait_for_url("**/pocket/")


def voices(page: Page, origin: str) -> list[str]:
    """What the list of moments shows, the newest first."""
    page.goto(origin + "/moments/")
    return page.locator(".moment .voice-critic").all_inner_texts()
