"""One's own wishes: found in four steps, kept as one, said again when they are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from secondvoice import practices
from secondvoice.moments.record import Moment
from secondvoice.practices.pace import pace_of
from secondvoice.practices.wishes import Wishes, as_wishes, begun, can_begin, wishes_of
from secondvoice.records.ids import make_id
from tests.cast import browser_inside, move_in

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.cast import Someone

pytestmark = pytest.mark.django_db

FOUR_STEPS = (
    ("need", {"need": "Some quiet."}),
    ("hear", {"hear": "That I may stop for today."}),
    ("wishes", {"wish_0": "May I stop when it is enough", "wish_1": "A quiet kitchen"}),
    (
        "sound",
        {
            "wish_0": "May I stop when it is enough",
            "how_0": "begin",
            "wish_1": "A quiet kitchen",
            "how_1": "keep",
        },
    ),
)


def text(response: HttpResponse) -> str:
    assert response.status_code == 200
    return response.content.decode()


def find_some(someone: Someone) -> None:
    for step, fields in FOUR_STEPS:
        assert someone.client.post(f"/phrases/{step}/", fields).status_code == 302


@pytest.mark.parametrize(
    ("wish", "smaller"),
    [
        ("May I be at ease", "May I begin to be at ease"),
        ("may I sleep", "may I begin to sleep"),
        ("I'd like to laugh more", "I'd like to begin to laugh more"),
        ("I’d like to laugh more", "I’d like to begin to laugh more"),
        ("I would like to rest", "I would like to begin to rest"),
        ("Let me be slow", "Let me begin to be slow"),
        ("I wish myself a quiet evening", "May I begin to wish myself a quiet evening"),
        ("May I begin to be kind", "May I begin to be kind"),
        ("A quiet kitchen", "A quiet kitchen"),
    ],
)
def test_a_wish_that_is_too_big_is_begun(wish: str, smaller: str) -> None:
    assert begun(wish) == smaller
    assert can_begin(wish) == (wish != smaller)


def test_wishes_are_one_line_each_none_twice_and_four_at_most() -> None:
    written = ["  May I\nrest ", "", "May I rest", "b", "c", "d", "e"]
    assert as_wishes(written) == ("May I rest", "b", "c", "d")


def test_four_steps_make_one_sealed_record(alice: Someone) -> None:
    find_some(alice)
    assert wishes_of(alice.door) == Wishes(
        need="Some quiet.",
        hear="That I may stop for today.",
        kept=("May I begin to stop when it is enough", "A quiet kitchen"),
    )
    page = text(alice.client.get("/phrases/?kept"))
    assert "May I begin to stop when it is enough" in page
    assert "How did that land?" in page
    find_some(alice)
    assert len(list(alice.door.all("wishes"))) == 1


def test_each_step_leads_to_the_next_and_notes_may_stay_empty(alice: Someone) -> None:
    empty = alice.client.post("/phrases/need/", {"need": ""})
    assert empty["Location"] == "/phrases/hear/"
    assert alice.client.post("/phrases/hear/", {})["Location"] == "/phrases/wishes/"
    assert "One wish is enough." in text(alice.client.post("/phrases/wishes/", {"wish_2": " "}))
    assert alice.client.get("/phrases/sound/")["Location"] == "/phrases/wishes/"
    assert alice.client.get("/phrases/elsewhere/").status_code == 404


def test_one_that_sounds_borrowed_is_left_out_or_written_again(alice: Someone) -> None:
    alice.client.post("/phrases/wishes/", {"wish_0": "May I shine", "wish_1": "May I rest"})
    sent = {"wish_0": "May I shine", "how_0": "drop", "wish_1": "May I rest a bit", "how_1": "keep"}
    alice.client.post("/phrases/sound/", sent)
    assert practices.own_wishes(alice.door) == ("May I rest a bit",)


def test_with_none_left_nothing_is_kept_as_a_wish_and_it_is_said_kindly(alice: Someone) -> None:
    alice.client.post("/phrases/wishes/", {"wish_0": "May I shine"})
    response = alice.client.post("/phrases/sound/", {"wish_0": "May I shine", "how_0": "drop"})
    assert "None left, and that is an answer too." in text(alice.client.get(response["Location"]))
    assert practices.own_wishes(alice.door) == ()


def test_what_is_typed_is_kept_and_picked_up_where_it_stopped(alice: Someone) -> None:
    assert alice.client.post("/phrases/need/draft/", {"need": "Some qui"}).status_code == 204
    page = text(alice.client.get("/phrases/"))
    assert 'href="/phrases/hear/"' in page
    assert "Pick it up" in page
    assert "Some qui" in text(alice.client.get("/phrases/need/"))


def test_while_others_are_looked_for_the_wishes_of_before_are_still_there(
    alice: Someone,
) -> None:
    find_some(alice)
    before = practices.own_wishes(alice.door)
    assert before[1] in text(alice.client.get("/phrases/wishes/"))
    alice.client.post("/phrases/wishes/", {"wish_0": "May I sing"})
    assert practices.own_wishes(alice.door) == before


def test_let_go_and_brought_back(alice: Someone) -> None:
    find_some(alice)
    alice.client.post("/phrases/delete/")
    assert practices.own_wishes(alice.door) == ()
    assert "brought back for 7 days" in text(alice.client.get("/phrases/"))
    alice.client.post("/phrases/restore/")
    assert practices.own_wishes(alice.door)[1] == "A quiet kitchen"


def test_in_a_minute_they_come_as_a_fragment_of_their_own(alice: Someone) -> None:
    assert alice.client.get("/phrases/mine/").status_code == 204
    find_some(alice)
    response = alice.client.get("/phrases/mine/")
    assert "A quiet kitchen" in text(response)
    assert "no-store" in response["Cache-Control"]
    # The page itself stays the same for everybody.
    minute = text(alice.client.get("/minute/"))
    assert "A quiet kitchen" not in minute
    assert minute == text(browser_inside().get("/minute/"))


def test_locked_there_is_nothing_to_see_in_a_minute(alice: Someone) -> None:
    find_some(alice)
    alice.client.post("/lock/")
    response = alice.client.get("/phrases/mine/")
    assert (response.status_code, response.content) == (204, b"")


def test_in_the_loop_they_stand_before_the_phrases_of_the_program(alice: Someone) -> None:
    find_some(alice)
    thing = make_id()
    alice.door.keep(Moment(voice="I'm such an idiot."), thing=thing)
    page = text(alice.client.get(f"/moments/{thing}/answer/"))
    own = page.index("A quiet kitchen")
    assert page.index('id="id_kind_words"') < own < page.rindex("Phrases to take and change")
    assert page.count("A quiet kitchen") == 1


def test_words_of_danger_lead_to_people(alice: Someone) -> None:
    response = alice.client.post("/phrases/need/", {"need": "I want to die."})
    assert response["Location"] == "/phrases/care/"
    assert "Are you safe right now?" in text(alice.client.get("/phrases/care/"))
    assert pace_of(alice.door).danger_at is not None
    page = text(alice.client.get("/phrases/"))
    assert 'class="button" href="/support/"' in page
    assert 'href="/phrases/need/"' not in page


def test_nobody_else_has_them(alice: Someone) -> None:
    find_some(alice)
    assert practices.own_wishes(move_in().door) == ()
