"""What a browser is called in the list of where the diary is open: its kind, and nothing else."""

from __future__ import annotations

from typing import Final

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
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "a Mac"),
    ("Linux", "Linux"),
)


def kind_of(user_agent: str) -> str:
    """The kind of browser and of system: “Firefox on Android”.

    Only words of this file come back, never a part of what was sent. Versions, models and whatever
    else a browser says of itself are left out.

    Args:
        user_agent: the header ``User-Agent``; may be anything.
    """
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "A browser")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return f"{browser} on {system}" if system else browser
