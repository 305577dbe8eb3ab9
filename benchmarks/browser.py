"""A browser's part of HTTP, cheap enough not to be what is measured."""

from __future__ import annotations

import re
import socket
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

HOST = "127.0.0.1"
PATIENCE = 120.0
_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Connection:
    """One open connection to a server."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection((HOST, port), timeout=PATIENCE)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, request: bytes) -> None:
        """Ask, without waiting."""
        self._socket.sendall(request)

    def receive(self) -> tuple[int, bytes, bytes]:
        """The next answer: its status, its head, its body."""
        buffer = b""
        while b"\r\n\r\n" not in buffer:
            buffer += self._more()
        head, _, body = buffer.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if length is None:
            raise RuntimeError("An answer came without its length.")
        while len(body) < int(length[1]):
            body += self._more()
        return int(head.split(maxsplit=2)[1]), head, body

    def _more(self) -> bytes:
        data = self._socket.recv(1 << 18)
        if not data:
            raise ConnectionError("The server closed the connection.")
        return data

    def close(self) -> None:
        """Hang up."""
        self._socket.close()


class Browser:
    """One visitor with cookies, let in by the address that the program printed."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.token = ""

    def enter(self, address: str) -> str:
        """Come in by the printed address; the first page."""
        parts = urlsplit(address)
        return self.get(f"{parts.path}?{parts.query}")

    def get(self, path: str) -> str:
        """Fetch a page, following redirects; its token is used for forms from then on."""
        return self._fetch(self.request("GET", path))

    def post(self, path: str, fields: dict[str, str]) -> str:
        """Send a form, and fetch the page that it leads to."""
        return self._fetch(self.request("POST", path, fields))

    def request(self, method: str, path: str, fields: dict[str, str] | None = None) -> bytes:
        """A request as this visitor's browser would send it."""
        head = [
            f"{method} {path} HTTP/1.1",
            f"Host: {HOST}:{self.port}",
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language: en-GB,en;q=0.5",
            "Sec-Fetch-Dest: document",
            "Sec-Fetch-Mode: navigate",
            "Sec-Fetch-Site: same-origin",
        ]
        if self.cookies:
            head.append("Cookie: " + "; ".join(f"{k}={v}" for k, v in self.cookies.items()))
        body = b""
        if fields is not None:
            body = urlencode({"csrfmiddlewaretoken": self.token, **fields}).encode()
            head += [
                f"Origin: http://{HOST}:{self.port}",
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
        return ("\r\n".join(head) + "\r\n\r\n").encode() + body

    def _fetch(self, request: bytes) -> str:
        connection = Connection(self.port)
        try:
            connection.send(request)
            status, head, body = connection.receive()
        finally:
            connection.close()
        where = self._take_in(head.decode("latin-1"))
        if status in {301, 302} and where:
            return self.get(where)
        page = body.decode()
        if status != 200:
            raise RuntimeError(f"A page answered {status}.")
        token = _CSRF.search(page)
        self.token = token[1] if token else self.token
        return page

    def _take_in(self, head: str) -> str:
        """Keep the cookies of an answer; where it leads to, if anywhere."""
        where = ""
        for line in head.split("\r\n")[1:]:
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                self.cookies |= {k: morsel.value for k, morsel in SimpleCookie(value).items()}
            elif name.lower() == "location":
                where = value
        return where


def drive(port: int, requests: list[bytes], *, expect: int, at_once: int = 2) -> float:
    """Send all of ``requests``, ``at_once`` of them under way so that the server never waits.

    Returns:
        Seconds from the first to the last answer.

    Raises:
        RuntimeError: an answer had another status than ``expect``.
    """
    at_once = min(at_once, len(requests))
    connections = [Connection(port) for _ in range(at_once)]
    begun = time.perf_counter()
    for number, request in enumerate(requests):
        connection = connections[number % at_once]
        if number >= at_once:
            _check(connection.receive()[0], expect)
        connection.send(request)
    for number in range(len(requests), len(requests) + at_once):
        _check(connections[number % at_once].receive()[0], expect)
    passed = time.perf_counter() - begun
    for connection in connections:
        connection.close()
    return passed


def _check(status: int, expected: int) -> None:
    if status != expected:
        raise RuntimeError(f"An answer was {status} and should have been {expected}.")
