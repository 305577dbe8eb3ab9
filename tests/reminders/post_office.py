"""A mail server on this machine that takes every letter and keeps it (RFC 5321, what is needed)."""

from __future__ import annotations

import email
import socketserver
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage


@dataclass
class PostOffice:
    """Where it is, what it got, and whether it takes letters at the moment."""

    port: int
    letters: list[EmailMessage] = field(default_factory=list)
    open: bool = True
    came: threading.Condition = field(default_factory=threading.Condition)

    def wait_for(self, count: int, seconds: float = 60) -> bool:
        """Until so many letters are there."""
        with self.came:
            return self.came.wait_for(lambda: len(self.letters) >= count, seconds)


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """Listen on a free port until the end of the block."""

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 here")
            while line := self.rfile.readline().strip().upper():
                if line == b"QUIT":
                    return self.say("221 bye")
                if line == b"DATA":
                    self.say("354 go on")
                    self.take()
                self.say("250 ok" if office.open else "451 not now")
            return None

        def take(self) -> None:
            lines = []
            while (line := self.rfile.readline()) not in {b".\r\n", b""}:
                lines.append(line)
            letter = email.message_from_bytes(b"".join(lines), policy=policy.default)
            with office.came:
                office.letters.append(cast("EmailMessage", letter))
                office.came.notify_all()

        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Talk) as server:
        office = PostOffice(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield office
        finally:
            server.shutdown()
            thread.join()
