"""Take the pictures in docs/images anew, from the made-up year.

    python scripts/screenshots.py            all of them
    python scripts/screenshots.py hear list  only those of these pages

The same program gives the same pictures: its clock stands at the last day of that year, and the
moment that is written for them has a fixed id. They are written with a palette, which makes them a
third as large.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pictures import IMAGES, put_together, write
from walks import first_screens, through_the_year, through_two_years

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent
LAST_DAY = date(2025, 6, 12)

SIZES: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
    "desktop": {"viewport": {"width": 1280, "height": 800}, "device_scale_factor": 1},
}
SCHEMES = ("light", "dark")

# They fill the data folder, each in a process of its own, with the folder in its environment.
MOVE_IN = """
import datetime, sys, uuid
import django
django.setup()
from django.conf import settings
from secondvoice.demo import FRIEND
from secondvoice.measures import demo as measures_demo
from secondvoice.people.keys import first_keys_with_device
from secondvoice.people.record import Settings
from secondvoice.records.models import Door, create_person
person = uuid.UUID(int=1)
key, wraps = first_keys_with_device(person, settings.DATA)
create_person(person, wraps)
door = Door(person, key)
door.keep(Settings(friend=FRIEND, zone="Europe/London"))
today = datetime.date.fromisoformat(sys.argv[1])
measures_demo.fill(door, today)
"""
YEAR = f"""{MOVE_IN}
from secondvoice.moments import demo
from secondvoice.practices import demo as practices_demo
demo.fill(door, today)
practices_demo.fill(door, today)
"""
# Simulated, as the tests of Growth have it: what helps whom, and by how much, is known.
TWO_YEARS = f"""{MOVE_IN}
from secondvoice.growth.record import CRITIC_THING, Critic, Subject
from tests.growth.life import experiment, live
live(door, today, 730)
experiment(door, today - datetime.timedelta(days=70), today)
subject = Subject("Work", ("report", "deadline", "meeting", "budget"))
door.keep(Critic("The auditor", "That somebody will see", (subject,)), thing=CRITIC_THING)
"""

CLOCK = """
import datetime, time_machine
time_machine.travel(datetime.datetime.fromisoformat({at!r})).start()
"""
"""What Python reads first of all in each of the program's processes: it is always that morning."""


LIVES = {
    through_the_year: YEAR,
    through_two_years: TWO_YEARS,
    first_screens: "",
}
"""What was lived in the house that each walk goes through."""


def main() -> int:
    """Take the pictures that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("pages", nargs="*", help="parts of names; none: all")
    pages = parser.parse_args().pages
    IMAGES.mkdir(parents=True, exist_ok=True)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments())
        studio = browser.new_page()
        for size, look in SIZES.items():
            for scheme in SCHEMES:
                data = Path(folder) / f"{size}-{scheme}"
                for walk, life in LIVES.items():
                    house = data.with_name(f"{data.name}-{walk.__name__}")
                    fill(house, life)
                    context = browser.new_context(
                        **look, color_scheme=scheme, reduced_motion="reduce"
                    )
                    with running(house) as address:
                        camera = Camera(context.new_page(), studio, f"{size}-{scheme}", pages)
                        walk(camera, camera.enter(address))
                    context.close()
        put_together(studio)
        browser.close()
    total = sum(path.stat().st_size for path in IMAGES.glob("*.png"))
    print(f"{len(list(IMAGES.glob('*.png')))} pictures, {total // 1024} KB.")
    return 0


@dataclass
class Camera:
    """Takes pictures of one window, and has them developed in another."""

    page: Page
    studio: Page
    look: str
    wanted: list[str]

    def enter(self, address: str) -> str:
        """Come in by the printed address; the origin."""
        self.page.goto(address)
        self.page.wait_for_url(lambda at: "/enter/" not in at)
        parts = urlsplit(self.page.url)
        return f"{parts.scheme}://{parts.netloc}"

    def take(self, name: str, *, top: bool = True) -> None:
        """Take the window as it is now, from its top or not, with nothing focused or pointed at."""
        if self.wanted and not any(part in name for part in self.wanted):
            return
        self.page.mouse.move(0, 0)
        self.page.evaluate(
            """(top) => {
              document.activeElement?.blur();
              if (top) scrollTo(0, 0);
              for (const said of document.querySelectorAll(".kept")) said.textContent = "";
              const drawn = (done) => requestAnimationFrame(() => requestAnimationFrame(done));
              return document.fonts.ready.then(() => new Promise(drawn)).then(() => true);
            }""",
            top,
        )
        raw = self.page.screenshot(animations="disabled", caret="hide")
        write(self.studio, IMAGES / f"{name}-{self.look}.png", raw)


def chromium() -> str:
    """Where Chromium is."""
    if named := os.environ.get("CHROMIUM"):
        return named
    finder = [sys.executable, ROOT / "scripts" / "chromium.py"]
    return subprocess.run(finder, capture_output=True, text=True, check=True).stdout.strip()


def arguments() -> list[str]:
    """How Chromium is started: letters drawn alike on every machine."""
    alike = ["--disable-gpu", "--font-render-hinting=none", "--disable-lcd-text"]
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*alike, "--no-first-run", *(["--no-sandbox"] if as_root else [])]


def environment(data: Path) -> dict[str, str]:
    """The program's, on the folder ``data``, in one time zone, on the last day of its life."""
    clock = data.with_name("clock")
    clock.mkdir(exist_ok=True)
    at = f"{LAST_DAY.isoformat()}T09:30:00+01:00"
    (clock / "sitecustomize.py").write_text(CLOCK.format(at=at), "utf-8")
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(clock), str(ROOT))),
        "SECONDVOICE_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "secondvoice.site.settings",
        "TZ": "Europe/London",
    }


def fill(data: Path, life: str) -> None:
    """Make the data folder, with the life in it that this Python makes; none: it stays empty."""
    data.mkdir()
    if not life:
        return
    manage = [sys.executable, "-m", "secondvoice", "manage", "migrate", "--verbosity", "0"]
    subprocess.run(manage, env=environment(data), check=True)
    command = [sys.executable, "-c", life, LAST_DAY.isoformat()]
    subprocess.run(command, env=environment(data), check=True)


@contextmanager
def running(data: Path) -> Iterator[str]:
    """The program on ``data``; the address that lets a browser in."""
    command = [sys.executable, "-m", "secondvoice", "--no-browser"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment(data))
    try:
        assert process.stdout is not None
        yield process.stdout.readline().split()[-1]
    finally:
        process.terminate()
        process.communicate()


if __name__ == "__main__":
    sys.exit(main())
