"""Trying has limits that hold over replicas, and nobody learns from an answer who lives here."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache.backends.db import DatabaseCache
from django.test import Client

from secondvoice.accounts.models.tables import Limit
from tests.accounts.household import (
    PASSWORD,
    Resident,
    invitation,
    living_here,
    with_account,
)

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

    named = settings.CACHES["default"]
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
