"""Every page, in every state: with a screen reader, a small screen, large letters, a keyboard.

A page that is not in ``places.py`` fails here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import enter
from tests.browser.house import empty_house
from tests.browser.places import BY_SECRET, FILES, PLACES, POST_ONLY, names_and_routes
from tests.browser.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.house import House
    from tests.browser.places import Place

HERE = Path(__file__).parent
AXE = (HERE / "vendor" / "axe.min.js").read_text(encoding="utf-8")
LOOKING = (HERE / "looking.js").read_text(encoding="utf-8")

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
ONLY_FLAWS = {"resultTypes": ["violations"]}
NARROW = {"width": 320, "height": 568}

every_place = pytest.mark.parametrize("place", PLACES, ids=str)


@pytest.fixture(scope="module")
def nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = empty_house(tmp_path_factory.mktemp("nobody") / "folder")
    with house.running:
        yield house


@pytest.fixture(scope="module")
def loud() -> Watch:
    """Hears all windows of this module; each test asks it about its own page."""
    watch = Watch()
    watch.forgive(r"status of 40[034]")
    return watch


@pytest.fixture(scope="module")
def windows(
    browser: Browser, made_up: House, diary: House, nobody: House, loud: Watch
) -> Iterator[dict[str, tuple[Page, str]]]:
    """A window for each kind of visitor, used by one test after the other."""
    houses = {
        "made_up": made_up,
        "locked": diary,
        "unlocked": diary,
        "newcomer": nobody,
        "stranger": made_up,
    }
    found = {}
    for who, house in houses.items():
        context = browser.new_context(viewport=DESKTOP, reduced_motion="reduce")
        loud.over(context, house.origin)
        if who == "stranger":
            page = context.new_page()
        else:
            page = enter(context, house, unlock=who != "locked")
        found[who] = (page, house.origin)
    yield found
    for page, _ in found.values():
        page.context.close()


@pytest.fixture
def visit(windows: dict[str, tuple[Page, str]], loud: Watch) -> Iterator[Callable[[Place], Page]]:
    """Bring a window to a place, with the tools for looking at it."""
    loud.problems.clear()

    def visit(place: Place) -> Page:
        page, origin = windows[place.who]
        page.set_viewport_size(DESKTOP)
        page.emulate_media(color_scheme="light", reduced_motion="reduce", forced_colors="none")
        place.go(page, origin)
        page.evaluate("document.fonts.ready.then(() => true)")
        page.evaluate(LOOKING)
        return page

    yield visit
    assert loud.unforgiven() == []


def flaws(page: Page, *names: str) -> list[str]:
    """What the eye finds."""
    found: list[str] = []
    for name in names:
        found += page.evaluate(f"looking.{name}")
    return found


def test_every_address_is_looked_at() -> None:
    named = {name for name, _ in names_and_routes()}
    shown = {place.name for place in PLACES} | POST_ONLY | BY_SECRET | set(FILES)
    assert named - shown == set()


def test_what_only_takes_forms_shows_nothing(windows: dict[str, tuple[Page, str]]) -> None:
    page, origin = windows["made_up"]
    for name, route in names_and_routes():
        answer = page.request.get(origin + route, max_redirects=0)
        if name in POST_ONLY:
            assert answer.status == 405, name
        elif name in BY_SECRET:
            assert answer.status == 404, name
        elif name in FILES:
            assert answer.headers["content-type"] == FILES[name]


@every_place
def test_nothing_stands_in_the_way(place: Place, visit: Callable[[Place], Page]) -> None:
    page = visit(place)
    page.evaluate(AXE + ";0")
    # The blank page is empty on purpose: it has no heading and no region to ask for.
    rules = (
        {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]} if place.name == "blank" else {}
    )
    found = {}
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            result = page.evaluate("rules => axe.run(document, rules)", rules | ONLY_FLAWS)
            for rule in result["violations"]:
                nodes = "; ".join(node["html"][:120] for node in rule["nodes"][:3])
                found[f"{rule['id']}: {rule['help']}: {nodes}"] = f"{scheme}, {size['width']} px"
    assert found == {}, json.dumps(found, indent=1)


@every_place
def test_it_fits_narrow_screens_and_large_letters(
    place: Place, visit: Callable[[Place], Page]
) -> None:
    page = visit(place)
    letters = page.context.new_cdp_session(page)
    found = []
    for what, size, standard in (
        ("320 px", NARROW, 16),
        ("letters twice as large, phone", PHONE, 32),
        ("letters twice as large, desktop", DESKTOP, 32),
    ):
        page.set_viewport_size(size)
        letters.send("Page.setFontSizes", {"fontSizes": {"standard": standard}})
        seen = flaws(page, "sideways()", "cut()", "overlapping()", "covered()")
        found += [f"{what}: {flaw}" for flaw in seen]
    letters.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})
    letters.detach()
    page.set_viewport_size(PHONE)
    found += [f"phone: {flaw}" for flaw in flaws(page, "small(false, 24)", "small(true, 44)")]
    page.evaluate("looking.spaced()")
    for size in (NARROW, DESKTOP):
        page.set_viewport_size(size)
        seen = flaws(page, "sideways()", "cut()", "overlapping()")
        found += [f"text spaced out, {size['width']} px: {flaw}" for flaw in seen]
    assert found == [], json.dumps(found, indent=1, ensure_ascii=False)


@every_place
def test_the_keyboard_reaches_all_of_it_and_shows_where_it_is(
    place: Place, visit: Callable[[Place], Page]
) -> None:
    page = visit(place)
    page.evaluate("document.activeElement?.blur()")
    found = []
    for colours, size in (("none", PHONE), ("active", DESKTOP)):
        page.set_viewport_size(size)
        page.emulate_media(forced_colors=colours)
        found += flaws(page, "moving()")
        page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0); }")
        page.locator("body").evaluate("body => { body.tabIndex = -1; body.focus(); }")
        expected = page.evaluate("looking.stops()")
        came_to = []
        for _ in range(expected):
            page.keyboard.press("Tab")
            stop = page.evaluate("looking.focus()")
            if stop is None:
                break
            came_to.append(stop["name"])
            found += stop["flaws"]
            if stop["back"]:
                found.append(f"Tab goes back up to {stop['name']}")
        # A why closes when the next one opens, and takes its buttons with it.
        if len(came_to) not in {expected, page.evaluate("looking.stops()")}:
            found.append(f"Tab comes to {len(came_to)} of {expected} places")
    assert found == [], json.dumps(found, indent=1, ensure_ascii=False)
