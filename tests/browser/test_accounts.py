"""The sign-in page of a house of many in a real Chromium, with a virtual device that has no passkey."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.house import LIGHT, House
from tests.site.running import Running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.browser.watching import Watch

INVITED = {"SECONDVOICE_ACCOUNTS": "invited"} | LIGHT


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[House]:
    """A house that many share, by invitation and without letters."""
    folder = tmp_path / "folder"
    running = Running(folder, **INVITED)
    # A passkey is bound to a name, and an address of digits is none.
    running.origin = f"http://localhost:{running.port}"
    with running:
        yield House(running, folder)


@pytest.fixture
def page(browser: Browser, shared: House, watch: Watch) -> Iterator[Page]:
    """A window on it, with a device that makes passkeys."""
    context = browser.new_context()
    context.set_default_timeout(10_000)
    watch.over(context, shared.origin)
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    context.close()


def test_a_passkey_that_is_not_there_is_said(page: Page, shared: House) -> None:
    page.goto(f"{shared.origin}/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.locator("[data-passkey-trouble]:visible").wait_for()
