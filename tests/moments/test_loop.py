"""The loop from the first word to done, through its real pages."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.utils import timezone

from secondvoice.moments.record import Moment, SetAside, Step
from secondvoice.records.ids import make_id

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.cast import Someone

pytestmark = pytest.mark.django_db

HARSH = "I messed up the report again. I'm such an idiot, everyone else manages."


def moment_of(someone: Someone, thing: UUID) -> Moment:
    value = someone.door.get("moment", thing).value
    assert isinstance(value, Moment)
    return value


def begin(someone: Someone, **fields: str) -> UUID:
    thing = make_id()
    sent = {"voice": HARSH, "happened": "", "before": "7"} | fields
    response = someone.client.post(f"/moments/{thing}/notice/", sent)
    assert response.status_code == 302, response.content.decode()
    return thing


def text(response: HttpResponse) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_somebody_writes_what_the_voice_said_and_answers_it(alice: Someone) -> None:
    alice.client.post("/welcome/friend/", {"friend": "Sam"})
    thing = begin(alice)
    at = f"/moments/{thing}"

    words = text(alice.client.get(f"{at}/words/"))
    assert "self-judgment" in words
    assert alice.client.post(f"{at}/words/")["Location"] == f"{at}/hear/"

    hear = text(alice.client.get(f"{at}/hear/"))
    assert "Sam" in hear
    assert "such an idiot" in hear
    sent = {"say_it": "no", "why": "It would hurt."}
    assert alice.client.post(f"{at}/hear/", sent)["Location"] == f"{at}/answer/"

    answer = {
        "name_it": "This is hard right now, and I notice I am ashamed.",
        "not_alone": "Everyone makes mistakes; other people get reports wrong too.",
        "kind_words": "You did your best with the time you had. It's okay to rest.",
    }
    assert alice.client.post(f"{at}/answer/", answer)["Location"] == f"{at}/right/"

    day = timezone.localdate() + timedelta(days=3)
    step = {
        "right": "yes",
        "right_if": "When I am in tomorrow",
        "right_then": "send the right file",
        "look_back_on": str(day),
    }
    assert alice.client.post(f"{at}/right/", step)["Location"] == f"{at}/see/"
    see = text(alice.client.get(f"{at}/see/"))
    assert "such an idiot" in see
    assert "You did your best" in see
    assert alice.client.post(f"{at}/see/", {"after": "4"})["Location"] == f"{at}/"

    page = text(alice.client.get(f"{at}/"))
    assert "7 before, 4 after" in page
    assert "send the right file" in page
    kept = moment_of(alice, thing)
    assert kept.finished
    assert kept.friend == "Sam"
    assert kept.parts == ("mindfulness", "common_humanity", "self_kindness")
    assert "self_judgment" in kept.marks


def test_every_step_can_be_skipped(alice: Someone) -> None:
    thing = begin(alice, before="")
    for step, following in (("hear", "answer"), ("answer", "right"), ("right", "see"), ("see", "")):
        response = alice.client.post(f"/moments/{thing}/{step}/", {})
        ending = f"{following}/" if following else ""
        assert response["Location"] == f"/moments/{thing}/{ending}"
    assert moment_of(alice, thing).answer == ""


def test_nothing_written_is_nothing_to_go_on_with_and_is_said_so(alice: Someone) -> None:
    page = alice.client.post(f"/moments/{make_id()}/notice/", {"voice": "  ", "happened": ""})
    assert "A few words in either field" in text(page)
    assert not list(alice.door.all("moment"))


def test_one_field_is_enough_and_the_reader_parts_event_from_verdict(alice: Someone) -> None:
    thing = begin(alice, voice="", happened=HARSH)
    page = text(alice.client.get(f"/moments/{thing}/words/"))
    assert "I messed up the report again" in page
    hear = text(alice.client.get(f"/moments/{thing}/hear/"))
    assert "such an idiot" in hear


def test_a_mark_that_is_not_it_goes_and_can_be_brought_back(alice: Someone) -> None:
    thing = begin(alice, voice="I'm such an idiot.")
    page = alice.client.get(f"/moments/{thing}/words/")
    noticed = page.context["noticed"]
    assert noticed.marked
    for piece in noticed.marked:
        for note in piece.notes:
            sent = {"kind": note.kind, "name": note.name, "text": note.text}
            alice.client.post(f"/moments/{thing}/not-it/", sent)
    after = alice.client.get(f"/moments/{thing}/words/")
    assert not after.context["noticed"].marked
    kept = moment_of(alice, thing)
    assert SetAside("pole", "self_judgment", noticed.marked[0].notes[0].text) in kept.set_aside
    assert kept.marks == ()
    alice.client.post(f"/moments/{thing}/not-it/", {"bring_back": "yes"})
    assert alice.client.get(f"/moments/{thing}/words/").context["noticed"].marked


def test_only_a_mark_that_is_there_can_be_set_aside(alice: Someone) -> None:
    thing = begin(alice, voice="I'm such an idiot.")
    sent = {"kind": "pole", "name": "self_judgment", "text": "words that stand nowhere"}
    alice.client.post(f"/moments/{thing}/not-it/", sent)
    assert moment_of(alice, thing).set_aside == ()


def test_what_is_missing_is_asked_about_once_and_no_is_an_answer(alice: Someone) -> None:
    thing = begin(alice)
    only = {"name_it": "", "not_alone": "", "kind_words": "You did your best and it's okay."}
    # By way of an address: a page that answers a form leaves the form's words in the browser.
    first = alice.client.post(f"/moments/{thing}/answer/", only)
    assert first["Location"] == f"/moments/{thing}/answer/?asked"
    page = alice.client.get(first["Location"])
    assert page.context["ask"]
    assert only["kind_words"] in text(page).replace("&#x27;", "'")
    assert alice.client.post(f"/moments/{thing}/answer/", only)["Location"].endswith("/right/")
    assert moment_of(alice, thing).kind_words == only["kind_words"]


def test_asking_which_parts_are_there_keeps_nothing(alice: Someone) -> None:
    """It is asked while typing, and may arrive after the answer was sent."""
    thing = begin(alice)
    sent = {"name_it": "", "not_alone": "", "kind_words": "You did your best and it's okay."}
    alice.client.post(f"/moments/{thing}/answer/", sent)
    late = sent | {"kind_words": ""}
    assert alice.client.post(f"/moments/{thing}/parts/", late).status_code == 200
    assert moment_of(alice, thing).kind_words == sent["kind_words"]


def test_a_draft_is_kept_while_typing_and_offered_again(alice: Someone) -> None:
    thing = make_id()
    path = f"/moments/{thing}/draft/notice/"
    assert alice.client.post(path, {"voice": "", "happened": ""}).status_code == 204
    assert not list(alice.door.all("moment"))
    for words in ("I can't", "I can't do", "I can't do anything right"):
        assert alice.client.post(path, {"voice": words}).status_code == 204
    assert moment_of(alice, thing).voice == "I can't do anything right"
    assert len(list(alice.door.revisions("moment", thing))) == 1
    home = text(alice.client.get("/"))
    assert "half-way" in home
    assert f"/moments/{thing}/notice/" in home


def test_a_draft_that_meets_a_locked_diary_says_so_and_shows_nothing(alice: Someone) -> None:
    alice.client.post("/lock/")
    path = f"/moments/{make_id()}/draft/notice/"
    response = alice.client.post(path, {"voice": "words"}, headers={"X-Draft": "1"})
    assert response.status_code == 423
    assert b"words" not in response.content


def test_a_form_sent_twice_is_kept_once(alice: Someone) -> None:
    thing = begin(alice)
    alice.client.post(f"/moments/{thing}/notice/", {"voice": HARSH, "happened": ""})
    assert len(list(alice.door.all("moment"))) == 1


def test_a_finished_moment_that_is_changed_stays_finished(alice: Someone) -> None:
    thing = begin(alice)
    alice.client.post(f"/moments/{thing}/see/", {"after": "5"})
    response = alice.client.post(
        f"/moments/{thing}/answer/",
        {"name_it": "Hard.", "not_alone": "", "kind_words": "You tried."},
    )
    if response["Location"].endswith("?asked"):
        response = alice.client.post(
            f"/moments/{thing}/answer/",
            {"name_it": "Hard.", "not_alone": "", "kind_words": "You tried."},
        )
    assert response["Location"] == f"/moments/{thing}/"
    assert moment_of(alice, thing).step is Step.DONE
    assert moment_of(alice, thing).answer == "Hard.\nYou tried."


def test_own_words_from_a_moment_like_this_one_are_offered_first(alice: Someone) -> None:
    first = begin(alice, voice="I ruined the report, I'm so stupid at work")
    answer = {"name_it": "", "not_alone": "", "kind_words": "One report is not all of me."}
    alice.client.post(f"/moments/{first}/answer/", answer)
    alice.client.post(f"/moments/{first}/answer/", answer)
    alice.client.post(f"/moments/{first}/see/", {})
    begin(alice, voice="My mother fell and I was not there")
    again = begin(alice, voice="Stupid mistake in the report at work again")
    page = text(alice.client.get(f"/moments/{again}/answer/"))
    assert "You, on an earlier day" in page
    assert page.count("One report is not all of me.") == 1


def test_a_small_step_is_looked_back_at_when_its_day_has_come(alice: Someone) -> None:
    import time_machine

    thing = begin(alice)
    day = timezone.localdate() + timedelta(days=3)
    step = {
        "right": "yes",
        "right_if": "When I see her",
        "right_then": "say sorry",
        "look_back_on": str(day),
    }
    alice.client.post(f"/moments/{thing}/right/", step)
    alice.client.post(f"/moments/{thing}/see/", {})
    assert "say sorry" not in text(alice.client.get("/"))
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1), tick=False):
        alice.unlock()
        assert "say sorry" in text(alice.client.get("/"))
        path = f"/moments/{thing}/look-back/"
        assert alice.client.post(path, {"outcome": "tried"}).status_code == 302
        assert "say sorry" not in text(alice.client.get("/"))
        assert moment_of(alice, thing).looked_back == "tried"


def test_words_of_danger_lead_to_people_first_and_the_way_on_stays_open(alice: Someone) -> None:
    thing = make_id()
    response = alice.client.post(f"/moments/{thing}/notice/", {"voice": "I want to kill myself"})
    assert response["Location"] == f"/moments/{thing}/care/"
    page = text(alice.client.get(response["Location"]))
    assert "/support/" in page
    assert f"/moments/{thing}/words/" in page
    assert moment_of(alice, thing).voice == "I want to kill myself"
    # Such words are not turned round and said to anybody.
    hear = alice.client.get(f"/moments/{thing}/hear/")
    assert hear["Location"] == f"/moments/{thing}/answer/"
    assert "/support/" in text(alice.client.get(hear["Location"]))


@pytest.mark.parametrize("level", ["11", "-1", "a lot", "7.5"])
def test_a_number_that_is_none_of_the_eleven_is_refused_and_the_words_stay(
    alice: Someone, level: str
) -> None:
    page = alice.client.post(
        f"/moments/{make_id()}/notice/", {"voice": "Still here.", "before": level}
    )
    assert "Still here." in text(page)


def test_a_paste_of_more_than_a_million_characters_is_refused_and_nothing_is_lost(
    alice: Someone,
) -> None:
    page = alice.client.post(f"/moments/{make_id()}/notice/", {"voice": "a " * 500_001})
    assert "more than a million characters" in text(page)
    assert "a a a" in page.content.decode()
