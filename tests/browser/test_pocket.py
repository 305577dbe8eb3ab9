"""In a pocket: what is written with no network waits, sealed, and comes to the diary once."""

from __future__ import annotations

import re
import shutil
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

import secondvoice
from tests.browser.conftest import ARGUMENTS, enter, open_with_passphrase
from tests.browser.hands import CRITIC, KIND, Hands
from tests.browser.house import LIGHT
from tests.browser.practice_places import minute_at, wishes_at
from tests.browser.test_offline import wait_for_the_worker
from tests.site.running import Running, until

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, Page, Playwright

    from tests.browser.conftest import ComeIn
    from tests.browser.house import House
    from tests.browser.watching import Watch

MOST = 14
ONE, NONE = "One thing is waiting.", "Nothing is waiting."


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


def test_own_wishes_are_in_the_minute_without_a_network_until_the_diary_is_locked(
    own_house: House, come_in: ComeIn, watch_offline: None
) -> None:
    page = come_in(own_house)
    met(page)
    wishes_at("kept")(page, own_house.origin)
    page.goto(own_house.origin)
    assert until(lambda: page.evaluate(MET)), "The device has not fetched the wishes."
    page.context.set_offline(True)
    minute_at(2)(page, own_house.origin)
    own = page.locator("section.now .phrase--own")
    expect(own).to_have_text(["May I be slow about this", "A quiet kitchen"])
    own.first.click()
    assert own.first.locator("input").is_checked()
    lock(page)
    minute_at(2)(page, own_house.origin)
    expect(page.locator("section.now .phrase").first).to_be_visible()
    page.wait_for_timeout(200)
    expect(own).to_have_count(0)


def test_a_check_in_and_how_a_minute_landed_wait_too(own_house: House, away: Page) -> None:
    page = away
    page.goto(own_house.origin + "/pocket/")
    page.get_by_text("A check-in").click()
    page.locator("#check_hard_slider").press("ArrowRight")
    page.locator("details").get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("status")).to_contain_text(ONE)
    page.goto(own_house.origin + "/minute/")
    for _ in range(3):
        page.locator("section.now [data-next]").click()
    page.get_by_role("button", name="Lighter").click()
    expect(page.locator("section.now [role=status]")).to_contain_text("It waits on this device")
    page.goto(own_house.origin + "/pocket/")
    expect(page.get_by_role("status")).to_contain_text("2 things are waiting.")
    page.context.set_offline(False)
    expect(page.get_by_role("status")).to_have_text(NONE)
    page.goto(own_house.origin + "/measures/")
    assert page.locator("#id_hard").input_value() == "6"


def test_the_network_is_cut_in_the_middle_of_the_loop(
    own_house: House, come_in: ComeIn, watch: Watch, watch_offline: None
) -> None:
    watch.forgive("htmx:error: Failed to fetch")
    page = come_in(own_house)
    met(page)
    hands = Hands(page)
    hands.write_down()
    hands.hear()
    hands.to_the_answer()
    page.context.set_offline(True)
    page.locator("#id_kind_words").fill(KIND)
    page.locator("main").get_by_role("button", name="Go on").click()
    expect(page.get_by_role("status")).to_contain_text(ONE)
    page.context.set_offline(False)
    expect(page.get_by_role("status")).to_have_text(NONE)
    page.goto(own_house.origin + "/moments/")
    expect(page.locator(".moment")).to_have_count(1)
    expect(page.locator(".moment")).to_contain_text(KIND)


def test_the_program_is_killed_and_comes_back(
    own_house: House, come_in: ComeIn, watch_offline: None
) -> None:
    page = come_in(own_house)
    met(page)
    page.fill("#id_voice", CRITIC)
    own_house.running.stop(signal.SIGKILL, group=True)
    page.locator("main form").first.get_by_role("button").first.click()
    expect(page.get_by_role("status")).to_contain_text(ONE)
    assert CRITIC.encode() not in (own_house.data / "data.sqlite3").read_bytes()
    again = Running(own_house.data, **LIGHT)
    with again:
        assert again.port == own_house.running.port
        page.goto(own_house.origin)
        expect(page.locator("#waits")).to_have_text(
            "What waited on this device has come to your diary."
        )
        assert voices(page, own_house.origin) == [CRITIC]


