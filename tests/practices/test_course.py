"""The course: eight weeks as data, moving at one's own pace, and what is written in a week."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.utils.html import escape
from django_scopes import scopes_disabled

from secondvoice.practices.catalogue import practice
from secondvoice.practices.course import (
    PAGE_KIND,
    Course,
    CoursePage,
    course_of,
    course_words,
    page_of,
    page_thing,
    said,
    week,
    weeks,
)
from secondvoice.practices.pace import pace_of, set_pace
from secondvoice.records.kept import Kept
from secondvoice.records.kinds import decode, encode
from secondvoice.records.models import Record
from secondvoice.support import CARE
from secondvoice.texts import texts

if TYPE_CHECKING:
    from django.test import Client

    from secondvoice.practices.course import Week
    from tests.cast import Someone

WORDS = course_words()
STEADY = texts("secondvoice.practices", "backdraft.toml")["steady"]
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
WROTE = "It spoke while I was cutting bread, and it was in a hurry."


def page(alice: Someone, path: str) -> str:
    response = alice.client.get(path, follow=True)
    assert response.status_code == 200, path
    return response.content.decode()


def choose(alice: Someone, choice: str, number: int | str) -> Course:
    response = alice.client.post("/course/move/", {"choice": choice, "week": number})
    assert response.status_code == 302
    return course_of(alice.door)


def write(alice: Someone, number: int, words: str, path: str = "") -> str:
    response = alice.client.post(f"/course/{number}/{path}", {"words": words})
    assert response.status_code in {204, 302}
    return response.headers.get("Location", "")


@pytest.fixture
def told_alice(alice: Someone) -> Someone:
    """Alice, to whom backdraft was explained."""
    set_pace(alice.door, lambda pace: replace(pace, told=True))
    return alice


# --- the eight weeks as they are written -----------------------------------------------------


def test_there_are_eight_weeks_and_they_begin_with_noticing() -> None:
    assert [one.number for one in weeks()] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert weeks()[0].id == "noticing"


@pytest.mark.parametrize("one", weeks(), ids=lambda one: one.id)
def test_a_week_is_short_and_its_practices_are_in_the_library(one: Week) -> None:
    this = week(one.number)
    assert 150 <= sum(len(text.split()) for text in this.idea) <= 210
    assert 1 <= len(this.practices) <= 2
    for suggested in this.practices:
        assert practice(suggested.id).form(suggested.form).steps
        assert not practice(suggested.id).strong
    assert practice(this.easier).intensity <= 2


def test_a_strong_practice_is_only_ever_an_extra_from_the_sixth_week_on() -> None:
    extras = {one.number: one.steady for one in weeks() if one.steady}
    assert extras
    assert min(extras) >= 6
    assert all(practice(extra.id).form(extra.form) for extra in extras.values())


def test_no_sentence_counts_days_or_per_cents() -> None:
    def strings(value: object) -> list[str]:
        if isinstance(value, dict):
            return [text for one in value.values() for text in strings(one)]
        if isinstance(value, list):
            return [text for one in value for text in strings(one)]
        return [value] if isinstance(value, str) else []

    for text in strings(texts("secondvoice.practices", "course.toml")):
        assert "%" not in text
        assert "behind" not in text.split()


def test_a_week_that_is_not_there_is_told() -> None:
    with pytest.raises(LookupError, match="no week 9"):
        week(9)


# --- moving ----------------------------------------------------------------------------------


def test_going_on_skipping_and_repeating() -> None:
    at = Course().at(1).gone_on()
    assert (at.week, at.seen) == (2, (1, 2))
    at = at.passed_over()
    assert (at.week, at.seen, at.skipped) == (3, (1, 3), (2,))
    assert at.state(2) == "skipped"
    at = at.taken_again(1)
    assert (at.week, at.round(1), at.round(3)) == (1, 1, 0)


def test_after_the_eighth_there_is_no_ninth() -> None:
    at = Course().at(8).gone_on()
    assert at.through
    assert at.week == 8
    assert at.state(8) == "seen"
    assert not at.at(3).through


def test_a_skipped_week_that_is_gone_into_is_skipped_no_more() -> None:
    assert Course().at(2).passed_over().at(2).skipped == ()


def test_what_is_kept_is_read_back() -> None:
    for value in (Course(3, seen=(1, 3), skipped=(2,), again=(1,)), CoursePage(2, 1, WROTE)):
        kind = "course" if isinstance(value, Course) else PAGE_KIND
        assert decode(kind, 1, encode(value)) == value


# --- in the browser --------------------------------------------------------------------------


def test_it_is_behind_the_lock(locked_alice: Someone) -> None:
    assert escape(WORDS["lead"]) not in page(locked_alice, "/course/")


def test_a_stranger_is_not_let_in(client: Client, alice: Someone) -> None:
    assert client.get("/course/").status_code == 403
    assert client.post("/course/move/", {"choice": "here", "week": 1}).status_code == 403


def test_all_eight_can_be_looked_into_from_the_start(told_alice: Someone) -> None:
    html = page(told_alice, "/course/")
    for one in weeks():
        assert f'href="/course/{one.number}/"' in html
        assert escape(one.idea[0]) in page(told_alice, f"/course/{one.number}/")
    # Looking in is not moving.
    assert course_of(told_alice.door) == Course()
    assert told_alice.client.get("/course/9/").status_code == 404


def test_one_begins_goes_on_and_finds_the_place_again(alice: Someone) -> None:
    choose(alice, "here", 1)
    assert choose(alice, "go-on", 1).week == 2
    html = page(alice, "/course/")
    assert 'href="/course/2/" aria-current="step"' in html
    assert said(WORDS["carry_on"], week(2)) in html


def test_going_on_that_is_sent_twice_is_one_step(alice: Someone) -> None:
    choose(alice, "here", 1)
    choose(alice, "go-on", 1)
    assert choose(alice, "go-on", 1).week == 2
    choose(alice, "skip", 2)
    assert choose(alice, "skip", 2).week == 3


def test_staying_changes_nothing_and_says_so(alice: Someone) -> None:
    before = choose(alice, "here", 2)
    assert choose(alice, "stay", 2) == before
    assert "here it is again" in page(alice, "/course/2/")


@pytest.mark.parametrize("number", ["", "0", "9", "99999999999", "two", "²"])
def test_a_week_that_is_none_moves_nothing(alice: Someone, number: str) -> None:
    before = choose(alice, "here", 2)
    for choice in ("here", "repeat", "go-on", "skip", "elsewhere"):
        assert choose(alice, choice, number) == before


def test_paused_it_is_put_away_and_greeted_when_opened_again(alice: Someone) -> None:
    choose(alice, "here", 2)
    assert choose(alice, "pause", 2).paused
    html = page(alice, "/course/")
    assert escape(said(WORDS["paused"], week(2))) in html
    assert not choose(alice, "here", 2).paused


def test_after_a_gap_it_is_good_to_see_you_and_nothing_was_missed(alice: Someone) -> None:
    greeting = escape(said(WORDS["paused"], week(2)))
    with time_machine.travel(NOW, tick=False):
        alice.unlock()
        choose(alice, "here", 2)
        assert greeting not in page(alice, "/course/")
    with time_machine.travel(NOW + timedelta(days=90), tick=False):
        alice.unlock()
        html = page(alice, "/course/")
        assert greeting in html
        assert "missed" not in html.replace(escape(WORDS["lead"]), "")


def test_through_all_eight_it_says_so_and_all_stay_open(told_alice: Someone) -> None:
    choose(told_alice, "here", 8)
    html = page(told_alice, "/course/8/")
    assert WORDS["pace"]["last"]["label"] in html
    assert 'value="skip"' not in html
    assert choose(told_alice, "go-on", 8).through
    html = page(told_alice, "/course/")
    assert escape(WORDS["done"]) in html
    assert html.count('href="/course/') >= 8


# --- before the third week -------------------------------------------------------------------


def test_backdraft_is_explained_once_before_the_third_week(alice: Someone) -> None:
    before = escape(WORDS["backdraft"]["before"][1])
    assert before not in page(alice, "/course/2/")
    assert before in page(alice, "/course/3/")
    assert before in page(alice, "/course/5/")
    alice.client.post("/course/3/told/", {"on": ""})
    assert pace_of(alice.door).told
    html = page(alice, "/course/3/")
    assert before not in html
    assert escape(WORDS["backdraft"]["after"]) in html
    assert before not in page(alice, "/course/5/")


def test_told_elsewhere_is_told(told_alice: Someone) -> None:
    assert escape(week(3).idea[0]) in page(told_alice, "/course/3/")


def test_rather_not_yet_leads_back_to_the_first_two(alice: Someone) -> None:
    choose(alice, "here", 2)
    choose(alice, "go-on", 2)
    response = alice.client.post("/course/3/told/", {"wait": ""})
    assert response.headers["Location"] == "/course/2/"
    assert course_of(alice.door).week == 2
    assert not pace_of(alice.door).told


# --- what is offered -------------------------------------------------------------------------


def test_a_small_pace_leaves_out_what_opens_and_names_something_easier(
    told_alice: Someone,
) -> None:
    this = week(7)
    titles = [escape(practice(one.id).title) for one in this.practices]
    html = page(told_alice, "/course/7/")
    assert all(f">{title}<" in html or f"{title} <" in html for title in titles)
    set_pace(told_alice.door, lambda pace: replace(pace, smaller=True))
    html = page(told_alice, "/course/7/")
    assert WORDS["fewer"] in html
    assert STEADY["statement"] not in html
    assert escape(this.sooner) in html


def test_the_strong_one_comes_after_one_question(told_alice: Someone) -> None:
    strong = escape(practice("critic").line)
    html = page(told_alice, "/course/6/")
    assert STEADY["statement"] in html
    assert strong not in html
    told_alice.client.post("/course/6/steady/", {"steady": "no"})
    html = page(told_alice, "/course/6/")
    assert escape(STEADY["no_reply"]) in html
    assert strong not in html
    told_alice.client.post("/course/6/steady/", {"steady": "yes"})
    assert strong in page(told_alice, "/course/6/")


def test_on_a_very_hard_day_it_is_not_asked_and_a_yes_is_not_taken(told_alice: Someone) -> None:
    now = datetime.now(UTC)
    set_pace(told_alice.door, lambda pace: replace(pace, very_hard_at=now))
    assert STEADY["statement"] not in page(told_alice, "/course/6/")
    told_alice.client.post("/course/6/steady/", {"steady": "yes"})
    assert pace_of(told_alice.door).steady_at is None


# --- what is written -------------------------------------------------------------------------


def test_what_is_written_is_kept_and_shown_again(alice: Someone) -> None:
    write(alice, 1, WROTE)
    assert page_of(alice.door, 1, 0).words == WROTE
    html = page(alice, "/course/1/")
    assert WROTE in html
    assert WORDS["question_kept"] in html


def test_it_is_kept_while_it_is_typed(alice: Someone) -> None:
    write(alice, 2, "It spoke wh", "draft/")
    assert page_of(alice.door, 2, 0).words == "It spoke wh"
    write(alice, 2, WROTE, "draft/")
    assert [
        page.value.words for page in alice.door.page(PAGE_KIND).items if isinstance(page, Kept)
    ] == [WROTE]


def test_an_empty_page_is_not_kept_but_can_be_emptied(alice: Someone) -> None:
    write(alice, 1, "  ")
    assert list(alice.door.all(PAGE_KIND)) == []
    write(alice, 1, WROTE)
    write(alice, 1, "")
    assert page_of(alice.door, 1, 0).words == ""


def test_taken_again_there_is_fresh_paper_beside_what_was_written(alice: Someone) -> None:
    write(alice, 1, WROTE)
    assert choose(alice, "repeat", 1).round(1) == 1
    html = page(alice, "/course/1/")
    assert html.count(WROTE) == 1
    assert WORDS["earlier_label"] in html
    write(alice, 1, "Quieter this time.")
    assert page_of(alice.door, 1, 0).words == WROTE
    assert page_of(alice.door, 1, 1).words == "Quieter this time."
    assert page_thing(1, 0) != page_thing(1, 1)


def test_what_is_written_is_sealed(alice: Someone) -> None:
    write(alice, 1, WROTE)
    with scopes_disabled():
        kept = [bytes(row.sealed) for row in Record.objects.filter(kind=PAGE_KIND)]
    assert len(kept) == 1
    assert WROTE.encode() not in kept[0]


def test_words_of_danger_lead_to_people_first(alice: Someone) -> None:
    assert write(alice, 1, "I want to kill myself tonight.") == "/course/1/care/"
    html = page(alice, "/course/1/care/")
    assert escape(CARE["care_now"]) in html
    assert 'href="/support/"' in html
    assert 'href="/course/1/"' in html
    assert pace_of(alice.door).danger_at is not None
    assert escape(CARE["care_offer"]) in page(alice, "/course/1/")
