"""A code by the clock beside the password, computed here as a telephone does (RFC 6238)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from allauth.mfa.models import Authenticator

from tests.accounts.household import Resident, living_here, still_them

pytestmark = pytest.mark.django_db


def code_of(secret: str, at: float) -> str:
    """RFC 6238 with SHA-1, six digits, half a minute."""
    counter = struct.pack(">Q", int(at) // 30)
    mac = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = mac[-1] & 15
    number = struct.unpack(">I", mac[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def turn_it_on(resident: Resident) -> tuple[str, list[str]]:
    """The seed, and the codes for when the device is gone."""
    client = resident.client
    still_them(resident)
    page = client.get("/account/totp/on/").content.decode()
    assert "<svg" in page
    assert "data:" not in page
    shown = re.search(r'class="secret" translate="no">([A-Z2-7 ]+)<', page)
    assert shown is not None
    secret = shown[1].replace(" ", "")
    answer = client.post("/account/totp/on/", {"code": code_of(secret, time.time())}, follow=True)
    page = answer.content.decode()
    return secret, re.findall(r"<li>(\d{8})</li>", page)


def test_a_code_is_asked_for_beside_the_password() -> None:
    resident, _ = living_here("alice@example.org")
    secret, codes = turn_it_on(resident)
    assert len(codes) == 10
    other = Resident(resident.email)
    assert other.sign_in().headers["Location"] == "/account/second/"
    assert other.client.get("/").status_code == 302
    wrong = other.client.post("/account/second/", {"code": "000000"})
    assert "did not fit" in wrong.content.decode()
    # The one that was just used is not taken again; the next one is within what a clock may be off.
    sent = {"code": code_of(secret, time.time() + 30)}
    assert other.client.post("/account/second/", sent).status_code == 302
    assert "Welcome back" in other.client.get("/settings/").content.decode()


def test_a_kept_code_signs_in_once_and_opens_nothing() -> None:
    resident, _ = living_here("alice@example.org")
    _, codes = turn_it_on(resident)
    for expected in (302, 200):
        other = Resident(resident.email)
        other.sign_in()
        answer = other.client.post("/account/second/", {"code": codes[0]})
        assert answer.status_code == expected
    other = Resident(resident.email)
    other.sign_in()
    other.client.post("/account/second/", {"code": codes[1]})
    assert "Welcome back" in other.client.get("/settings/").content.decode()
    answer = other.client.post("/unlock/recovery/", {"code": codes[2]})
    assert answer.status_code == 200


def test_the_seed_of_codes_is_sealed() -> None:
    resident, _ = living_here("alice@example.org")
    secret, codes = turn_it_on(resident)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert not any(code in kept for code in codes)


def test_it_is_turned_off_again() -> None:
    resident, _ = living_here("alice@example.org")
    turn_it_on(resident)
    assert "alone signs in" in resident.client.get("/account/totp/off/").content.decode()
    resident.client.post("/account/totp/off/")
    assert Resident(resident.email).sign_in().headers["Location"] == "/"
