"""A house of many in a real Chromium, with a passkey on the browser's own virtual device."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.browser.checks import does_not_fit, in_the_way, look_at, not_by_keyboard, plain
from tests.browser.house import LIGHT, House
from tests.site.running import Running, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.browser.watching import Watch

INVITED = {"SECONDVOICE_ACCOUNTS": "invited"} | LIGHT
EMAIL = "alice@example.org"
PASSWORD = "copper bridge under rain"
PASSPHRASE = "heron ladder quiet spoon"


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


SIGNED_IN = (
    *("logout/", "", "password/", "passkeys/", "passkeys/add/", "passkeys/1/remove/"),
    *("totp/on/", "codes/", "codes/new/", "reauthenticate/", "passkeys/again/", "end/"),
)
"""The pages of signing in that a house by invitation and without letters has."""


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def move_in(page: Page, house: House) -> None:
    """From the invitation to the diary."""
    made = run("--data", house.data, "invite", **INVITED)
    assert made.returncode == 0, made.stderr
    page.goto(f"{house.origin}/account/invited/")
    page.fill("#id_code", made.stdout.decode().split()[0])
    press(page, "Go on")
    page.fill("#id_email", EMAIL)
    page.fill("#id_password1", PASSWORD)
    press(page, "Go on")
    page.wait_for_url("**/welcome/")
    page.get_by_role("link", name="Go on").click()
    page.fill("#id_passphrase", PASSPHRASE)
    page.fill("#id_again", PASSPHRASE)
    page.check("#id_kept", force=True)
    press(page, "Go on")
    page.wait_for_url("**/welcome/friend/")


def with_a_passkey(page: Page, house: House) -> None:
    """From the invitation to a passkey, with the codes that come with it on the page."""
    move_in(page, house)
    page.goto(f"{house.origin}/account/passkeys/add/")
    page.fill("#id_password", PASSWORD)
    press(page, "Go on")
    page.fill("#id_name", "my telephone")
    press(page, "Make it")
    page.wait_for_url("**/account/codes/")


def test_a_passkey_signs_in_and_the_passphrase_opens(page: Page, shared: House) -> None:
    with_a_passkey(page, shared)
    assert page.locator(".codes li").count() == 10
    page.goto(f"{shared.origin}/account/")
    press(page, "Sign out")
    page.wait_for_url("**/account/login/")
    press(page, "Use a passkey")
    page.goto(f"{shared.origin}/settings/")
    assert page.locator("h1").inner_text() == "Welcome back"
    page.fill("#id_passphrase", PASSPHRASE)
    press(page, "Open")
    assert page.locator("h1").inner_text() == "Settings"
    # By password, the passkey is the second thing that is asked for.
    page.goto(f"{shared.origin}/account/")
    press(page, "Sign out")
    page.fill("#id_login", EMAIL)
    page.fill("#id_password", PASSWORD)
    press(page, "Sign in")
    page.wait_for_url("**/account/second/")
    press(page, "Use a passkey")
    page.goto(f"{shared.origin}/unlock/")
    assert page.locator("h1").inner_text() == "Welcome back"


def test_its_pages_are_for_every_eye_and_hand(page: Page, shared: House) -> None:
    found = {}

    def look(path: str) -> None:
        plain(page)
        page.goto(f"{shared.origin}/account/{path}")
        look_at(page)
        came_to = urlsplit(page.url).path
        found[f"{path} {came_to}"] = [*in_the_way(page), *does_not_fit(page)]
        plain(page)
        page.goto(f"{shared.origin}/account/{path}")
        look_at(page)
        found[f"{path} {came_to}"] += not_by_keyboard(page)
        plain(page)

    with_a_passkey(page, shared)
    for path in SIGNED_IN:
        look(path)
    page.goto(f"{shared.origin}/account/")
    press(page, "Sign out")
    for path in ("login/", "signup/", "invited/"):
        look(path)
    flawed = {where: flaws for where, flaws in found.items() if flaws}
    assert flawed == {}, json.dumps(flawed, indent=1, ensure_ascii=False)


def test_a_passkey_that_is_not_there_is_said(page: Page, shared: House) -> None:
    page.goto(f"{shared.origin}/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.locator("[data-passkey-trouble]:visible").wait_for()
