"""The list of moments: finding, paging, dates, deleting and bringing back; other people's doors."""

from __future__ import annotations

import html
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
import time_machine

from secondvoice.moments.record import Moment, Step
from secondvoice.records.ids import make_id
from secondvoice.records.models import Record
from secondvoice.records.models.store import of
from secondvoice.support import CARE
from tests.cast import move_in

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.cast import Someone

pytestmark = pytest.mark.django_db


def put(someone: Someone, voice: str, *, days_ago: int = 0, marks: tuple[str, ...] = ()) -> UUID:
    thing = make_id()
    someone.door.keep(
        Moment(step=Step.DONE, voice=voice, kind_words=f"Answer to {voice}", marks=marks),
        thing=thing,
        happened_at=datetime.now(UTC) - timedelta(days=days_ago),
    )
    return thing


def shown(response: HttpResponse) -> list[str]:
    return [row["critic"] for row in response.context["items"]]


def test_moments_are_listed_newest_first_twenty_to_a_page(alice: Someone) -> None:
    for number in range(45):
        put(alice, f"voice {number}", days_ago=number)
    first = alice.client.get("/moments/")
    assert shown(first) == [f"voice {n}" for n in range(20)]
    second = alice.client.get("/moments/", {"before": first.context["older"]})
    assert shown(second) == [f"voice {n}" for n in range(20, 40)]
    third = alice.client.get("/moments/", {"before": second.context["older"]})
    assert shown(third) == [f"voice {n}" for n in range(40, 45)]
    assert third.context["older"] == ""


def test_a_broken_page_mark_shows_the_beginning(alice: Someone) -> None:
    put(alice, "only one")
    assert shown(alice.client.get("/moments/", {"before": "nonsense%"})) == ["only one"]


def test_search_finds_every_word_in_any_field_and_stays_out_of_the_address(alice: Someone) -> None:
    for number in range(30):
        put(alice, f"the REPORT number {number}", days_ago=number)
    put(alice, "something else")
    page = alice.client.post("/moments/", {"q": "report answer"})
    assert len(shown(page)) == 20
    rest = alice.client.post("/moments/", {"q": "report answer", "before": page.context["older"]})
    assert len(shown(rest)) == 10
    assert "something else" not in shown(page) + shown(rest)
    assert not alice.client.post("/moments/", {"q": "nowhere"}).context["items"]


def test_words_of_danger_in_a_search_name_people_and_change_nothing_else(alice: Someone) -> None:
    put(alice, "I said that I want to die")
    heavy = alice.client.post("/moments/", {"q": "want to die"})
    assert shown(heavy) == ["I said that I want to die"]
    assert CARE["care_offer"] in html.unescape(heavy.content.decode())
    plain = alice.client.post("/moments/", {"q": "said"})
    assert CARE["care_offer"] not in html.unescape(plain.content.decode())
    assert alice.door.latest("pace") is None


def test_the_list_can_be_narrowed_to_a_pole(alice: Someone) -> None:
    put(alice, "judged", marks=("self_judgment",))
    put(alice, "alone", marks=("isolation",))
    assert shown(alice.client.post("/moments/", {"pole": "isolation"})) == ["alone"]


def test_a_moment_can_be_dated_back_but_not_ahead(alice: Someone) -> None:
    thing = put(alice, "when was it")
    path = f"/moments/{thing}/when/"
    alice.client.post(path, {"when": "2024-02-29T23:30"})
    kept = alice.door.get("moment", thing)
    assert kept.happened_at.astimezone().strftime("%Y-%m-%d %H:%M") == "2024-02-29 23:30"
    assert kept.value.voice == "when was it"
    page = alice.client.post(path, {"when": "2999-01-01T00:00"}, follow=True)
    assert "still to come" in page.content.decode()
    assert alice.door.get("moment", thing).happened_at.year == 2024


def test_several_moments_in_one_day_are_all_there(alice: Someone) -> None:
    for number in range(3):
        put(alice, f"voice {number}")
    assert len(shown(alice.client.get("/moments/"))) == 3


