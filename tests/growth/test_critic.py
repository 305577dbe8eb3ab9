"""My critic: its lines with one's best answers, its hours and subjects, and what one says of it."""

from __future__ import annotations

import html as entities
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from secondvoice import practices as room
from secondvoice.growth.critic import favourites, hours, in_subjects
from secondvoice.growth.record import Critic, Subject
from secondvoice.moments.record import Moment, Step
from tests.growth.life import live

if TYPE_CHECKING:
    from tests.cast import Someone

PAGE = "/growth/critic/"
NOW = datetime(2026, 6, 10, 22, tzinfo=UTC)
FORM = "You forgot the school form again"


def shown(someone: Someone) -> str:
    response = someone.client.get(PAGE, headers={"Accept-Encoding": "identity"})
    assert response.status_code == 200
    return entities.unescape(response.content.decode())


def said(someone: Someone, voice: str, kind: str = "", lighter: int | None = None) -> None:
    after = None if lighter is None else 8 - lighter
    before = None if lighter is None else 8
    value = Moment(step=Step.DONE, voice=voice, kind_words=kind, before=before, after=after)
    someone.door.keep(value, happened_at=NOW)


def test_a_line_that_came_back_stands_with_the_answer_that_helped_most(alice: Someone) -> None:
    said(alice, FORM, "It is a form.", 1)
    said(alice, f"{FORM} of course", "Put the kettle on first.", 4)
    said(alice, "The car is filthy", "It is a car.", 5)
    (line,) = favourites(alice.door.all("moment"))
    assert (line.times, line.answer) == (2, "Put the kettle on first.")
    assert line.said.startswith(FORM)
    page = shown(alice)
    assert "2 times" in page
    assert page.index(FORM) < page.index("Put the kettle on first.")
    assert "The car is filthy" not in page


def test_words_of_danger_do_not_come_back_as_a_favourite_line(alice: Someone) -> None:
    for _ in range(3):
        said(alice, "You should be dead, I want to kill myself")
    said(alice, FORM)
    said(alice, FORM)
    assert [line.said for line in favourites(alice.door.all("moment"))] == [FORM]
    assert "dead" not in shown(alice)


def test_hours_are_the_persons_own(alice: Someone) -> None:
    said(alice, FORM)
    assert hours(alice.door.all("moment"), UTC) == [0, 0, 0, 0, 0, 0, 0, 1]
    from zoneinfo import ZoneInfo

    assert hours(alice.door.all("moment"), ZoneInfo("Asia/Tokyo")) == [0, 0, 1, 0, 0, 0, 0, 0]


def test_subjects_are_found_by_their_words(alice: Someone) -> None:
    said(alice, "The REPORTS are late, again.")
    said(alice, "You were rude to my boss")
    said(alice, "An airport is no place for this")
    found = in_subjects(
        alice.door.all("moment"), (Subject("Work", ("report", "my boss")), Subject("Airport"))
    )
    assert found == ({"Work": 2, "Airport": 1}, 3)


def test_what_the_person_says_of_it_is_kept_and_shown(alice: Someone) -> None:
    said(alice, "The reports are late.")
    fields = {
        "called": "Gerald",
        "afraid": "That nobody will stay.",
        "subject_0": "Work",
        "words_0": "report,  boss , ",
        "subject_1": "",
        "words_1": "sister",
    }
    alice.client.post(PAGE, fields)
    kept = alice.door.latest("critic")
    assert kept is not None
    assert kept.value == Critic(
        "Gerald",
        "That nobody will stay.",
        (Subject("Work", ("report", "boss")), Subject("sister", ("sister",))),
    )
    page = shown(alice)
    assert "<h1>My critic, Gerald</h1>" in page
    assert "That nobody will stay." in page
    assert re.search(r'<th scope="row">Work</th><td>1</td><td>100 %</td>', page)
    alice.client.post(PAGE, {"called": "", "afraid": "", "subject_0": "", "words_0": ""})
    assert "<h1>My critic</h1>" in shown(alice)
    assert len(list(alice.door.all("critic"))) == 1


def test_words_of_danger_in_the_fear_lead_to_people(alice: Someone) -> None:
    alice.client.post(PAGE, {"afraid": "That I will kill myself tonight."})
    page = shown(alice)
    assert 'href="/support/"' in page
    assert "kill" not in page
    kept = alice.door.latest("critic")
    assert kept is not None
    assert kept.value.afraid


@pytest.mark.parametrize("field", ["called", "subject_0", "words_1"])
def test_words_of_danger_in_a_name_or_a_subject_of_ones_own_lead_to_people(
    alice: Someone, field: str
) -> None:
    alice.client.post(PAGE, {field: "I want to kill myself"})
    page = shown(alice)
    assert 'href="/support/"' in page
    assert "kill" not in page
    assert alice.door.latest("critic") is not None


def test_before_anything_was_written_the_page_is_short(alice: Someone) -> None:
    page = shown(alice)
    assert "No line has come twice" in page
    assert "<svg class=" not in page
    assert "voice of somebody who hurt you" in page


def test_two_years_are_shown_whole(alice: Someone) -> None:
    live(alice.door, datetime.now(UTC).date(), 730)
    page = shown(alice)
    assert page.count('class="voice-critic"') == 4
    assert page.count("<svg class=") == page.count("<table") == 2


def test_on_a_very_hard_day_no_line_of_the_critic_is_shown(alice: Someone) -> None:
    said(alice, FORM)
    said(alice, FORM)
    room.noted_how_hard(alice.door, 9)
    page = shown(alice)
    assert FORM not in page
    assert 'href="/support/"' in page


def test_it_looks_at_the_newest_lines(alice: Someone) -> None:
    old = NOW - timedelta(days=900)
    for _ in range(2):
        alice.door.keep(Moment(voice="An old line about a bicycle"), happened_at=old)
    said(alice, FORM)
    said(alice, FORM)
    lines = favourites(alice.door.all("moment"))
    assert [line.said for line in lines] == [FORM, "An old line about a bicycle"]
