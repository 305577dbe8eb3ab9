"""Trying has limits that hold over replicas, and nobody learns from an answer who lives here."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as site
from django.core import mail
from django.core.cache.backends.db import DatabaseCache
from django.test import Client

from secondvoice.accounts.models.tables import Limit
from secondvoice.reminders.mail import MailHost
from tests.accounts.household import (
    PASSWORD,
    Resident,
    invitation,
    living_here,
    with_account,
)
from tests.reminders.post_office import PostOffice, post_office

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db


def said(answer: object) -> str:
    """A page without what differs each time, and without the address that was typed."""
    text = answer.content.decode()  # type: ignore[attr-defined]  # any answer of the test client
    text = re.sub(r'value="[^"]*"', "", text)
    return re.sub(r"\S+@example\.org", "", text)


def test_a_known_and_an_unknown_address_get_the_same_answer() -> None:
    with_account("alice@example.org")
    known, unknown = Resident("alice@example.org"), Resident("nobody@example.org")
    wrong = [each.sign_in("not the password at all") for each in (known, unknown)]
    assert said(wrong[0]) == said(wrong[1])
    letters = []
    for each in (known, unknown):
        answer = each.client.post("/account/forgotten/", {"email": each.email})
        letters.append(len(mail.outbox))
        page = each.client.get(answer.headers["Location"])
        code = each.client.post("/account/forgotten/code/", {"code": "AAAA-AAAA"})
        wrong += [answer, page, code]
    assert [each.status_code for each in wrong[2:5]] == [each.status_code for each in wrong[5:]]
    for one, other in zip(wrong[2:5], wrong[5:], strict=True):
        assert said(one) == said(other)
    assert letters == [1, 2], "Each gets a letter."


def test_making_an_account_for_a_known_address_looks_like_making_one() -> None:
    with_account("alice@example.org")
    pages = []
    for email in ("alice@example.org", "carol@example.org"):
        client = Client()
        client.get(f"/account/invited/?code={invitation()}")
        answer = client.post("/account/signup/", {"email": email, "password1": PASSWORD})
        pages.append((answer.status_code, answer.headers["Location"]))
        pages.append(said(client.get("/account/letter/")))
    assert pages[:2] == pages[2:]
    assert len(mail.outbox) == 2


def test_the_same_work_is_done_for_an_unknown_address(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth.hashers import ScryptPasswordHasher

    with_account("alice@example.org")
    hashed = []
    real = ScryptPasswordHasher.encode
    monkeypatch.setattr(
        ScryptPasswordHasher,
        "encode",
        lambda self, password, *args, **named: (
            hashed.append(password) or real(self, password, *args, **named)
        ),
    )
    for email in ("alice@example.org", "nobody@example.org"):
        Resident(email).sign_in("not the password at all")
    assert hashed == ["not the password at all"] * 2


def test_five_wrong_passwords_and_the_right_one_waits() -> None:
    resident = with_account("alice@example.org")
    for _ in range(5):
        assert Resident(resident.email).sign_in("wrong").status_code == 200
    answer = resident.sign_in()
    assert "in a few minutes" in answer.content.decode()


def test_tries_at_the_passphrase_are_counted_for_each_account() -> None:
    alice, hers = living_here("alice@example.org")
    bob, _ = living_here("bob@example.org")
    thief = Resident(alice.email)
    thief.sign_in()
    # One try of hers is counted, too.
    for _ in range(9):
        assert "did not open it" in thief.unlock("a guess").content.decode()
    assert "another in a few minutes" in thief.unlock("a guess").content.decode()
    assert "another in a few minutes" in thief.unlock(hers.passphrase).content.decode()
    sent = {"code": hers.code}
    recovering = thief.client.post("/unlock/recovery/", sent).content.decode()
    assert "another in a few minutes" in recovering
    bob.client.post("/lock/")
    assert bob.unlock().status_code == 302


@pytest.fixture
def office(settings: SettingsWrapper) -> Iterator[PostOffice]:
    with post_office() as running:
        sender = "reminders@host.example"
        settings.MAIL = MailHost("127.0.0.1", sender, running.port, security="none")
        yield running


def ask_for_a_code(who: Resident, address: str) -> str:
    sent = {"way": "ask", "address": address}
    return who.client.post("/settings/reminders/email/", sent, follow=True).content.decode()


def test_nobody_has_letters_sent_without_end(office: PostOffice) -> None:
    alice, _ = living_here("alice@example.org")
    for number in range(5):
        assert "on its way" in ask_for_a_code(alice, f"stranger{number}@example.org")
    assert "Those were many letters" in ask_for_a_code(alice, "another@example.org")
    assert len(office.letters) == 5
    bob, _ = living_here("bob@example.org")
    assert "on its way" in ask_for_a_code(bob, "bob@example.org")


def test_one_address_gets_no_more_letters_however_many_ask(office: PostOffice) -> None:
    for number in range(2):
        resident, _ = living_here(f"resident{number}@example.org")
        for name in ("Stranger", "stranger", "STRANGER", "stranger", "stranger"):
            ask_for_a_code(resident, f"{name}@example.org")
    last, _ = living_here("last@example.org")
    assert "Those were many letters" in ask_for_a_code(last, "stranger@example.org")
    assert len(office.letters) == 10
    names = Limit.objects.values_list("cache_key", flat=True)
    assert all(re.fullmatch(r"[0-9a-f]{64}", name) for name in names)


def test_codes_of_invitations_are_counted_in_an_address_as_well() -> None:
    client, code = Client(), invitation()
    for number in range(10):
        page = client.get(f"/account/invited/?code=GUESS{number}")
        assert "opens nothing here just now" in page.content.decode()
    page = client.get(f"/account/invited/?code={code}")
    assert (page.status_code, "in a few minutes" in page.content.decode()) == (429, True)
    assert client.post("/account/invited/", {"code": code}).status_code == 429
    # Who only looks is not counted.
    assert client.get("/account/invited/").status_code == 200


def test_the_other_sign_on_is_not_asked_without_end(settings: SettingsWrapper) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "sign_on": "2/m/ip"}
    answers = [Client().post("/account/oidc/campus/").status_code for _ in range(3)]
    assert answers == [502, 502, 429]


def test_no_address_of_anybody_is_in_the_table() -> None:
    resident = with_account("alice@example.org")
    resident.sign_in("wrong")
    rows = list(Limit.objects.values_list("cache_key", flat=True))
    assert rows
    for name in rows:
        assert re.fullmatch(r"[0-9a-f]{64}", name)


@pytest.mark.django_db(transaction=True)
def test_a_limit_holds_over_replicas() -> None:
    """Two caches that share nothing but the database, and many who try at once."""
    from django.db import connections

    named = site.CACHES["default"]
    replicas = [DatabaseCache(named["LOCATION"], {**named, "TIMEOUT": 300}) for _ in range(2)]
    for replica in replicas:
        replica.key_func = named["KEY_FUNCTION"]
    replicas[0].set("tried", [1.0])
    assert replicas[1].get("tried") == [1.0]

    def add(replica: DatabaseCache) -> bool:
        try:
            return bool(replica.add("lock", True))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(add, replicas * 4))
    assert taken.count(True) == 1
