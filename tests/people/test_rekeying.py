"""Settings: everything sealed anew. All else that was open is locked, and what is written is safe."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from secondvoice.moments.record import Moment
from secondvoice.people.keys import (
    device_key,
    first_keys_with_device,
    make_next_device_key,
    take_next_device_key,
)
from secondvoice.people.rekeying import Secrets, rekey, settle_device_key
from secondvoice.people.views.words import words_of
from secondvoice.records.errors import KeyChanged
from secondvoice.records.ids import make_id
from secondvoice.records.models import (
    Door,
    change_data_key,
    create_person,
    drop_wrap,
    person_keys,
    replace_wrap,
    save_wrap,
)
from secondvoice.vault import (
    KdfParams,
    WrongKey,
    make_data_key,
    make_recovery_code,
    unwrap,
    wrap_with_device_key,
    wrap_with_passphrase,
    wrap_with_recovery_code,
)
from tests.cast import PASSPHRASE, browser_inside
from tests.people.test_unlocking import is_open

if TYPE_CHECKING:
    from pathlib import Path

    from secondvoice.vault import WrappedKey
    from tests.cast import Someone

pytestmark = pytest.mark.django_db

PATH = "/settings/data-key/"
LIGHT = KdfParams(8192, 1, 1)


def sent(**changed: str) -> dict[str, str]:
    return {"code": make_recovery_code(), "kept": "on", "old-passphrase": PASSPHRASE} | changed


def key_of(alice: Someone) -> bytes:
    (wrap,) = [each for each in person_keys(alice.person) if each.method == "passphrase"]
    return unwrap(wrap, PASSPHRASE, person=alice.person)


def test_it_shows_a_code_and_seals_everything_anew(alice: Someone) -> None:
    thing = alice.door.keep(Moment(voice="So slow again.")).thing
    page = alice.client.get(PATH).content.decode()
    code = re.search(r'class="secret"[^>]*>([^<]+)<', page)
    assert code is not None
    response = alice.client.post(PATH, sent(code=code[1]), follow=True)
    assert words_of("rekey")["done"] in response.content.decode()
    assert is_open(alice.client)
    new = key_of(alice)
    assert new != alice.data_key
    assert Door(alice.person, new).get("moment", thing).value.voice == "So slow again."
    assert "So slow again." in alice.client.get("/moments/").content.decode()
    alice.client.post("/lock/")
    alice.client.post("/unlock/recovery/", {"code": alice.code})
    assert not is_open(alice.client)
    alice.client.post("/unlock/recovery/", {"code": code[1]})
    assert is_open(alice.client)


def test_every_other_browser_is_locked(alice: Someone) -> None:
    other = browser_inside()
    other.post("/unlock/", {"passphrase": PASSPHRASE, "way_on": "/"})
    assert is_open(other)
    alice.client.post(PATH, sent())
    assert not is_open(other)
    assert is_open(alice.client)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"old-passphrase": "another one entirely"}, "not the passphrase"),
        ({"kept": ""}, "somewhere safe"),
        ({"code": "0000-0000"}, "recovery code has"),
    ],
)
def test_a_slip_changes_nothing(alice: Someone, changed: dict[str, str], sentence: str) -> None:
    keys = person_keys(alice.person)
    page = alice.client.post(PATH, sent(**changed)).content.decode()
    assert sentence in page
    assert person_keys(alice.person) == keys
    assert PASSPHRASE not in page


def test_words_that_meet_the_change_are_given_back(alice: Someone) -> None:
    """A page that was open, whose request began before and saves after."""
    before = Door(alice.person, alice.data_key)
    thing = make_id()
    alice.client.post(PATH, sent())
    with pytest.raises(KeyChanged):
        before.keep(Moment(voice="written meanwhile"), thing=thing)
    other = browser_inside()
    page = other.post(f"/moments/{thing}/notice/", {"voice": "written meanwhile"})
    assert "written meanwhile" in page.content.decode()


def test_an_unlocking_that_began_before_wraps_no_old_key(
    locked_alice: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stored cost is raised at unlocking; not for a key that was changed in the meantime."""
    alice = locked_alice
    from secondvoice.people.views import unlocking

    really = unlocking.open_with

    def changed_meanwhile(*given: Any, **named: Any) -> bytes:
        key: bytes = really(*given, **named)
        secrets = Secrets(person_keys(alice.person), PASSPHRASE, make_recovery_code(), LIGHT)
        rekey(alice.person, key, secrets, settings.DATA)
        return key

    monkeypatch.setattr(settings, "KDF_PASSES", 2)
    monkeypatch.setattr(unlocking, "open_with", changed_meanwhile)
    response = alice.client.post("/unlock/", {"passphrase": PASSPHRASE, "way_on": "/"})
    assert response.status_code == 503
    assert not is_open(alice.client)
    monkeypatch.setattr(unlocking, "open_with", really)
    alice.unlock()
    assert is_open(alice.client)
    assert key_of(alice) != alice.data_key


