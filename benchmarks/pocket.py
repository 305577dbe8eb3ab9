"""How soon the break and the player are there with no network, on a processor slowed four times.

``python -m benchmarks.pocket`` writes its part of docs/performance.md. Needs Chromium
(``scripts/chromium.py`` finds one) and Playwright, as the browser tests do.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from secondvoice.practices.catalogue import practices
from secondvoice.practices.views.pieces import AT_A_TIME
from tests.browser.conftest import ARGUMENTS
from tests.browser.house import empty_house, move_in
from tests.browser.wire import Wire
from tests.site.running import until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "performance.md"
BEGIN = "<!-- pocket: begin (python -m benchmarks.pocket writes what stands here) -->"
END = "<!-- pocket: end -->"

SLOWER = 4
LAST = -(-len(practices()) // AT_A_TIME) - 1
LAID_BY = f"caches.match('/library/{LAST}/').then(Boolean)"
PLACES = {
    "the break": ("/minute/", "section.now h2", 300),
    "the player": ("/practices/soles/short/", "section.now .title", 500),
    "writing": ("/pocket/", "#moment_voice", None),
}

# From the start of the navigation to the first frame in which the place is seen; and how long the
# main thread was held at most.
PAINTED = """async (what) => {
  while (!document.querySelector(what)?.checkVisibility()) await new Promise(requestAnimationFrame);
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const seen = performance.now();
  const held = await new Promise((resolve) => {
    let most = 0;
    const looker = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) most = Math.max(most, duration);
    });
    looker.observe({ type: "longtask", buffered: true });
    setTimeout(() => resolve(most), 300);
  });
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return [seen, paint?.startTime ?? seen, held];
}"""


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pocket")
    parser.add_argument("--rounds", type=int, default=9, help="how often each page is opened")
    rounds = parser.parse_args().rounds
    finder = [sys.executable, ROOT / "scripts" / "chromium.py"]
    chromium = subprocess.run(finder, capture_output=True, text=True, check=True).stdout.strip()
    with tempfile.TemporaryDirectory(prefix="secondvoice-bench-") as folder:
        house = empty_house(Path(folder) / "data")
        with house.running, sync_playwright() as playwright:
            move_in(house)
            browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            with Wire(house.running.port) as wire:
                text = _measured(browser, wire, house.address(), rounds)
            browser.close()
    print(text)
    old = PAGE.read_text(encoding="utf-8")
    before, after = old[: old.index(BEGIN) + len(BEGIN)], old[old.index(END) :]
    PAGE.write_text(f"{before}\n\n{text}\n\n{after}", encoding="utf-8")
    return 0


def _measured(browser: Browser, wire: Wire, address: str, rounds: int) -> str:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address.replace(address.split("/")[2], f"127.0.0.1:{wire.port}"))
    page.wait_for_url(lambda at: "/enter/" not in at)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    if not until(lambda: page.evaluate(LAID_BY)):
        raise RuntimeError("The library was not laid by.")
    bundle = wire.down
    context.set_offline(True)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    found: dict[str, list[list[float]]] = {what: [] for what in PLACES}
    for number in range(rounds + 1):
        for what, (path, place, _) in PLACES.items():
            times = _opened(page, wire.origin + path, place)
            if number:  # the first round starts the worker
                found[what].append(times)
    how = (
        f"Chromium {browser.version}, {platform.system()}; {rounds} rounds, no network, processor "
        f"slowed {SLOWER} times. The middle of the rounds with the least and the most, in "
        "milliseconds."
    )
    lines = [
        how,
        "",
        "| what | first paint | ready to use | asked | held | longest task |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for what, (_, _, most) in PLACES.items():
        seen, paint, held = zip(*found[what], strict=True)
        verdict = "" if most is None else "yes" if statistics.median(seen) <= most else "**no**"
        bound = "" if most is None else f"at most {most}"
        lines.append(
            f"| {what} | {_spread(paint)} | {_spread(seen)} | {bound} | {verdict} "
            f"| {_spread(held)} |"
        )
    all_of_it = (
        f"The first page and all that works without a network: {bundle / 1000:.0f} kB on the wire "
        "(at most 600 were asked)."
    )
    lines += ["", all_of_it]
    context.close()
    return "\n".join(lines)


def _opened(page: Page, address: str, place: str) -> list[float]:
    page.goto(address)
    times: list[float] = page.evaluate(PAINTED, place)
    return times


def _spread(times: tuple[float, ...]) -> str:
    return f"{statistics.median(times):.0f} [{min(times):.0f}–{max(times):.0f}]"


if __name__ == "__main__":
    sys.exit(main())
