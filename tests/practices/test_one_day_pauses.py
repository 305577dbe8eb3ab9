"""The pauses of the one day."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.utils.html import escape
from django_scopes import scopes_disabled

from secondvoice.people.record import Settings
from secondvoice.practices.oneday import (
    PAUSE_KIND,
    Pause,
    pauses_of,
)
from secondvoice.practices.pace import pace_of
from secondvoice.records.models import Record
from secondvoice.support import CARE
from tests.practices.chosen_day import (
    CRITIC,
    DANGER,
    NOON,
    SECOND,
    WORDS,
    chosen,
    page,
    pause,
    post,
)

if TYPE_CHECKING:
    from tests.cast import Someone


def test_a_pause_asks_four_questions_and_keeps_each_answer(someone: Someone) -> None:
    thing = chosen(someone)
    made = pause(
        someone,
        thing,
        words=CRITIC,
        tones=["curt", "rushed", "none"],
        assumptions=["others-manage"],
        say_it="no",
        why="She had a long day.",
        instead=SECOND,
    )
    assert someone.door.get(PAUSE_KIND, made).value == Pause(
        thing,
        CRITIC,
        ("curt", "rushed"),
        ("others-manage",),
        "no",
        "She had a long day.",
        SECOND,
        "Europe/London",
    )
    assert WORDS["pause"]["end"] in page(someone, "/one-day/")


def test_each_question_can_stay_empty_and_nothing_is_said_of_it(someone: Someone) -> None:
    thing = chosen(someone)
    pause(someone, thing)
    html = page(someone, "/one-day/")
    assert WORDS["pause"]["end"] not in html
    assert "/one-day/pause/" not in html
    # The next one begins on the same empty page.
    pause(someone, thing, tones=["none"])
    assert len(pauses_of(someone.door, thing)) == 1


def test_thats_enough_ends_it_at_any_question(someone: Someone) -> None:
    thing = chosen(someone)
    first = post(someone, f"/one-day/{thing}/pause/")
    assert post(someone, first, words=CRITIC, finish="") == "/one-day/"
    assert pauses_of(someone.door, thing)[0].value.words == CRITIC


def test_it_is_kept_while_it_is_typed(someone: Someone) -> None:
    thing = chosen(someone)
    first = post(someone, f"/one-day/{thing}/pause/")
    post(someone, first + "draft/", words="You forg")
    assert pauses_of(someone.door, thing)[0].value.words == "You forg"
    assert "You forg" in page(someone, first)


def test_what_is_no_choice_is_not_kept(someone: Someone) -> None:
    thing = chosen(someone)
    made = pause(someone, thing, tones=["loud", "cold"], assumptions=["x"])
    value = someone.door.get(PAUSE_KIND, made).value
    assert (value.tones, value.assumptions) == (("cold",), ())


def test_the_friend_is_asked_about_by_name(someone: Someone) -> None:
    thing = chosen(someone)
    with time_machine.travel(NOON + timedelta(seconds=1), tick=False):
        someone.door.keep(Settings(friend="Ottilie", zone="Europe/London"))
    first = post(someone, f"/one-day/{thing}/pause/")
    assert "Would I say this to Ottilie?" in page(someone, first.replace("/1/", "/4/"))


@pytest.mark.parametrize("number", [0, 5])
def test_there_are_four_questions(someone: Someone, number: int) -> None:
    first = post(someone, f"/one-day/{chosen(someone)}/pause/")
    assert someone.client.get(first.replace("/1/", f"/{number}/")).status_code == 404


def test_nobody_elses_days_or_pauses(someone: Someone) -> None:
    other = uuid.uuid4()
    for path in (
        f"/one-day/{other}/evening/",
        f"/one-day/{other}/morning/",
        f"/one-day/{other}/move/",
        f"/one-day/pause/{other}/1/",
    ):
        assert someone.client.get(path).status_code == 404
    assert someone.client.post(f"/one-day/{other}/pause/").status_code == 404


def test_words_of_danger_lead_to_people_first(someone: Someone) -> None:
    thing = chosen(someone)
    first = post(someone, f"/one-day/{thing}/pause/")
    assert post(someone, first, words=DANGER) == f"/one-day/{thing}/care/"
    html = page(someone, f"/one-day/{thing}/care/")
    assert escape(CARE["care_now"]) in html
    assert 'href="/one-day/"' in html
    assert pace_of(someone.door).danger_at is not None
    # Gone on from there, the same words do not stop it again.
    assert post(someone, first, words=DANGER) == first.replace("/1/", "/2/")


def test_what_is_written_is_sealed(someone: Someone) -> None:
    pause(someone, chosen(someone), words=CRITIC, instead=SECOND)
    with scopes_disabled():
        rows = [bytes(row.sealed) for row in Record.objects.all()]
    assert rows
    assert not any(CRITIC.encode() in row or SECOND.encode() in row for row in rows)


def test_a_pause_is_empty_until_something_is_said() -> None:
    day = uuid.uuid4()
    assert Pause(day, zone="Asia/Tokyo").empty
    assert not replace(Pause(day), tones=("none",)).empty
