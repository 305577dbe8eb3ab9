"""In a pocket: what is written with no network waits, and comes to the diary once."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.device import (
    MET,
    NONE,
    ONE,
    lock,
    met,
    voices,
    write_a_moment,
)
from tests.browser.hands import CRITIC, KIND, Hands
from tests.browser.house import LIGHT
from tests.browser.practice_places import minute_at, wishes_at
from tests.site.running import Running, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import ComeIn
    from tests.browser.house import House
    from tests.browser.watching import Watch


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
