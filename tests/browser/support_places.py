"""The way to the pages of Support, of a plan, and of what is tried out of Learn."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

PLAN = {
    "signs": "I stop answering messages.\nI tell everybody that I'm fine.",
    "people": "My sister, at any hour: 0171 234 56 78",
    "lines": "Dr Weir, Mill Lane, 030 1234567\nSamaritans, 116 123",
}


def planned(path: str) -> Callable[[Page, str], None]:
    """With a plan of three steps."""

    def go(page: Page, origin: str) -> None:
        for step, words in PLAN.items():
            page.goto(f"{origin}/support/plan/{step}/")
            page.fill("#id_words", words)
            page.locator("main .button").click()
            page.wait_for_load_state()
        page.goto(origin + path)

    return go


def plan_let_go(page: Page, origin: str) -> None:
    planned("/support/plan/")(page, origin)
    page.get_by_role("button", name="Let the plan go").click()
    page.locator(".note[role=status]").wait_for()


def country_first(page: Page, origin: str) -> None:
    page.goto(origin + "/support/")
    page.goto(origin + "/support/#in-IE")
    put_first = page.locator("#all-lines #in-IE button")
    if put_first.count():  # else it was, by a visit before
        put_first.click()
    page.locator("#yours #in-IE").wait_for()


def set_out(path: str) -> Callable[[Page, str], None]:
    """Something out of Learn that is being tried; a path that does not begin with / is below it."""

    def go(page: Page, origin: str) -> None:
        page.goto(f"{origin}/experiments/new/myth-weak/")
        page.fill("#id_expects", "That I go soft on the gutter")
        page.locator("main .button").click()
        page.wait_for_load_state()
        page.goto(f"{origin}/experiments/")
        if not path.startswith("/"):
            page.locator("main a[href^='/experiments/0']").first.click()
            page.wait_for_load_state()
            page.goto(page.url + path)

    return go
