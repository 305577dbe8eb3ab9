"""Ids that a form or a script sends: what is none of a page's own makes nothing, and breaks nothing.

Some things have ids that are made from a name, so that there is one of each: a week of the course,
a month of check-ins. Whoever made a moment of such an id would find no way to that week again.
"""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast
from uuid import UUID

import pytest

from secondvoice.practices.course import page_thing
from secondvoice.practices.letter import Letter
from secondvoice.practices.record import Practice
from secondvoice.practices.wishes import THING as WISHES
from secondvoice.practices.wishes import Wishes
from secondvoice.records import kinds
from secondvoice.records.errors import BadId
from secondvoice.records.ids import is_named, make_id
from secondvoice.records.models.listing import Row
from secondvoice.records.models.opening import sealed
from secondvoice.records.models.store import Owner, one_transaction, write_revision
from secondvoice.vault import key_check, seal_to
from tests.cast import Someone, move_in
from tests.site.addresses import (
    ENDS_THE_SESSION,
    SENT,
    addresses,
    fill_a_year,
    sit_down,
    things_of,
)

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

ANY = UUID("5a1f3a3e-8c1b-4d7e-9a56-3f0f2c9b7d10")
"""No page gives ids of this version."""

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(db: None) -> Someone:
    alice = move_in()
    sit_down(alice)
    return alice


@pytest.fixture
def named() -> dict[UUID, str]:
    """The ids that are made from a name and the same for everybody, with their kinds."""
    other = move_in()
    sit_down(other)
    fill_a_year(other)
    other.client.post("/be-the-friend/meet/", {"trouble": "work"})
    other.client.post("/course/3/told/", {"on": "on"})
    other.door.keep(Wishes(kept=("May I be well",)), thing=WISHES)
    found = {thing: kind for thing, kind in things_of(other).items() if is_named(thing)}
    assert {"course", "course_page", "check_ins", "pace", "befriend_choice", "wishes"} <= set(
        found.values()
    )
    return found


def one_of_each(things: dict[UUID, str]) -> list[UUID]:
    return list({kind: thing for thing, kind in things.items()}.values())


def send_everywhere(client: Client, thing: UUID) -> list[int]:
    """The id at every address that takes one, and in every form: what was answered."""
    answers = []
    for address in addresses():
        if address.name in ENDS_THE_SESSION:
            continue
        sent = SENT | {"thing": str(thing), "id": str(thing), "place": str(thing)}
        here = client.post(address.at(thing), sent, headers={"Sec-Fetch-Site": "same-origin"})
        answers.append(here.status_code)
    return answers


def test_an_id_made_from_a_name_makes_nothing_else(alice: Someone, named: dict[UUID, str]) -> None:
    for thing in one_of_each(named):
        answers = send_everywhere(alice.client, thing)
        assert max(answers) < 500
        assert answers.count(404) > 20
    there = things_of(alice)
    for thing, kind in there.items():
        if is_named(thing):
            assert named.get(thing, kind) == kind
    assert {kind for thing, kind in there.items() if not is_named(thing)} >= {"moment", "practice"}
    # Everything that has such an id can be made still.
    fill_a_year(alice)
    page = alice.client.post("/course/1/", {"words": "zqwords of the first week"})
    assert page.status_code == 302
    assert (
        alice.door.get("course_page", page_thing(1, 0)).value.words == "zqwords of the first week"
    )


def test_ones_own_things_sent_to_every_address_stay_what_they_are(alice: Someone) -> None:
    fill_a_year(alice)
    alice.door.keep(Letter("to-me", text="zqletter"))
    before = things_of(alice)
    for thing in one_of_each(before):
        assert max(send_everywhere(alice.client, thing)) < 500
    after = things_of(alice)
    assert {thing: after[thing] for thing in before} == before


@pytest.mark.parametrize("thing", [ANY, UUID(int=0), page_thing(1, 0)])
def test_a_moment_and_a_letter_begin_only_under_an_id_of_a_page(
    alice: Someone, thing: UUID
) -> None:
    for path, sent in (
        (f"/moments/{thing}/notice/", {"voice": "zqvoice"}),
        (f"/moments/{thing}/draft/notice/", {"voice": "zqvoice"}),
        (f"/letters/{thing}/write/", {"text": "zqletter"}),
        (f"/letters/{thing}/draft/", {"text": "zqletter"}),
    ):
        assert alice.client.get(path).status_code in {404, 405}
        assert alice.client.post(path, sent).status_code == 404
    assert things_of(alice) == {}


