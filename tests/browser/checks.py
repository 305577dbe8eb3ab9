"""What is asked of every page: nothing in the way, no size too small for it, all by keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

HERE = Path(__file__).parent
AXE = (HERE / "vendor" / "axe.min.js").read_text(encoding="utf-8")
LOOKING = (HERE / "looking.js").read_text(encoding="utf-8")

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
ONLY_FLAWS = {"resultTypes": ["violations"]}
NARROW = {"width": 320, "height": 568}


def look_at(page: Page) -> None:
    """Put the tools for looking at it into a page that has come."""
    page.evaluate("document.fonts.ready.then(() => true)")
    page.evaluate(LOOKING)


def plain(page: Page) -> None:
    """A window as it is before anything was tried on it."""
    page.set_viewport_size(DESKTOP)
    page.emulate_media(color_scheme="light", reduced_motion="reduce", forced_colors="none")


def flaws(page: Page, *names: str) -> list[str]:
    """What the eye finds."""
    found: list[str] = []
    for name in names:
        found += page.evaluate(f"looking.{name}")
    return found


def in_the_way(page: Page, *, empty: bool = False) -> dict[str, str]:
    """What axe finds, light and dark, on a desk and a phone."""
    page.evaluate(AXE + ";0")
    # The blank page is empty on purpose: it has no heading and no region to ask for.
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]} if empty else {}
    found = {}
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            result = page.evaluate("rules => axe.run(document, rules)", rules | ONLY_FLAWS)
            for rule in result["violations"]:
                nodes = "; ".join(node["html"][:120] for node in rule["nodes"][:3])
                found[f"{rule['id']}: {rule['help']}: {nodes}"] = f"{scheme}, {size['width']} px"
    return found


def does_not_fit(page: Page) -> list[str]:
    """What a narrow screen, large letters and wide spacing break."""
    letters = page.context.new_cdp_session(page)
    found = []
    for what, size, standard in (
        ("320 px", NARROW, 16),
        ("letters twice as large, phone", PHONE, 32),
        ("letters twice as large, desktop", DESKTOP, 32),
    ):
        page.set_viewport_size(size)
        letters.send("Page.setFontSizes", {"fontSizes": {"standard": standard}})
        seen = flaws(page, "sideways()", "cut()", "overlapping()", "covered()")
        found += [f"{what}: {flaw}" for flaw in seen]
    letters.send("Page.setFontSizes", {"fontSizes": {"standard": 16}})
    letters.detach()
    page.set_viewport_size(PHONE)
    found += [f"phone: {flaw}" for flaw in flaws(page, "small(false, 24)", "small(true, 44)")]
    page.evaluate("looking.spaced()")
    for size in (NARROW, DESKTOP):
        page.set_viewport_size(size)
        seen = flaws(page, "sideways()", "cut()", "overlapping()")
        found += [f"text spaced out, {size['width']} px: {flaw}" for flaw in seen]
    return found


def not_by_keyboard(page: Page) -> list[str]:
    """What Tab does not come to, or does not show."""
    page.evaluate("document.activeElement?.blur()")
    found = []
    for colours, size in (("none", PHONE), ("active", DESKTOP)):
        page.set_viewport_size(size)
        page.emulate_media(forced_colors=colours)
        found += flaws(page, "moving()")
        page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0); }")
        page.locator("body").evaluate("body => { body.tabIndex = -1; body.focus(); }")
        expected = page.evaluate("looking.stops()")
        came_to = []
        for _ in range(expected):
            page.keyboard.press("Tab")
            stop = page.evaluate("looking.focus()")
            if stop is None:
                break
            came_to.append(stop["name"])
            found += stop["flaws"]
            if stop["back"]:
                found.append(f"Tab goes back up to {stop['name']}")
        # A why closes when the next one opens, and takes its buttons with it.
        if len(came_to) not in {expected, page.evaluate("looking.stops()")}:
            found.append(f"Tab comes to {len(came_to)} of {expected} places")
    return found
