"""What brings the way to sign in back brings nothing else back, and ends what was open."""

from __future__ import annotations

import base64

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from secondvoice.accounts.models import Joined
from secondvoice.people.middleware import KEY_COOKIE
from tests.accounts.household import (
    PASSWORD,
    Resident,
    code_in_the_letter,
    living_here,
    still_them,
)

pytestmark = pytest.mark.django_db

NEW = "seven slow grey pigeons"


def forget_the_password(client: Client, email: str) -> None:
    client.post("/account/forgotten/", {"email": email})
    answer = client.post("/account/forgotten/code/", {"code": code_in_the_letter()})
    assert answer.headers["Location"] == "/account/forgotten/new/", answer.content.decode()
    answer = client.post("/account/forgotten/new/", {"password1": NEW, "password2": NEW})
    assert answer.headers["Location"] == "/account/forgotten/done/", answer.content.decode()


def test_a_password_brought_back_by_letter_opens_nothing() -> None:
    resident, _ = living_here("alice@example.org")
    client = Client()
    forget_the_password(client, resident.email)
    assert "was changed" in mail.outbox[-1].body
    again = Resident(resident.email, NEW, client)
    assert again.sign_in().status_code == 302
    assert "Welcome back" in client.get("/settings/").content.decode()
    assert "did not open it" in again.unlock(NEW).content.decode()
    # What was open elsewhere is not.
    assert resident.client.get("/settings/").status_code == 302
    again.unlock()
    assert "Welcome back" not in client.get("/settings/").content.decode()


def test_the_pages_say_so_before() -> None:
    resident, _ = living_here("alice@example.org")
    stranger = Client()
    assert "stay sealed" in stranger.get("/account/forgotten/").content.decode()
    still_them(resident)
    for path in ("/account/passkeys/add/", "/account/totp/on/"):
        assert "open nothing" in resident.client.get(path, follow=True).content.decode()


def test_a_new_password_ends_every_other_session() -> None:
    resident, _ = living_here("alice@example.org")
    elsewhere = Resident(resident.email)
    elsewhere.sign_in()
    elsewhere.unlock()
    locked_elsewhere = Resident(resident.email)
    locked_elsewhere.sign_in()
    sent = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    answer = resident.client.post("/account/password/", sent)
    assert answer.headers["Location"] == "/account/"
    for other in (elsewhere, locked_elsewhere):
        assert other.client.get("/settings/").headers["Location"].startswith("/account/login/")
    # Here somebody is signed in still, and it is locked.
    assert "Welcome back" in resident.client.get("/settings/").content.decode()
    halves = [row for row in Session.objects.all() if "sealed" in row.get_decoded()]
    assert halves == []


def test_a_session_of_an_account_that_is_put_aside_opens_nothing() -> None:
    resident, _ = living_here("alice@example.org")
    account = resident.account
    account.is_active = False
    account.save()
    assert resident.client.get("/settings/").status_code == 302
    account.is_active = True
    account.save()
    assert resident.client.get("/settings/").status_code == 302, "It was ended, not hidden."


def test_a_session_that_is_another_persons_opens_nothing() -> None:
    alice, hers = living_here("alice@example.org")
    _, his = living_here("bob@example.org")
    Joined.objects.filter(person=his.person).delete()
    Joined.objects.filter(person=hers.person).update(person=his.person)
    assert alice.client.get("/settings/").status_code == 302


def test_the_session_never_holds_the_other_half_of_the_key() -> None:
    """The library lays a form by, with its headers, when it wants the password once more."""
    resident, _ = living_here("alice@example.org")
    half = resident.client.cookies[KEY_COOKIE].value
    session = resident.client.session
    session["account_authentication_methods"] = []
    session.save()
    for path in (
        "/account/totp/on/",
        "/account/passkeys/add/",
        "/account/codes/new/",
        "/account/passkeys/1/remove/",
        "/account/totp/off/",
    ):
        answer = resident.client.post(path, {"code": "123456"})
        assert answer.status_code in {302, 404}, path
        held = str(Session.objects.get(pk=session.session_key).get_decoded())
        assert half not in held
        assert settings.SESSION_COOKIE_NAME not in held
        assert "HTTP_" not in held


def test_signing_out_is_the_end_of_what_was_open() -> None:
    resident, _ = living_here("alice@example.org")
    half = base64.urlsafe_b64decode(resident.client.cookies[KEY_COOKIE].value)
    assert len(half) == 32
    key = resident.client.session.session_key
    resident.client.post("/account/logout/")
    assert not Session.objects.filter(pk=key).exists()
