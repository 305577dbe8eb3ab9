"""In a pocket, where something is in the way: no session, no room, no key, another version."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

import secondvoice
from tests.browser.conftest import enter, open_with_passphrase
from tests.browser.device import (
    NONE,
    ONE,
    met,
    voices,
    wait_for_the_worker,
    write_a_moment,
)
from tests.browser.hands import CRITIC, KIND
from tests.browser.house import LIGHT
from tests.site.running import Running, until

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import ComeIn
    from tests.browser.house import House
    from tests.browser.watching import Watch

MOST = 14


def test_a_session_that_has_ended_lets_it_wait_and_says_so(own_house: House, away: Page) -> None:
    page = away
    write_a_moment(page, own_house.origin)
    cookies = page.context.cookies()
    page.context.clear_cookies(name=re.compile("sv_key"))
    page.context.set_offline(False)
    expect(page.get_by_role("status")).to_contain_text("until the diary is unlocked")
    page.context.clear_cookies()
    page.get_by_role("button", name="Send now").click()
    expect(page.get_by_role("status")).to_contain_text("by the address that it prints")
    page.context.add_cookies(cookies)
    page.get_by_role("button", name="Send now").click()
    expect(page.get_by_role("status")).to_have_text(NONE)


def test_a_full_device_says_so_and_gives_the_words_back(
    own_house: House, browser: Browser, watch: Watch, watch_offline: None
) -> None:
    context = browser.new_context()
    watch.over(context, own_house.origin)
    # Set before anything is stored: a browser asks for its room only now and then.
    room = context.new_cdp_session(context.new_page())
    little = {"origin": own_house.origin, "quotaSize": 2_500_000}
    room.send("Storage.overrideQuotaForOrigin", little)
    page = enter(context, own_house)
    met(page)
    context.set_offline(True)
    long = "I am so tired of this. " * 5_000
    alert = page.get_by_role("alert")
    kept = 0
    while kept < MOST:
        write_a_moment(page, own_house.origin, long)
        page.locator("[role=alert], #waiting:not([hidden])").first.wait_for()
        if alert.count():
            break
        kept += 1
    expect(page.get_by_role("alert")).to_contain_text("no room left")
    expect(page.locator("textarea[name=voice]").first).to_have_value(long)
    expect(page.locator("textarea[name=kind_words]").first).to_have_value(KIND)
    room.send("Storage.overrideQuotaForOrigin", {"origin": own_house.origin})
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("status")).to_contain_text("waiting.")
    context.set_offline(False)
    expect(page.get_by_role("status")).to_have_text(NONE, timeout=60_000)
    found = voices(page, own_house.origin)
    assert [len(voice) for voice in found] == [len(long.strip())] * (kept + 1)
    context.close()


def test_a_device_that_has_not_met_the_diary_gives_the_words_back(
    own_house: House, come_in: ComeIn, watch_offline: None
) -> None:
    page = come_in(own_house, unlock=False)
    wait_for_the_worker(page)
    page.context.set_offline(True)
    write_a_moment(page, own_house.origin, voice="<b>Not & like this</b>")
    expect(page.get_by_role("alert")).to_contain_text("has not met your diary yet")
    expect(page.locator("textarea[name=voice]").first).to_have_value("<b>Not & like this</b>")


def test_an_update_of_the_program_finds_what_waits_and_an_old_program_says_so(
    own_house: House, away: Page, tmp_path: Path
) -> None:
    page = away
    write_a_moment(page, own_house.origin)
    expect(page.get_by_role("status")).to_contain_text(ONE)
    before = page.evaluate(VERSION)

    def another(now: str) -> bool:
        return now != before and "," not in now

    own_house.running.stop()
    page.context.set_offline(False)
    page.context.clear_cookies(name=re.compile("sv_key"))
    # The next version has a store more in the browser's database.
    source = Path(secondvoice.__file__).parent
    shutil.copytree(source, tmp_path / "secondvoice")
    script = tmp_path / "secondvoice" / "site" / "static" / "js" / "waiting.js"
    text = script.read_text()
    more = text.replace(
        "\n];\nconst HALF",
        '\n  (database) => { database.createObjectStore("next"); },\n];\nconst HALF',
    )
    assert more != text
    script.write_text(more)
    with Running(own_house.data, **LIGHT, PYTHONPATH=str(tmp_path)):
        page.goto(own_house.origin)
        the_version_comes(page, another)
        page.goto(own_house.origin + "/pocket/")
        expect(page.get_by_role("status")).to_contain_text(ONE)
        assert page.evaluate(STORES) == [2, "kept", "next", "waiting"]
    with Running(own_house.data, **LIGHT):
        # Back to the older one: it can't read the database, and does not touch it.
        page.goto(own_house.origin)
        the_version_comes(page, lambda now: now == before)
        page.goto(own_house.origin + "/pocket/")
        expect(page.get_by_role("status")).to_contain_text("newer version of the program")
    with Running(own_house.data, **LIGHT, PYTHONPATH=str(tmp_path)):
        page.goto(own_house.origin)
        the_version_comes(page, another)
        page.goto(own_house.origin)
        open_with_passphrase(page)
        assert until(lambda: voices(page, own_house.origin) == [CRITIC])


VERSION = "caches.keys().then(String)"


def the_version_comes(page: Page, right: Callable[[str], bool]) -> None:
    """The update takes over while a page of the version before it stays open."""
    assert until(lambda: right(page.evaluate(VERSION))), "The update has not come."


# The version of the browser's database, and its stores.
STORES = """async () => {
  const [{ version }] = await indexedDB.databases();
  const database = await new Promise((resolve) => {
    const asked = indexedDB.open("secondvoice");
    asked.onsuccess = () => resolve(asked.result);
  });
  const names = [...database.objectStoreNames];
  database.close();
  return [version, ...names];
}"""
