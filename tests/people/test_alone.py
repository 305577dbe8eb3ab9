"""Nobody but me: what the server has by itself opens nothing, and no session lasts for ever."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session

from secondvoice.people.limits import LONGEST_UNLOCKED
from secondvoice.people.middleware import KEY_COOKIE
from secondvoice.people.sessions import SEALED
from secondvoice.records.models import person_keys
from secondvoice.vault import MistypedCode, WrongKey, join, unwrap
from secondvoice.vault.recovery import format_recovery_code
from tests.people.test_unlocking import is_open

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cast import Someone

pytestmark = pytest.mark.django_db


def on_the_server(alice: Someone) -> Iterator[bytes]:
    """Every secret that the server has, in every form that could be a key of 32 bytes."""
    row = Session.objects.get().get_decoded()
    pieces = [settings.SECRET_KEY.encode(), alice.person.bytes, Session.objects.get().pk.encode()]
    pieces += [str(value).encode() for value in row.values()]
    sealed = base64.b64decode(row["sealed"])
    pieces += [sealed[start : start + 32] for start in range(len(sealed) - 31)]
    for wrap in person_keys(alice.person):
        pieces += [wrap.salt, wrap.wrapped]
        pieces += [wrap.wrapped[start : start + 32] for start in range(len(wrap.wrapped) - 31)]
    for piece in pieces:
        yield piece.ljust(32, b"\0")[:32]
        yield hashlib.sha256(piece).digest()


def test_what_the_next_page_is_to_say_is_sealed_until_it_is_said(alice: Someone) -> None:
    alice.client.post("/settings/", {"lock_after": "15", "look": "auto"})
    kept = Session.objects.get().get_decoded()
    assert kept["_messages"].startswith(SEALED)
    assert b"Kept" not in base64.b64decode(kept["_messages"].removeprefix(SEALED))
    assert "Kept." in alice.client.get("/settings/").content.decode()
    assert "_messages" not in Session.objects.get().get_decoded()


def test_what_does_not_open_is_not_said(alice: Someone) -> None:
    alice.client.post("/settings/", {"lock_after": "15", "look": "auto"})
    for wrong in (SEALED, f"{SEALED}?", SEALED + base64.b64encode(b"\1" * 200).decode()):
        session = alice.client.session
        session["_messages"] = wrong
        session.save()
        page = alice.client.get("/settings/")
        assert page.status_code == 200
        assert ">Kept.<" not in page.content.decode()


def test_everything_on_the_server_together_opens_nothing(alice: Someone) -> None:
    row = Session.objects.get()
    kept = row.get_decoded()
    sealed = base64.b64decode(kept["sealed"])
    bound = f"{alice.person}|{row.pk}".encode()
    wraps = {wrap.method: wrap for wrap in person_keys(alice.person)}
    for key in on_the_server(alice):
        with pytest.raises(WrongKey):
            join(key, sealed, bound_to=bound)
        with pytest.raises((WrongKey, MistypedCode)):
            unwrap(wraps["recovery"], format_recovery_code(key[:20]), person=alice.person)
    # It is the browser's half that opens it, and no other thing is missing.
    half = base64.urlsafe_b64decode(alice.client.cookies[KEY_COOKIE].value)
    assert join(half, sealed, bound_to=bound) == alice.data_key


def test_after_seven_days_it_locks_however_busy_it_was(alice: Someone) -> None:
    longest = timedelta(seconds=LONGEST_UNLOCKED)
    assert longest == timedelta(days=7)
    began = datetime.now(UTC)
    alice.client.post(
        "/settings/", {"friend": "Sam", "lock_after": "240", "look": "auto", "zone": ""}
    )
    now = began
    while now + timedelta(hours=3) < began + longest:
        now += timedelta(hours=3)
        with time_machine.travel(now, tick=False):
            alice.unlock_the_front_door()
            assert is_open(alice.client), now - began
    with time_machine.travel(began + longest + timedelta(minutes=1), tick=False):
        alice.unlock_the_front_door()
        assert not is_open(alice.client)


def test_a_clock_that_was_put_back_locks(alice: Someone) -> None:
    assert is_open(alice.client)
    with time_machine.travel(datetime.now(UTC) - timedelta(days=1), tick=False):
        alice.unlock_the_front_door()
        assert not is_open(alice.client)
