"""How to come to the pages of the practices: the minute, letters, wishes, strangers, course, one day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.hands import CRITIC, KIND

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page


LETTER = "Dear tired one,\n\nYou forgot one birthday. Nobody keeps such a list and drops nothing."


def minute_at(step: int) -> Callable[[Page, str], None]:
    """So many steps into the minute."""

    def go(page: Page, origin: str) -> None:
        page.goto(f"{origin}/minute/")
        for _ in range(step):
            page.locator("section.now [data-next]").click()

    return go


def week_told(number: int) -> Callable[[Page, str], None]:
    """A week of the course, once backdraft has been explained."""

    def go(page: Page, origin: str) -> None:
        page.goto(f"{origin}/course/{number}/")
        on = page.locator("button[name=on]")
        if on.count():
            on.click()
            page.locator("#question").wait_for()

    return go


def into_player(page: Page, origin: str, path: str) -> None:
    page.goto(origin + path)
    page.locator("[data-player] > .now").wait_for()
    if page.locator(".now [data-told-go]").count():
        page.click(".now [data-told-go]")
    page.click("[data-start]")


def playing(practice: str, step: int) -> Callable[[Page, str], None]:
    """In the short form of a practice, paused at a step."""

    def go(page: Page, origin: str) -> None:
        into_player(page, origin, f"/practices/{practice}/short/")
        for _ in range(step):
            page.locator("[data-skip]:visible, .waits [data-pause]").first.click()
        if page.locator(".playing.waits").count() == 0:
            page.click("[data-pause]")

    return go


def in_a_week(page: Page, origin: str) -> None:
    """The course, and the week that one is in."""
    page.goto(f"{origin}/course/2/")
    here = page.locator("button[name=choice][value=here]")
    if here.count():
        here.click()
        page.locator("button[value='go-on']").wait_for()


def the_course_begun(page: Page, origin: str) -> None:
    in_a_week(page, origin)
    page.goto(f"{origin}/course/")


def a_day(page: Page, origin: str) -> None:
    """The page of today's one day."""
    page.goto(f"{origin}/one-day/?another")
    page.locator("button.date").first.click()
    page.locator("#ticks").wait_for()


def day_part(part: str) -> Callable[[Page, str], None]:
    """A page of today's one day."""

    def go(page: Page, origin: str) -> None:
        a_day(page, origin)
        evening = page.locator("a[href*='/evening/']").first.get_attribute("href") or ""
        page.goto(origin + evening.replace("evening", part))

    return go


def a_pause(number: int) -> Callable[[Page, str], None]:
    """A question of a pause that has something in it."""

    def go(page: Page, origin: str) -> None:
        a_day(page, origin)
        page.locator("form[action$='/pause/'] button").click()
        page.fill("#id_words", CRITIC)
        page.locator(".actions .button").click()
        page.wait_for_url("**/2/")
        page.goto(page.url.replace("/2/", f"/{number}/"))

    return go


def both_voices(page: Page, origin: str) -> None:
    a_pause(4)(page, origin)
    page.fill("#id_instead", KIND)
    page.locator(".actions .button").click()
    page.locator("#ticks").wait_for()
    day_part("evening")(page, origin)


def no_such_day(page: Page, origin: str) -> None:
    page.goto(f"{origin}/one-day/?another")
    form = page.locator("form.field")
    form.evaluate("form => { form.noValidate = true; }")
    form.locator("button").click()
    page.locator(".error").wait_for()


def stopped(page: Page, origin: str) -> None:
    into_player(page, origin, "/practices/soles/short/")
    page.click("[data-stop]")


def way_back(page: Page, origin: str) -> None:
    stopped(page, origin)
    page.click(".now [value=hard]")
    page.click(".now [data-way='0']")


def played_without_scripts(page: Page, origin: str) -> None:
    sent(page, f"{origin}/practices/soles/short/", "landed", "hard")


def not_today(page: Page, origin: str) -> None:
    sent(page, f"{origin}/practices/critic/short/", "steady", "no")


