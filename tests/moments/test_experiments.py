"""Something to try out of Learn: set out, be asked on the day, say what was seen."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from secondvoice.learn.cards import cards as cards_of_learn
from secondvoice.moments import experiment as rules
from secondvoice.moments.experiment import Experiment, Steps, steps_since
from secondvoice.moments.record import LookBack
from secondvoice.practices.pace import pace_of
from secondvoice.records.ids import make_id

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Someone

MOTIVATION = "/experiments/new/myth-motivation/"
GUESS = "I leave it at the first heron"


def shown(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def only(someone: Someone) -> tuple[str, Experiment]:
    (kept,) = someone.door.page("experiment").items
    return f"/experiments/{kept.thing}/", kept.value


def set_out(someone: Someone, *, path: str = MOTIVATION, days: int = 1, guess: str = GUESS) -> str:
    answer = someone.client.post(path, {"expects": guess, "on": days})
    assert answer["Location"] == "/"
    return only(someone)[0]


def its_day_comes(someone: Someone) -> None:
    (kept,) = someone.door.page("experiment").items
    today = timezone.localdate()
    someone.door.keep(Experiment(kept.value.card, today, kept.value.expects), thing=kept.thing)


def test_every_card_that_can_be_tried_has_a_question_and_no_other_has() -> None:
    tried = {card.id for card in cards_of_learn().values() if card.experiment}
    assert tried == rules.cards().keys()
    assert {card for card in cards_of_learn() if card.startswith("myth-")} == tried


@pytest.mark.parametrize("card", rules.cards())
def test_the_answers_leave_room_for_both_sides_and_for_none(card: str) -> None:
    ids = [each["id"] for each in rules.options(card)]
    assert len(ids) == len(set(ids)) == 5
    assert ids[-2:] == ["not_yet", "no_longer"]


def test_a_card_leads_to_trying_it_and_says_what_there_is_to_try(alice: Someone) -> None:
    assert f'href="{MOTIVATION}"' in shown(alice.client, "/learn/myth-motivation/")
    page = shown(alice.client, MOTIVATION)
    assert cards_of_learn()["myth-motivation"].attempt.split("'")[0] in page
    assert "/experiments/new/" not in shown(alice.client, "/learn/backdraft/")
    assert alice.client.get("/experiments/new/backdraft/").status_code == 404


def test_it_is_asked_on_the_chosen_day_beside_the_small_steps_and_not_before(
    alice: Someone,
) -> None:
    path = set_out(alice, days=7)
    _, value = only(alice)
    assert value.on == timezone.localdate() + timedelta(days=7)
    assert value.expects == GUESS
    assert path not in shown(alice.client, "/")
    its_day_comes(alice)
    first = shown(alice.client, "/")
    assert f'href="{path}"' in first
    assert GUESS not in first
    page = shown(alice.client, path)
    assert GUESS in page
    assert "Did you try again?" in page


def test_what_was_seen_is_kept_and_it_is_not_asked_again(alice: Someone) -> None:
    path = set_out(alice)
    its_day_comes(alice)
    answer = alice.client.post(path, {"outcome": "again", "saw": "Twice, before breakfast"})
    assert answer["Location"] == "/experiments/"
    page = shown(alice.client, "/experiments/")
    assert "I tried again" in page
    assert "Twice, before breakfast" in page
    assert GUESS in page
    assert path not in shown(alice.client, "/")


def test_not_yet_is_asked_again_in_three_days_and_its_words_stay(alice: Someone) -> None:
    path = set_out(alice)
    its_day_comes(alice)
    assert alice.client.post(path, {"outcome": "not_yet", "saw": "no setback"})["Location"] == "/"
    _, value = only(alice)
    assert (value.outcome, value.saw) == ("", "no setback")
    assert value.on == timezone.localdate() + timedelta(days=3)


def test_without_an_answer_it_says_what_is_missing_and_keeps_nothing(alice: Someone) -> None:
    path = set_out(alice)
    page = alice.client.post(path, {"saw": "a heron"}).content.decode()
    assert "One of these is enough." in page
    assert "a heron" in page
    assert only(alice)[1].saw == ""
    assert (
        "Choose one of the days."
        in alice.client.post(MOTIVATION, {"expects": "", "on": "90"}).content.decode()
    )


def test_the_small_steps_since_then_are_beside_the_question(alice: Someone) -> None:
    before = make_id()
    alice.door.keep(LookBack(before, date(2026, 1, 2), "tried"))
    path = set_out(alice)
    assert "small step" not in shown(alice.client, path)
    alice.door.keep(LookBack(make_id(), date(2026, 1, 2), "tried"))
    assert "one small step of yours, and you had tried it" in shown(alice.client, path)
    alice.door.keep(LookBack(make_id(), date(2026, 1, 2), "no_longer"))
    alice.door.keep(LookBack(make_id(), date(2026, 1, 2)))
    text = re.sub(r"\s+", " ", shown(alice.client, path))
    assert "looked back at 2 small steps of yours. 1 of them you had tried." in text
    assert "small step" not in shown(alice.client, set_out_other(alice))


def set_out_other(someone: Someone) -> str:
    someone.client.post("/experiments/new/myth-pity/", {"expects": "", "on": "1"})
    newest = someone.door.page("experiment").items[0]
    return f"/experiments/{newest.thing}/"


def test_no_step_looked_back_at_says_nothing() -> None:
    assert steps_since([], datetime(2026, 1, 1, tzinfo=UTC)) == Steps(0, 0)


@pytest.mark.parametrize("at", ["before", "after"])
def test_words_of_danger_lead_to_people_first(alice: Someone, at: str) -> None:
    danger = "I want to kill myself tonight."
    if at == "before":
        answer = alice.client.post(MOTIVATION, {"expects": danger, "on": "1"})
    else:
        answer = alice.client.post(set_out(alice), {"outcome": "stopped", "saw": danger})
    assert answer["Location"] == only(alice)[0] + "care/"
    assert 'href="/support/"' in shown(alice.client, answer["Location"])
    assert pace_of(alice.door).danger_at is not None


def test_it_can_be_deleted_and_brought_back(alice: Someone) -> None:
    path = set_out(alice)
    alice.client.post(path + "delete/")
    page = shown(alice.client, "/experiments/")
    assert "Bring it back" in page
    assert GUESS not in page
    assert alice.client.get(path).status_code == 404
    alice.client.post(path + "restore/")
    assert GUESS in shown(alice.client, "/experiments/")


def test_one_of_a_card_that_this_program_does_not_have_is_passed_over(alice: Someone) -> None:
    kept = alice.door.keep(Experiment("myth-of-tomorrow", date(2026, 1, 1)))
    assert shown(alice.client, "/")
    assert shown(alice.client, "/experiments/")
    assert alice.client.get(f"/experiments/{kept.thing}/").status_code == 404
