"""Take the pictures in docs/images anew, from the made-up year.

    python scripts/screenshots.py            all of them
    python scripts/screenshots.py hear list  only those of these pages

The same program gives the same pictures: the year ends on a fixed day, and the moment that is
written for them has a fixed id. They are written with a palette, which makes them a third as large.
"""

from __future__ import annotations

import argparse
import base64
import os
import struct
import subprocess
import sys
import tempfile
import uuid
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
LAST_DAY = date(2025, 6, 12)
CODE = "7K4M-Q2XR-9DTB-HW3C-5NFA-VE8J-0ZGP-6YS1-MK4R"
THE_MOMENT = uuid.UUID("01900000-0000-7000-8000-000000000003")

SIZES: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
    "desktop": {"viewport": {"width": 1280, "height": 800}, "device_scale_factor": 1},
}
SCHEMES = ("light", "dark")

VOICE = (
    "I messed up the report again. I'm such an idiot, everyone else manages. "
    "I should have known better."
)
HAPPENED = "The figures in the report were last month's. Carol found it in the meeting."
JOURNAL = (
    "Missed the bus, so I walked. Everyone else seems to have a plan for Sunday and I just sit "
    "here.\n\n"
    "Forgot Mum's call again. What kind of daughter does that? I should have it together by "
    "now.\n\n"
    "Made soup. It was a long week and I did ring the dentist."
)
ANSWER = {
    "name_it": "That meeting was embarrassing, and I still feel it in my stomach.",
    "not_alone": "Carol sent the wrong budget round in March. Everyone does it once.",
    "kind_words": "You were doing two jobs that week. One wrong column is not who you are.",
}

# Isolation far from the rest, so that the result has something to say of it.
SCS = (3, 3, 3, 5, 3, 3, 3, 3, 4, 3, 3, 3, 5, 3, 3, 3, 3, 5, 3, 3, 3, 4, 3, 3, 5, 3)

# Fills the data folder with the year; runs in a process of its own, with the folder in its
# environment.
FILL = """
import datetime, sys, uuid
import django
django.setup()
from secondvoice.demo import FRIEND
from secondvoice.measures import demo as measures_demo
from secondvoice.moments import demo
from secondvoice.people.keys import first_keys_with_device
from secondvoice.people.record import Settings
from secondvoice.practices import demo as practices_demo
from secondvoice.records.models import Door, create_person
from django.conf import settings
person = uuid.UUID(int=1)
key, wraps = first_keys_with_device(person, settings.DATA)
create_person(person, wraps)
door = Door(person, key)
door.keep(Settings(friend=FRIEND, zone="Europe/London"))
today = datetime.date.fromisoformat(sys.argv[1])
demo.fill(door, today)
measures_demo.fill(door, today)
practices_demo.fill(door, today)
"""

# Counts the colours of a picture, keeps the 256 that matter most and gives every point the nearest.
INDEXED = """async (source) => {
  const image = await createImageBitmap(await (await fetch(source)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const points = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
  const counts = new Map();
  for (const point of points) counts.set(point, (counts.get(point) ?? 0) + 1);
  const parts = (point) => [point & 255, (point >> 8) & 255, (point >> 16) & 255];
  const apart = (a, b) => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([at]) => parts(at));
  const palette = [];
  for (const least of [64, 27, 12, 3, 0]) {
    for (const colour of sorted) {
      if (palette.length === 256) break;
      if (palette.every((other) => apart(colour, other) > least)) palette.push(colour);
    }
  }
  const nearest = new Map();
  for (const point of counts.keys()) {
    const colour = parts(point);
    let best = 0;
    palette.forEach((other, at) => {
      if (apart(colour, other) < apart(colour, palette[best])) best = at;
    });
    nearest.set(point, best);
  }
  const indexes = Uint8Array.from(points, (point) => nearest.get(point));
  let text = "";
  for (let at = 0; at < indexes.length; at += 32768) {
    text += String.fromCharCode(...indexes.subarray(at, at + 32768));
  }
  return { width: image.width, height: image.height, palette: palette.flat(), indexes: btoa(text) };
}"""

