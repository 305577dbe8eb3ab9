"""The ways to the pages of growth that take more than an address."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from secondvoice.growth.helps import experiment
from secondvoice.growth.names import words_of
from secondvoice.growth.record import Experiment, Told
from secondvoice.growth.trials import begun, plan_of, result_of

if TYPE_CHECKING:
    from playwright.sync_api import Page


def an_experiment(page: Page, origin: str) -> None:
    """One that begins tomorrow; the one that is there already, if there is one."""
    page.goto(f"{origin}/growth/experiments/")
    if page.locator("#id_one").count():
        page.select_option("#id_one", "soles")
        page.locator("main form .button").click()
    else:
        page.locator(".told__link").first.click()
    page.wait_for_url("**-**/")
    page.locator("details.why summary").first.click()


def no_day_for_it(page: Page, origin: str) -> None:
    page.goto(f"{origin}/growth/experiments/")
    if not page.locator("#id_start").count():
        # One at a time: the one that is there is ended.
        page.locator(".told__link").first.click()
        page.locator("form[action$='/stop/'] button").click()
        page.goto(f"{origin}/growth/experiments/")
    page.fill("#id_start", "2020-01-01")
    page.locator("main form .button").click()
    page.locator(".error").first.wait_for()


def experiment_result() -> dict[str, Any]:
    """What the page of a result is made of: nobody waits forty-eight days for a test."""
    from secondvoice.growth.views.trying import result_shown

    start = date(2026, 3, 2)
    kept = _told(begun("daily-sc", "", start, "usual", 3))
    result = result_of(kept, start + timedelta(days=60))
    t = words_of("trying")
    return {"t": t, "room": words_of("room"), "title": "A kindness you can do, or none", "kept": kept,
            "thing": "00000000-0000-7000-8000-000000000000", "blocks": [],
            "result": result_shown(kept, result, t)}  # fmt: skip


def _told(kept: Experiment) -> Experiment:
    plan: experiment.Plan = plan_of(kept)
    for number in range((plan.last - plan.first).days + 1):
        day = plan.first + timedelta(days=number)
        block = plan.on(day)
        lighter = 2 if block and block.what else 0
        kept = kept.told(Told(day, 6 - lighter + number % 3, done=True))
    return kept