def test_a_deleted_moment_can_be_brought_back_for_a_while_and_is_erased_after(
    alice: Someone,
) -> None:
    thing = put(alice, "let it go")
    page = alice.client.post(f"/moments/{thing}/delete/", follow=True)
    assert shown(page) == []
    assert f"/moments/{thing}/restore/" in page.content.decode()
    assert alice.client.get(f"/moments/{thing}/").status_code == 404
    alice.client.post(f"/moments/{thing}/restore/")
    assert shown(alice.client.get("/moments/")) == ["let it go"]
    alice.client.post(f"/moments/{thing}/delete/")
    with time_machine.travel(datetime.now(UTC) + timedelta(days=8), tick=False):
        alice.unlock()
        assert alice.client.post(f"/moments/{thing}/restore/").status_code == 404
        assert all(not bytes(row.sealed) for row in of(Record, alice.person).filter(thing=thing))


def test_a_damaged_moment_says_so_and_the_rest_is_there(alice: Someone) -> None:
    bad = put(alice, "damaged one")
    put(alice, "whole one")
    row = of(Record, alice.person).get(thing=bad)
    sealed = bytearray(bytes(row.sealed))
    sealed[-1] ^= 1
    of(Record, alice.person).filter(id=row.id).update(sealed=bytes(sealed))
    page = alice.client.get("/moments/").content.decode()
    assert "whole one" in page
    assert "damaged one" not in page
    single = alice.client.get(f"/moments/{bad}/")
    assert single.status_code == 503
    assert "Traceback" not in single.content.decode()


def test_another_persons_moment_is_not_there(alice: Someone) -> None:
    charlie = move_in()
    theirs = put(charlie, "not for Alice")
    for path in ("", "words/", "hear/", "answer/", "right/", "see/", "care/"):
        assert alice.client.get(f"/moments/{theirs}/{path}").status_code == 404
    for path in ("delete/", "restore/", "when/", "look-back/", "not-it/", "parts/"):
        response = alice.client.post(f"/moments/{theirs}/{path}", {"outcome": "tried"})
        assert response.status_code == 404, path
    assert charlie.door.get("moment", theirs).value.voice == "not for Alice"


def test_after_a_long_gap_it_is_good_to_see_you_once(alice: Someone) -> None:
    put(alice, "long ago")
    with time_machine.travel(datetime.now(UTC) + timedelta(days=95), tick=False):
        alice.unlock()
        assert "Good to see you." in alice.client.get("/").content.decode()
        assert "Good to see you." not in alice.client.get("/").content.decode()


def test_a_page_left_open_does_not_write_over_what_was_deleted(alice: Someone) -> None:
    thing = put(alice, "to be brought back")
    alice.client.post(f"/moments/{thing}/delete/")
    stale = {"voice": "an older page", "happened": "", "before": ""}
    assert alice.client.post(f"/moments/{thing}/draft/notice/", stale).status_code == 404
    assert alice.client.post(f"/moments/{thing}/notice/", stale).status_code == 404
    alice.client.post(f"/moments/{thing}/restore/")
    assert alice.door.get("moment", thing).value.voice == "to be brought back"


def test_typing_in_a_finished_moment_leaves_one_revision_behind(alice: Someone) -> None:
    thing = put(alice, "finished")
    for words in ("Y", "You", "You tried"):
        alice.client.post(f"/moments/{thing}/draft/answer/", {"kind_words": words})
    assert len(list(alice.door.revisions("moment", thing))) == 2
    sent = {"name_it": "", "not_alone": "", "kind_words": "You tried hard."}
    for _ in range(2):
        alice.client.post(f"/moments/{thing}/answer/", sent)
    values = [kept.value.kind_words for kept in alice.door.revisions("moment", thing)]
    assert values[0] == "You tried hard."
    assert "You tried" not in values
    assert values[-1] == "Answer to finished"


def test_a_moment_that_is_brought_back_brings_its_look_back(alice: Someone) -> None:
    from datetime import date

    from secondvoice.moments.kept import look_back_thing
    from secondvoice.moments.record import LookBack

    thing = put(alice, "with a step")
    alice.door.keep(LookBack(thing, date(2026, 1, 2)), thing=look_back_thing(thing))
    alice.client.post(f"/moments/{thing}/delete/")
    assert alice.door.page("look_back").items == []
    alice.client.post(f"/moments/{thing}/restore/")
    assert len(alice.door.page("look_back").items) == 1