# The picture at the top of the README: three steps, side by side.
TOGETHER = """<!doctype html><style>
body { margin: 0; width: 1300px; padding: 44px 0; background: #e9e0cd;
  display: flex; justify-content: center; gap: 34px }
img { width: 384px; border-radius: 10px; outline: 1px solid #b9ab90 }
</style>"""
TOGETHER_OF = ("loop-words-phone-light", "loop-hear-phone-light", "loop-see-phone-dark")


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
                for walk, lived_in in ((through_the_year, True), (first_screens, False)):
                    house = data.with_name(f"{data.name}-{walk.__name__}")
                    fill(house) if lived_in else house.mkdir()
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
    """The program's, on the folder ``data``, in one time zone."""
    return {
        **os.environ,
        "SECONDVOICE_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "secondvoice.site.settings",
        "TZ": "Europe/London",
    }


def fill(data: Path) -> None:
    """Make the data folder, with the year in it."""
    data.mkdir()
    manage = [sys.executable, "-m", "secondvoice", "manage", "migrate", "--verbosity", "0"]
    subprocess.run(manage, env=environment(data), check=True)
    command = [sys.executable, "-c", FILL, LAST_DAY.isoformat()]
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


def practised(camera: Camera, origin: str) -> None:
    """The library, the player, and the way back after something hard."""
    page = camera.page
    page.goto(f"{origin}/practices/")
    camera.take("practices")
    page.goto(f"{origin}/practices/breath/short/")
    for button in ("[data-told-go]", "[data-start]", "[data-skip]", "[data-skip]", "[data-pause]"):
        page.click(f".now {button}")
    camera.take("player")
    page.click("[data-stop]")
    page.click("#landed [value=hard]")
    for at in ("0", "1", "2"):
        page.click(f".now [data-way='{at}'] >> nth=0")
    camera.take("way-back")


def through_the_year(camera: Camera, origin: str) -> None:
    """The pages of somebody who has been here for a year, and one more moment."""
    page = camera.page
    page.goto(f"{origin}/moments/")
    camera.take("moments")
    page.goto(f"{origin}/minute/")
    camera.take("minute")
    practised(camera, origin)
    page.goto(f"{origin}/support/")
    camera.take("support")

    cards(camera, origin)

    page.goto(f"{origin}/reader/")
    page.fill("#text", JOURNAL)
    page.click("main form .button")
    page.locator("#reading-title").wait_for()
    page.evaluate("document.querySelector('#reading').scrollIntoView()")
    camera.take("reader", top=False)

    measured(camera, origin)
    on_the_way(camera, origin)
    page.goto(f"{origin}/moments/{THE_MOMENT}/notice/")
    page.fill("#id_voice", VOICE)
    page.fill("#id_happened", HAPPENED)
    page.get_by_role("slider").fill("8")
    camera.take("loop-notice")
    page.click("form[data-draft] .button")
    page.wait_for_url("**/words/")
    page.click("a.mark >> nth=0")
    camera.take("loop-words")
    page.click("main form[action$='/words/'] .button")
    page.wait_for_url("**/hear/")
    page.check("input[value=no]", force=True)
    camera.take("loop-hear")
    page.click("form[data-draft] .button")
    page.wait_for_url("**/answer/")
    for name, text in ANSWER.items():
        page.fill(f"#id_{name}", text)
    camera.take("loop-answer")
    with page.expect_navigation():
        page.click("form[data-draft] .actions .button")
    page.goto(f"{origin}/moments/{THE_MOMENT}/right/")
    page.check("#right-yes", force=True)
    page.fill("#id_right_if", "When I am in on Thursday")
    page.fill("#id_right_then", "send Carol the right figures, with one line and no more")
    camera.take("loop-right")
    page.click("form[data-draft] .actions .button")
    page.wait_for_url("**/see/")
    page.get_by_role("slider").fill("5")
    camera.take("loop-see")


