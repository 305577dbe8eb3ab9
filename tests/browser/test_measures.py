"""Taking a measure by thumb, by keyboard alone, and without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import enter
from tests.browser.ways import a_question, answered

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.browser.house import House

pytestmark = pytest.mark.browser

KEYS = "523431343244"
PHONE = {"width": 390, "height": 844}


def begin(context: BrowserContext, house: House) -> Page:
    page = enter(context, house)
    a_question(page, house.origin)
    return page


def test_twelve_touches_of_a_thumb_are_enough(browser: Browser, made_up: House) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = begin(context, made_up)
    for number, key in enumerate(KEYS, start=1):
        page.wait_for_url(f"**/{number}/")
        answer = page.locator(f".answer[value='{key}']")
        box = answer.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
        # Within reach: no answer hides below the edge or behind the bar.
        assert box["y"] + box["height"] < PHONE["height"] - 60
        answer.tap()
    page.wait_for_url("**/score/")
    assert "You answered 2.17" in page.locator("h1").inner_text()
    context.close()


def test_the_number_keys_alone_are_enough(browser: Browser, made_up: House) -> None:
    context = browser.new_context()
    page = enter(context, made_up)
    answered(page, made_up.origin, "scs-sf", KEYS)
    page.wait_for_url("**/score/")
    assert "You answered 2.17" in page.locator("h1").inner_text()
    context.close()


def test_without_scripts_it_is_the_same(browser: Browser, made_up: House) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = begin(context, made_up)
    for number, key in enumerate(KEYS, start=1):
        page.wait_for_url(f"**/{number}/")
        page.locator(f".answer[value='{key}']").click()
    page.wait_for_url("**/score/")
    assert "You answered 2.17" in page.locator("h1").inner_text()
    page.goto(f"{made_up.origin}/measures/over-time/")
    assert page.locator("svg.chart").count() >= 4
    context.close()


def test_one_row_of_places_on_a_phone(browser: Browser, made_up: House) -> None:
    for width in (320, 360, 390):
        context = browser.new_context(viewport={"width": width, "height": 640})
        page = enter(context, made_up)
        page.goto(f"{made_up.origin}/measures/")
        box = page.locator(".bar").bounding_box()
        assert box is not None
        assert box["height"] < 60, f"{width} px"
        context.close()
