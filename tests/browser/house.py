"""Real servers on throwaway folders, and somebody who has moved in."""

from __future__ import annotations

import re
import urllib.parse
import urllib.request
from dataclasses import dataclass
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING

from secondvoice.site.frontdoor import address, make_token
from tests.site.running import Running

if TYPE_CHECKING:
    from pathlib import Path

LIGHT = {"SECONDVOICE_KDF_MEMORY_KIB": "8192", "SECONDVOICE_KDF_PASSES": "1"}
PASSPHRASE = "heron ladder quiet spoon"
FRIEND = "Ottilie"


@dataclass
class House:
    """A running program and the folder that it keeps things in."""

    running: Running
    data: Path

    @property
    def origin(self) -> str:
        return self.running.origin

    def address(self) -> str:
        """A fresh address, as the program prints one."""
        return address(self.running.port, make_token(self.data))


def empty_house(folder: Path) -> House:
    """The program on a folder in which nobody lives yet."""
    return House(Running(folder, **LIGHT), folder)


def demo_house(folder: Path) -> House:
    """The program with the made-up year; its own throwaway folder is made inside ``folder``."""
    running = Running(None, "--demo", **LIGHT, TMPDIR=str(folder))
    (data,) = folder.glob("*/made-up")
    return House(running, data.parent)


def move_in(house: House) -> str:
    """Go through the three screens, without a browser; the recovery code that was shown."""
    jar = urllib.request.HTTPCookieProcessor(CookieJar())
    opener = urllib.request.build_opener(jar)

    def page(path: str, **fields: str) -> str:
        body = urllib.parse.urlencode(fields).encode() if fields else None
        with opener.open(house.origin + path, body) as response:
            found: str = response.read().decode()
            return found

    def hidden(name: str, html: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]+)"', html)
        assert found, f"The page has no field {name}."
        return found[1]

    opener.open(house.address()).close()
    asked = page("/welcome/key/")
    code = hidden("code", asked)
    asked = page(
        "/welcome/key/",
        csrfmiddlewaretoken=hidden("csrfmiddlewaretoken", asked),
        code=code,
        passphrase=PASSPHRASE,
        again=PASSPHRASE,
        kept="on",
        method="passphrase",
    )
    page(
        "/welcome/friend/",
        csrfmiddlewaretoken=hidden("csrfmiddlewaretoken", asked),
        friend=FRIEND,
    )
    return code