def cards(camera: Camera, origin: str) -> None:
    """Learn: its list, and cards with and without what they rest on."""
    page = camera.page
    for card in ("backdraft", "myth-motivation"):
        page.goto(f"{origin}/learn/{card}/")
        camera.take(f"learn-{card}")
    page.goto(f"{origin}/learn/practice/")
    page.click("details.why summary")
    page.evaluate("document.querySelector('details.why').scrollIntoView()")
    camera.take("learn-sure", top=False)
    page.goto(f"{origin}/learn/")
    camera.take("learn-cards")


def measured(camera: Camera, origin: str) -> None:
    """The measures: their page, a question, a result, everything over time."""
    page = camera.page
    page.goto(f"{origin}/measures/")
    camera.take("measures-room")
    page.goto(f"{origin}/measures/over-time/")
    camera.take("measures-over-time")
    page.goto(f"{origin}/measures/beside/")
    camera.take("measures-beside")
    page.goto(f"{origin}/measures/about/scs/")
    camera.take("measures-about")
    page.click("button[value=one]")
    for number, answer in enumerate(SCS, start=1):
        page.wait_for_url(f"**/{number}/")
        if number == 3:
            camera.take("measures-question")
        page.click(f".answer[value='{answer}']")
    page.wait_for_url("**/score/")
    camera.take("measures-result")


def on_the_way(camera: Camera, origin: str) -> None:
    """The course, a week of it, and the one day that is over: morning, pause, evening."""
    page = camera.page
    page.goto(f"{origin}/course/")
    camera.take("course")
    page.goto(f"{origin}/course/2/")
    camera.take("course-week")
    page.goto(f"{origin}/one-day/?another")
    with page.expect_navigation():
        page.click("main a[href*='/evening/']")
    camera.take("one-day-evening")
    evening = page.url
    page.goto(evening.replace("evening", "morning"))
    camera.take("one-day-morning")
    # Begun on the day itself or looked at later, a pause is the same page.
    page.goto(evening)
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    begun = page.request.post(
        evening.replace("evening", "pause"),
        form={"csrfmiddlewaretoken": token},
        headers={"Origin": origin, "Referer": evening},
    )
    page.goto(begun.url.replace("/1/", "/2/"))
    page.check("input[value=curt]", force=True)
    page.check("input[value=rushed]", force=True)
    camera.take("one-day-pause")


def first_screens(camera: Camera, origin: str) -> None:
    """The first minute."""
    page = camera.page
    camera.take("first-what")
    page.goto(f"{origin}/welcome/key/")
    # The code is another one each time.
    page.locator(".secret").evaluate("(shown, code) => { shown.textContent = code; }", CODE)
    camera.take("first-key")
    page.click("button[value=device]")
    page.fill("#id_friend", "Nadia")
    camera.take("first-friend")


def write(studio: Page, path: Path, raw: bytes) -> None:
    """Write a picture with a palette of at most 256 colours, without a date in it."""
    source = "data:image/png;base64," + base64.b64encode(raw).decode()
    found = studio.evaluate(INDEXED, source)
    width, height = found["width"], found["height"]
    indexes = base64.b64decode(found["indexes"])
    rows = b"".join(b"\0" + indexes[at : at + width] for at in range(0, width * height, width))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"PLTE", bytes(found["palette"]))
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


def chunk(kind: bytes, content: bytes) -> bytes:
    """A part of a PNG file: its length, kind, content and check sum."""
    check = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)


def put_together(studio: Page) -> None:
    """The picture at the top of the README."""
    sources = [IMAGES / f"{name}.png" for name in TOGETHER_OF]
    if not all(path.is_file() for path in sources):
        return
    studio.set_viewport_size({"width": 1300, "height": 920})
    images = "".join(
        f'<img src="data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}">'
        for path in sources
    )
    studio.set_content(TOGETHER + images)
    studio.evaluate("Promise.all([...document.images].map((image) => image.decode()))")
    write(studio, IMAGES / "second-voice.png", studio.screenshot())


if __name__ == "__main__":
    sys.exit(main())
