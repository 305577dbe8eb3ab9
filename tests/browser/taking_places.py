"""Ways to the pages of bringing in and taking along. What they are for stands in ``places.py``."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page


def chosen(name: str, text: str) -> Callable[[Page, str], None]:
    """A file chosen to be brought in, on the page that shows what would come in."""

    def go(page: Page, origin: str) -> None:
        page.goto(f"{origin}/settings/import/")
        file = {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
        page.set_input_files("#id_file", [file])  # type: ignore[list-item]  # a dictionary will do
        page.locator("main .button").first.click()
        page.wait_for_load_state()

    return go


def brought_in(page: Page, origin: str) -> None:
    # What came in before would be there already.
    words = f"I want to kill myself, for the {next(TIMES)}th time."
    chosen("j.txt", f"{JOURNAL}[2024-07-03 09:00] {words}\n")(page, origin)
    page.get_by_role("button", name="Bring it in").click()
    page.wait_for_url("**/bring/")


def reported(page: Page, origin: str) -> None:
    """A year of it, with one text ticked."""
    page.goto(f"{origin}/report/")
    page.select_option("#id_weeks", "52")
    page.locator("main .button").first.click()
    page.wait_for_url("**/look/")
    page.locator("details.why summary").click()
    page.locator("[name=tick]").first.check()
    page.get_by_role("button", name="Show it so").click()
    page.locator(".said").first.wait_for()


def no_last_day(page: Page, origin: str) -> None:
    page.goto(f"{origin}/report/")
    page.fill("#id_last", "")
    page.locator("main form").evaluate("form => form.noValidate = true")
    page.locator("main .button").first.click()
    page.locator(".error").wait_for()


def taken_out_by_a_slip(page: Page, origin: str) -> None:
    page.goto(f"{origin}/settings/take-out/")
    page.fill("#id_file_passphrase", "short")
    page.locator("main form").evaluate("form => form.noValidate = true")
    page.locator("main .button").first.click()
    page.locator(".error").first.wait_for()


def erased_by_a_slip(page: Page, origin: str) -> None:
    page.goto(f"{origin}/settings/erase/")
    page.locator("main form").evaluate("form => form.noValidate = true")
    page.locator("main .button").first.click()
    page.locator(".error").first.wait_for()


def days_looked_at(page: Page, origin: str) -> None:
    """How much is in a year, and nothing erased."""
    page.goto(f"{origin}/settings/erase/days/")
    page.fill("#id_first", "2020-01-01")
    page.fill("#id_last", "2090-01-01")
    page.locator("main .button").first.click()
    page.locator("main .note").wait_for()


TIMES = count(1)

JOURNAL = (
    "[2024-07-01 09:00] A walk by the river\nIt rained, and we laughed.\n"
    "[2024-07-02 21:15] Late again\nThe report took until nine.\n[2024-07-32 09:00] No such day\n"
)
