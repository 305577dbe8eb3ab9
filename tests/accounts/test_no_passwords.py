"""A house in which nobody signs in by password (SECONDVOICE_PASSWORDS=False)."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.test import Client
from django.urls import clear_url_caches

from secondvoice.accounts import urls
from secondvoice.site import urls as site_urls
from tests.accounts.household import with_account

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db


def _addresses_anew() -> None:
    # Which there are is settled as the program starts.
    for module in (urls, site_urls):
        importlib.reload(module)
    clear_url_caches()


@pytest.fixture(autouse=True)
def without_passwords(settings: SettingsWrapper) -> Iterator[None]:
    before = settings.PASSWORDS, settings.ACCOUNT_SIGNUP_FIELDS
    settings.PASSWORDS, settings.ACCOUNT_SIGNUP_FIELDS = False, ["email*"]
    _addresses_anew()
    yield
    settings.PASSWORDS, settings.ACCOUNT_SIGNUP_FIELDS = before
    _addresses_anew()


@pytest.mark.parametrize("sent", [{}, {"password": "copper bridge under rain"}])
def test_an_address_typed_at_the_door_sends_no_letter_and_no_fault(sent: dict[str, str]) -> None:
    with_account("alice@example.org")
    for address in ("alice@example.org", "nobody@example.org"):
        answer = Client().post("/account/login/", {"login": address, **sent})
        assert answer.status_code == 405
    assert mail.outbox == []


def test_the_door_still_shows_the_passkey() -> None:
    page = Client().get("/account/login/")
    assert page.status_code == 200
    assert "Use a passkey" in page.content.decode()
