"""A proxy as a host has one: it ends TLS, asks who is ready, and hands requests round.

It keeps connections to the replicas open, as real ones do, and tries again elsewhere only where
nothing can have arrived: at a connection that was refused, and for what only asks.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import http.client
import ipaddress
import itertools
import ssl
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 60.0
ASK_EVERY = 0.2
HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "host", "x-forwarded-proto"}
NOBODY = 502


@dataclass
class Backend:
    """One replica, as the proxy sees it."""

    port: int
    ready: bool = False
    always: bool = False
    kept: list[http.client.HTTPConnection] = field(default_factory=list)

    def take(self) -> tuple[http.client.HTTPConnection, bool]:
        """A connection, and whether it was open already."""
        with contextlib.suppress(IndexError):
            return self.kept.pop(), True
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE), False

    def let_go(self) -> None:
        """Close every connection that was kept."""
        while self.kept:
            self.kept.pop().close()

    def ask(self) -> bool:
        """Whether it says that it is ready."""
        probe = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            probe.request("GET", "/ready/", headers={"Host": f"127.0.0.1:{self.port}"})
            return probe.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            probe.close()


class Proxy:
    """Serves ``https://localhost:PORT`` from whichever replicas are ready, in turn."""

    def __init__(self, folder: Path) -> None:
        certificate, key = make_certificate(folder)
        self.trust = ssl.create_default_context(cafile=certificate)
        own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        own.load_cert_chain(certificate, key)
        self._backends: list[Backend] = []
        self._turn = itertools.count()
        self._ended = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._server.socket = own.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self.origin = f"https://localhost:{self._server.server_address[1]}"
        for work in (self._server.serve_forever, self._watch):
            threading.Thread(target=work, daemon=True).start()

    def serve_from(self, *ports: int) -> None:
        """Serve from these replicas and no others."""
        known = {each.port: each for each in self._backends}
        self._backends = [known.pop(port, None) or Backend(port) for port in ports]
        for each in known.values():
            each.let_go()
        self._ask()

    def always(self, port: int) -> None:
        """Serve from this replica, whatever it says of itself."""
        self.serve_from()
        self._backends = [Backend(port, always=True, ready=True)]

    def end(self) -> None:
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()
        self.serve_from()

    def _watch(self) -> None:
        while not self._ended.wait(ASK_EVERY):
            self._ask()

    def _ask(self) -> None:
        for each in self._backends:
            each.ready = each.always or each.ask()

    def hand_on(
        self, method: str, path: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        """Ask a replica; ``NOBODY`` where none answered."""
        able = [each for each in self._backends if each.ready]
        first = next(self._turn)
        for number in range(len(able)):
            backend = able[(first + number) % len(able)]
            connection, used = backend.take()
            try:
                connection.request(method, path, body or None, headers)
                answer = connection.getresponse()
                found = answer.status, answer.getheaders(), answer.read()
            except (OSError, http.client.HTTPException) as error:
                connection.close()
                refused = isinstance(error, ConnectionRefusedError)
                # What was written into a connection may have arrived, and is not sent twice.
                if refused or method in {"GET", "HEAD"}:
                    backend.ready = backend.ready and not refused
                    continue
                return NOBODY, [], f"{type(error).__name__}, {'kept' if used else 'new'}".encode()
            if answer.will_close:
                connection.close()
            else:
                backend.kept.append(connection)
            return found
        return NOBODY, [], b"nobody is ready"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """A browser hung up."""


def _handler(proxy: Proxy) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def setup(self) -> None:
            self.request.do_handshake()
            super().setup()

        def do_GET(self) -> None:
            self._hand_on()

        def do_POST(self) -> None:
            self._hand_on()

        def log_message(self, *_: object) -> None:
            """Nothing."""

        def _hand_on(self) -> None:
            given = {
                name: value
                for name, value in self.headers.items()
                if name.lower() not in HOP_BY_HOP
            }
            given |= {"Host": self.headers["Host"], "X-Forwarded-Proto": "https"}
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, headers, answer = proxy.hand_on(self.command, self.path, given, body)
            self.send_response(status)
            for name, value in headers:
                if name.lower() not in HOP_BY_HOP | {"content-length"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

    return Handler


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for localhost that lasts a day, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
            ),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    certificate, private = folder / "certificate.pem", folder / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate, private
