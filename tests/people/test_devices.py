"""Where the diary is open can be seen, and ended there."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django_scopes import scope

from secondvoice.people.browsers import kind_of
from secondvoice.people.models import Opening, open_places
from tests.cast import PASSPHRASE, browser_inside, move_in
from tests.people.test_unlocking import is_open

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Someone

pytestmark = pytest.mark.django_db

PHONE = "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
TABLET = (
    "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Mobile/15E148 Safari/604.1"
)


def another_browser(user_agent: str) -> Client:
    browser = browser_inside()
    sent = {"passphrase": PASSPHRASE, "way_on": "/"}
    browser.post("/unlock/", sent, headers={"User-Agent": user_agent})
    assert is_open(browser)
    return browser


def page(client: Client) -> str:
    return client.get("/settings/devices/").content.decode()


def locks(html: str) -> dict[str, str]:
    """The name of each browser, with what its button sends."""
    found = re.findall(
        r'name="place" value="([^"]+)"><button class="link" aria-label="[^:]+: ([^"]+)"', html
    )
    return {name: place for place, name in found}


def test_each_browser_is_named_by_its_kind_with_its_days(alice: Someone) -> None:
    another_browser(PHONE)
    html = page(alice.client)
    today = datetime.now(UTC).strftime("%-d %B")
    assert list(locks(html)) == ["A browser", "Firefox on Android"]
    assert html.count("this one") == 1
    assert html.count(f"Opened and used on {today}.") == 2
    assert "after 30 minutes of quiet, and after 7 days" in html


def test_a_place_that_stayed_open_shows_both_days(alice: Someone) -> None:
    change = {"friend": "Sam", "lock_after": "240", "look": "auto", "zone": ""}
    alice.client.post("/settings/", change)
    now = datetime.now(UTC)
    for hours in range(3, 31, 3):
        with time_machine.travel(now + timedelta(hours=hours), tick=False):
            alice.unlock_the_front_door()
            html = page(alice.client)
    opened, used = (day.strftime("%-d %B") for day in (now, now + timedelta(hours=27)))
    assert f"Opened on {opened}. Last used on " in html
    assert used != opened


def test_one_is_locked_from_another(alice: Someone) -> None:
    phone, tablet = another_browser(PHONE), another_browser(TABLET)
    places = locks(page(alice.client))
    alice.client.post("/settings/devices/lock/", {"place": places["Firefox on Android"]})
    assert not is_open(phone)
    assert is_open(tablet)
    assert is_open(alice.client)
    assert list(locks(page(alice.client))) == ["A browser", "Safari on an iPad"]


def test_everywhere_is_here_too(alice: Someone) -> None:
    phone = another_browser(PHONE)
    assert alice.client.post("/settings/devices/lock-all/")["Location"] == "/unlock/"
    assert not is_open(phone)
    assert not is_open(alice.client)
    assert not any("sealed" in row.get_decoded() for row in Session.objects.all())
    with scope(person=alice.person):
        assert not Opening.objects.exists()


def test_locking_this_one_asks_for_the_passphrase(alice: Someone) -> None:
    (place,) = locks(page(alice.client)).values()
    response = alice.client.post("/settings/devices/lock/", {"place": place})
    assert response["Location"] == "/unlock/"
    assert not is_open(alice.client)


def test_what_locked_itself_is_not_in_the_list(alice: Someone) -> None:
    another_browser(PHONE)
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=31), tick=False):
        assert open_places(alice.person, None) == []
        alice.unlock()
        assert list(locks(page(alice.client))) == ["A browser"]
        with scope(person=alice.person):
            assert Opening.objects.count() == 1
        assert Session.objects.count() == 1


def test_locking_and_leaving_take_it_out_of_the_list(alice: Someone) -> None:
    for way in ("/lock/", "/leave/"):
        phone = another_browser(PHONE)
        assert len(locks(page(alice.client))) == 2
        phone.post(way)
        assert len(locks(page(alice.client))) == 1


def test_nobody_locks_what_is_anothers(alice: Someone) -> None:
    bob = move_in()
    with scope(person=bob.person):
        theirs = Opening.objects.create(person_id=bob.person, id=bob.person, session="x" * 32)
    for place in (str(theirs.id), "", "nothing", str(alice.person)):
        assert alice.client.post("/settings/devices/lock/", {"place": place}).status_code == 302
    with scope(person=bob.person):
        assert Opening.objects.count() == 1
    alice.client.post("/settings/devices/lock-all/")
    with scope(person=bob.person):
        assert Opening.objects.count() == 1


def test_what_an_earlier_version_opened_is_locked(alice: Someone) -> None:
    """It is in no list of places that could be locked."""
    session = alice.client.session
    del session["browser"]
    session.save()
    assert not is_open(alice.client)


def test_no_address_and_no_version_is_kept(alice: Someone) -> None:
    browser = browser_inside()
    browser.post(
        "/unlock/",
        {"passphrase": PASSPHRASE, "way_on": "/"},
        headers={"User-Agent": f"{PHONE} zqmodel"},
        REMOTE_ADDR="203.0.113.77",
    )
    held = " ".join(str(row.get_decoded()) for row in Session.objects.all())
    assert "Firefox on Android" in held
    for word in ("203.0.113", "140", "zqmodel", "Gecko"):
        assert word not in held


WINDOWS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
)
SAMSUNG = (
    "Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) "
    "SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36"
)
MAC = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Safari/605.1.15"
)
LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.mark.parametrize(
    ("user_agent", "kind"),
    [
        (PHONE, "Firefox on Android"),
        (TABLET, "Safari on an iPad"),
        (WINDOWS, "Edge on Windows"),
        (SAMSUNG, "Samsung Internet on Android"),
        (MAC, "Safari on a Mac"),
        (LINUX, "Firefox on Linux"),
        ("", "A browser"),
        ("<b>somebody's words</b>", "A browser"),
    ],
)
def test_a_browser_is_called_by_its_kind(user_agent: str, kind: str) -> None:
    assert kind_of(user_agent) == kind
