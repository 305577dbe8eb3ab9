"""Print the path of a Chromium for the browser tests, installing one if there is none.

In this order: ``$CHROMIUM``, one that is installed, the system's package manager (as root, or by
``sudo`` if it asks for no password), Playwright's own download.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ON_A_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def main() -> int:
    """Print the path, or say on standard error why there is none."""
    path = chosen() or installed() or from_the_system() or from_playwright()
    if path is None:
        print(
            "There is no Chromium for the browser tests, and none could be installed. Install "
            "Chromium or Chrome with the system's package manager (on Debian: apt-get install "
            "chromium), or name one: CHROMIUM=/path/to/chromium make test-browser",
            file=sys.stderr,
        )
        return 1
    print(path)
    return 0


def chosen() -> str | None:
    """What the person running the tests has named, if it runs."""
    named = os.environ.get("CHROMIUM")
    return named if named and runs(named) else None


def installed() -> str | None:
    """One that the system has."""
    found = [path for name in NAMES if (path := shutil.which(name))]
    if ON_A_MAC.exists():
        found.append(str(ON_A_MAC))
    return next((path for path in found if runs(path)), None)


def from_the_system() -> str | None:
    """Install one with apt-get, where that may be done without asking anybody."""
    if not shutil.which("apt-get"):
        return None
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    settings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = [*as_root, "apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"]
    for step in (install, [*as_root, "apt-get", "update", "-q"], install):
        try:
            done = subprocess.run(step, env=settings, stdout=sys.stderr, check=False)
        except OSError:
            return None
        if step is install and done.returncode == 0:
            return installed()
    return None


def from_playwright() -> str | None:
    """Let Playwright download its own."""
    install = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(install, stdout=sys.stderr, check=False).returncode != 0:
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if runs(path) else None


def runs(path: str) -> bool:
    """Whether there is a browser at ``path`` that starts at all."""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