@pytest.mark.parametrize("sent", ["", "zqnone", str(ANY), str(page_thing(1, 0)), "of another"])
def test_what_is_begun_by_a_form_has_an_id_of_its_own_then(alice: Someone, sent: str) -> None:
    taken = alice.door.keep(Letter("to-me", text="zqletter")).thing
    thing = str(taken) if sent == "of another" else sent
    alice.client.post("/one-day/", {"on": "2199-01-01", "thing": thing})
    measure = alice.client.post("/measures/about/scs-sf/", {"thing": thing})
    assert measure.status_code == 302
    assert alice.client.get(measure["Location"]).status_code == 200
    taking = UUID(measure["Location"].split("/")[3])
    assert things_of(alice)[taking] == "taking"
    assert things_of(alice)[taken] == "letter"


def test_what_was_written_in_a_practice_is_kept_whatever_id_came_with_it(alice: Someone) -> None:
    taken = alice.door.keep(Letter("to-me", text="zqletter")).thing
    for thing in (taken, page_thing(1, 0), ANY):
        answer = alice.client.post(
            "/practices/soles/short/landed/",
            {"landed": "lighter", "thing": str(thing)},
            headers={"Sec-Fetch-Site": "same-origin", "Accept": "application/json"},
        )
        assert answer.json()["kept"]
    assert list(things_of(alice).values()).count("practice") == 3
    assert all(isinstance(kept.value, Practice) for kept in alice.door.all("practice"))


def test_what_waited_for_an_id_that_nothing_may_have_becomes_a_moment_of_its_own(
    alice: Someone,
) -> None:
    taken = alice.door.keep(Letter("to-me", text="zqletter")).thing
    for thing in (taken, page_thing(1, 0), ANY):
        answer = wait_and_come(alice, make_id(), f"/moments/{thing}/notice/")
        assert answer.status_code == 200, answer.content
    moments = [thing for thing, kind in things_of(alice).items() if kind == "moment"]
    assert len(moments) == 3
    assert {taken, page_thing(1, 0)}.isdisjoint(moments)


def test_a_box_with_an_id_that_nothing_may_have_is_refused(alice: Someone) -> None:
    taken = alice.door.keep(Letter("to-me", text="zqletter")).thing
    for id_ in (taken, page_thing(1, 0), ANY):
        assert wait_and_come(alice, id_, "/pocket/moment/").status_code == 422
    assert "moment" not in things_of(alice).values()


def test_a_form_of_the_offline_page_is_kept_whatever_id_came_with_it(alice: Someone) -> None:
    taken = alice.door.keep(Letter("to-me", text="zqletter")).thing
    for id_ in (taken, page_thing(1, 0), ANY):
        answer = alice.client.post(
            "/waiting/write/moment/",
            {"voice": "zqvoice", "id": str(id_)},
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        assert answer.status_code == 302
        assert "/moments/" in answer["Location"]
    assert list(things_of(alice).values()).count("moment") == 3


def test_the_door_itself_refuses(alice: Someone) -> None:
    with pytest.raises(BadId):
        alice.door.keep(Letter("to-me", text="zqletter"), thing=page_thing(1, 0))
    assert things_of(alice) == {}


def test_a_place_that_something_else_has_taken_gives_the_words_back(alice: Someone) -> None:
    """As a diary may be in which an earlier version let that happen."""
    value = Letter("to-me", text="zqletter")
    kind, version = kinds.identify(value)
    row = Row(page_thing(1, 0), make_id(), kind, version, datetime.now(UTC), b"")
    row = sealed(alice.person, alice.data_key, row, kinds.encode(value))
    with one_transaction():
        write_revision(
            owner=Owner(alice.person, key_check(alice.data_key)),
            id_=row.id,
            thing=row.thing,
            kind=kind,
            version=version,
            happened_at=row.happened_at,
            sealed=row.sealed,
        )
    assert alice.client.get("/course/1/").status_code == 200
    answer = alice.client.post("/course/1/", {"words": "zqwords of the first week"})
    assert answer.status_code == 409
    assert "zqwords of the first week" in answer.content.decode()
    assert "its id cannot be used" in answer.content.decode()


def wait_and_come(someone: Someone, id_: UUID, path: str) -> HttpResponse:
    """A moment that was written without a network, as a device sends it."""
    key = someone.client.get("/waiting/key/").json()["public"]
    written = {
        "v": 1,
        "what": "moment",
        "path": path,
        "at": datetime.now(UTC).isoformat(),
        "day": str(datetime.now(UTC).date()),
        "fields": [["voice", "zqvoice"]],
    }
    box = seal_to(base64.b64decode(key), json.dumps(written).encode(), bound_to=id_.bytes)
    answer = someone.client.post(
        "/waiting/send/",
        json.dumps({"id": str(id_), "box": base64.b64encode(box).decode()}),
        content_type="application/json",
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    return cast("HttpResponse", answer)