@pytest.mark.parametrize("which", ["passphrase", "recovery"])
def test_a_secret_that_was_changed_elsewhere_meanwhile_stays(
    alice: Someone, which: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one that was typed was right when it was tried; the new key is not wrapped by it."""
    from secondvoice.people.views import rekeying

    really, key, person = rekeying.passphrase_is_right, alice.data_key, alice.person
    newer = (
        wrap_with_passphrase(key, "grey pigeons, slowly", person=person, params=LIGHT)
        if which == "passphrase"
        else wrap_with_recovery_code(key, make_recovery_code(), person=person)
    )

    def changed_meanwhile(*given: Any) -> bool:
        right = really(*given)
        replace_wrap(person, newer, of_key=key)
        return right

    monkeypatch.setattr(rekeying, "passphrase_is_right", changed_meanwhile)
    page = alice.client.post(PATH, sent())
    assert page.status_code == 503
    assert "was changed a moment ago" in page.content.decode()
    assert newer in person_keys(person)
    assert len(person_keys(person)) == 2
    assert is_open(alice.client)


def test_a_passphrase_that_came_while_a_killed_change_is_tidied_is_not_put_aside(
    by_account: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    from secondvoice.people import rekeying

    data, person, key = settings.DATA, by_account.person, by_account.data_key
    save_wrap(person, wrap_with_device_key(key, make_next_device_key(data), person=person))
    newer = wrap_with_passphrase(key, PASSPHRASE, person=person, params=LIGHT)
    really = rekeying.wrap_with_device_key

    def meanwhile(*given: Any, **named: Any) -> WrappedKey:
        save_wrap(person, newer)
        drop_wrap(person, "device")
        return really(*given, **named)

    monkeypatch.setattr(rekeying, "wrap_with_device_key", meanwhile)
    with pytest.raises(KeyChanged):
        settle_device_key(person, key, data)
    assert person_keys(person) == [newer]


def test_after_the_recovery_code_a_passphrase_comes_first(locked_alice: Someone) -> None:
    locked_alice.client.post("/unlock/recovery/", {"code": locked_alice.code})
    assert locked_alice.client.get(PATH)["Location"] == "/settings/passphrase/"


def test_the_cost_of_the_passphrase_is_that_of_now(
    alice: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "KDF_PASSES", 2)
    alice.client.post(PATH, sent())
    (wrap,) = [each for each in person_keys(alice.person) if each.method == "passphrase"]
    assert wrap.params["passes"] == 2


@pytest.fixture
def by_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Door:
    """Somebody whose key lies in a file of the data folder."""
    monkeypatch.setattr(settings, "DATA", tmp_path)
    person = make_id()
    data_key, wraps = first_keys_with_device(person, tmp_path)
    create_person(person, wraps)
    door = Door(person, data_key)
    door.keep(Moment(voice="So slow again."))
    return door


def test_with_this_computers_account_the_key_file_is_a_new_one(by_account: Door) -> None:
    data, old = settings.DATA, device_key(settings.DATA)
    browser = browser_inside()
    browser.post("/unlock/", {"way_on": "/"})
    assert 'name="code"' not in browser.get(PATH).content.decode()
    assert browser.post(PATH, {})["Location"] == "/settings/"
    assert is_open(browser)
    assert device_key(data) != old
    assert sorted(path.name for path in data.iterdir()) == ["backups", "device.key"]
    (before,) = (data / "backups").iterdir()
    assert before.read_bytes() == old, "for the backups from before"
    assert before.stat().st_mode & 0o777 == 0o600
    (wrap,) = person_keys(by_account.person)
    with pytest.raises(WrongKey):
        unwrap(wrap, old, person=by_account.person)
    assert unwrap(wrap, device_key(data), person=by_account.person) != by_account.data_key


@pytest.mark.parametrize("renamed", [False, True])
def test_killed_between_the_database_and_the_file_it_opens_and_is_tidied(
    by_account: Door, renamed: bool
) -> None:
    data, person = settings.DATA, by_account.person
    new, following = make_data_key(), make_next_device_key(data)
    wraps = [
        wrap_with_device_key(new, each, person=person) for each in (device_key(data), following)
    ]
    change_data_key(person, by_account.data_key, new, wraps)
    if renamed:
        take_next_device_key(data)
    browser = browser_inside()
    browser.post("/unlock/", {"way_on": "/"})
    assert "So slow again." in browser.get("/moments/").content.decode()
    (wrap,) = person_keys(person)
    assert unwrap(wrap, device_key(data), person=person) == new
    settle_device_key(person, new, data)
    assert person_keys(person) == [wrap]