def sent(page: Page, path: str, name: str, value: str) -> None:
    """The answer of the page that comes where no script is run."""
    page.goto(path)
    with page.expect_navigation() as came:
        page.evaluate(
            """([name, value]) => {
              const form = document.querySelector("[data-player]");
              const button = form.querySelector(`[name=${name}][value=${value}]`);
              if (button.hasAttribute("formaction")) form.action = button.formAction;
              form.append(Object.assign(document.createElement("input"), {name, value}));
              form.submit();
            }""",
            [name, value],
        )
    assert came.value.ok


def a_letter(page: Page, origin: str) -> None:
    """Just put away."""
    page.goto(f"{origin}/letters/new/to-me/")
    page.fill("#id_text", LETTER)
    page.select_option("#id_back", "7")
    page.locator("form[data-draft] .button").click()
    page.wait_for_url("**/?away")


def letter_at(step: str) -> Callable[[Page, str], None]:
    def go(page: Page, origin: str) -> None:
        a_letter(page, origin)
        page.goto(page.url.replace("?away", step))

    return go


def letter_without_a_day(page: Page, origin: str) -> None:
    page.goto(f"{origin}/letters/new/to-friend/")
    page.fill("#id_text", LETTER)
    page.select_option("#id_back", "day")
    page.locator("form[data-draft] .button").click()
    page.locator(".error").wait_for()


def letter_deleted(page: Page, origin: str) -> None:
    letter_at("")(page, origin)
    page.locator("details.why summary").click()
    page.get_by_role("button", name="Delete this letter").click()
    page.locator(".note[role=status]").wait_for()


def letters_deleted(page: Page, origin: str) -> None:
    letter_deleted(page, origin)
    page.goto(f"{origin}/letters/deleted/")


def wishes_at(step: str) -> Callable[[Page, str], None]:
    """The four steps up to this one, with something written in each before it."""

    def go(page: Page, origin: str) -> None:
        page.goto(f"{origin}/phrases/wishes/")
        page.fill("#id_wish_0", "May I be slow about this")
        page.fill("#id_wish_1", "A quiet kitchen")
        page.locator("form[data-draft] .button").click()
        page.wait_for_url("**/sound/")
        if step == "kept":
            page.locator("main form .button").click()
            page.wait_for_url("**/?kept")
        else:
            page.goto(f"{origin}/phrases/{step}/")

    return go


def no_wish(page: Page, origin: str) -> None:
    page.goto(f"{origin}/phrases/wishes/")
    for field in page.locator("[name^=wish_]").all():
        field.fill("")
    page.locator("form[data-draft] .button").click()
    page.locator("[role=alert]").wait_for()


def own_wishes_chosen(page: Page, origin: str) -> None:
    """The kind page of a minute, with the person's own wishes before the others."""
    wishes_at("kept")(page, origin)
    minute_at(2)(page, origin)
    page.locator("section.now .phrase--own").first.click()


def a_stranger(page: Page, origin: str) -> None:
    page.goto(f"{origin}/be-the-friend/")
    page.locator("main form .button").last.click()
    page.wait_for_url("**-**-**/")


def stranger_asked(page: Page, origin: str) -> None:
    a_stranger(page, origin)
    page.fill("#id_said", KIND)
    page.locator("form[data-draft] .button").click()
    page.wait_for_url("**/?asked")


def said_to_a_stranger(page: Page, origin: str) -> None:
    stranger_asked(page, origin)
    page.get_by_role("button", name="It is fine as it is").click()
    page.wait_for_url("**/?said")


def befriended(page: Page, origin: str) -> None:
    said_to_a_stranger(page, origin)
    page.goto(f"{origin}/be-the-friend/")


def befriend_care(page: Page, origin: str) -> None:
    a_stranger(page, origin)
    page.goto(page.url + "care/")


def befriended_deleted(page: Page, origin: str) -> None:
    said_to_a_stranger(page, origin)
    page.locator("details.why summary").click()
    page.get_by_role("button", name="Delete this").click()
    page.locator(".note[role=status]").wait_for()
    page.goto(f"{origin}/be-the-friend/deleted/")
