"""Taking a measure in the browser: one question to a screen, all on one page, and what comes after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
import time_machine

from secondvoice import measures
from secondvoice.measures.record import MeasureChoices, Taking
from secondvoice.practices.pace import pace_of
from secondvoice.records.ids import make_id
from secondvoice.records.models import Record
from secondvoice.records.models.store import of
from tests.cast import browser_inside, move_in

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.cast import Someone

pytestmark = pytest.mark.django_db

ANSWERS = [5, 2, 3, 4, 3, 1, 3, 4, 3, 2, 4, 4]


def begin(someone: Someone, name: str, way: str = "one") -> UUID:
    thing = make_id()
    page = someone.client.post(f"/measures/about/{name}/", {"thing": str(thing), "way": way})
    assert str(thing) in page.url
    return thing


def answer_all(someone: Someone, thing: UUID, answers: list[Any]) -> HttpResponse:
    page = None
    for number, answer in enumerate(answers, start=1):
        page = someone.client.post(f"/measures/taking/{thing}/{number}/", {"answer": str(answer)})
        assert page.status_code == 302
    assert page is not None
    return someone.client.get(page.url)


def text(page: HttpResponse) -> str:
    return page.content.decode()


def test_twelve_touches_give_the_score_of_the_key(alice: Someone) -> None:
    page = answer_all(alice, begin(alice, "scs-sf"), ANSWERS)
    assert "You answered 2.17 on a scale of 1 to 5." in text(page)
    assert [(row["scored"].id, row["value"]) for row in page.context["rows"]] == [
        ("total", "2.17"),
        ("compassionate", "2.33"),
        ("uncompassionate", "4.00"),
    ]
    assert "12 of 12 answered" in text(page)


def test_no_answer_and_no_score_can_be_read_in_the_database(alice: Someone) -> None:
    answer_all(alice, begin(alice, "scs-sf"), ANSWERS)
    rows = [bytes(row.sealed) for row in of(Record, alice.person)]
    assert len(rows) > 0
    assert not any(b"scs" in row or b"total" in row for row in rows)


def test_a_page_before_it_says_how_long_it_takes_and_what_it_cannot_say(alice: Someone) -> None:
    page = text(alice.client.get("/measures/about/scs-sf/"))
    assert "12 questions, about 2 minutes." in page
    assert "What it can’t say" in page
    assert "Raes" in page


def test_rather_not_is_an_answer_and_the_score_says_what_it_lacks(alice: Someone) -> None:
    page = answer_all(alice, begin(alice, "scs-sf"), ["pass", *ANSWERS[1:]])
    assert "No score, since it needs at least 12 answers." in text(page)
    assert "11 of 12 answered" in text(page)
    assert "You left one question out, as you may." in text(page)


def test_a_question_without_an_answer_asks_again_and_keeps_the_others(alice: Someone) -> None:
    thing = begin(alice, "scs-sf")
    alice.client.post(f"/measures/taking/{thing}/1/", {"answer": "4"})
    page = alice.client.post(f"/measures/taking/{thing}/2/", {"answer": "9"}, follow=True)
    assert 'role="alert"' in text(page)
    assert alice.door.get("taking", thing).value.answers == {"scs_sf_1": 4}


def test_what_was_begun_is_offered_again_where_it_was_left(alice: Someone) -> None:
    thing = begin(alice, "scs-sf")
    for number in (1, 2, 3):
        alice.client.post(f"/measures/taking/{thing}/{number}/", {"answer": "4"})
    room = text(alice.client.get("/measures/"))
    assert f"/measures/taking/{thing}/4/" in room
    assert "your answers are kept" in room
    assert f"/measures/taking/{thing}/4/" in text(alice.client.get("/measures/about/scs-sf/"))


def test_begun_twice_with_one_page_is_begun_once(alice: Someone) -> None:
    fields = {"thing": str(make_id()), "way": "one"}
    first = alice.client.post("/measures/about/scs-sf/", fields)
    alice.client.post(first.url, {"answer": "5"})
    assert alice.client.post("/measures/about/scs-sf/", fields).url == first.url
    thing = UUID(fields["thing"])
    assert alice.door.get("taking", thing).value.answers == {"scs_sf_1": 5}


def test_all_on_one_page_asks_once_about_what_is_open(alice: Someone) -> None:
    thing = begin(alice, "scs-sf", "all")
    path = f"/measures/taking/{thing}/"
    names = [item.id for item in measures.instrument("scs-sf").items]
    fields = dict(zip(names, map(str, ANSWERS), strict=True))
    missing = {name: value for name, value in fields.items() if name != "scs_sf_7"}
    page = alice.client.post(path, missing)
    assert page.url == f"{path}?left#q7"
    assert text(alice.client.get(page.url)).count("ask__open") == 1
    page = alice.client.post(path, {**missing, "leave": "1"}, follow=True)
    assert "11 of 12 answered" in text(page)


def test_all_on_one_page_gives_the_same_score(alice: Someone) -> None:
    thing = begin(alice, "scs-sf", "all")
    names = [item.id for item in measures.instrument("scs-sf").items]
    fields = dict(zip(names, map(str, ANSWERS), strict=True))
    page = alice.client.post(f"/measures/taking/{thing}/", fields, follow=True)
    assert "You answered 2.17" in text(page)


def test_a_draft_is_kept_while_answering(alice: Someone) -> None:
    thing = begin(alice, "scs-sf", "all")
    page = alice.client.post(f"/measures/taking/{thing}/draft/", {"scs_sf_5": "2"})
    assert page.status_code == 204
    assert alice.door.get("taking", thing).value.answers == {"scs_sf_5": 2}
    assert len(alice.door.revisions("taking", thing)) == 1


def test_nothing_difficult_right_now_ends_the_state_scale_without_a_score(alice: Someone) -> None:
    thing = begin(alice, "sscs-s")
    page = alice.client.get(f"/measures/taking/{thing}/1/")
    assert "Nothing difficult right now" in text(page)
    page = alice.client.post(page.request["PATH_INFO"], {"answer": "calm"}, follow=True)
    assert "needs no score" in text(page)
    assert alice.door.get("taking", thing).value.scores == {}


def test_nothing_difficult_is_not_offered_by_other_measures(alice: Someone) -> None:
    thing = begin(alice, "scs-sf")
    page = alice.client.post(f"/measures/taking/{thing}/1/", {"answer": "calm"})
    assert page.url.endswith("?none")


def test_questions_for_a_professional_wait_to_be_asked_for(alice: Someone) -> None:
    assert alice.client.get("/measures/about/phq-9/").status_code == 404
    assert "PHQ" not in text(alice.client.get("/measures/"))
    alice.client.post("/measures/choices/", {"weeks": "2", "asked_for": "on"})
    assert alice.client.get("/measures/about/phq-9/").status_code == 200
    assert "Questions to talk over with a professional" in text(alice.client.get("/measures/"))


@pytest.mark.parametrize("ninth", ["1", "2", "3"])
def test_thoughts_of_death_lead_to_people_before_any_score(alice: Someone, ninth: str) -> None:
    alice.door.keep(MeasureChoices(asked_for=True))
    thing = begin(alice, "phq-9")
    page = answer_all(alice, thing, [*["0"] * 8, ninth])
    score = f"/measures/taking/{thing}/score/"
    assert page.url == f"/measures/taking/{thing}/support/"
    page = alice.client.get(page.url)
    assert "116 123" in text(page)
    assert "You answered" not in text(page)
    # Nor by its address, until the person goes on.
    assert alice.client.get(score).url == f"/measures/taking/{thing}/support/"
    page = alice.client.post(f"/measures/taking/{thing}/support/", follow=True)
    assert f"You answered {ninth} on a scale of 0 to 27." in text(page)


def test_support_comes_first_on_one_page_too_and_also_for_a_single_answer(alice: Someone) -> None:
    alice.door.keep(MeasureChoices(asked_for=True))
    thing = begin(alice, "phq-9", "all")
    fields = {"phq_9_9": "1", "leave": "1"}
    page = alice.client.post(f"/measures/taking/{thing}/", fields, follow=True)
    assert page.redirect_chain[-1][0] == f"/measures/taking/{thing}/support/"


@pytest.mark.parametrize("form", ["", "all"])
def test_after_thoughts_of_death_only_the_floor_and_people_are_offered(
    alice: Someone, form: str
) -> None:
    alice.door.keep(MeasureChoices(asked_for=True))
    thing = begin(alice, "phq-9", form) if form else begin(alice, "phq-9")
    assert not pace_of(alice.door).grounding_only(datetime.now(UTC))
    if form:
        alice.client.post(f"/measures/taking/{thing}/", {"phq_9_9": "1"})
    else:
        alice.client.post(f"/measures/taking/{thing}/9/", {"answer": "1"})
    assert pace_of(alice.door).grounding_only(datetime.now(UTC))


def test_without_such_an_answer_the_score_comes_at_once(alice: Someone) -> None:
    alice.door.keep(MeasureChoices(asked_for=True))
    page = answer_all(alice, begin(alice, "phq-9"), ["0"] * 9)
    assert not pace_of(alice.door).grounding_only(datetime.now(UTC))
    assert "You answered 0 on a scale of 0 to 27." in text(page)
    for band in ("mild", "moderate", "severe", "depression"):
        assert band not in text(page).lower()


def test_the_weakest_pole_is_named_only_where_it_is_clear(alice: Someone) -> None:
    scs = measures.instrument("scs")
    clear = [5 if item.pole == "isolation" else 3 for item in scs.items]
    page = answer_all(alice, begin(alice, "scs"), clear)
    assert "feeling alone with it stands out clearly" in text(page)
    assert len(page.context["poles"]) == 3
    unclear = [4 if item.pole == "isolation" else 3 for item in scs.items]
    page = answer_all(alice, begin(alice, "scs"), unclear)
    assert "No side of it stands out clearly" in text(page)


def test_a_result_can_be_deleted_and_brought_back(alice: Someone) -> None:
    thing = begin(alice, "scs-sf")
    answer_all(alice, thing, ANSWERS)
    page = alice.client.post(f"/measures/taking/{thing}/delete/", follow=True)
    assert "can be brought back for seven days" in text(page)
    assert alice.client.get(f"/measures/taking/{thing}/score/").status_code == 404
    alice.client.post(f"/measures/taking/{thing}/restore/")
    assert "2.17" in text(alice.client.get(f"/measures/taking/{thing}/score/"))


@pytest.mark.parametrize("rest", ["", "1/", "score/", "support/"])
def test_another_persons_taking_is_not_there(alice: Someone, rest: str) -> None:
    bob = move_in()
    taking = bob.door.keep(Taking("scs-sf", done=True))
    path = f"/measures/taking/{taking.thing}/{rest}"
    assert alice.client.get(path).status_code == 404
    assert alice.client.post(f"/measures/taking/{taking.thing}/delete/").status_code == 404


@pytest.mark.parametrize("path", ["", "over-time/", "beside/", "choices/", "elsewhere/"])
def test_locked_it_asks_to_unlock_and_nobody_is_let_in(locked_alice: Someone, path: str) -> None:
    page = locked_alice.client.get(f"/measures/{path}")
    assert 'name="passphrase"' in text(page)
    locked_alice.client.cookies.clear()
    assert locked_alice.client.get(f"/measures/{path}").status_code == 403


def test_before_anybody_lives_here_it_leads_to_the_first_minute(db: None) -> None:
    assert browser_inside().get("/measures/").url == "/welcome/"


def test_the_next_one_is_mentioned_after_two_weeks_and_not_before(alice: Someone) -> None:
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    taking = Taking("scs-sf", done=True, scores={"total": 2.5})
    alice.door.keep(taking, happened_at=now - timedelta(days=13))
    with time_machine.travel(now, tick=False):
        alice.unlock()
        assert "since the last one" not in text(alice.client.get("/measures/"))
    with time_machine.travel(now + timedelta(days=1), tick=False):
        alice.unlock()
        assert "since the last one" in text(alice.client.get("/measures/"))
        assert "since the last one" not in text(alice.client.get("/"))
        alice.client.post("/measures/choices/", {"weeks": "0"})
        assert "since the last one" not in text(alice.client.get("/measures/"))


def test_without_any_taking_nothing_is_mentioned(alice: Someone) -> None:
    assert "since the last one" not in text(alice.client.get("/measures/"))
