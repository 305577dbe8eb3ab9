"""One reminder to one browser: sealed, posted to its relay, and what the relay answered."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import ssl
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import Final

from secondvoice.reminders.endpoints import BadEndpoint, Browser, Endpoint, addresses, parse
from secondvoice.vault.push import seal_push, vapid_header

STEP_SECONDS: Final = 5.0
"""For each step: connecting, sending, hearing something."""
ALL_SECONDS: Final = 15.0
"""For all of it, however slowly the relay speaks."""
MOST_READ: Final = 4096
LATER: Final = timedelta(minutes=2)
"""When to try again where the relay does not say."""
TOKEN_HOLDS: Final = timedelta(hours=12)
DECLARATIVE: Final = 8030
"""By this number a browser shows the message even without our script (WebKit's form of it)."""
TOPIC: Final = "moment"
"""One that waits at the relay gives way to the next (RFC 8030, 5.4)."""


class Outcome(Enum):
    """What became of it."""

    TAKEN = "taken"
    GONE = "gone"
    """The browser has let go of it: the subscription is over."""
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of it, and for ``LATER`` how long to wait."""

    outcome: Outcome
    wait: timedelta = LATER


@dataclass(frozen=True, slots=True)
class Sender:
    """What this server sends with.

    Attributes:
        secret: its own.
        contact: a ``mailto:`` or ``https:`` address for the relay's people.
        also: ``host:port`` that tests listen on; empty otherwise.
        trust: a file of certificates to trust instead of the system's, for those.
    """

    secret: bytes
    contact: str
    also: frozenset[str] = frozenset()
    trust: str | None = None


def message(words: str, opens: str) -> bytes:
    """What the browser is told: the words, and what a touch opens. Nothing else, ever."""
    told = {"web_push": DECLARATIVE, "notification": {"title": words, "navigate": opens}}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def send(browser: Browser, words: str, *, until: datetime, now: datetime, sender: Sender) -> Answer:
    """Post one reminder.

    Args:
        browser: to which.
        words: one of the neutral texts.
        until: when it is stale; the relay forgets it then.
        now: an aware time.
        sender: what this server sends with.

    Returns:
        What became of it. Failures of the network are ``LATER``.
    """
    try:
        endpoint = parse(browser.endpoint, sender.also)
        numbers = addresses(endpoint, sender.also)
    except BadEndpoint:
        return Answer(Outcome.REFUSED)
    except OSError:
        return Answer(Outcome.LATER)
    body = seal_push(message(words, browser.opens), browser.public_key, browser.auth)
    expires = int((now + TOKEN_HOLDS).timestamp())
    headers = {
        "Authorization": vapid_header(
            sender.secret, endpoint.origin, expires=expires, contact=sender.contact
        ),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(max(0, int((until - now).total_seconds()))),
        "Topic": TOPIC,
        "Urgency": "low",
    }
    try:
        status, retry_after = _post(endpoint, numbers[0], body, headers, sender.trust)
    except (OSError, http.client.HTTPException):
        return Answer(Outcome.LATER)
    return judge(status, retry_after, now)


def judge(status: int, retry_after: str | None, now: datetime) -> Answer:
    """What an answer of the relay means.

    Args:
        status: of HTTP.
        retry_after: that header, in seconds or as a date; what cannot be read counts as absent.
        now: an aware time.
    """
    if 200 <= status < 300:
        return Answer(Outcome.TAKEN)
    if status in {404, 410}:
        return Answer(Outcome.GONE)
    if status == 429 or status >= 500:
        return Answer(Outcome.LATER, max(timedelta(), _wait(retry_after, now)))
    # A redirection among them: the new address was never looked at.
    return Answer(Outcome.REFUSED)


def _wait(retry_after: str | None, now: datetime) -> timedelta:
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit() and len(text) < 9:
        return timedelta(seconds=int(text))
    try:
        then = parsedate_to_datetime(text)
    except ValueError:
        return LATER
    return (then if then.tzinfo else then.replace(tzinfo=UTC)) - now


class _Pinned(http.client.HTTPSConnection):
    """To an address that was looked at, with the certificate of the name."""

    def __init__(self, endpoint: Endpoint, number: str, context: ssl.SSLContext) -> None:
        super().__init__(endpoint.host, endpoint.port, timeout=STEP_SECONDS, context=context)
        self._number = number
        self._tls = context

    def connect(self) -> None:
        raw = socket.create_connection((self._number, self.port), STEP_SECONDS)
        try:
            self.sock = self._tls.wrap_socket(raw, server_hostname=self.host)
        except BaseException:
            raw.close()
            raise

    def cut(self) -> None:
        """End it from another thread; whoever waits for it gets an ``OSError`` or an end."""
        if self.sock is not None:
            with contextlib.suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


def _post(
    endpoint: Endpoint, number: str, body: bytes, headers: dict[str, str], trust: str | None
) -> tuple[int, str | None]:
    connection = _Pinned(endpoint, number, ssl.create_default_context(cafile=trust))
    clock = threading.Timer(ALL_SECONDS, connection.cut)
    clock.daemon = True
    clock.start()
    try:
        connection.request("POST", endpoint.target, body, headers)
        response = connection.getresponse()
        response.read(MOST_READ)
        return response.status, response.getheader("Retry-After")
    finally:
        clock.cancel()
        connection.close()
