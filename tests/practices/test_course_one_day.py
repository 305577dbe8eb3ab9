"""One day, just one: when a day is on, its sentence, its pauses, its evening."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.utils.html import escape
from django_scopes import scopes_disabled

from secondvoice.people.record import Settings
from secondvoice.practices.oneday import (
    KIND,
    PAUSE_KIND,
    OneDay,
    Pause,
    day_words,
    pauses_of,
)
from secondvoice.practices.pace import pace_of
from secondvoice.records.kept import Kept
from secondvoice.records.models import Record
from secondvoice.support import CARE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from tests.cast import Someone

WORDS = day_words("")
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
WEDNESDAY, THURSDAY = date(2026, 3, 4), date(2026, 3, 5)
CRITIC = "You forgot the keys again."
SECOND = "Your hands were full. They hang on the hook now."


@pytest.fixture
def someone(alice: Someone) -> Iterator[Someone]:
    """Alice in London, at noon on a Wednesday."""
    with time_machine.travel(NOON, tick=False):
        alice.door.keep(Settings(zone="Europe/London"))
        alice.unlock()
        yield alice


def page(someone: Someone, path: str) -> str:
    response = someone.client.get(path, follow=True)
    assert response.status_code == 200, path
    return response.content.decode()


def post(someone: Someone, path: str, **fields: object) -> str:
    response = someone.client.post(path, fields)
    assert response.status_code in {204, 302}, path
    return response.headers.get("Location", "")


def days(someone: Someone) -> list[Kept[OneDay]]:
    return [day for day in someone.door.all(KIND) if isinstance(day, Kept)]


def chosen(someone: Someone, on: date = WEDNESDAY) -> uuid.UUID:
    """The id of a day that is chosen by hand."""
    post(someone, "/one-day/", on=on.isoformat())
    return next(day.thing for day in days(someone) if day.value.on == on)


def pause(someone: Someone, day: uuid.UUID, **fields: object) -> uuid.UUID:
    """A pause with all four questions sent one after the other, as the pages send them."""
    first = post(someone, f"/one-day/{day}/pause/", thing=str(uuid.uuid4()))
    thing = first.split("/")[3]
    sent = (
        {"words": fields.get("words", "")},
        {"choice": fields.get("tones", [])},
        {"choice": fields.get("assumptions", [])},
        {name: fields.get(name, "") for name in ("say_it", "why", "instead")},
    )
    for number, answer in enumerate(sent, start=1):
        post(someone, f"/one-day/pause/{thing}/{number}/", **answer)
    return uuid.UUID(thing)


# --- choosing --------------------------------------------------------------------------------


def test_it_is_behind_the_lock(locked_alice: Someone) -> None:
    assert escape(WORDS["oneday"]["lead"]) not in page(locked_alice, "/one-day/")


def test_a_stranger_is_not_let_in(client: Client, someone: Someone) -> None:
    thing = chosen(someone)
    for path in ("/one-day/", f"/one-day/{thing}/evening/", f"/one-day/{thing}/morning/"):
        assert client.get(path).status_code == 403


def test_today_tomorrow_or_another_day(someone: Someone) -> None:
    html = page(someone, "/one-day/")
    offered = re.findall(r'name="on" value="([^"]+)"', html)
    assert offered == ["2026-03-04", "2026-03-05"]
    assert "Wednesday 4 March" in html
    chosen(someone, date(2026, 3, 20))
    assert "Friday 20 March, then." in page(someone, "/one-day/")


@pytest.mark.parametrize("on", ["2026-03-03", "2029-01-01", "tomorrow", "", "2026-02-30"])
def test_a_day_that_cannot_be_chosen_is_told_and_not_kept(someone: Someone, on: str) -> None:
    response = someone.client.post("/one-day/", {"on": on})
    assert escape(WORDS["choosing"]["wrong_day"]) in response.content.decode()
    assert days(someone) == []


def test_a_page_from_before_midnight_means_the_day_that_it_showed(someone: Someone) -> None:
    with time_machine.travel(datetime(2026, 3, 5, 0, 2, tzinfo=UTC), tick=False):
        someone.unlock()
        chosen(someone, WEDNESDAY)
        assert "Wednesday 4 March" in page(someone, "/one-day/")


def test_chosen_twice_it_is_one_day(someone: Someone) -> None:
    same = str(uuid.uuid4())
    for _ in range(2):
        post(someone, "/one-day/", on="2026-03-05", thing=same)
    post(someone, "/one-day/", on="2026-03-05", thing=str(uuid.uuid4()))
    assert [day.value.on for day in days(someone)] == [THURSDAY]


def test_it_can_be_moved_and_let_go_and_brought_back(someone: Someone) -> None:
    thing = chosen(someone)
    pause(someone, thing, words=CRITIC)
    post(someone, f"/one-day/{thing}/move/", on="2026-03-08")
    assert [day.value.on for day in days(someone)] == [date(2026, 3, 8)]
    post(someone, f"/one-day/{thing}/let-go/")
    html = page(someone, "/one-day/")
    assert WORDS["choosing"]["gone"] in html
    assert days(someone) == []
    assert list(someone.door.all(PAUSE_KIND)) == []
    post(someone, f"/one-day/{thing}/back/")
    assert [day.thing for day in days(someone)] == [thing]
    assert [made.value.words for made in pauses_of(someone.door, thing)] == [CRITIC]


def test_it_is_in_the_persons_own_zone(alice: Someone) -> None:
    with time_machine.travel(datetime(2026, 3, 4, 20, tzinfo=UTC), tick=False) as clock:
        alice.door.keep(Settings(zone="Pacific/Auckland"))
        alice.unlock()
        assert 'value="2026-03-05"' in page(alice, "/one-day/")
        thing = chosen(alice, THURSDAY)
        # Whoever flies home finds the day where it was chosen: on the fifth.
        clock.shift(60)
        alice.door.keep(Settings(zone="Europe/London"))
        alice.unlock()
        assert "Thursday 5 March, then." in page(alice, "/one-day/")
        assert alice.door.get(KIND, thing).value.on == THURSDAY


# --- the first page --------------------------------------------------------------------------


def test_today_shows_one_line_while_it_is_on_and_no_other_day(someone: Someone) -> None:
    line = escape(WORDS["today"]["text"])
    assert line not in page(someone, "/")
    thing = chosen(someone, THURSDAY)
    assert line not in page(someone, "/")
    moments = (
        (datetime(2026, 3, 5, 9, tzinfo=UTC), "/one-day/"),
        (datetime(2026, 3, 5, 19, tzinfo=UTC), f"/one-day/{thing}/evening/"),
        (datetime(2026, 3, 6, 1, tzinfo=UTC), f"/one-day/{thing}/evening/"),
        (datetime(2026, 3, 6, 9, tzinfo=UTC), ""),
    )
    for at, leads_to in moments:
        with time_machine.travel(at, tick=False):
            someone.unlock()
            html = page(someone, "/")
            assert html.count(line) == (1 if leads_to else 0)
            if leads_to:
                assert f'href="{leads_to}"' in html


# --- the morning -----------------------------------------------------------------------------


def test_a_sentence_is_chosen_and_stays_on_the_page_of_the_day(someone: Someone) -> None:
    thing = chosen(someone)
    html = page(someone, f"/one-day/{thing}/morning/")
    for one in WORDS["mornings"]:
        assert escape(one["text"]) in html
    post(someone, f"/one-day/{thing}/morning/", take="lunch", own="")
    assert "I will eat lunch sitting down." in page(someone, "/one-day/")


def test_a_sentence_of_ones_own_or_none(someone: Someone) -> None:
    thing = chosen(someone)
    post(someone, f"/one-day/{thing}/morning/", take="own", own=" Softly, today. ")
    assert "Softly, today." in page(someone, "/one-day/")
    assert ">Softly, today.</textarea>" in page(someone, f"/one-day/{thing}/morning/")
    post(someone, f"/one-day/{thing}/morning/", take="none", own="Softly, today.")
    html = page(someone, "/one-day/")
    assert "Softly" not in html
    assert WORDS["day"]["no_sentence"] in html


# --- pauses ----------------------------------------------------------------------------------


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


# --- what was done ---------------------------------------------------------------------------


def test_things_are_ticked_also_while_one_looks_on(someone: Someone) -> None:
    thing = chosen(someone)
    response = someone.client.post(
        f"/one-day/{thing}/done/", {"done": ["best", "asked", "x"]}, headers={"X-Draft": "1"}
    )
    assert response.status_code == 204
    html = page(someone, "/one-day/")
    assert html.count(" checked") == 2
    post(someone, f"/one-day/{thing}/done/")
    assert " checked" not in page(someone, "/one-day/")


# --- the evening -----------------------------------------------------------------------------


def test_the_evening_lays_both_voices_side_by_side(someone: Someone) -> None:
    thing = chosen(someone)
    post(someone, f"/one-day/{thing}/morning/", take="lunch")
    pause(someone, thing, words=CRITIC, tones=["curt"], say_it="no", instead=SECOND)
    post(someone, f"/one-day/{thing}/done/", done=["rested"])
    html = page(someone, f"/one-day/{thing}/evening/")
    assert re.search(rf'voice-critic--full">{escape(CRITIC)}</div>', html)
    assert re.search(rf'voice-second">{escape(SECOND)}</div>', html)
    assert html.index(escape(CRITIC)) < html.index(escape(SECOND))
    assert "Curt" in html
    assert "I will eat lunch sitting down." in html
    assert "Rested before everything was finished" in html
    for name in ("only_critic", "only_second", "neither"):
        assert escape(WORDS["evening"][name]) not in html


@pytest.mark.parametrize(
    ("said", "added", "name"),
    [
        ({"words": CRITIC}, "", "only_critic"),
        ({"instead": SECOND}, "", "only_second"),
        ({}, "It was long.", "only_second"),
        ({}, "", "neither"),
        ({"tones": ["cold"]}, "", "neither"),
    ],
)
def test_with_one_voice_or_neither_it_has_a_sentence(
    someone: Someone, said: dict[str, object], added: str, name: str
) -> None:
    thing = chosen(someone)
    pause(someone, thing, **said)
    post(someone, f"/one-day/{thing}/evening/", added=added, different="")
    html = page(someone, f"/one-day/{thing}/evening/")
    assert escape(WORDS["evening"][name]) in html


def test_the_evening_is_kept_also_while_it_is_typed(someone: Someone) -> None:
    thing = chosen(someone)
    post(someone, f"/one-day/{thing}/evening/draft/", added="It was", different="")
    post(someone, f"/one-day/{thing}/evening/", added="It was long.", different="Nothing much.")
    value = someone.door.get(KIND, thing).value
    assert (value.added, value.different) == ("It was long.", "Nothing much.")
    assert WORDS["evening"]["saved"] in page(someone, f"/one-day/{thing}/evening/")


def test_a_day_that_is_over_keeps_its_evening_and_another_can_begin(someone: Someone) -> None:
    thing = chosen(someone)
    with time_machine.travel(NOON + timedelta(days=30), tick=False):
        someone.unlock()
        html = page(someone, "/one-day/")
        assert WORDS["choosing"]["title"] in html
        assert f'href="/one-day/{thing}/evening/"' in html
        response = post(someone, f"/one-day/{thing}/evening/", added="Looked at in spring.")
        assert response == f"/one-day/{thing}/evening/"
        again = chosen(someone, date(2026, 4, 3))
        assert again != thing
        assert len(days(someone)) == 2


def test_another_can_be_chosen_while_one_is_on(someone: Someone) -> None:
    chosen(someone)
    html = page(someone, "/one-day/?another")
    assert WORDS["choosing"]["title"] in html


def test_a_day_that_does_not_open_leaves_the_others(someone: Someone) -> None:
    thing = chosen(someone)
    with scopes_disabled():
        Record.objects.filter(thing=thing).update(sealed=b"\x01" * 80)
    assert WORDS["choosing"]["title"] in page(someone, "/one-day/")
    assert page(someone, "/")


# --- what is written is looked after ---------------------------------------------------------


def test_words_of_danger_lead_to_people_first(someone: Someone) -> None:
    thing = chosen(someone)
    first = post(someone, f"/one-day/{thing}/pause/")
    danger = "I want to kill myself tonight."
    assert post(someone, first, words=danger) == f"/one-day/{thing}/care/"
    html = page(someone, f"/one-day/{thing}/care/")
    assert escape(CARE["care_now"]) in html
    assert 'href="/one-day/"' in html
    assert pace_of(someone.door).danger_at is not None
    # Gone on from there, the same words do not stop it again.
    assert post(someone, first, words=danger) == first.replace("/1/", "/2/")


@pytest.mark.parametrize("field", ["added", "different"])
def test_in_the_evening_too(someone: Someone, field: str) -> None:
    thing = chosen(someone)
    sent = {"added": "", "different": "", field: "I want to kill myself tonight."}
    assert post(someone, f"/one-day/{thing}/evening/", **sent) == f"/one-day/{thing}/care/"
    thing = chosen(someone, THURSDAY)
    own = {"take": "own", "own": "I want to kill myself tonight."}
    assert post(someone, f"/one-day/{thing}/morning/", **own) == f"/one-day/{thing}/care/"


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
