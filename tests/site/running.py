"""A real ``secondvoice`` process and a browser's part of HTTP, for tests."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from email.message import Message
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.client import HTTPResponse
    from pathlib import Path
    from types import TracebackType

PATIENCE = 60.0
"""Seconds before a process that should have answered is called stuck."""


def command(*arguments: object) -> list[str]:
    """The command line, run by this Python."""
    return [sys.executable, "-m", "secondvoice", *map(str, arguments)]


def environment(**changes: str) -> dict[str, str]:
    """Ours, with no screen and no database server."""
    env = {
        k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"}
    }
    env.pop("DATABASE_URL", None)
    return env | changes


def run(
    *arguments: object, stdin: bytes | None = None, **changes: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command to its end."""
    return subprocess.run(
        command(*arguments),
        input=stdin if stdin is not None else b"",
        capture_output=True,
        env=environment(**changes),
        timeout=PATIENCE,
        check=False,
    )


class Running:
    """``secondvoice --data DATA`` as a process of its own, from its line to its end."""

    def __init__(self, data: Path | None, *arguments: object, **changes: str) -> None:
        where = [] if data is None else ["--data", data]
        options = arguments if "--browser" in arguments else ("--no-browser", *arguments)
        self.process = subprocess.Popen(
            command(*where, *(option for option in options if option != "--browser")),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(**changes),
            text=True,
            start_new_session=True,
        )
        assert self.process.stdout is not None
        self.line = self.process.stdout.readline()
        if not self.line:
            _, error = self.process.communicate(timeout=PATIENCE)
            raise AssertionError(f"It did not start: {error}")
        self.address = self.line.split()[-1]
        self.port = urlsplit(self.address).port or 0
        self.origin = f"http://127.0.0.1:{self.port}"

    def stop(self, how: int = signal.SIGTERM, *, group: bool = False) -> tuple[int, str, str]:
        """Stop it by a signal; its status and what else it printed."""
        if group:
            os.killpg(self.process.pid, how)
        else:
            self.process.send_signal(how)
        return self.end()

    def end(self) -> tuple[int, str, str]:
        """Wait for its end; its status and what else it printed."""
        out, error = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, out, error

    def __enter__(self) -> Running:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.stop()
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()


@dataclass
class Answer:
    """What came back, wherever redirects led."""

    status: int
    url: str
    body: str
    headers: Message


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object, **__: object) -> None:
        return None


@dataclass
class Visitor:
    """One browser's cookies."""

    jar: CookieJar = field(default_factory=CookieJar)

    def get(self, url: str, *, follow: bool = True, **headers: str) -> Answer:
        """Fetch ``url`` as this visitor."""
        handlers: list[urllib.request.BaseHandler] = [urllib.request.HTTPCookieProcessor(self.jar)]
        if not follow:
            handlers.append(_Stay())
        opener = urllib.request.build_opener(*handlers)
        request = urllib.request.Request(url, headers=headers)
        try:
            with opener.open(request, timeout=PATIENCE) as response:
                return _answer(response)
        except urllib.error.HTTPError as error:
            with error:
                return _answer(error)


def _answer(response: HTTPResponse | urllib.error.HTTPError) -> Answer:
    body = response.read().decode()
    return Answer(response.status or 0, response.url, body, response.headers)


def until(true: Callable[[], bool], *, seconds: float = PATIENCE) -> bool:
    """Wait for a condition to become true; whether it did."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.02)
    return False
