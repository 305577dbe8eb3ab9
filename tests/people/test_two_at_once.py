"""A page that was asked for before the diary was opened, and answered after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings as conf
from django.test import Client

from secondvoice.people.middleware import KEY_COOKIE

if TYPE_CHECKING:
    from tests.cast import Someone

pytestmark = pytest.mark.django_db

NAMES = {conf.SESSION_COOKIE_NAME, KEY_COOKIE}


def with_the_cookies_from_before(someone: Someone) -> Client:
    """The same browser, with what it held before it was locked and opened again."""
    before = Client()
    for name, cookie in someone.client.cookies.items():
        before.cookies[name] = cookie.value
    someone.client.post("/lock/")
    someone.unlock()
    return before


@pytest.mark.parametrize("path", ["/library/0/", "/learn/pages/", "/minute/"])
def test_it_does_not_lock_what_was_opened_meanwhile(alice: Someone, path: str) -> None:
    answer = with_the_cookies_from_before(alice).get(path)
    assert answer.status_code == 200
    assert NAMES & set(answer.cookies) == set()


def test_the_half_of_a_key_that_opens_nothing_is_taken_back_by_the_next_page(
    alice: Someone,
) -> None:
    answer = with_the_cookies_from_before(alice).get("/")
    assert "Welcome back" in answer.content.decode()
    assert answer.cookies[KEY_COOKIE]["max-age"] == 0
