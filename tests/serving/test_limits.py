"""Limits on tries, counted by two processes in one PostgreSQL, and what is left when both are gone."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.keeping.house import PASSPHRASE

if TYPE_CHECKING:
    from tests.keeping.browser import Page
    from tests.serving.host import Host, Visitor

pytestmark = pytest.mark.slow

EMAIL, PASSWORD = "alice@example.org", "copper bridge under rain"
TRIES = 10
"""At a passphrase, in five minutes, for one account (docs/hosting.md)."""


@pytest.fixture
def shared(empty_host: Host) -> Host:
    """A host that many share, by invitation."""
    empty_host.settings = {"SECONDVOICE_ACCOUNTS": "invited"}
    status, _, error = empty_host.migrate()
    assert status == 0, error
    return empty_host


def alice_moves_in(host: Host) -> Visitor:
    made = subprocess.run(
        [sys.executable, "-m", "secondvoice", "invite"],
        env=host.environment(),
        cwd=host.folder,
        capture_output=True,
        text=True,
        check=True,
    )
    visitor = host.visitor()
    page = visitor.open("/account/invited/")
    page = visitor.submit(page, page.form(has="code"), {"code": made.stdout.split()[0]})
    asked = page.form(has="password1")
    page = visitor.submit(page, asked, {"email": EMAIL, "password1": PASSWORD})
    assert page.path == "/welcome/", page.shown
    page = visitor.open("/welcome/key/")
    secret = {"passphrase": PASSPHRASE, "again": PASSPHRASE, "kept": "on"}
    page = visitor.submit(page, page.form(has="passphrase"), secret)
    assert page.path == "/welcome/friend/", page.shown
    return visitor


def sign_in(host: Host, password: str) -> Page:
    visitor = host.visitor()
    page = visitor.open("/account/login/")
    asked = page.form(has="login")
    return visitor.submit(page, asked, {"login": EMAIL, "password": password})


def test_five_wrong_passwords_over_two_replicas_and_after_both(shared: Host) -> None:
    first, second = shared.start("first", "second")
    alice_moves_in(shared)
    for port in (first.port, second.port, first.port, second.port, first.port):
        shared.proxy.serve_from(port)
        assert "do not go together" in sign_in(shared, "wrong words here").shown
    for port in (first.port, second.port):
        shared.proxy.serve_from(port)
        assert "in a few minutes" in sign_in(shared, PASSWORD).shown
    # Neither remembers anything by itself.
    first.kill()
    second.kill()
    shared.start("third")
    assert "in a few minutes" in sign_in(shared, PASSWORD).shown


def test_many_who_try_a_passphrase_at_once_get_no_more_tries(shared: Host) -> None:
    first, second = shared.start("first", "second")
    visitor = alice_moves_in(shared)
    visitor.post("/lock/", visitor.token())
    assert visitor.open("/unlock/").form(has="passphrase")

    def guess(number: int) -> Page:
        tab = visitor.tab()
        sent = {"passphrase": f"guess number {number}", "way_on": "/"}
        return tab.post("/unlock/", sent | visitor.token())

    with ThreadPoolExecutor(8) as pool:
        pages = [page.shown for page in pool.map(guess, range(4 * TRIES))]
    looked_at = sum("did not open it" in page for page in pages)
    waiting = sum("another in a few minutes" in page for page in pages)
    assert looked_at + waiting == len(pages)
    # Whoever meets another's count while it is changed is told to wait, too: never more, some less.
    assert 1 <= looked_at <= TRIES
    for replica in (first, second):
        assert sum(line["event"] == "request" for line in replica.lines()) > TRIES
    assert "another in a few minutes" in guess(0).shown
    sent = {"passphrase": PASSPHRASE, "way_on": "/"}
    assert "another in a few minutes" in visitor.post("/unlock/", sent | visitor.token()).shown
