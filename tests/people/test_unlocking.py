"""Unlocking, locking and what happens to words that meet a locked diary."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from secondvoice.people.middleware import KEY_COOKIE
from secondvoice.records.ids import make_id
from secondvoice.records.models import person_keys, replace_wrap
from secondvoice.vault import KdfParams
from tests.cast import PASSPHRASE, browser_inside

if TYPE_CHECKING:
    from secondvoice.vault import WrappedKey
    from tests.cast import Someone

pytestmark = pytest.mark.django_db


def is_open(client: Client) -> bool:
    return b"Lock</button>" in client.get("/moments/").content


def test_the_right_passphrase_opens_and_a_wrong_one_does_not(locked_alice: Someone) -> None:
    wrong = locked_alice.client.post("/unlock/", {"passphrase": "heron", "way_on": "/"})
    assert wrong.status_code == 200
    assert "did not open it" in wrong.content.decode()
    assert not is_open(locked_alice.client)
    locked_alice.unlock()
    assert is_open(locked_alice.client)


def test_neither_cookie_alone_opens_anything(alice: Someone) -> None:
    for left_out in (KEY_COOKIE, settings.SESSION_COOKIE_NAME):
        thief = browser_inside()
        for name, morsel in alice.client.cookies.items():
            if name != left_out:
                thief.cookies[name] = morsel.value
        assert not is_open(thief)
    assert is_open(alice.client)


def test_both_cookies_are_useless_after_locking(alice: Someone) -> None:
    thief = browser_inside()
    for name, morsel in alice.client.cookies.items():
        thief.cookies[name] = morsel.value
    assert is_open(thief)
    alice.client.post("/lock/")
    assert not is_open(thief)
    assert not is_open(alice.client)


def test_the_cookies_are_out_of_reach_of_scripts_and_other_sites(locked_alice: Someone) -> None:
    response = locked_alice.client.post("/unlock/", {"passphrase": PASSPHRASE, "way_on": "/"})
    for name in (KEY_COOKIE, settings.SESSION_COOKIE_NAME):
        assert response.cookies[name]["httponly"]
        assert response.cookies[name]["samesite"] == "Strict"
        assert not response.cookies[name]["max-age"]


def test_the_key_is_in_no_session_row(alice: Someone) -> None:
    rows = [row.get_decoded() for row in Session.objects.all()]
    assert rows
    for row in rows:
        assert alice.data_key.hex() not in str(row)
    cookie = alice.client.cookies[KEY_COOKIE].value
    assert all(cookie not in str(row) for row in rows)


def test_it_locks_after_the_time_that_was_chosen(alice: Someone) -> None:
    alice.client.post(
        "/settings/", {"friend": "Sam", "lock_after": "5", "look": "auto", "zone": ""}
    )
    now = datetime.now(UTC)
    with time_machine.travel(now + timedelta(minutes=4), tick=False):
        assert is_open(alice.client)
    with time_machine.travel(now + timedelta(minutes=8), tick=False):
        assert is_open(alice.client)
    with time_machine.travel(now + timedelta(minutes=14), tick=False):
        assert not is_open(alice.client)


def test_words_that_meet_a_locked_diary_are_kept_after_unlocking(locked_alice: Someone) -> None:
    thing = make_id()
    path = f"/moments/{thing}/notice/"
    words = "I forgot the form.\nTypical me <b>&amp;</b>"
    page = locked_alice.client.post(path, {"voice": words, "happened": "", "before": "6"})
    assert "waiting on this page" in page.content.decode()
    sent = {
        "passphrase": PASSPHRASE,
        "way_on": path,
        "carried_name": ["voice", "happened", "before"],
        "carried_value": [words, "", "6"],
    }
    assert locked_alice.client.post("/unlock/", sent | {"passphrase": "wrong"}).status_code == 200
    response = locked_alice.client.post("/unlock/", sent)
    assert response.status_code == 302
    kept = locked_alice.door.get("moment", thing).value
    assert kept.voice == words
    assert kept.before == 6


def test_the_way_on_never_leaves_this_site(locked_alice: Someone) -> None:
    for elsewhere in ("//evil.example/", "https://evil.example/", "/\\evil.example"):
        response = locked_alice.client.post(
            "/unlock/", {"passphrase": PASSPHRASE, "way_on": elsewhere}
        )
        assert response["Location"] == "/"
        locked_alice.client.post("/lock/")


def test_the_recovery_code_opens_and_leads_to_a_new_passphrase(locked_alice: Someone) -> None:
    code = locked_alice.code.lower().replace("-", " ")
    response = locked_alice.client.post("/unlock/recovery/", {"code": code})
    assert response["Location"] == "/settings/passphrase/"
    new = "another set of words"
    changed = locked_alice.client.post("/settings/passphrase/", {"passphrase": new, "again": new})
    assert changed["Location"] == "/settings/"
    locked_alice.client.post("/lock/")
    locked_alice.client.post("/unlock/", {"passphrase": PASSPHRASE, "way_on": "/"})
    assert not is_open(locked_alice.client)
    locked_alice.client.post("/unlock/", {"passphrase": new, "way_on": "/"})
    assert is_open(locked_alice.client)


def test_a_mistyped_code_and_a_strange_code_are_told_apart(locked_alice: Someone) -> None:
    from secondvoice.vault import make_recovery_code

    last = "1" if locked_alice.code[0] != "1" else "2"
    mistyped = locked_alice.client.post(
        "/unlock/recovery/", {"code": last + locked_alice.code[1:]}
    ).content.decode()
    strange = locked_alice.client.post(
        "/unlock/recovery/", {"code": make_recovery_code()}
    ).content.decode()
    assert "written right" in strange
    assert "written right" not in mistyped
    assert "errors" not in mistyped or "error" in mistyped


def test_changing_the_passphrase_needs_the_old_one_and_touches_no_record(alice: Someone) -> None:
    from secondvoice.records.models import Record

    thing = make_id()
    alice.client.post(f"/moments/{thing}/notice/", {"voice": "I am hopeless at this."})
    from secondvoice.records.models.store import of

    before = [bytes(row.sealed) for row in of(Record, alice.person).order_by("id")]
    new = "another set of words"
    refused = alice.client.post(
        "/settings/passphrase/", {"old-passphrase": "wrong", "passphrase": new, "again": new}
    )
    assert refused.status_code == 200
    alice.client.post(
        "/settings/passphrase/", {"old-passphrase": PASSPHRASE, "passphrase": new, "again": new}
    )
    after = [bytes(row.sealed) for row in of(Record, alice.person).order_by("id")]
    assert before == after
    alice.client.post("/lock/")
    alice.passphrase = new
    alice.unlock()
    assert alice.door.get("moment", thing).value.voice == "I am hopeless at this."


def test_a_new_recovery_code_replaces_the_old_one(alice: Someone) -> None:
    from secondvoice.vault import make_recovery_code

    new = make_recovery_code()
    path = "/settings/recovery-code/"
    assert alice.client.post(path, {"code": new}).status_code == 200
    mistyped = {"code": new[:-1] + ("1" if new[-1] != "1" else "2"), "old-passphrase": PASSPHRASE}
    assert alice.client.post(path, mistyped).status_code == 200
    assert alice.client.post(path, {"code": new, "old-passphrase": PASSPHRASE}).status_code == 302
    alice.client.post("/lock/")
    alice.client.post("/unlock/recovery/", {"code": alice.code})
    assert not is_open(alice.client)
    alice.client.post("/unlock/recovery/", {"code": new})
    assert is_open(alice.client)


def test_a_key_wrapped_with_less_work_is_wrapped_anew_at_the_next_unlock(
    locked_alice: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "KDF_PASSES", 2)
    locked_alice.unlock()
    wraps = {wrap.method: wrap for wrap in person_keys(locked_alice.person)}
    assert wraps["passphrase"].params["passes"] == 2
    locked_alice.client.post("/lock/")
    locked_alice.unlock()


def test_a_passphrase_set_elsewhere_while_it_is_unlocked_stays(
    locked_alice: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    from secondvoice.people.views import unlocking

    really, person, key = unlocking.wrap_with_passphrase, locked_alice.person, locked_alice.data_key
    newer = really(key, "grey pigeons, slowly", person=person, params=KdfParams(8192, 2, 1))

    def meanwhile(*given: Any, **named: Any) -> WrappedKey:
        replace_wrap(person, newer, of_key=key)
        return really(*given, **named)

    monkeypatch.setattr(settings, "KDF_PASSES", 2)
    monkeypatch.setattr(unlocking, "wrap_with_passphrase", meanwhile)
    locked_alice.unlock()
    assert newer in person_keys(person)
    locked_alice.client.post("/lock/")
    page = locked_alice.client.post("/unlock/", {"passphrase": PASSPHRASE, "way_on": "/"})
    assert "did not open it" in page.content.decode()


def test_leaving_locks_and_shows_a_page_that_says_nothing(alice: Someone) -> None:
    response = alice.client.post("/leave/", follow=True)
    page = response.content.decode()
    assert "Second Voice" not in page
    assert not is_open(alice.client)


def test_leaving_works_from_the_pages_that_are_the_same_for_everybody(alice: Someone) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = alice.client.cookies
    assert strict.post("/leave/").status_code == 302
    assert not is_open(alice.client)


def test_who_did_not_come_by_the_front_door_gets_nothing_but_help(alice: Someone) -> None:
    stranger = Client()
    for path in ("/", "/moments/", "/unlock/", "/settings/", "/welcome/"):
        assert stranger.get(path).status_code == 403
    assert stranger.post("/unlock/", {"passphrase": PASSPHRASE}).status_code == 403
    for path in ("/support/", "/support/grounding/", "/minute/", "/blank/"):
        assert stranger.get(path).status_code == 200


def test_other_host_names_and_other_origins_are_refused(alice: Someone) -> None:
    assert alice.client.get("/", headers={"host": "evil.example"}).status_code == 400
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = alice.client.cookies
    page = strict.get("/moments/new/")
    token = page.context["csrf_token"]
    sent = {"voice": "hello there", "csrfmiddlewaretoken": str(token)}
    path = f"/moments/{make_id()}/notice/"
    assert strict.post(path, sent, headers={"origin": "http://evil.example"}).status_code == 403
    assert strict.post(path, sent, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert strict.post(path, sent, headers={"origin": "http://testserver"}).status_code == 302


def test_a_form_without_fields_that_meets_the_lock_still_does_what_it_was_for(
    alice: Someone,
) -> None:
    thing = make_id()
    alice.client.post(f"/moments/{thing}/notice/", {"voice": "to be deleted"})
    alice.client.post("/lock/")
    path = f"/moments/{thing}/delete/"
    page = alice.client.post(path).content.decode()
    assert 'name="was_form"' in page
    sent = {"passphrase": PASSPHRASE, "way_on": path, "was_form": "yes"}
    assert alice.client.post("/unlock/", sent)["Location"] == "/moments/"
    assert alice.client.get(f"/moments/{thing}/").status_code == 404


def test_a_step_shown_again_after_unlocking_goes_back_to_its_own_address(
    alice: Someone,
) -> None:
    thing = make_id()
    alice.client.post(f"/moments/{thing}/notice/", {"voice": "I am useless"})
    alice.client.post("/lock/")
    path = f"/moments/{thing}/right/"
    sent = {
        "passphrase": PASSPHRASE,
        "way_on": path,
        "carried_name": ["right", "right_then", "look_back_on"],
        "carried_value": ["yes", "call her", "1999-01-01"],
    }
    page = alice.client.post("/unlock/", sent).content.decode()
    assert "call her" in page
    assert f'action="{path}"' in page


def test_passphrases_are_never_carried_through_a_page(alice: Someone) -> None:
    alice.client.post("/lock/")
    new = "a passphrase nobody may see"
    sent = {"old-passphrase": PASSPHRASE, "passphrase": new, "again": new}
    page = alice.client.post("/settings/passphrase/", sent).content.decode()
    assert new not in page
    assert PASSPHRASE not in page


def test_a_missing_static_file_does_not_lock_the_diary(alice: Someone) -> None:
    alice.client.get("/static/js/gone.js")
    assert is_open(alice.client)


@pytest.mark.parametrize("blank", ["        ", "a       ", "\u3000" * 9])
def test_a_passphrase_of_spaces_is_too_short(blank: str) -> None:
    from secondvoice.people.forms import NewPassphraseForm

    form = NewPassphraseForm({"passphrase": blank, "again": blank})
    assert not form.is_valid()
    assert "passphrase" in form.errors
