"""The evening of the one day: both its voices, from its pauses and from the moments of that day."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils.html import escape

from secondvoice.moments.record import Moment
from secondvoice.practices.oneday import (
    KIND,
)
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


@pytest.mark.parametrize("field", ["added", "different"])
def test_words_of_danger_lead_to_people_first(someone: Someone, field: str) -> None:
    thing = chosen(someone)
    sent = {"added": "", "different": "", field: DANGER}
    assert post(someone, f"/one-day/{thing}/evening/", **sent) == f"/one-day/{thing}/care/"


def moment(someone: Someone, at: datetime, **said: str) -> uuid.UUID:
    """A moment that was written at that time."""
    return someone.door.keep(Moment(**{"zone": "Europe/London", **said}), happened_at=at).thing


def test_moments_of_the_day_stand_among_its_pauses_in_the_order_of_the_day(
    someone: Someone,
) -> None:
    thing = chosen(someone)
    pause(someone, thing, words=CRITIC, instead=SECOND)
    early = moment(
        someone,
        NOON - timedelta(hours=3),
        voice="So slow with the mail.",
        name_it="That was a lot of mail.",
        kind_words="You read every one.",
        friend="Ottilie",
        say_it="no",
        why="It would hurt her.",
    )
    late = moment(someone, NOON + timedelta(hours=15), voice="Still awake, are you.")
    html = page(someone, f"/one-day/{thing}/evening/")
    order = ["So slow with the mail.", "You read every one.", CRITIC, SECOND, "Still awake"]
    places = [html.index(escape(words)) for words in order]
    assert places == sorted(places)
    assert "That was a lot of mail.\nYou read every one." in html
    assert "Would I say this to Ottilie? No." in html
    assert "It would hurt her." in html
    for each, at in ((early, "09:00"), (late, "03:00")):
        assert f'<a href="/moments/{each}/">{WORDS["evening"]["moment_link"]}, {at}</a>' in html


def test_a_moment_alone_is_enough_for_an_evening(someone: Someone) -> None:
    thing = chosen(someone)
    moment(someone, NOON, voice=CRITIC)
    html = page(someone, f"/one-day/{thing}/evening/")
    assert escape(CRITIC) in html
    assert escape(WORDS["evening"]["only_critic"]) in html
    assert escape(WORDS["evening"]["neither"]) not in html


def test_what_was_written_on_another_day_or_says_nothing_is_not_there(someone: Someone) -> None:
    thing = chosen(someone)
    moment(someone, datetime(2026, 3, 3, 23, 59, tzinfo=UTC), voice="Of the day before.")
    moment(someone, datetime(2026, 3, 5, 4, 0, tzinfo=UTC), voice="Of the day after.")
    gone = moment(someone, NOON, voice="It was taken away.")
    someone.door.delete(gone, "moment")
    moment(someone, NOON, happened="The bus was late.")
    html = page(someone, f"/one-day/{thing}/evening/")
    for words in ("Of the day", "It was taken away", "The bus was late"):
        assert words not in html
    assert escape(WORDS["evening"]["neither"]) in html


def test_a_moment_is_of_the_day_on_the_wall_where_it_was_written(someone: Someone) -> None:
    """Nine in the evening of that Wednesday in Los Angeles is five in the morning in London."""
    thing = chosen(someone)
    five = datetime(2026, 3, 5, 5, tzinfo=UTC)
    moment(someone, five, voice="On the far coast.", zone="America/Los_Angeles")
    moment(someone, five, voice="Nobody knows where.", zone="Nowhere/At_All")
    html = page(someone, f"/one-day/{thing}/evening/")
    assert "On the far coast." in html
    assert "The moment, 21:00" in html
    assert "Nobody knows where." not in html


def test_words_of_danger_among_them_have_the_way_to_people_beside_them(someone: Someone) -> None:
    thing = chosen(someone)
    assert escape(CARE["care_offer"]) not in page(someone, f"/one-day/{thing}/evening/")
    moment(someone, NOON, voice=DANGER)
    assert escape(CARE["care_offer"]) in page(someone, f"/one-day/{thing}/evening/")
