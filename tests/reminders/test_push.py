"""Where a notice may go, what is posted, and what the relay's answers mean."""

from __future__ import annotations

import json
import socket
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from py_vapid import Vapid02

from secondvoice.reminders import push
from secondvoice.reminders.endpoints import BadEndpoint, Browser, addresses, is_public, parse
from secondvoice.reminders.push import LATER, Answer, Outcome, Sender, judge, send
from tests.reminders.relay import Phone, Relay, relay

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW = datetime(2026, 6, 1, 8, 0, 10, tzinfo=UTC)
UNTIL = datetime(2026, 6, 1, 8, 30, tzinfo=UTC)
MINUTE = "http://127.0.0.1:8000/minute/"
SECRET = b"the server's own"


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[Relay]:
    with relay(tmp_path) as running:
        yield running


def to(phone: Phone, endpoint: str) -> Browser:
    return Browser(endpoint, phone.point, phone.auth, MINUTE)


def sent(listening: Relay, phone: Phone | None = None) -> Answer:
    sender = Sender(
        SECRET, "mailto:host@example.org", frozenset({listening.place}), listening.certificate
    )
    browser = to(phone or Phone(), listening.endpoint())
    return send(browser, "A moment for you", until=UNTIL, now=NOW, sender=sender)


# --- where ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "https://fcm.googleapis.com/fcm/send/abc:DEF-_1",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
        "https://web.push.apple.com/QGuQyavXutnMH",
        "https://wns2-by3p.notify.windows.com/w/?token=BQ%3d",
    ],
)
def test_the_known_relays_are_fine(address: str) -> None:
    assert parse(address).target in address


@pytest.mark.parametrize(
    "address",
    [
        "http://fcm.googleapis.com/x",
        "ftp://fcm.googleapis.com/x",
        "file:///etc/passwd",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://2130706433/x",
        "https://0x7f.1/x",
        "https://localhost/x",
        "https://router/x",
        "https://relay.example:8443/x",
        "https://relay.example:99999/x",
        "https://user@relay.example/x",
        "https://relay.example@127.0.0.1/x",
        "https://relay.example\\@127.0.0.1/x",
        "https://relay.example /x",
        "https://relay.example/x\r\nHost: other",
        "https://relây.example/x",
        "https:///x",
        "https://[bad/x",
        "https://relay.example/" + "x" * 1000,
        "",
    ],
)
def test_what_no_browser_gives_is_refused(address: str) -> None:
    with pytest.raises(BadEndpoint):
        parse(address)


@pytest.mark.parametrize(
    "number",
    [
        *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1"),
        *("169.254.169.254", "100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1"),
        *("255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1"),
        *("2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1", "not a number", "fe80::1%eth0"),
    ],
)
def test_no_address_of_the_house_or_of_nobody_is_public(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["142.250.74.10", "2a00:1450:4001::200a", "64:ff9b::8efa:4a0a"])
def test_the_internets_are(number: str) -> None:
    assert is_public(number)


def test_a_name_that_leads_home_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """One address of the internet beside it does not help."""
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 443))
        for number in ("142.250.74.10", "10.0.0.7")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(BadEndpoint):
        addresses(parse("https://relay.example/x"))


def test_without_the_tests_own_setting_this_machine_is_not_asked(listening: Relay) -> None:
    browser = to(Phone(), listening.endpoint())
    sender = Sender(SECRET, "mailto:host@example.org", trust=listening.certificate)
    answer = send(browser, "A moment for you", until=UNTIL, now=NOW, sender=sender)
    assert answer.outcome is Outcome.REFUSED
    assert listening.got == []


# --- what -------------------------------------------------------------------------------------


def test_the_phone_gets_the_neutral_words_and_the_relay_nothing(listening: Relay) -> None:
    phone = Phone()
    assert sent(listening, phone).outcome is Outcome.TAKEN
    (path, headers, body) = listening.got[0]
    assert path == "/push/one"
    assert json.loads(phone.opened(body)) == {
        "web_push": 8030,
        "notification": {"title": "A moment for you", "navigate": MINUTE},
    }
    assert b"moment" not in body
    assert headers["TTL"] == "1790"
    assert headers["Urgency"] == "low"
    assert headers["Content-Encoding"] == "aes128gcm"
    assert "Second" not in str(headers)
    assert Vapid02.verify(headers["Authorization"].replace(", k=", ",k="))


def test_a_certificate_of_nobody_known_is_not_spoken_to(listening: Relay) -> None:
    sender = Sender(SECRET, "mailto:host@example.org", frozenset({listening.place}))
    browser = to(Phone(), listening.endpoint())
    answer = send(browser, "A moment for you", until=UNTIL, now=NOW, sender=sender)
    assert answer.outcome is Outcome.LATER
    assert listening.got == []


def test_a_redirection_is_not_followed(listening: Relay) -> None:
    listening.answers = [(307, {"Location": listening.endpoint("elsewhere")}, b"")]
    assert sent(listening).outcome is Outcome.REFUSED
    assert len(listening.got) == 1


def test_a_relay_that_goes_on_and_on_is_not_listened_to(
    listening: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    listening.answers = [(201, {}, b"x" * 3_000_000)]
    assert sent(listening).outcome is Outcome.TAKEN


def test_a_relay_that_never_ends_its_answer_is_cut_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(push, "ALL_SECONDS", 0.2)
    with socket.create_server(("localhost", 0)) as silent:
        place = f"localhost:{silent.getsockname()[1]}"
        sender = Sender(SECRET, "mailto:host@example.org", frozenset({place}))
        browser = to(Phone(), f"https://{place}/x")
        monkeypatch.setattr(push, "STEP_SECONDS", 0.2)
        answer = send(browser, "A moment for you", until=UNTIL, now=NOW, sender=sender)
    assert answer.outcome is Outcome.LATER


# --- answers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "retry_after", "outcome", "wait"),
    [
        (200, None, Outcome.TAKEN, LATER),
        (201, None, Outcome.TAKEN, LATER),
        (404, None, Outcome.GONE, LATER),
        (410, None, Outcome.GONE, LATER),
        (301, None, Outcome.REFUSED, LATER),
        (400, None, Outcome.REFUSED, LATER),
        (403, None, Outcome.REFUSED, LATER),
        (413, None, Outcome.REFUSED, LATER),
        (429, "120", Outcome.LATER, timedelta(seconds=120)),
        (503, "Mon, 01 Jun 2026 08:05:10 GMT", Outcome.LATER, timedelta(minutes=5)),
        (503, "Mon, 01 Jun 2026 07:00:00 GMT", Outcome.LATER, timedelta()),
        (500, None, Outcome.LATER, LATER),
        (500, "soon", Outcome.LATER, LATER),
        (500, "9" * 40, Outcome.LATER, LATER),
        (500, "-5", Outcome.LATER, LATER),
    ],
)
def test_what_an_answer_means(
    status: int, retry_after: str | None, outcome: Outcome, wait: timedelta
) -> None:
    assert judge(status, retry_after, NOW) == Answer(outcome, wait)
