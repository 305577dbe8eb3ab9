"""In a pocket: what waits is sealed, and a lock or a closed browser leaves nothing to read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ARGUMENTS, enter, open_with_passphrase
from tests.browser.device import (
    ONE,
    lock,
    met,
    voices,
    write_a_moment,
)
from tests.browser.hands import CRITIC, KIND, Hands
from tests.browser.house import LIGHT
from tests.site.running import Running

if TYPE_CHECKING:
    from playwright.sync_api import Page, Playwright

    from tests.browser.house import House
    from tests.browser.watching import Watch


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
