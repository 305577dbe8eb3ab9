"""What no page may ever do: complain in the console, break, or speak to another machine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

LOUD = {"error", "warning", "assert"}
OWN_SCHEMES = {"about", "data", "blob"}


class Watch:
    """Listens to every window of a test."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self._forgiven: list[re.Pattern[str]] = []
        self._hosts: set[str] = set()

    def over(self, context: BrowserContext, origin: str) -> None:
        """Begin to listen; ``origin`` is the one place that may be asked for anything."""
        self._hosts.add(urlsplit(origin).netloc)
        context.on("console", self._heard)
        context.on("weberror", self._broke)
        context.on("request", self._asked)
        context.on("response", self._answered)

    def forgive(self, pattern: str) -> None:
        """Expect complaints that match: a test shuts the door, cuts the network, asks for nothing.

        The browser itself writes a line for each answer that is not a 200.
        """
        self._forgiven.append(re.compile(pattern))

    def unforgiven(self) -> list[str]:
        """What was heard and not expected."""
        return [
            problem
            for problem in self.problems
            if not any(pattern.search(problem) for pattern in self._forgiven)
        ]

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in LOUD:
            self.problems.append(f"console: {message.text} ({message.location.get('url')})")

    def _broke(self, error: WebError) -> None:
        self.problems.append(f"script: {error.error}")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in OWN_SCHEMES and address.netloc not in self._hosts:
            self.problems.append(f"asked another machine: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.problems.append(f"fault {response.status}: {response.url}")