def test_two_devices_that_were_both_away_lose_nothing(
    own_house: House, come_in: ComeIn, watch_offline: None
) -> None:
    phone, laptop = come_in(own_house), come_in(own_house)
    for page, voice in ((phone, "From the phone."), (laptop, "From the laptop.")):
        met(page)
        page.context.set_offline(True)
        write_a_moment(page, own_house.origin, voice)
    for page in (phone, laptop):
        page.context.set_offline(False)
        expect(page.get_by_role("status")).to_have_text(NONE)
    assert sorted(voices(phone, own_house.origin)) == ["From the laptop.", "From the phone."]


@pytest.mark.parametrize("how", ["Lock", "Leave"])
def test_a_lock_leaves_nothing_readable_and_loses_nothing(
    own_house: House, away: Page, how: str
) -> None:
    page = away
    write_a_moment(page, own_house.origin)
    expect(page.locator("#waiting")).to_contain_text(CRITIC)
    own_house.running.stop()
    page.context.set_offline(False)
    if how == "Leave":
        page.get_by_role("button", name="Leave").click()
        page.wait_for_url("**/blank/")
    else:
        lock(page)
    page.goto(own_house.origin + "/pocket/")
    expect(page.get_by_role("status")).to_contain_text(ONE)
    expect(page.get_by_role("status")).to_contain_text("sealed")
    assert CRITIC not in page.content()
    with Running(own_house.data, **LIGHT):
        # The lock that could not be told is told before anything else.
        page.goto(own_house.origin)
        expect(page.locator("#id_passphrase")).to_be_visible()
        expect(page.locator("#waits")).to_contain_text("Something is waiting on this device.")
        open_with_passphrase(page)
        expect(page.locator("#waits")).to_contain_text("has come to your diary")
        assert voices(page, own_house.origin) == [CRITIC]


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


def test_the_profile_of_the_browser_holds_no_word_of_what_waits(
    own_house: House,
    playwright: Playwright,
    chromium: str,
    watch: Watch,
    watch_offline: None,
    tmp_path: Path,
) -> None:
    profile = tmp_path / "profile"
    context = playwright.chromium.launch_persistent_context(
        profile, executable_path=chromium, args=ARGUMENTS
    )
    watch.over(context, own_house.origin)
    page = enter(context, own_house)
    Hands(page).write_down(voice="Before.", happened="")
    Hands(page).hear()
    Hands(page).to_the_answer()
    Hands(page).answer()
    met(page)
    page.context.set_offline(True)
    write_a_moment(page, own_house.origin, kind=OWN)
    expect(page.locator("#waiting")).to_contain_text(CRITIC)
    expect(page.locator("[data-own]")).to_contain_text(KIND)
    assert found_in(profile, CRITIC, OWN, KIND) == []
    context.close()
    assert found_in(profile, CRITIC, OWN, KIND) == []
    # After it was closed half of the key is gone, and with it all that could be read here.
    context = playwright.chromium.launch_persistent_context(
        profile, executable_path=chromium, args=ARGUMENTS
    )
    watch.over(context, own_house.origin)
    context.set_offline(True)
    page = context.new_page()
    page.goto(own_house.origin + "/pocket/")
    expect(page.get_by_role("status")).to_contain_text(ONE)
    expect(page.locator("#waiting")).to_contain_text("sealed")
    assert CRITIC not in page.content()
    assert KIND not in page.content()
    context.close()


OWN = "A word that is nowhere else, pangolin."


def found_in(profile: Path, *words: str) -> list[str]:
    """The files of a profile that hold one of these words."""
    found = []
    for path in profile.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            found += [
                f"{path.relative_to(profile)}: {text[:20]}"
                for text in words
                for way in ("utf-8", "utf-16-le")
                if text.encode(way) in raw or text.replace(" ", "+").encode(way) in raw
            ]
    return found
