"""Making an account by invitation, beginning, coming back: signing in opens nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from secondvoice.accounts.models import Account, Invitation, Joined, invite
from secondvoice.records.models import Person
from secondvoice.vault import make_recovery_code
from tests.accounts.household import (
    PASSWORD,
    Resident,
    code_in_the_letter,
    invitation,
    living_here,
    with_account,
)
from tests.cast import PASSPHRASE

pytestmark = pytest.mark.django_db


def make_an_account(client: Client, email: str) -> None:
    answer = client.post("/account/signup/", {"email": email, "password1": PASSWORD})
    assert answer.headers["Location"] == "/account/letter/", answer.content.decode()
    answer = client.post("/account/letter/", {"code": code_in_the_letter()})
    assert answer.status_code == 302, answer.content.decode()


def begin(client: Client, passphrase: str = PASSPHRASE) -> None:
    sent = {"passphrase": passphrase, "again": passphrase, "kept": "on"}
    sent |= {"method": "passphrase", "code": make_recovery_code(), "anyway": "on"}
    assert client.post("/welcome/key/", sent).headers["Location"] == "/welcome/friend/"


def test_from_the_invitation_to_the_first_words() -> None:
    client = Client()
    answer = client.get(f"/account/invited/?code={invitation()}", follow=True)
    assert "Make an account" in answer.content.decode()
    make_an_account(client, "alice@example.org")
    assert client.get("/", follow=True).redirect_chain[-1][0] == "/welcome/"
    begin(client)
    assert client.get("/settings/").status_code == 200
    account = Account.objects.get()
    assert Joined.objects.get().account_id == account.pk
    assert Person.objects.filter(id=Joined.objects.get().person).exists()


def test_who_is_signed_in_meets_the_unlock_page() -> None:
    resident, _ = living_here("alice@example.org")
    other = Resident(resident.email)
    assert other.sign_in().status_code == 302
    page = other.client.get("/settings/").content.decode()
    assert "Welcome back" in page
    assert "id_passphrase" in page
    other.unlock("something else entirely")
    assert "Welcome back" in other.client.get("/settings/").content.decode()
    other.unlock()
    assert "Welcome back" not in other.client.get("/settings/").content.decode()


def test_the_password_for_signing_in_opens_nothing() -> None:
    resident, _ = living_here("alice@example.org")
    other = Resident(resident.email)
    other.sign_in()
    assert "did not open it" in other.unlock(PASSWORD).content.decode()


def test_locking_leaves_somebody_signed_in_and_leaving_does_not() -> None:
    resident, _ = living_here("alice@example.org")
    assert resident.client.post("/lock/").headers["Location"] == "/unlock/"
    assert "Welcome back" in resident.client.get("/unlock/").content.decode()
    resident.unlock()
    resident.client.post("/leave/")
    assert resident.client.get("/").headers["Location"] == "/account/login/?next=%2F"


def test_who_is_not_signed_in_is_asked_to() -> None:
    client = Client()
    assert client.get("/moments/").headers["Location"] == "/account/login/?next=%2Fmoments%2F"
    assert client.get("/support/").status_code == 200
    assert client.get("/minute/").status_code == 200


def test_words_that_meet_a_sign_in_that_ended_are_given_back() -> None:
    answer = Client().post("/moments/new/", {"voice": "I forgot the bread again", "before": "4"})
    assert answer.status_code == 403
    assert "I forgot the bread again" in answer.content.decode()
    assert ">\n4<" not in answer.content.decode()


def test_two_in_one_browser_see_their_own() -> None:
    alice, hers = living_here("alice@example.org")
    with_account("bob@example.org")
    bob = Resident("bob@example.org", client=alice.client)
    alice.client.post("/account/logout/")
    bob.sign_in()
    assert alice.client.get("/", follow=True).redirect_chain[-1][0] == "/welcome/"
    begin(alice.client, "another four words entirely")
    assert bob.person != hers.person
    # Her passphrase opens nothing of his.
    alice.client.post("/lock/")
    assert "did not open it" in bob.unlock(PASSPHRASE).content.decode()


def test_the_computers_account_is_no_key_here() -> None:
    resident = with_account("alice@example.org")
    resident.sign_in()
    assert "computer" not in resident.client.get("/welcome/key/").content.decode()
    answer = resident.client.post("/welcome/key/", {"method": "device"})
    assert answer.status_code == 200
    assert not Joined.objects.exists()


def test_an_account_begins_once() -> None:
    resident, _ = living_here("alice@example.org")
    people = Person.objects.count()
    sent = {"passphrase": PASSPHRASE, "again": PASSPHRASE, "kept": "on", "anyway": "on"}
    answer = resident.client.post("/welcome/key/", sent | {"code": make_recovery_code()})
    assert answer.status_code == 302
    assert Person.objects.count() == people


def test_without_an_invitation_nobody_makes_an_account() -> None:
    client = Client()
    page = client.get("/account/signup/").content.decode()
    assert "By invitation" in page
    assert 'name="password1"' not in page
    client.post("/account/signup/", {"email": "eve@example.org", "password1": PASSWORD})
    assert not Account.objects.exists()
    assert mail.outbox == []


@pytest.mark.parametrize("code", ["", "AAAAA-AAAAA-AAAAA-AAAAA", "Zq'\"<script>"])
def test_a_code_that_is_none_leads_nowhere(code: str) -> None:
    client = Client()
    answer = client.post("/account/invited/", {"code": code})
    assert answer.status_code == 200
    assert "By invitation" in client.get("/account/signup/").content.decode()


def test_a_code_is_typed_as_people_type() -> None:
    client = Client()
    typed = invitation().lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert client.post("/account/invited/", {"code": typed}).status_code == 302


def test_an_invitation_is_good_for_one_account() -> None:
    code = invitation()
    first, second = Client(), Client()
    for client in (first, second):
        assert client.post("/account/invited/", {"code": code}).status_code == 302
    make_an_account(first, "alice@example.org")
    answer = second.post("/account/signup/", {"email": "bob@example.org", "password1": PASSWORD})
    assert "By invitation" in answer.content.decode()
    assert Account.objects.count() == 1
    assert Client().post("/account/invited/", {"code": code}).status_code == 200


def test_an_invitation_that_has_ended_is_none() -> None:
    code = invite(timedelta(seconds=-1)).code
    assert Client().post("/account/invited/", {"code": code}).status_code == 200
    invitation()
    assert Invitation.objects.count() == 1, "The old one is forgotten."


def test_no_letter_says_what_this_is() -> None:
    client = Client()
    client.get(f"/account/invited/?code={invitation()}")
    make_an_account(client, "alice@example.org")
    client.post("/account/logout/")
    client.post("/account/forgotten/", {"email": "alice@example.org"})
    client.post("/account/forgotten/", {"email": "nobody@example.org"})
    assert len(mail.outbox) == 3
    for letter in mail.outbox:
        said = f"{letter.subject} {letter.body}".lower()
        for tells in ("voice", "diary", "journal", "compassion", "testserver", "http", "words"):
            assert tells not in said


def test_every_field_of_signing_in_is_called_in_our_words() -> None:
    alice, _ = living_here("alice@example.org")
    page = alice.client.get("/account/reauthenticate/letter/").content.decode()
    assert "Where the letter goes" in page
    assert "Recipient" not in page
