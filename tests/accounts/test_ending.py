"""Leaving a house of many: everything taken out first, then the account ended, from the browser."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from secondvoice.accounts.models import Account, Joined, join, rest_account
from secondvoice.moments.record import Moment
from secondvoice.records.models import Person, create_person, personal_models
from secondvoice.records.models.store import of
from secondvoice.vault import make_data_key, wrap_with_device_key
from tests.accounts.household import Resident, living_here, still_them, with_account

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

pytestmark = pytest.mark.django_db


def rows_of_account(account: UUID) -> int:
    return sum(
        rows.count()
        for rows in (
            Account.objects.filter(id=account),
            Joined.objects.filter(account=account),
            EmailAddress.objects.filter(user=account),
            Authenticator.objects.filter(user=account),
            SocialAccount.objects.filter(user=account),
        )
    )


def everything(person: UUID) -> int:
    return sum(of(model, person).count() for model in personal_models())


def erase(resident: Resident, passphrase: str) -> HttpResponse:
    sent = {"old-passphrase": passphrase, "sure": "on"}
    return resident.client.post("/settings/erase/", sent)


def a_while_ago(resident: Resident, seconds: int = 3600) -> None:
    """Their signing in was so long ago."""
    session = resident.client.session
    records: list[dict[str, Any]] = session["account_authentication_methods"]
    for record in records:
        record["at"] = time.time() - seconds
    session["account_authentication_methods"] = records
    session.save()


def test_each_takes_out_their_own(db: None) -> None:
    alice, hers = living_here("alice@example.org")
    _, his = living_here("bob@example.org")
    hers.door.keep(Moment(voice="Alice said so."))
    his.door.keep(Moment(voice="Bob said so."))
    sent = {"form": "jsonl", "old-passphrase": hers.passphrase}
    lines = alice.client.post("/settings/take-out/", sent).content.decode()
    assert json.loads(lines.splitlines()[0])["person"] == str(hers.person)
    assert "Alice said so." in lines
    assert "Bob said so." not in lines


def test_the_account_ends_with_everything_that_signs_in_to_it(
    django_capture_on_commit_callbacks: Any,
) -> None:
    alice, hers = living_here("alice@example.org")
    bob, his = living_here("bob@example.org")
    hers.door.keep(Moment(voice="Alice said so."))
    his.door.keep(Moment(voice="Bob said so."))
    for resident in (alice, bob):
        RecoveryCodes.activate(resident.account)
        SocialAccount.objects.create(user=resident.account, provider="campus", uid=resident.email)
    account, elsewhere = alice.account.pk, Resident(alice.email)
    elsewhere.sign_in()
    before = (everything(his.person), rows_of_account(bob.account.pk))
    assert rows_of_account(account) == 5
    page = alice.client.get("/settings/erase/").content.decode()
    assert "Backups that whoever runs this place has made still hold it" in page
    mail.outbox.clear()
    with (
        django_capture_on_commit_callbacks(execute=True),
        CaptureQueriesContext(connection) as asked,
    ):
        page = erase(alice, hers.passphrase).content.decode()
    assert "and so are the keys and the account" in page
    assert (everything(hers.person), rows_of_account(account)) == (0, 0)
    assert not Person.objects.filter(id=hers.person).exists()
    assert (everything(his.person), rows_of_account(bob.account.pk)) == before
    # By statement: no row of the account's is fetched to be followed to others.
    deletes = [one["sql"] for one in asked if one["sql"].startswith("DELETE")]
    assert sum("mfa_authenticator" in sql for sql in deletes) == 1
    assert not any(
        one["sql"].startswith("SELECT") and "socialaccount_socialaccount" in one["sql"]
        for one in asked
    )
    assert elsewhere.client.get("/").headers["Location"].startswith("/account/login/")
    assert [letter.to for letter in mail.outbox] == [["alice@example.org"]]
    assert "was ended" in mail.outbox[0].body
    assert bob.client.get("/moments/").status_code == 200
    assert alice.sign_in().status_code == 200, "It does not sign in any more."


def held() -> str:
    """All that is in the rows of sessions."""
    return str([row.get_decoded() for row in Session.objects.all()])


def test_no_session_keeps_the_address_of_who_is_signed_in(db: None) -> None:
    alice, _ = living_here("alice@example.org")
    still_them(alice)
    alice.client.post("/lock/")
    again = Resident(alice.email)
    again.client.post("/account/forgotten/", {"email": alice.email})
    assert alice.email in held(), "As long as its code is waited for."
    again.sign_in()
    assert alice.email not in held()


def test_with_the_account_every_session_of_it_ends_and_no_other(db: None) -> None:
    alice, hers = living_here("alice@example.org")
    bob, _ = living_here("bob@example.org")
    Session.objects.exclude(session_key=bob.client.session.session_key).delete()
    account, before = str(alice.account.pk), Session.objects.count()
    alice.sign_in()
    alice.unlock()
    locked, forgotten, stranger = (Resident(alice.email) for _ in range(3))
    never_unlocked, half_way = Resident(alice.email), Resident(alice.email)
    never_unlocked.sign_in()
    locked.sign_in()
    locked.unlock()
    locked.client.post("/lock/")
    forgotten.client.post("/account/forgotten/", {"email": "Alice@example.org"})
    stranger.client.post("/account/forgotten/", {"email": "nobody@example.org"})
    TOTP.activate(alice.account, "JBSWY3DPEHPK3PXP")
    assert half_way.sign_in().headers["Location"] == "/account/second/"
    assert Session.objects.count() == before + 6
    assert len({row.session_key[:8] for row in Session.objects.all()}) == 4
    erase(alice, hers.passphrase)
    assert Session.objects.count() == before + 1
    assert "alice" not in held().lower()
    assert account not in held()
    assert "nobody@example.org" in held()
    assert bob.client.get("/moments/").status_code == 200


def test_tries_at_the_passphrase_are_counted_here_too(db: None) -> None:
    alice, hers = living_here("alice@example.org")
    for _ in range(9):
        assert "not the passphrase it has now" in erase(alice, "a guess").content.decode()
    assert "another in a few minutes" in erase(alice, hers.passphrase).content.decode()
    assert Person.objects.filter(id=hers.person).exists()


def test_who_forgot_the_passphrase_ends_it_by_signing_in_anew(db: None) -> None:
    alice, hers = living_here("alice@example.org")
    alice.client.post("/lock/")
    a_while_ago(alice)
    asked = alice.client.get("/account/end/")
    assert asked.headers["Location"].startswith("/account/reauthenticate/")
    assert alice.client.post("/account/end/", {"sure": "on"}).headers["Location"] == "/account/end/"
    assert Person.objects.filter(id=hers.person).exists()
    still_them(alice)
    account = alice.account.pk
    page = alice.client.post("/account/end/").content.decode()
    assert "Tick this if you mean it." in page
    answer = alice.client.post("/account/end/", {"sure": "on"})
    assert "The account is gone" in answer.content.decode()
    assert answer.headers["Clear-Site-Data"] == '"storage"', "what waits sealed in the browser"
    assert (everything(hers.person), rows_of_account(account)) == (0, 0)


def test_an_account_that_was_never_begun_ends_too(db: None) -> None:
    carol = with_account("carol@example.org")
    carol.sign_in()
    account = carol.account.pk
    assert "Take it all out" not in carol.client.get("/account/end/").content.decode()
    assert (
        "The account is gone" in carol.client.post("/account/end/", {"sure": "on"}).content.decode()
    )
    assert rows_of_account(account) == 0


def test_who_began_elsewhere_at_that_moment_is_not_left_without_an_account(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from secondvoice.accounts.views import ending

    carol = with_account("carol@example.org")
    carol.sign_in()
    account, really = carol.account.pk, ending.did_recently_reauthenticate

    def began(request: HttpRequest) -> bool:
        """Another replica is done with their first minute once this one has looked for it."""
        data_key = make_data_key()
        person = uuid4()
        create_person(person, [wrap_with_device_key(data_key, data_key, person=person)])
        join(account, person)
        return really(request)

    monkeypatch.setattr(ending, "did_recently_reauthenticate", began)
    answer = carol.client.post("/account/end/", {"sure": "on"})
    assert "The account is gone" in answer.content.decode()
    assert rows_of_account(account) == 0
    assert Person.objects.count() == 0


def test_who_comes_by_another_sign_on_is_asked_to_do_so_again(db: None) -> None:
    alice = with_account("alice@example.org")
    alice.sign_in()
    account = alice.account
    account.set_unusable_password()
    account.save()
    EmailAddress.objects.filter(user=account).update(verified=False)
    alice.client.force_login(account)
    page = alice.client.get("/account/end/").content.decode()
    assert "Sign out, sign in again" in page
    assert "id_sure" not in page
    answer = alice.client.post("/account/end/", {"sure": "on"})
    assert "Sign out, sign in again" in answer.content.decode()
    assert rows_of_account(account.pk) > 0


def test_while_it_is_open_the_passphrase_is_asked_for(db: None) -> None:
    alice, hers = living_here("alice@example.org")
    for answer in (
        alice.client.get("/account/end/"),
        alice.client.post("/account/end/", {"sure": "on"}),
    ):
        assert answer.headers["Location"] == "/settings/erase/"
    assert Person.objects.filter(id=hers.person).exists()


def test_nobody_ends_anything(db: None) -> None:
    living_here("alice@example.org")
    answer = Resident("nobody").client.post("/account/end/", {"sure": "on"})
    assert answer.headers["Location"].startswith("/account/login/")
    assert Account.objects.count() == 1


def test_an_account_that_rests_is_signed_out_and_locked_and_keeps_everything(db: None) -> None:
    alice, hers = living_here("alice@example.org")
    hers.door.keep(Moment(voice="Alice said so."))
    before = everything(hers.person)
    rest_account(alice.account.pk, rests=True)
    assert alice.client.get("/moments/").headers["Location"].startswith("/account/login/")
    assert alice.sign_in().headers["Location"] == "/account/inactive/"
    rest_account(alice.account.pk, rests=False)
    assert alice.sign_in().status_code == 302
    assert alice.unlock(hers.passphrase).status_code == 302
    # All but the note of where it had been open.
    assert everything(hers.person) == before
