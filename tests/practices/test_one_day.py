"""One day, just one: choosing it, the first page, its sentence, what was done."""

from __future__ import annotations

import re
import uuid
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
    pauses_of,
)
from secondvoice.records.models import Record
from tests.practices.chosen_day import (
    CRITIC,
    DANGER,
    NOON,
    THURSDAY,
    WEDNESDAY,
    WORDS,
    chosen,
    days,
    page,
    pause,
    post,
)

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Someone


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


def test_words_of_danger_in_the_sentence_lead_to_people_first(someone: Someone) -> None:
    thing = chosen(someone)
    own = {"take": "own", "own": DANGER}
    assert post(someone, f"/one-day/{thing}/morning/", **own) == f"/one-day/{thing}/care/"
