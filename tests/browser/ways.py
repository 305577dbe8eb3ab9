"""The ways to the states of a page: what a person does to get there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

from tests.browser.hands import CRITIC, KIND, WORDS
from tests.browser.practice_places import minute_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page


def at(path: str) -> Callable[[Page, str], None]:
    """By its address."""

    def go(page: Page, origin: str) -> None:
        page.goto(origin + path)

    return go


def moment_at(step: str) -> Callable[[Page, str], None]:
    """A finished moment of the made-up year, at a step."""

    def go(page: Page, origin: str) -> None:
        a_moment(page, origin)
        if step:
            page.goto(page.url + step + "/")

    return go


def a_moment(page: Page, origin: str) -> None:
    page.goto(f"{origin}/moments/")
    finished = page.locator(".moment", has=page.locator(".voice-second"))
    finished.filter(has_not=page.locator(".moment__when span")).first.locator("a").click()
    page.wait_for_url("**-**/")


def half_done(page: Page, origin: str) -> None:
    """One that was left half-way, on its page."""
    page.goto(f"{origin}/moments/")
    unfinished = page.locator(".moment", has=page.locator(".moment__when span"))
    unfinished.first.locator("a").click()
    page.wait_for_url("**-**/")


def details_open(page: Page, origin: str) -> None:
    a_moment(page, origin)
    page.locator("details.why summary").click()


def with_marks(page: Page, origin: str) -> None:
    page.goto(f"{origin}/moments/new/")
    page.get_by_label(WORDS["notice"]["voice_label"]).fill(CRITIC)
    page.locator("form[data-draft] .button").click()
    page.wait_for_url("**/words/")


def a_why(page: Page, origin: str) -> None:
    with_marks(page, origin)
    page.locator("a.mark").first.click()


def nothing_written(page: Page, origin: str) -> None:
    page.goto(f"{origin}/moments/new/")
    page.locator("form[data-draft] .button").click()
    page.locator("[role=alert]").wait_for()


def asked_once(page: Page, origin: str) -> None:
    with_marks(page, origin)
    page.goto(page.url.replace("/words/", "/answer/"))
    page.fill("#id_kind_words", KIND)
    page.locator("form[data-draft] .actions .button").click()
    page.wait_for_load_state()


def something_to_make_right(page: Page, origin: str) -> None:
    with_marks(page, origin)
    page.goto(page.url.replace("/words/", "/right/"))
    page.check("#right-yes", force=True)


def searched(words: str) -> Callable[[Page, str], None]:
    def go(page: Page, origin: str) -> None:
        page.goto(f"{origin}/moments/")
        page.fill("#id_q", words)
        page.locator(".filters .button").click()
        page.get_by_role("link", name="Show all").wait_for()

    return go


def just_deleted(page: Page, origin: str) -> None:
    with_marks(page, origin)
    page.goto(page.url.removesuffix("words/"))
    page.locator("details.why summary").click()
    page.get_by_role("button", name="Delete this moment").click()
    page.locator(".note[role=status]").wait_for()


def deleted(page: Page, origin: str) -> None:
    just_deleted(page, origin)
    page.goto(f"{origin}/moments/deleted/")


def settings_kept(page: Page, origin: str) -> None:
    page.goto(f"{origin}/settings/")
    page.locator("main .button").first.click()
    page.locator(".note[role=status]").wait_for()


def a_question(page: Page, origin: str) -> None:
    """The first question of a new taking."""
    page.goto(f"{origin}/measures/about/scs-sf/")
    page.locator("main button[name=way]").first.click()
    page.wait_for_url("**/1/")


def all_questions(page: Page, origin: str) -> None:
    a_question(page, origin)
    page.get_by_role("link", name="All on one page").click()
    page.locator("fieldset").first.wait_for()


def reminded(page: Page, origin: str) -> None:
    """With one reminder and a calendar."""
    page.goto(f"{origin}/settings/reminders/new/?part=after_work")
    page.locator("main .button").first.click()
    page.wait_for_url("**/reminders/")
    if page.locator("#calendar [value=on]").count():
        page.locator("#calendar [value=on]").click()
        page.locator("#feed").wait_for()


def a_reminder(page: Page, origin: str) -> None:
    reminded(page, origin)
    page.locator(".reminders a").first.click()
    page.wait_for_url("**-**/")


def no_days(page: Page, origin: str) -> None:
    page.goto(f"{origin}/settings/reminders/new/")
    page.locator("main form").evaluate("form => form.noValidate = true")
    page.locator("main .button").first.click()
    page.locator(".error").first.wait_for()


def some_left_open(page: Page, origin: str) -> None:
    all_questions(page, origin)
    page.get_by_role("button", name="See the result").click()
    page.locator(".ask--open").first.wait_for()


def answered(page: Page, origin: str, name: str, keys: str) -> None:
    """A measure answered by the number keys, one question to a screen."""
    page.goto(f"{origin}/measures/about/{name}/")
    page.locator("main button[name=way]").first.click()
    for number, key in enumerate(keys, start=1):
        page.wait_for_url(f"**/{number}/")
        page.wait_for_load_state()
        page.keyboard.press(key)


def a_result(page: Page, origin: str) -> None:
    answered(page, origin, "scs-sf", "523431343244")
    page.wait_for_url("**/score/")


def the_poles(page: Page, origin: str) -> None:
    """The result of the long form, with its figure."""
    answered(page, origin, "scs", "12345123451234512345123451")
    page.wait_for_url("**/score/")


def before_the_score(page: Page, origin: str) -> None:
    page.goto(f"{origin}/measures/choices/")
    page.check("#id_asked_for")
    page.locator("main .button").click()
    answered(page, origin, "phq-9", "000000001")
    page.wait_for_url("**/support/")


def charts_open(page: Page, origin: str) -> None:
    page.goto(f"{origin}/measures/over-time/")
    for summary in page.locator("details.why summary").all():
        summary.click()


def pocket_check_in(page: Page, origin: str) -> None:
    """Opened, on the page to write on without a network."""
    page.goto(f"{origin}/pocket/")
    page.locator("details.why summary").click()


def how_sure(page: Page, origin: str) -> None:
    """The card that rests on most, with all of it open."""
    page.goto(f"{origin}/learn/practice/")
    page.locator("details.why summary").click()


def gesture_chosen(page: Page, origin: str) -> None:
    minute_at(2)(page, origin)
    page.check("section.now [value=touch]", force=True)


def landed(answer: str) -> Callable[[Page, str], None]:
    def go(page: Page, origin: str) -> None:
        minute_at(3)(page, origin)
        page.locator(f"section.now button[value={answer}]").click()
        page.locator(f"[data-reply={answer}].now").wait_for()

    return go


def landed_without_scripts(page: Page, origin: str) -> None:
    page.goto(f"{origin}/minute/")
    with page.expect_navigation():
        page.evaluate(
            """() => {
              const form = document.querySelector("[data-landed]");
              const answer = Object.assign(document.createElement("input"), {name: "landed", value: "hard"});
              form.append(answer);
              form.submit();
            }"""
        )


def wrong_passphrase(page: Page, origin: str) -> None:
    page.goto(f"{origin}/unlock/")
    page.fill("#id_passphrase", "something else")
    page.locator("main .button").click()
    page.locator(".error").wait_for()


def wrong_code(page: Page, origin: str) -> None:
    page.goto(f"{origin}/unlock/recovery/")
    page.fill("#id_code", "ABCD-EFGH")
    page.locator("main .button").click()
    page.locator(".error").wait_for()


def code_mistyped(page: Page, origin: str) -> None:
    page.goto(f"{origin}/settings/recovery-code/try/")
    page.fill("#id_code", "ABCD-EFGH")
    page.locator("main .button").click()
    page.locator(".error").wait_for()


def nothing_chosen(page: Page, origin: str) -> None:
    page.goto(f"{origin}/welcome/key/")
    page.locator("form[method=post]").last.evaluate("form => form.noValidate = true")
    page.locator("main .button").first.click()
    page.locator(".error").first.wait_for()


def easily_guessed(page: Page, origin: str) -> None:
    page.goto(f"{origin}/welcome/key/")
    page.fill("#id_passphrase", "password123")
    page.press("#id_passphrase", "Tab")
    page.locator("#id_anyway").wait_for()


def tried(text: str) -> Callable[[Page, str], None]:
    """The reader, tried on these words."""

    def go(page: Page, origin: str) -> None:
        page.goto(f"{origin}/reader/")
        page.fill("#text", text)
        page.locator("main form .button").click()
        page.locator("#reading :is(h2, p), p#reading").first.wait_for()

    return go


def old_form(page: Page, origin: str) -> None:
    """A form whose token no longer fits."""
    page.goto(f"{origin}/moments/new/")
    page.locator("[name=csrfmiddlewaretoken]").evaluate_all("all => all.forEach(it => it.remove())")
    page.get_by_label(WORDS["notice"]["voice_label"]).fill(CRITIC)
    page.locator("form[data-draft] .button").click()
    page.get_by_role("heading", name="Once more").wait_for()


def page_of(template: str, **context: Any) -> Callable[[Page, str], None]:
    """A page that no test should have to break the program for."""

    def go(page: Page, origin: str) -> None:
        html = render_to_string(template, context)
        # Chromium warns of a font that is fetched ahead for the document that this replaces.
        html = re.sub(r'<link rel="preload"[^>]*>', "", html)
        # An address of the program, for its policy and files. What stands there is put in by hand:
        # an answer of the test's own would be asked for by the service worker, which has none.
        page.goto(f"{origin}/shown/")
        there = page.title()
        page.set_content(html)
        assert page.title() != there, "the page of nothing there, and not the one that is shown"

    return go
