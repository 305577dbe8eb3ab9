"""The sign-on of a campus: who comes by it is told apart, and their words stay sealed."""

from __future__ import annotations

import re
from contextlib import contextmanager
from copy import deepcopy
from html import unescape
from typing import TYPE_CHECKING

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.test import Client, override_settings

from secondvoice.accounts.models import Account, Joined
from tests.accounts.household import invitation, living_here
from tests.accounts.provider import Campus, campus
from tests.cast import move_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

pytestmark = pytest.mark.django_db

START = "/account/oidc/campus/"


@contextmanager
def on_campus() -> Iterator[Campus]:
    with campus() as provider:
        providers = deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
        providers["openid_connect"]["APPS"][0]["settings"]["server_url"] = provider.issuer
        with override_settings(SOCIALACCOUNT_PROVIDERS=providers):
            yield provider


def go(client: Client, provider: Campus, start: str = START) -> HttpResponse:
    """There and back, as a browser goes."""
    answer = client.post(start)
    assert answer.status_code == 200, "A form leads to this site alone."
    there = re.search(r'content="0; url=([^"]+)"', answer.content.decode())
    assert there is not None, answer.content.decode()
    back = provider.authorize(unescape(there[1]))
    # Coming from elsewhere a browser brings no Strict cookie: first a page that goes on by itself.
    stranger = Client().get(back)
    assert stranger.status_code == 200
    assert "http-equiv" in stranger.content.decode()
    return client.get(back)


def test_with_an_invitation_an_account_is_made_and_begins_sealed() -> None:
    with on_campus() as provider:
        client = Client()
        client.get(f"/account/invited/?code={invitation()}")
        answer = go(client, provider)
        assert answer.status_code == 302, answer.content.decode()
        assert Account.objects.get().email == "alice@campus.example"
        assert not Account.objects.get().has_usable_password()
        assert client.get("/", follow=True).redirect_chain[-1][0] == "/welcome/"
        # Of what it tells, who it is, and no more.
        kept = SocialAccount.objects.get()
        assert (kept.uid, kept.extra_data) == ("s0001", {})
        # Again, at another browser: no invitation is asked for, and the passphrase is.
        someone = move_in()
        hers = Account.objects.get(email="alice@campus.example")
        Joined.objects.filter(person=someone.person).update(account=hers)
        other = Client()
        assert go(other, provider).status_code == 302
        assert "Welcome back" in other.get("/settings/").content.decode()


def test_without_an_invitation_nobody_comes_in_by_it() -> None:
    with on_campus() as provider:
        client = Client()
        answer = client.get(go(client, provider).headers.get("Location", "/account/signup/"))
        assert "By invitation" in answer.content.decode()
        assert not Account.objects.exists()


def test_the_address_of_somebody_who_lives_here_takes_nothing_over() -> None:
    living_here("alice@campus.example")
    with on_campus() as provider:
        client = Client()
        client.get(f"/account/invited/?code={invitation()}")
        go(client, provider)
        assert client.get("/settings/").headers["Location"].startswith("/account/login/")
        assert not SocialAccount.objects.exists()


def test_who_has_an_account_joins_the_two() -> None:
    resident, _ = living_here("alice@example.org")
    with on_campus() as provider:
        answer = go(resident.client, provider, f"{START}?process=connect")
        assert answer.headers["Location"] == "/account/"
        other = Client()
        go(other, provider)
        assert "Welcome back" in other.get("/settings/").content.decode()


def test_an_answer_that_was_not_asked_for_is_refused() -> None:
    with on_campus():
        client = Client()
        page = client.get(f"{START}back/?code=x&state=y&_redir=").content.decode()
        assert "Not signed in" in page


def test_a_sign_on_that_does_not_answer_is_said() -> None:
    page = Client().post(START).content.decode()
    assert "Not signed in" in page


def test_who_breaks_it_off_over_there_is_told_that_nothing_happened() -> None:
    page = Client().get("/account/oidc/cancelled/")
    assert (page.status_code, "Nothing happened." in page.content.decode()) == (200, True)
    page = Client().get("/account/oidc/error/")
    assert "gave no answer that can be used" in page.content.decode()
