"""The player in a real browser: hands, keys, no motion, stopping, coming back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from secondvoice.practices.catalogue import practice
from secondvoice.texts import texts
from tests.browser.practice_places import minute_at

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import ComeIn
    from tests.browser.house import House

PLAYER = texts("secondvoice.practices", "player.toml")["player"]
BACKDRAFT = texts("secondvoice.practices", "backdraft.toml")
WORDS_OF_MINE = "the unopened post under the stairs"

LONG_TASKS = """
window.longTasks = [];
new PerformanceObserver((list) => {
  window.longTasks.push(...list.getEntries().map((entry) => entry.duration));
}).observe({ type: "longtask", buffered: true });
"""


def step(name: str, form: str, number: int) -> str:
    return practice(name).form(form).steps[number].said()


def caption(page: Page) -> str:
    return page.locator(".said__step.now .said__words").inner_text()


def begin(page: Page, house: House, path: str) -> None:
    page.goto(house.origin + path)
    page.locator("[data-player] > .now").wait_for()
    for button in ("[value=yes]", "[data-told-go]", "[data-start]"):
        if page.locator(f".now {button}").count():
            page.click(f".now {button}")


@pytest.fixture
def page(diary: House, come_in: ComeIn) -> Page:
    return come_in(diary)


def test_the_first_step_is_one_touch_away(page: Page, diary: House) -> None:
    page.goto(diary.origin + "/practices/soles/short/")
    page.click("[data-start]")
    assert caption(page) == step("soles", "short", 0)
    expect(page.locator(".said__step:visible")).to_have_count(1)
    # The keys are on it, so that a screen reader says it; and it is said once.
    expect(page.locator(".said__step.now .said__words")).to_be_focused()
    expect(page.locator("[data-aloud]")).to_be_empty()


def test_it_goes_on_by_itself_and_asks_how_it_landed(page: Page, diary: House) -> None:
    page.clock.install()
    begin(page, diary, "/practices/soles/twenty/")
    page.clock.run_for(15_000)
    assert caption(page) == step("soles", "twenty", 1)
    page.clock.run_for(12_000)
    expect(page.locator("#landed")).to_be_visible()
    expect(page.locator("[data-after]")).to_be_hidden()


def test_paused_it_stands_still_for_as_long_as_one_likes(page: Page, diary: House) -> None:
    page.clock.install()
    begin(page, diary, "/practices/soles/twenty/")
    page.click("[data-pause]")
    expect(page.locator("[data-state]")).to_have_text(PLAYER["paused"])
    page.clock.run_for(600_000)
    assert caption(page) == step("soles", "twenty", 0)
    page.click("[data-pause]")
    page.clock.run_for(15_000)
    assert caption(page) == step("soles", "twenty", 1)


def test_stop_is_at_once_and_asks_nothing(page: Page, diary: House) -> None:
    begin(page, diary, "/practices/soles/full/")
    page.click("[data-stop]")
    expect(page.locator("#landed")).to_be_visible()
    expect(page.locator(".playing")).to_be_hidden()
    page.get_by_role("link", name="I would rather not say").click()
    page.wait_for_url("**/practices/")


def test_all_of_it_can_be_done_with_the_keys(page: Page, diary: House) -> None:
    page.goto(diary.origin + "/practices/soles/short/")
    page.locator("[data-start]").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowRight")
    assert caption(page) == step("soles", "short", 1)
    page.keyboard.press("ArrowLeft")
    assert caption(page) == step("soles", "short", 0)
    page.keyboard.press("Space")
    expect(page.locator("[data-pause]")).to_have_text(PLAYER["resume"])
    page.keyboard.press("Space")
    expect(page.locator("[data-pause]")).to_have_text(PLAYER["pause"])
    for _ in practice("soles").form("short").steps:
        page.keyboard.press("ArrowRight")
    expect(page.locator("#landed .title")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-reply=lighter]")).to_be_visible()
    expect(page.locator("[data-kept]")).to_have_text("Kept, and sealed.")


def test_the_keys_stay_at_a_control_and_never_fall_off_one_that_goes(
    page: Page, diary: House
) -> None:
    begin(page, diary, "/practices/ask/short/")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    back, words = page.locator("[data-back]"), page.locator(".said__step.now .said__words")
    page.locator("[data-skip]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".said__step.now textarea")).to_be_visible()
    expect(words).to_be_focused()
    page.keyboard.press("ArrowRight")
    back.focus()
    page.keyboard.press("Enter")
    expect(back).to_be_focused()
    expect(page.locator("[data-aloud]")).to_have_text(step("ask", "short", 1))
    page.keyboard.press("Enter")
    expect(words).to_be_focused()
    assert caption(page) == step("ask", "short", 0)


def test_the_escape_key_leaves(own_house: House, come_in: ComeIn) -> None:
    page = come_in(own_house)
    begin(page, own_house, "/practices/soles/short/")
    page.keyboard.press("Escape")
    page.wait_for_url("**/blank/")
    assert page.evaluate("sessionStorage.length") == 0


def test_the_breath_guide_moves_only_where_motion_is_welcome(diary: House, come_in: ComeIn) -> None:
    number = next(
        number for number, one in enumerate(practice("breath").form("short").steps) if one.breath
    )
    for motion, guided in (("no-preference", True), ("reduce", False)):
        page = come_in(diary, reduced_motion=motion)
        begin(page, diary, "/practices/breath/short/")
        for _ in range(number):
            page.click("[data-skip]")
        expect(page.locator(".breath")).to_be_visible(visible=guided)
        expect(page.locator(".said__step.now .said__breath")).to_be_visible(visible=not guided)
        moving = page.evaluate(
            "document.getAnimations().filter((one) => one.playState === 'running').length"
        )
        assert (moving > 0) == guided


def test_the_breath_guide_stays_off_once_it_was_turned_off(page: Page, diary: House) -> None:
    page.goto(diary.origin + "/practices/breath/short/")
    page.click("[data-told-go]")
    page.locator("[data-sound] summary").click()
    page.uncheck("[data-set=breath]")
    page.reload()
    page.click("[data-start]")
    while page.locator(".playing.now").count():
        expect(page.locator(".breath")).to_be_hidden()
        page.click("[data-skip]")
    expect(page.locator("#landed")).to_be_visible()


def test_backdraft_is_told_once_on_a_device(page: Page, diary: House) -> None:
    page.goto(diary.origin + "/practices/scan/short/")
    expect(page.locator("#told")).to_be_visible()
    page.click("[data-told-go]")
    expect(page.locator("#begin")).to_be_visible()
    page.goto(diary.origin + "/practices/break/short/")
    expect(page.locator("#begin")).to_be_visible()


def test_a_strong_one_begins_with_one_question(page: Page, diary: House) -> None:
    page.goto(diary.origin + "/practices/critic/short/")
    expect(page.locator("#begin")).to_be_hidden()
    page.get_by_role("button", name=BACKDRAFT["steady"]["unsure"]).click()
    expect(page.get_by_role("heading", name=BACKDRAFT["steady"]["unsure_reply"])).to_be_visible()
    page.reload()
    page.get_by_role("button", name=BACKDRAFT["steady"]["yes"]).click()
    expect(page.locator("#told")).to_be_visible()


def test_the_way_round_an_abusers_voice_is_one_touch(page: Page, diary: House) -> None:
    begin(page, diary, "/practices/critic/short/")
    steps = practice("critic").form("short").steps
    here = next(number for number, one in enumerate(steps) if one.skip_to)
    for _ in range(here):
        page.locator(".playing [data-skip]:visible, .playing.waits [data-pause]").first.click()
    page.get_by_role("button", name=steps[here].skip_label).click()
    (there,) = [one for one in steps if one.id == steps[here].skip_to]
    assert caption(page) == there.said()


def test_time_waits_where_there_is_something_to_write(page: Page, diary: House) -> None:
    page.clock.install()
    begin(page, diary, "/practices/critic/short/")
    page.click("[data-skip]")
    page.clock.run_for(600_000)
    assert caption(page) == step("critic", "short", 1)


def test_after_a_reload_it_goes_on_where_it_was_with_what_was_written(
    page: Page, diary: House
) -> None:
    begin(page, diary, "/practices/critic/short/")
    page.click("[data-skip]")
    with page.expect_response("**/half/") as kept:
        page.fill(".now textarea", WORDS_OF_MINE)
    assert kept.value.status == 204
    page.reload()
    page.click(".now [value=yes]")
    page.get_by_role("button", name=PLAYER["go_on"]).click()
    assert caption(page) == step("critic", "short", 1)
    expect(page.locator(".said__step.now textarea")).to_have_value(WORDS_OF_MINE)


def test_the_browser_remembers_no_word_and_no_answer(page: Page, diary: House) -> None:
    begin(page, diary, "/practices/critic/short/")
    page.click("[data-skip]")
    page.fill(".now textarea", WORDS_OF_MINE)
    stored = page.evaluate("[{...localStorage}, {...sessionStorage}]")
    assert WORDS_OF_MINE not in json.dumps(stored)
    assert set(stored[0]) <= {"second-voice-told", "second-voice-sound"}
    (place,) = stored[1].values()
    assert set(json.loads(place)) == {"at", "thing", "when"}


def test_a_hidden_page_pauses_and_says_so(page: Page, diary: House) -> None:
    begin(page, diary, "/practices/soles/short/")
    # Headless windows are never hidden by the system.
    page.evaluate(
        """() => {
          Object.defineProperty(document, "hidden", { value: true, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    expect(page.locator("[data-state]")).to_have_text(PLAYER["away"])
    expect(page.locator("[data-pause]")).to_have_text(PLAYER["resume"])


def test_nothing_sounds_before_it_is_turned_on(page: Page, diary: House) -> None:
    page.add_init_script(
        """window.sounded = 0;
        const speak = speechSynthesis.speak.bind(speechSynthesis);
        speechSynthesis.speak = (words) => { window.sounded += 1; speak(words); };
        const { AudioContext } = window;
        window.AudioContext = class extends AudioContext {
          constructor() { super(); window.sounded += 1; }
        };"""
    )
    begin(page, diary, "/practices/soles/short/")
    page.click("[data-skip]")
    assert page.evaluate("window.sounded") == 0
    page.reload()
    page.locator("[data-sound] summary").click()
    page.check("[data-set=bells]")
    assert page.evaluate("window.sounded") == 1
    page.check("[data-set=voice]")
    has_voice = page.evaluate(
        "speechSynthesis.getVoices().some((one) => one.localService && one.lang.startsWith('en'))"
    )
    expect(page.get_by_text(PLAYER["driving"])).to_be_visible(visible=has_voice)
    expect(page.get_by_text(PLAYER["voice_none"])).to_be_visible(visible=not has_voice)


def go_the_way_back(page: Page) -> None:
    """From the first touch to the end, with every step left out."""
    page.click(".now [data-way='0']")
    for one in BACKDRAFT["path"]["steps"]:
        expect(page.get_by_role("heading", name=one["title"])).to_be_focused()
        expect(page.locator(".now").get_by_role("link", name="People to turn to")).to_be_visible()
        page.get_by_role("button", name=one["skip"]).click()


def test_something_hard_leads_step_by_step_and_says_what_is_smaller(
    own_house: House, come_in: ComeIn
) -> None:
    page = come_in(own_house)
    begin(page, own_house, "/practices/soles/twenty/")
    page.click("[data-stop]")
    page.get_by_role("button", name="It brought up something hard").click()
    expect(page.get_by_text(BACKDRAFT["path"]["told"])).to_be_visible()
    go_the_way_back(page)
    expect(page.get_by_text(BACKDRAFT["lowered"]["text"])).to_be_visible()
    page.get_by_role("button", name=BACKDRAFT["lowered"]["change"]).click()
    page.wait_for_url("**/practices/")
    expect(page.get_by_role("status")).to_have_text("It is back as it was.")


def test_a_minute_leads_the_same_way_and_a_second_time_to_working_with_somebody(
    own_house: House, come_in: ComeIn
) -> None:
    page = come_in(own_house)
    working = page.get_by_role("link", name=BACKDRAFT["repeated"]["link"])
    for again in (False, True):
        minute_at(3)(page, own_house.origin)
        page.get_by_role("button", name="It brought up something hard").click()
        expect(page.get_by_text(BACKDRAFT["path"]["told"])).to_be_visible()
        expect(page.locator(".now [role=status]")).to_have_text("Kept, and sealed.")
        go_the_way_back(page)
        expect(page.get_by_text(BACKDRAFT["lowered"]["text"])).to_be_visible(visible=not again)
        expect(working).to_be_visible(visible=again)
    page.get_by_role("button", name=BACKDRAFT["lowered"]["change"]).click()
    page.wait_for_url("**/practices/")
    expect(page.get_by_role("status")).to_have_text("It is back as it was.")


def test_without_scripts_it_can_be_read_written_in_and_answered(
    diary: House, come_in: ComeIn
) -> None:
    page = come_in(diary, at="/practices/critic/short/", java_script_enabled=False)
    steps = practice("critic").form("short").steps
    expect(page.locator(".said__step:visible")).to_have_count(len(steps))
    page.locator("textarea").first.fill(WORDS_OF_MINE)
    page.get_by_role("button", name="The same").click()
    expect(page.get_by_text("Kept, and sealed.")).to_be_visible()


def test_nothing_holds_up_the_page_while_it_plays(page: Page, diary: House) -> None:
    page.add_init_script(LONG_TASKS)
    page.goto(diary.origin + "/practices/breath/full/")
    page.locator("[data-player] > .now").wait_for()
    if page.locator(".now [data-told-go]").count():
        page.click("[data-told-go]")
    page.evaluate("window.longTasks.length = 0")
    page.click("[data-start]")
    for _ in practice("breath").form("full").steps:
        page.click("[data-skip]")
    expect(page.locator("#landed")).to_be_visible()
    assert page.evaluate("window.longTasks") == []


@pytest.mark.parametrize(("language", "voice"), [("de", "Anna"), ("en-gb", "Serena")])
def test_only_voices_of_the_pages_language_are_offered(
    page: Page, diary: House, language: str, voice: str
) -> None:
    # A headless browser has no voices of its own: these are of the device, not of the program.
    page.add_init_script(
        """Object.defineProperty(speechSynthesis, "getVoices", { value: () => [
             ["Anna", "de_DE"], ["Serena", "en-GB"], ["Mónica", "es-ES"]
           ].map(([name, lang]) => ({ name, lang, voiceURI: name, localService: true })) });"""
    )
    page.goto(diary.origin + "/support/")
    if language != "en-gb":
        page.click(f"button[name=language][value={language}]")
    page.goto(diary.origin + "/practices/soles/short/")
    page.locator("[data-sound] summary").click()
    page.locator("[data-set=voice]").check()
    expect(page.locator("#which option")).to_have_text([voice])
