"""What a probe gets, before any of the site is asked: no session, no cookie, no redirection.

A probe comes from inside, in clear, and names the machine by its address. So these are answered
before the site looks at names and at TLS, and tell nothing that a stranger could use.
"""

from __future__ import annotations

import socket
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final, NamedTuple

from secondvoice.site.config import SettingError
from secondvoice.site.hosted.metrics import CONTENT_TYPE, Metrics
from secondvoice.site.hosted.state import READY, State

if TYPE_CHECKING:
    from secondvoice.site.hosted.options import Place

HEALTH: Final = "/health/"
"""Is the process alive? The database is not asked: no restart brings it back."""
READINESS: Final = "/ready/"
"""May it be sent requests?"""
METRICS: Final = "/metrics"
PLAIN: Final = "text/plain; charset=utf-8"
HEADERS: Final = (
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Robots-Tag", "noindex, nofollow"),
)
SLOWEST = 5
"""Seconds in which a reader of figures has to have asked."""


class Told(NamedTuple):
    """An answer: its status, its kind and its text."""

    status: HTTPStatus
    kind: str
    text: str


def probe(path: str, state: State) -> Told | None:
    """The answer to a probe; None where ``path`` is none."""
    if path == HEALTH:
        return Told(HTTPStatus.OK, PLAIN, "alive\n")
    if path == READINESS:
        says = state.says
        status = HTTPStatus.OK if says == READY else HTTPStatus.SERVICE_UNAVAILABLE
        return Told(status, PLAIN, f"{says}\n")
    return None


def serve_inside(place: Place, state: State, metrics: Metrics) -> None:
    """Answer probes and readers of metrics on a port of their own, by threads of their own.

    So they are answered, too, while the one thread of the pages is busy.

    Raises:
        SettingError: the port is taken or not allowed.
    """

    class Inside(BaseHTTPRequestHandler):
        """Answers GET and HEAD."""

        timeout = SLOWEST
        server_version = "secondvoice"
        sys_version = ""

        def do_GET(self) -> None:
            """Send what was asked for."""
            told = probe(self.path, state)
            if self.path == METRICS:
                told = Told(HTTPStatus.OK, CONTENT_TYPE, metrics.text(state))
            self._send(told or Told(HTTPStatus.NOT_FOUND, PLAIN, "nothing here\n"))

        do_HEAD = do_GET  # noqa: N815 (its name is given)

        def log_message(self, *_: object) -> None:
            """Nothing: its own log would hold addresses."""

        def _send(self, told: Told) -> None:
            body = told.text.encode()
            self.send_response(told.status)
            for name, value in (*HEADERS, ("Content-Type", told.kind)):
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

    class Server(ThreadingHTTPServer):
        """One that says nothing of errors either."""

        address_family = socket.AF_INET6 if ":" in place.address else socket.AF_INET
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Somebody hung up; that is their affair."""

    try:
        server = Server((place.address, place.port), Inside)
    except OSError as error:
        raise SettingError(
            f"SECONDVOICE_INSIDE: port {place.port} cannot be listened on ({error.strerror}). "
            "Choose another."
        ) from None
    threading.Thread(target=server.serve_forever, daemon=True).start()
