"""What waited on a device comes in: once, whole, and beside what another device wrote meanwhile."""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from secondvoice.moments.record import Moment, Step
from secondvoice.practices.record import Practice
from secondvoice.records.ids import make_id
from secondvoice.records.models import change_data_key
from secondvoice.vault import make_box_keys, make_data_key, seal_to, wrap_with_recovery_code
from tests.site.addresses import sit_down

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.cast import Someone

CRITIC = "I messed up again. I am such an idiot."
HERE = {"Sec-Fetch-Site": "same-origin"}


def public_key(someone: Someone) -> bytes:
    return base64.b64decode(someone.client.get("/waiting/key/").json()["public"])


def item(what: str, path: str, /, **fields: str) -> dict[str, Any]:
    """A waiting write as a device would seal it."""
    return {
        "v": 1,
        "what": what,
        "path": path,
        "at": "2026-03-04T21:05:06.789Z",
        "day": "2026-03-04",
        "fields": list(fields.items()),
    }


def send(
    someone: Someone,
    written: Any,
    *,
    id_: UUID | None = None,
    public: bytes | None = None,
    bound_to: UUID | None = None,
    **headers: str,
) -> HttpResponse:
    id_ = id_ or make_id()
    box = seal_to(
        public or public_key(someone),
        json.dumps(written).encode(),
        bound_to=(bound_to or id_).bytes,
    )
    body = json.dumps({"id": str(id_), "box": base64.b64encode(box).decode()})
    response: HttpResponse = someone.client.post(
        "/waiting/send/", body, content_type="application/json", headers={**HERE, **headers}
    )
    return response


def moments(someone: Someone) -> list[Moment]:
    return [kept.value for kept in someone.door.all("moment")]


def test_a_moment_is_kept_at_the_time_at_which_it_was_written(alice: Someone) -> None:
    written = item("moment", "/waiting/write/moment/", voice=CRITIC, before="6", kind_words="Rest.")
    assert send(alice, written).status_code == 200
    (kept,) = alice.door.all("moment")
    moment = kept.value
    assert (moment.voice, moment.before, moment.kind_words) == (CRITIC, 6, "Rest.")
    assert moment.step is Step.WORDS
    assert kept.happened_at.isoformat() == "2026-03-04T21:05:06.789000+00:00"
    assert "self_judgment" in moment.marks


def test_sent_twice_it_is_kept_once_also_after_it_was_edited_or_deleted(alice: Someone) -> None:
    written, id_ = item("moment", "/waiting/write/moment/", voice=CRITIC), make_id()
    public = public_key(alice)
    for _ in range(2):
        assert send(alice, written, id_=id_, public=public).status_code == 200
    (kept,) = alice.door.all("moment")
    alice.client.post(f"/moments/{kept.thing}/notice/", {"voice": "Something else."})
    assert send(alice, written, id_=id_, public=public).status_code == 200
    assert [moment.voice for moment in moments(alice)] == ["Something else."]
    alice.door.delete(kept.thing, "moment")
    assert send(alice, written, id_=id_, public=public).status_code == 200
    assert moments(alice) == []


def test_a_step_written_without_a_network_goes_into_its_moment(alice: Someone) -> None:
    thing = make_id()
    alice.client.post(f"/moments/{thing}/notice/", {"voice": CRITIC})
    written = item("moment", f"/moments/{thing}/answer/", name_it="It hurts.", kind_words="Rest.")
    assert send(alice, written).status_code == 200
    (moment,) = moments(alice)
    assert (moment.voice, moment.name_it, moment.kind_words) == (CRITIC, "It hurts.", "Rest.")


def test_a_draft_that_came_earlier_is_the_same_words(alice: Someone) -> None:
    thing = make_id()
    alice.client.post(f"/moments/{thing}/draft/notice/", {"voice": CRITIC[:9]})
    for words in (CRITIC, CRITIC[:9]):
        send(alice, item("moment", f"/moments/{thing}/notice/", voice=words, happened=""))
        assert [moment.voice for moment in moments(alice)] == [CRITIC]


def test_what_two_devices_wrote_survives_both(alice: Someone) -> None:
    thing = make_id()
    alice.client.post(f"/moments/{thing}/notice/", {"voice": CRITIC})
    alice.client.post(f"/moments/{thing}/answer/", {"kind_words": "From the laptop."})
    written = item("moment", f"/moments/{thing}/answer/", kind_words="From the phone.")
    assert send(alice, written).status_code == 200
    assert {moment.kind_words for moment in moments(alice)} == {
        "From the laptop.",
        "From the phone.",
    }
    # What both answer stands with each.
    assert {moment.voice for moment in moments(alice)} == {CRITIC}


def test_what_was_written_for_a_moment_that_was_deleted_is_not_lost(alice: Someone) -> None:
    thing = make_id()
    alice.client.post(f"/moments/{thing}/notice/", {"voice": CRITIC})
    alice.door.delete(thing, "moment")
    send(alice, item("moment", f"/moments/{thing}/answer/", kind_words="From the phone."))
    (kept,) = alice.door.all("moment")
    assert kept.value.kind_words == "From the phone."
    assert kept.thing != thing


