"""The frame round every page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.template.loader import render_to_string
from django.test import Client, override_settings

from secondvoice.people.record import Settings
from tests.cast import browser_inside

if TYPE_CHECKING:
    from tests.cast import Someone


@pytest.mark.parametrize("page", ["/", "/moments/", "/settings/", "/minute/", "/support/"])
def test_help_and_the_way_out_are_on_every_page(alice: Someone, page: str) -> None:
    html = alice.client.get(page, headers={"Accept-Encoding": "identity"}).content.decode()
    for piece in ('href="/support/"', 'href="/practices/"', 'action="/leave/"', 'href="#main"'):
        assert piece in html, page


@pytest.mark.parametrize(
    ("page", "place"),
    [
        ("/", "Today"),
        ("/moments/", "Moments"),
        ("/measures/", "Measures"),
        ("/minute/", "Practice"),
        ("/practices/", "Practice"),
    ],
)
def test_the_place_where_one_is_is_named_to_everybody(
    alice: Someone, page: str, place: str
) -> None:
    html = alice.client.get(page, headers={"Accept-Encoding": "identity"}).content.decode()
    assert html.count("aria-current") == 1
    named = re.search(r'aria-current="page">(.*?)</a>', html)
    assert named is not None
    assert re.sub(r"<[^>]+>", "", named[1]) == place


def test_locking_is_offered_only_while_open(alice: Someone, client: Client) -> None:
    assert 'action="/lock/"' in alice.client.get("/").content.decode()
    assert 'action="/lock/"' not in browser_inside().get("/unlock/", follow=True).content.decode()


@pytest.mark.parametrize(("look", "expected"), [("dark", 1), ("light", 1), ("auto", 0)])
def test_the_look_that_was_chosen_is_shown(alice: Someone, look: str, expected: int) -> None:
    alice.door.keep(Settings(look=look))
    html = alice.client.get("/").content.decode()
    assert html.count(f'data-theme="{look}"') == expected


def test_what_is_made_up_says_so(alice: Someone) -> None:
    assert "Made up:" not in alice.client.get("/").content.decode()
    with override_settings(DEMO=True):
        for page in ("/", "/support/"):
            html = alice.client.get(page, headers={"Accept-Encoding": "identity"}).content.decode()
            assert "Made up:" in html
            # It is gone when it stops: nothing of it stays in the browser.
            assert "sw-register" not in html


def test_a_form_without_its_token_is_answered_with_a_way_on() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies.update(browser_inside().cookies)
    response = strict.post("/lock/", {"words": "known words"})
    assert response.status_code == 403
    assert "Once more, please" in response.content.decode()
    assert "known words" not in response.content.decode()


@pytest.mark.parametrize("name", ["400", "403", "404", "500"])
def test_an_error_page_needs_nothing_to_be_shown(name: str) -> None:
    html = render_to_string(f"{name}.html", {})
    assert "<h1>" in html
    assert 'href="/support/"' in html


def test_an_address_that_does_not_exist_leads_back(alice: Someone) -> None:
    response = alice.client.get("/moments/00000000-0000-7000-8000-000000000000/")
    assert response.status_code == 404
    assert 'href="/"' in response.content.decode()


def test_the_blank_page_tells_nothing(client: Client) -> None:
    html = client.get("/blank/").content.decode()
    assert "Voice" not in html
    assert "<script" not in html
    assert "/static/" not in html
