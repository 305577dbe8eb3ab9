"""First run: three calm screens, then the loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from secondvoice.people.middleware import read_settings
from secondvoice.people.views import first_run
from secondvoice.records.models import Door, Person, person_keys
from secondvoice.vault import make_recovery_code, unwrap
from tests.cast import PASSPHRASE, browser_inside

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

pytestmark = pytest.mark.django_db


def fields(**changed: str) -> dict[str, str]:
    given = {
        "method": "passphrase",
        "passphrase": PASSPHRASE,
        "again": PASSPHRASE,
        "code": make_recovery_code(),
        "kept": "on",
    }
    return given | changed


def test_the_first_visit_leads_through_three_screens_into_the_loop() -> None:
    browser = browser_inside()
    assert browser.get("/", follow=True).redirect_chain[-1][0] == "/welcome/"
    assert browser.get("/welcome/key/").status_code == 200
    assert browser.post("/welcome/key/", fields())["Location"] == "/welcome/friend/"
    assert browser.post("/welcome/friend/", {"friend": " Sam "})["Location"] == "/moments/new/"
    assert b"2 of" not in browser.get("/moments/new/").content


def test_the_friend_is_kept_sealed_and_can_be_left_out() -> None:
    browser = browser_inside()
    code = make_recovery_code()
    browser.post("/welcome/key/", fields(code=code))
    person = Person.objects.get().id
    recovery = next(wrap for wrap in person_keys(person) if wrap.method == "recovery")
    door = Door(person, unwrap(recovery, code, person=person))
    browser.post("/welcome/friend/", {"friend": "Sam", "skip": "yes"})
    assert read_settings(door).friend == ""
    browser.post("/welcome/friend/", {"friend": "Zoë  van   Dam", "zone": "Europe/Amsterdam"})
    assert read_settings(door).friend == "Zoë van Dam"
    assert read_settings(door).zone == "Europe/Amsterdam"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"passphrase": "short", "again": "short"}, "8 or more"),
        ({"again": "heron ladder quiet spook"}, "not the same"),
        ({"kept": ""}, "somewhere safe"),
        ({"code": "0000-0000"}, "code"),
    ],
)
def test_a_slip_on_the_key_screen_is_said_plainly_and_makes_nobody(
    changed: dict[str, str], sentence: str
) -> None:
    page = browser_inside().post("/welcome/key/", fields(**changed))
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert not Person.objects.exists()


def test_after_a_slip_the_same_recovery_code_is_still_the_one_on_the_page() -> None:
    code = make_recovery_code()
    page = browser_inside().post("/welcome/key/", fields(code=code, again="different enough"))
    assert page.content.decode().count(code) == 2


def test_the_account_of_this_computer_can_hold_the_key_instead() -> None:
    browser = browser_inside()
    assert browser.post("/welcome/key/", {"method": "device"})["Location"] == "/welcome/friend/"
    assert [wrap.method for wrap in person_keys(Person.objects.get().id)] == ["device"]
    browser.post("/lock/")
    assert "this computer’s account" in browser.get("/").content.decode()
    assert browser.post("/unlock/", {"way_on": "/moments/"})["Location"] == "/moments/"


def test_first_run_happens_once() -> None:
    browser = browser_inside()
    browser.post("/welcome/key/", fields())
    browser.post("/welcome/key/", fields())
    assert Person.objects.count() == 1


@pytest.mark.parametrize("sent", [fields(), {"method": "device"}])
def test_a_second_click_makes_nobody_and_leads_to_what_was_begun(
    sent: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    first, second = browser_inside(), browser_inside()
    really = first_run.one_transaction

    def later() -> AbstractContextManager[None]:
        """Both have seen that nobody is here; the first is through before the second goes on."""
        monkeypatch.setattr(first_run, "one_transaction", really)
        assert first.post("/welcome/key/", sent)["Location"] == "/welcome/friend/"
        return really()

    monkeypatch.setattr(first_run, "one_transaction", later)
    assert second.post("/welcome/key/", sent)["Location"] == "/unlock/"
    assert Person.objects.count() == 1
    assert first.get("/moments/").status_code == 200
    opened = second.post("/unlock/", {"passphrase": PASSPHRASE, "way_on": "/moments/"})
    assert opened["Location"] == "/moments/"
