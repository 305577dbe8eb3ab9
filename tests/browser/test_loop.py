"""The whole loop, as different people go through it; and the answer is still there tomorrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.hands import (
    A_MOMENT,
    CRITIC,
    HAPPENED,
    KIND,
    NAMED,
    NOT_ALONE,
    STEP,
    WORDS,
    Hands,
)
from tests.browser.house import FRIEND
from tests.browser.keyboard import Keyboard

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import ComeIn
    from tests.browser.house import House

PHONE = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}


def is_kept(page: Page) -> None:
    """The moment at hand shows both voices."""
    expect(page.locator(".voice-critic")).to_contain_text("such an idiot")
    answer = page.locator(".voice-second")
    for text in (NAMED, NOT_ALONE, KIND):
        expect(answer).to_contain_text(text)
    expect(page.locator("main")).to_contain_text(STEP)


def test_with_a_thumb_and_back_tomorrow(diary: House, come_in: ComeIn) -> None:
    page = come_in(diary, **PHONE)
    hands = Hands(page, touch=True)
    slider = page.get_by_role("slider")
    box = slider.bounding_box()
    assert box is not None
    slider.tap(position={"x": box["width"] * 0.8, "y": box["height"] / 2})
    expect(page.locator("[data-slider] output")).to_have_text("8")
    hands.write_down()
    expect(page.locator(".voice-critic")).to_contain_text("such an idiot")
    hands.hear()
    expect(page.locator(".mirror")).to_contain_text(FRIEND)
    hands.to_the_answer()
    phrase = page.locator("[data-phrase-for=id_kind_words]").first
    phrase.tap()
    expect(page.locator("#id_kind_words")).to_have_value(phrase.inner_text())
    expect(page.locator("#id_kind_words")).to_be_focused()
    hands.answer()
    hands.make_right()
    after = page.get_by_role("slider")
    after.tap()
    expect(page.locator("[data-slider] output")).to_have_text("5")
    hands.done()
    is_kept(page)
    expect(page.locator("main")).to_contain_text("8 before, 5 after. Lighter than before.")
    address = page.url
    page.context.close()

    tomorrow = come_in(diary, unlock=False, **PHONE)
    expect(tomorrow.get_by_role("heading", level=1)).to_have_text("Welcome back")
    assert "idiot" not in tomorrow.content()
    tomorrow.context.close()

    tomorrow = come_in(diary, **PHONE)
    tomorrow.get_by_role("navigation").get_by_role("link", name="Moments").tap()
    tomorrow.locator(".moment a").first.tap()
    tomorrow.wait_for_url(A_MOMENT)
    assert tomorrow.url == address
    is_kept(tomorrow)


def test_with_the_keyboard_alone_and_back_tomorrow(own_house: House, come_in: ComeIn) -> None:
    page = come_in(own_house, unlock=False)
    keys = Keyboard(page)
    keys.unlock()

    keys.press("Tab")
    assert keys.is_on(page.locator(".skip"))
    keys.press("Enter")
    keys.press("Tab")
    words = WORDS["notice"]
    assert keys.is_on(page.get_by_label(words["voice_label"])), "The first thing to do comes first."
    keys.type(CRITIC)
    keys.press("Tab")
    assert keys.is_on(page.get_by_label(words["happened_label"]))
    keys.type(HAPPENED)
    keys.press("Tab")
    assert keys.is_on(page.get_by_role("slider"))
    keys.press("ArrowRight", "ArrowRight", "ArrowLeft")
    expect(page.locator("[data-slider] output")).to_have_text("6")
    keys.enter(page.get_by_role("button", name=words["next"]), "**/words/")

    first = page.locator("a.mark").first
    keys.go_to(first)
    why = page.locator("details.why[open]")
    expect(why).to_have_count(1)
    keys.press("Enter")
    keys.go_to(why.get_by_role("button", name=WORDS["words"]["not_it"]).first)
    keys.press("Enter")
    expect(page.get_by_role("button", name="Bring back")).to_be_visible()
    keys.enter(page.get_by_role("button", name=WORDS["words"]["next"]), "**/hear/")

    keys.go_to(page.locator("input[name=say_it]").first)
    keys.press("ArrowDown", "ArrowUp")
    expect(page.locator("input[value=no]")).to_be_checked()
    keys.press("Tab")
    assert keys.is_on(page.locator("#id_why"))
    keys.type("It would only hurt.")
    keys.enter(page.get_by_role("button", name=WORDS["hear"]["next"]), "**/answer/")

    keys.go_to(page.locator("#id_name_it"))
    keys.type(NAMED)
    keys.go_to(page.locator("#id_not_alone"))
    keys.type(NOT_ALONE)
    keys.go_to(page.locator("[data-phrase-for=id_kind_words]").first)
    keys.go_to(page.locator("#id_kind_words"), "Shift+Tab")
    keys.type(KIND)
    keys.go_to(page.locator("form[data-draft] .actions .button"))
    keys.press("Enter")
    asked = page.get_by_role("link", name=WORDS["answer"]["ask_leave"])
    asked.or_(page.get_by_role("heading", name=WORDS["right"]["title"])).first.wait_for()
    if asked.count():
        keys.enter(asked, "**/right/")

    keys.go_to(page.locator("input[name=right]").first)
    keys.press("ArrowRight")
    expect(page.locator("#right-yes")).to_be_checked()
    keys.press("Tab")
    keys.type("When I am in on Thursday")
    keys.press("Tab")
    keys.type(STEP)
    keys.press("Tab", "ArrowDown")
    expect(page.locator("#id_look_back_on")).not_to_have_value("")
    keys.enter(page.get_by_role("button", name=WORDS["right"]["next"]), "**/see/")

    keys.go_to(page.get_by_role("slider"))
    keys.press("ArrowLeft")
    keys.go_to(page.get_by_role("button", name=WORDS["see"]["done"]))
    keys.press("Enter")
    page.wait_for_url(A_MOMENT)
    is_kept(page)
    page.context.close()

    page = come_in(own_house, unlock=False)
    keys = Keyboard(page)
    keys.unlock()
    keys.enter(page.get_by_role("navigation").get_by_role("link", name="Moments"), "**/moments/")
    keys.enter(page.locator(".moment a").first, "**/moments/*/")
    is_kept(page)


def test_without_scripts(diary: House, come_in: ComeIn) -> None:
    page = come_in(diary, java_script_enabled=False)
    hands = Hands(page)
    page.select_option("#id_before", "7")
    hands.write_down()
    mark = page.locator("a.mark").first
    mark.click()
    assert "#why-1" in page.url
    why = page.locator("#why-1")
    why.locator("summary").click()
    expect(why.locator(".why__body")).to_be_visible()
    marks = page.locator("a.mark").count()
    notes = why.get_by_role("button", name=WORDS["words"]["not_it"])
    for _ in range(notes.count()):
        if not why.evaluate("why => why.open"):
            why.locator("summary").click()
        notes.first.click()
        page.wait_for_load_state()
    assert page.locator("a.mark").count() == marks - 1
    hands.hear()
    hands.to_the_answer("unsure")
    hands.answer()
    hands.make_right()
    page.select_option("#id_after", "7")
    hands.done()
    is_kept(page)
    expect(page.locator("main")).to_contain_text("7 before, 7 after")


def test_the_minute_and_leaving_without_scripts(diary: House, come_in: ComeIn) -> None:
    page = come_in(diary, at="/minute/", java_script_enabled=False)
    expect(page.locator("section:visible")).to_have_count(4)
    page.get_by_role("button", name="It brought up something hard").click()
    expect(page.locator("main")).to_contain_text("Feet on the floor")
    page.get_by_role("link", name="People to turn to").first.click()
    page.wait_for_url("**/support/")
    page.get_by_role("button", name="Leave").click()
    page.wait_for_url("**/blank/")
    page.goto(diary.origin)
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome back")


def test_every_step_can_be_skipped_and_gone_back_to(diary: House, come_in: ComeIn) -> None:
    page = come_in(diary)
    hands = Hands(page)
    hands.write_down()
    hands.hear()
    for step in ("hear", "answer", "right"):
        page.get_by_role("link", name=WORDS[step]["skip"]).click()
    page.wait_for_url("**/see/")
    for step in ("right", "answer", "hear", "words", "notice"):
        page.get_by_role("link", name="Back", exact=True).click()
        page.wait_for_url(f"**/{step}/")
    expect(page.get_by_label(WORDS["notice"]["voice_label"])).to_have_value(CRITIC)
    expect(page.get_by_label(WORDS["notice"]["happened_label"])).to_have_value(HAPPENED)


def test_the_next_time_their_own_words_are_offered_first(own_house: House, come_in: ComeIn) -> None:
    page = come_in(own_house)
    hands = Hands(page)
    hands.write_down()
    hands.hear()
    hands.to_the_answer()
    hands.answer()
    hands.make_right()
    hands.done()
    page.goto(own_house.origin)
    hands.write_down("I messed up the report, I'm such an idiot, and everyone else manages.", "")
    hands.hear()
    hands.to_the_answer()
    own = page.locator(".phrase--own")
    expect(own.first).to_be_visible()
    expect(own.filter(has_text=KIND)).to_have_count(1)
    own.filter(has_text=KIND).click()
    expect(page.locator("#id_kind_words")).to_have_value(KIND)
