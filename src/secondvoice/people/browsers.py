"""What a browser is called in the list of where the diary is open: its kind, and nothing else."""

from __future__ import annotations

from typing import Final

from secondvoice.tongues import later, say

# Each takes part in the names of those below it, so the order counts.
_BROWSERS: Final = (
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("iPhone", later("an iPhone")),
    ("iPad", later("an iPad")),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", later("a Mac")),
    ("Linux", "Linux"),
)


def kind_of(user_agent: str) -> str:
    """The kind of browser and of system: “Firefox on Android”.

    Only words of this file come back, never a part of what was sent. Versions, models and whatever
    else a browser says of itself are left out.

    Args:
        user_agent: the header ``User-Agent``; may be anything.
    """
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), later("A browser"))
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser


def said(kind: str) -> str:
    """A kind of browser as :func:`kind_of` gave it, in the language of the moment."""
    browser, _, system = kind.partition(" on ")
    if not system:
        return say(browser)
    return say("{browser} on {system}").format(browser=say(browser), system=say(system))