def test_a_check_in_fills_its_day_and_empties_nothing(alice: Someone) -> None:
    send(alice, item("check_in", "/measures/check-in/", day="4", hard="", kind="7"))
    send(alice, item("check_in", "/measures/check-in/", day="", hard="2", kind=""))
    (kept,) = alice.door.all("check_ins")
    day = kept.value.on(date(2026, 3, 4))
    assert (day.day, day.hard, day.kind) == (4, 2, 7)
    send(alice, item("check_in", "/measures/check-in/", day="9", hard="", kind=""))
    numbers = [
        revision.value.on(date(2026, 3, 4)).day
        for revision in alice.door.revisions("check_ins", kept.thing)
    ]
    assert (numbers[0], numbers[-1]) == (9, 4), "The other device's number stays in the revisions."


def test_a_practice_is_kept_with_how_it_landed(alice: Someone) -> None:
    assert send(alice, item("practice", "/minute/landed/", landed="lighter")).status_code == 200
    (kept,) = alice.door.all("practice")
    assert kept.value == Practice("minute", "lighter")
    assert kept.happened_at.date() == date(2026, 3, 4)


def test_a_clock_that_is_wrong_keeps_nothing_in_the_future(alice: Someone) -> None:
    written = item("moment", "/waiting/write/moment/", voice=CRITIC)
    for at in ("2099-01-01T00:00:00Z", "1970-01-01T00:00:00Z"):
        send(alice, {**written, "at": at})
    ids = [(kept.happened_at, kept.kept_at) for kept in alice.door.all("moment")]
    assert len(ids) == 2
    assert all(abs((happened - kept).total_seconds()) < 5 for happened, kept in ids)


def test_a_locked_diary_and_a_stranger_take_nothing(alice: Someone) -> None:
    public = public_key(alice)
    written = item("moment", "/waiting/write/moment/", voice=CRITIC)
    assert (
        send(alice, written, public=public, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    )
    alice.client.post("/lock/")
    assert send(alice, written, public=public).status_code == 423
    assert alice.client.get("/waiting/key/").status_code == 423
    assert moments(alice) == []


def test_a_box_for_another_diary_or_moved_to_another_id_is_told_from_a_broken_one(
    alice: Someone,
) -> None:
    public_key(alice)
    written = item("moment", "/waiting/write/moment/", voice=CRITIC)
    _, others = make_box_keys()
    assert send(alice, written, public=others).status_code == 409
    assert send(alice, written, bound_to=make_id()).status_code == 409
    body = json.dumps({"id": str(make_id()), "box": base64.b64encode(b"\2" * 200).decode()})
    newer = alice.client.post("/waiting/send/", body, "application/json", headers=HERE)
    assert newer.status_code == 426
    for broken in ("", "[]", '{"id": 1}', '{"id": "x", "box": "?"}', "null"):
        response = alice.client.post("/waiting/send/", broken, "application/json", headers=HERE)
        assert response.status_code == 422, broken


@pytest.mark.parametrize(
    "written",
    [
        {},
        [],
        item("nothing", "/"),
        item("moment", "/nowhere/"),
        item("moment", "/moments/", voice="   "),
        item("check_in", "/measures/check-in/", day="11"),
        item("practice", "/minute/landed/", landed="great"),
        {**item("moment", "/", voice="x"), "day": "yesterday"},
        {**item("moment", "/", voice="x"), "at": "2026-03-04T21:05:06"},
        {**item("moment", "/", voice="x"), "fields": "voice"},
    ],
)
def test_what_cannot_be_kept_is_refused_and_leaves_nothing(alice: Someone, written: Any) -> None:
    response = send(alice, written)
    assert response.status_code == 422
    assert list(alice.door.all("received")) == []
    assert moments(alice) == []


def test_what_a_newer_program_wrote_is_left_where_it_is(alice: Someone) -> None:
    assert send(alice, {"v": 2}).status_code == 426


def test_the_key_stays_and_phrases_come_with_it(alice: Someone) -> None:
    first = alice.client.get("/waiting/key/").json()
    assert (first["phrases"], first["wishes"]) == ([], [])
    for words in ("You did your best.", "x" * 161, "You did your best."):
        thing = make_id()
        alice.client.post(f"/moments/{thing}/notice/", {"voice": CRITIC})
        alice.client.post(f"/moments/{thing}/answer/", {"kind_words": words})
    second = alice.client.get("/waiting/key/").json()
    assert second == {**first, "phrases": ["You did your best."]}


def test_after_the_data_key_was_changed_devices_seal_to_another_pair(alice: Someone) -> None:
    """Whoever had a copy from before, and opened it, has the private half of the pair before."""
    before, waited = public_key(alice), item("moment", "/pocket/", voice=CRITIC)
    new = make_data_key()
    wraps = [wrap_with_recovery_code(new, alice.code, person=alice.person)]
    change_data_key(alice.person, alice.data_key, new, wraps, also=lambda: None)
    alice.data_key = new
    sit_down(alice)
    now = public_key(alice)
    assert now != before
    assert public_key(alice) == now
    for pair in (before, now):
        assert send(alice, waited, public=pair).status_code == 200
    assert [moment.voice for moment in moments(alice)] == [CRITIC, CRITIC]
