"""Every page, in every state: with a screen reader, a small screen, large letters, a keyboard.

A page that is not in ``places.py`` fails here.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.browser.checks import DESKTOP, does_not_fit, in_the_way, look_at, not_by_keyboard, plain
from tests.browser.conftest import enter
from tests.browser.house import empty_house
from tests.browser.places import BY_SECRET, FILES, PLACES, POST_ONLY, names_and_routes
from tests.browser.watching import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.house import House
    from tests.browser.places import Place

REFUSED = "Once more, please"

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
        plain(page)
        place.go(page, origin)
        assert place.label == "old form" or REFUSED not in page.title(), "not the page it is named"
        look_at(page)
        return page

    yield visit
    assert loud.unforgiven() == []


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
    found = in_the_way(visit(place), empty=place.name == "blank")
    assert found == {}, json.dumps(found, indent=1)


@every_place
def test_it_fits_narrow_screens_and_large_letters(
    place: Place, visit: Callable[[Place], Page]
) -> None:
    found = does_not_fit(visit(place))
    assert found == [], json.dumps(found, indent=1, ensure_ascii=False)


@every_place
def test_the_keyboard_reaches_all_of_it_and_shows_where_it_is(
    place: Place, visit: Callable[[Place], Page]
) -> None:
    found = not_by_keyboard(visit(place))
    assert found == [], json.dumps(found, indent=1, ensure_ascii=False)
