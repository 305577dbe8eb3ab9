"""The recovery code: whether it can still be found is asked once, and later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine

from secondvoice.people.views.words import words_of
from secondvoice.vault import make_recovery_code
from tests.cast import PASSPHRASE

if TYPE_CHECKING:
    from tests.cast import Someone

pytestmark = pytest.mark.django_db

PATH = "/settings/recovery-code/try/"
WORDS = words_of("code_try")


def settings_after(alice: Someone, days: float) -> str:
    with time_machine.travel(datetime.now(UTC) + timedelta(days=days), tick=False):
        alice.unlock()
        return alice.client.get("/settings/").content.decode()


def test_nothing_is_asked_in_the_first_week_and_one_line_after_it(alice: Someone) -> None:
    assert PATH not in settings_after(alice, 6.9)
    later = settings_after(alice, 7.1)
    assert WORDS["ask"] in later
    assert later.count(PATH) == 1


def test_the_right_code_is_the_end_of_it_until_there_is_another(alice: Someone) -> None:
    typed = alice.code.lower().replace("-", " ")
    page = alice.client.post(PATH, {"code": typed}, follow=True).content.decode()
    assert WORDS["right"] in page
    later = settings_after(alice, 30)
    assert PATH not in later
    assert f"Found again on {datetime.now(UTC).strftime('%-d %B')}." in later
    alice.unlock()
    alice.client.post(
        "/settings/recovery-code/", {"code": make_recovery_code(), "old-passphrase": PASSPHRASE}
    )
    assert PATH in settings_after(alice, 60)


def test_a_slip_in_typing_is_told_from_another_code(alice: Someone) -> None:
    other = "1" if alice.code[0] != "1" else "2"
    slip = alice.client.post(PATH, {"code": other + alice.code[1:]}).content.decode()
    assert "Compare it group by group" in slip
    assert WORDS["another"] not in slip
    another = alice.client.post(PATH, {"code": make_recovery_code()}).content.decode()
    assert WORDS["another"] in another
    assert PATH in settings_after(alice, 8)


def test_nothing_is_changed_by_trying(alice: Someone) -> None:
    from secondvoice.records.models import person_keys

    before = person_keys(alice.person)
    alice.client.post(PATH, {"code": alice.code})
    assert person_keys(alice.person) == before
    (kept,) = alice.door.revisions("code_tried", alice.door.latest("code_tried").thing)
    assert alice.code.replace("-", "").lower() not in str(kept.value.salt)
