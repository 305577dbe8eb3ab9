"""Words of danger lead to people from every place where somebody can write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from secondvoice.support import CARE
from tests.browser.conftest import open_with_passphrase
from tests.browser.device import met, write_a_moment
from tests.browser.hands import CRITIC
from tests.browser.practice_places import (
    a_day,
    a_pause,
    a_stranger,
    day_part,
    into_player,
    week_told,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.browser.conftest import ComeIn
    from tests.browser.house import House

DANGER = "I want to kill myself tonight."
SEND = "form[data-draft] .button"


def in_a_moment(step: str, field: str) -> Callable[[Page, str], None]:
    """At a step of the loop, with ordinary words in those before it."""

    def go(page: Page, origin: str) -> None:
        page.goto(f"{origin}/moments/new/")
        if step != "notice":
            page.fill("#id_voice", CRITIC)
            page.locator(SEND).click()
            page.wait_for_url("**/words/")
            page.goto(page.url.replace("/words/", f"/{step}/"))
        if step == "right":
            page.check("#right-yes", force=True)
        page.fill(f"#id_{field}", DANGER)
        page.locator(f"main form:has(#id_{field}) button.button").last.click()

    return go


def written_at(path: str, field: str, **chosen: str) -> Callable[[Page, str], None]:
    """On a page with a form."""

    def go(page: Page, origin: str) -> None:
        page.goto(origin + path)
        fill(page, field, **chosen)

    return go


def fill(page: Page, field: str, **chosen: str) -> None:
    page.fill(f"#id_{field}", DANGER)
    for name, value in chosen.items():
        page.select_option(f"#id_{name}", value)
    page.locator(f"main form:has(#id_{field}) button.button").last.click()


def to_a_stranger(page: Page, origin: str) -> None:
    a_stranger(page, origin)
    fill(page, "said")


def in_a_week_of_the_course(page: Page, origin: str) -> None:
    week_told(1)(page, origin)
    fill(page, "words")


def in_the_morning(page: Page, origin: str) -> None:
    day_part("morning")(page, origin)
    fill(page, "own")


def in_a_pause(page: Page, origin: str) -> None:
    a_day(page, origin)
    page.locator("form[action$='/pause/'] button").click()
    fill(page, "words")


def in_the_answer_of_a_pause(page: Page, origin: str) -> None:
    a_pause(4)(page, origin)
    fill(page, "instead")


def in_the_evening(page: Page, origin: str) -> None:
    day_part("evening")(page, origin)
    fill(page, "different")


def in_a_practice(page: Page, origin: str) -> None:
    into_player(page, origin, "/practices/friend/short/")
    for _ in range(2):
        page.locator("[data-skip]:visible, .waits [data-pause]").first.click()
    page.locator("textarea[data-label]:visible").fill(DANGER)
    page.locator("[data-stop]:visible").click()
    page.locator(".now [value=same]").click()


def what_came_of_it(page: Page, origin: str) -> None:
    page.goto(origin + "/experiments/new/myth-weak/")
    page.locator("main form .button").click()
    page.wait_for_url(origin + "/")
    page.goto(origin + "/experiments/")
    page.get_by_role("link", name="Say what happened").first.click()
    page.check("[value=neither]", force=True)
    fill(page, "saw")


PLACES: dict[str, Callable[[Page, str], None]] = {
    "what the voice said": in_a_moment("notice", "voice"),
    "what happened": in_a_moment("notice", "happened"),
    "why I wouldn't say it": in_a_moment("hear", "why"),
    "an answer": in_a_moment("answer", "kind_words"),
    "the next step": in_a_moment("right", "right_then"),
    "a letter": written_at("/letters/new/to-me/", "text", back="7"),
    "what I need": written_at("/phrases/need/", "need"),
    "what I would like to hear": written_at("/phrases/hear/", "hear"),
    "a wish": written_at("/phrases/wishes/", "wish_0"),
    "to a stranger": to_a_stranger,
    "a week of the course": in_a_week_of_the_course,
    "the sentence of a day": in_the_morning,
    "a pause": in_a_pause,
    "the answer in a pause": in_the_answer_of_a_pause,
    "the evening": in_the_evening,
    "a plan": written_at("/support/plan/signs/", "words"),
    "a practice": in_a_practice,
    "what my critic may be afraid of": written_at("/growth/critic/", "afraid"),
    "a subject of my own": written_at("/growth/critic/", "subject_0"),
    "what I expect of trying": written_at("/experiments/new/myth-weak/", "expects"),
    "what came of it": what_came_of_it,
}


@pytest.mark.parametrize("place", PLACES)
def test_words_of_danger_lead_to_people_and_leave_only_the_floor(
    diary: House, come_in: ComeIn, place: str
) -> None:
    page = come_in(diary)
    PLACES[place](page, diary.origin)
    people = page.locator("main a[href='/support/']:visible").first
    expect(people).to_be_visible()
    # Nothing above the floor is offered, until one touch says that it has passed.
    page.goto(diary.origin + "/kindness/")
    page.get_by_role("button", name="It has passed").click()
    page.wait_for_url("**/practices/")


def test_trying_the_reader_keeps_nothing_and_leads_to_people(diary: House, come_in: ComeIn) -> None:
    page = come_in(diary, at="/reader/")
    page.fill("#text", DANGER)
    page.locator("main form .button").click()
    expect(page.locator("main a[href='/support/']").first).to_be_visible()


# The event of a network that is back, and time for the answers to it.
ASKED_AGAIN = """async () => {
  for (let again = 0; again < 3; again += 1) window.dispatchEvent(new Event("online"));
  await new Promise((done) => setTimeout(done, 1000));
}"""


def test_what_waited_without_a_network_leads_to_people_once_it_has_come(
    own_house: House, come_in: ComeIn, watch_offline: None
) -> None:
    page = come_in(own_house)
    met(page)
    page.context.set_offline(True)
    write_a_moment(page, own_house.origin, voice=DANGER)
    expect(page.locator("main a[href='/support/']").first).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("[data-count]")).to_have_text("Nothing is waiting.")
    expect(page.locator("#waits a[href='/support/']")).to_be_visible()
    # Asked once more there is nothing new to say, and the way to people stays.
    page.evaluate(ASKED_AGAIN)
    expect(page.locator("#waits a[href='/support/']")).to_be_visible()
    page.goto(own_house.origin + "/kindness/")
    expect(page.get_by_role("button", name="It has passed")).to_be_visible()


def test_support_is_on_the_way_from_there_while_the_diary_is_locked(
    diary: House, come_in: ComeIn
) -> None:
    page = come_in(diary)
    in_a_moment("notice", "voice")(page, diary.origin)
    page.wait_for_url(re.compile("/care/$"))
    expect(page.locator("main")).to_contain_text(CARE["care_now"])
    page.goto(diary.origin + "/settings/")
    page.get_by_role("button", name="Lock").click()
    page.locator("#id_passphrase").wait_for()
    page.locator("main a[href='/support/']").click()
    expect(page.locator("a[href='tel:112']").first).to_be_visible()
    page.goto(diary.origin + "/kindness/")
    open_with_passphrase(page)
    page.get_by_role("button", name="It has passed").click()
