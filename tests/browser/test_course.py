"""The course and the one day by thumb, by keyboard, without scripts, and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from secondvoice.practices.course import course_words, week
from secondvoice.practices.oneday import day_words
from tests.browser.house import FRIEND

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser.conftest import ComeIn
    from tests.browser.house import House

pytestmark = pytest.mark.browser

COURSE = course_words()
DAY = day_words(FRIEND)
CRITIC = "You forgot the keys again."
SECOND = "Your hands were full. They hang on the hook now."
PHONE = {"width": 390, "height": 844}
SETTINGS = (
    pytest.param({"java_script_enabled": False}, id="without scripts"),
    pytest.param({"viewport": PHONE, "has_touch": True, "is_mobile": True}, id="by thumb"),
)


def heading(page: Page, name: str) -> Locator:
    return page.get_by_role("heading", name=name, exact=True)


def button(page: Page, name: str) -> Locator:
    return page.locator("main").get_by_role("button", name=name, exact=True)


def begin_the_day(page: Page, origin: str) -> None:
    page.goto(f"{origin}/one-day/")
    page.locator("button.date").first.click()
    heading(page, DAY["ticks"]["title"]).wait_for()


@pytest.mark.parametrize("look", SETTINGS)
def test_from_the_first_week_to_the_third(own_house: House, come_in: ComeIn, look: dict) -> None:
    page = come_in(own_house, at="/course/", **look)
    button(page, COURSE["begin"]).click()
    page.wait_for_url("**/course/1/")
    page.get_by_label(week(1).question).fill("It was in a hurry.")
    button(page, COURSE["question_keep"]).click()
    page.get_by_text(COURSE["question_kept"]).wait_for()
    expect(page.get_by_label(week(1).question)).to_have_value("It was in a hurry.")
    for number in (2, 3):
        page.locator("button[value='go-on']").click()
        page.wait_for_url(f"**/course/{number}/")
    heading(page, COURSE["backdraft"]["title"]).wait_for()
    button(page, COURSE["backdraft"]["on"]).click()
    heading(page, week(3).title).wait_for()
    page.locator("button[value=pause]").click()
    page.wait_for_url("**/course/")
    assert week(3).title in page.locator("main .note").last.inner_text()


def test_what_is_typed_in_a_week_is_kept_by_itself(diary: House, come_in: ComeIn) -> None:
    page = come_in(diary, at="/course/2/")
    page.get_by_label(week(2).question).press_sequentially("Rain on the window.")
    expect(page.locator("[data-draft-status]")).to_have_text("Kept.")
    page.reload()
    expect(page.get_by_label(week(2).question)).to_have_value("Rain on the window.")


def test_fresh_paper_beside_what_was_written(own_house: House, come_in: ComeIn) -> None:
    page = come_in(own_house, at="/course/1/")
    button(page, f"{COURSE['move_here']} {COURSE['move_here_text']}").click()
    page.get_by_label(week(1).question).fill("It was in a hurry.")
    button(page, COURSE["question_keep"]).click()
    page.locator("button[value=repeat]").click()
    page.get_by_text("fresh paper").wait_for()
    expect(page.get_by_label(week(1).question)).to_have_value("")
    page.get_by_text(COURSE["earlier_label"]).click()
    expect(page.get_by_text("It was in a hurry.")).to_be_visible()


@pytest.mark.parametrize("look", SETTINGS)
def test_a_day_from_its_morning_to_its_evening(
    own_house: House, come_in: ComeIn, look: dict
) -> None:
    page = come_in(own_house, **look)
    begin_the_day(page, own_house.origin)
    page.get_by_role("link", name=DAY["day"]["choose"]).click()
    page.locator("button[value=guest]").click()
    expect(page.locator(".day-sentence")).to_have_text(DAY["mornings"][0]["text"])
    button(page, DAY["day"]["begin_pause"]).click()
    page.get_by_label(DAY["pauses"][0]["write"]).fill(CRITIC)
    button(page, DAY["pause"]["next"]).click()
    page.locator("label.choice", has_text="Curt").click()
    button(page, DAY["pause"]["next"]).click()
    page.get_by_role("link", name=DAY["pause"]["skip"]).click()
    heading(page, f"Would I say this to {FRIEND}?").wait_for()
    page.locator("label.choice", has_text="No").first.click()
    page.get_by_label(DAY["pauses"][3]["instead"]).fill(SECOND)
    button(page, DAY["pause"]["finish"]).click()
    page.get_by_text(DAY["pause"]["end"]).wait_for()
    page.get_by_label("Asked somebody for help").check()
    button(page, DAY["day"]["keep"]).click()
    page.get_by_text(DAY["day"]["kept"]).wait_for()
    page.get_by_role("link", name=DAY["day"]["evening"]).click()
    expect(page.locator(".voice-critic")).to_have_text(CRITIC)
    expect(page.locator(".voice-second")).to_have_text(SECOND)
    expect(page.locator(".happened")).to_contain_text("Asked somebody for help")
    page.goto(own_house.origin)
    expect(page.get_by_text(DAY["today"]["text"])).to_be_visible()


def test_side_by_side_on_a_wide_screen_and_one_under_the_other_on_a_phone(
    own_house: House, come_in: ComeIn
) -> None:
    page = come_in(own_house)
    begin_the_day(page, own_house.origin)
    button(page, DAY["day"]["begin_pause"]).click()
    page.get_by_label(DAY["pauses"][0]["write"]).fill(CRITIC)
    page.goto(page.url.replace("/1/", "/4/"))
    page.get_by_label(DAY["pauses"][3]["instead"]).fill(SECOND)
    button(page, DAY["pause"]["finish"]).click()
    page.get_by_role("link", name=DAY["day"]["evening"]).click()
    critic, second = page.locator(".voice-critic"), page.locator(".voice-second")

    def boxes() -> tuple[dict, dict]:
        one, other = critic.bounding_box(), second.bounding_box()
        assert one is not None
        assert other is not None
        return dict(one), dict(other)

    page.set_viewport_size({"width": 1280, "height": 800})
    one, other = boxes()
    assert one["x"] + one["width"] <= other["x"]
    page.set_viewport_size(PHONE)
    one, other = boxes()
    assert one["y"] + one["height"] <= other["y"]
    # On paper they stand side by side whatever the screen, and nothing to press is printed.
    page.emulate_media(media="print")
    one, other = boxes()
    assert one["x"] + one["width"] <= other["x"]
    assert not button(page, DAY["evening"]["keep"]).is_visible()


def test_a_week_is_printed_with_what_was_written_and_without_buttons(
    own_house: House, come_in: ComeIn
) -> None:
    page = come_in(own_house, at="/course/1/")
    page.get_by_label(week(1).question).fill("It was in a hurry.")
    page.emulate_media(media="print")
    for text in (*week(1).idea, week(1).daily):
        expect(page.get_by_text(text)).to_be_visible()
    expect(page.get_by_label(week(1).question)).to_be_visible()
    assert page.locator("button:visible, select:visible").count() == 0


def test_ticks_are_kept_by_themselves_with_keys_alone(own_house: House, come_in: ComeIn) -> None:
    page = come_in(own_house)
    begin_the_day(page, own_house.origin)
    page.get_by_label("Left on time").focus()
    page.keyboard.press("Space")
    expect(page.locator("[data-draft-status]")).to_have_text("Kept.")
    page.reload()
    expect(page.get_by_label("Left on time")).to_be_checked()


def test_a_day_let_go_can_be_brought_back(own_house: House, come_in: ComeIn) -> None:
    page = come_in(own_house)
    begin_the_day(page, own_house.origin)
    button(page, DAY["choosing"]["let_go"]).click()
    page.get_by_text(DAY["choosing"]["gone"]).wait_for()
    button(page, DAY["choosing"]["bring_back"]).click()
    heading(page, DAY["ticks"]["title"]).wait_for()
