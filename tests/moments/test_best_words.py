"""One's own best words: the answer that once helped most is first, however long ago it was."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondvoice.arriving.own import read_export
from secondvoice.departing.own import as_json_lines
from secondvoice.departing.spans import erase_thing
from secondvoice.moments.best import ADDED_FROM, NEWEST, best_words, index_of, refresh
from secondvoice.moments.index import WORD_INDEX, WORD_INDEX_THING, Index, WordIndex
from secondvoice.moments.kept import own_words
from secondvoice.moments.record import Moment, Step
from secondvoice.moments.similar import alike, words
from secondvoice.practices.record import Practice
from secondvoice.records.ids import make_id
from secondvoice.records.kinds import decode, encode, plain
from secondvoice.records.models import bring_in, erase_things, undo_last_import
from tests.cast import move_in

if TYPE_CHECKING:
    from uuid import UUID

    from secondvoice.records.models import Outcome
    from tests.cast import Someone

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
FORM = "You forgot the school form again"


def moment(voice: str, kind: str, before: int | None = None, after: int | None = None) -> Moment:
    return Moment(step=Step.DONE, voice=voice, kind_words=kind, before=before, after=after)


def many(someone: Someone, count: int, since: datetime = NOW) -> None:
    for number in range(count):
        someone.door.keep(
            moment(f"The car was dirty on street {number}", "It is a car."),
            happened_at=since - timedelta(days=number),
        )


def test_of_answers_to_much_the_same_the_one_that_helped_most_is_first() -> None:
    earlier = [
        moment(FORM, "It is a form.", 7, 6),
        moment(FORM, "Put the kettle on first.", 8, 3),
        moment(FORM, "Nobody rated this one."),
        moment(FORM, "Try harder next time.", 5, 7),
    ]
    found = own_words(Moment(voice=f"{FORM} today"), earlier)
    assert found.kind_words == ("Put the kettle on first.", "It is a form.")


def test_an_answer_to_something_else_stays_behind_however_much_it_helped() -> None:
    earlier = [
        moment("You forgot to water the plants by the school gate", "Plants forgive.", 9, 1),
        moment(FORM, "It is a form.", 7, 7),
    ]
    assert own_words(Moment(voice=FORM), earlier).kind_words[0] == "It is a form."


def test_words_of_long_ago_are_found_again(alice: Someone) -> None:
    old = NOW - timedelta(days=4000)
    alice.door.keep(moment(FORM, "Put the kettle on first.", 8, 3), happened_at=old)
    many(alice, NEWEST + 20)
    asked, thing = Moment(voice=f"{FORM} and she saw"), make_id()
    assert best_words(alice.door, asked, thing).kind_words == ()
    refresh(alice.door)
    assert len(index_of(alice.door)) == NEWEST + 21
    assert best_words(alice.door, asked, thing).kind_words == ("Put the kettle on first.",)


def test_finishing_moments_in_the_loop_writes_the_index(alice: Someone) -> None:
    many(alice, ADDED_FROM - 1)
    thing = alice.door.keep(Moment(step=Step.SEE, voice=FORM, kind_words="Kettle.")).thing
    assert list(alice.door.all(WORD_INDEX)) == []
    alice.client.post(f"/moments/{thing}/see/", {"after": "3"})
    assert len(index_of(alice.door)) == ADDED_FROM


def test_it_is_written_again_only_once_enough_is_new(alice: Someone) -> None:
    many(alice, NEWEST)
    refresh(alice.door)
    first = alice.door.get(WORD_INDEX, WORD_INDEX_THING).id
    many(alice, 5, since=NOW + timedelta(days=30))
    refresh(alice.door)
    assert alice.door.get(WORD_INDEX, WORD_INDEX_THING).id == first
    many(alice, ADDED_FROM, since=NOW + timedelta(days=90))
    refresh(alice.door)
    assert len(index_of(alice.door)) == NEWEST + 5 + ADDED_FROM
    assert len(alice.door.revisions(WORD_INDEX, WORD_INDEX_THING)) == 1


def test_what_an_import_brings_from_long_ago_is_found_too(alice: Someone) -> None:
    many(alice, NEWEST)
    refresh(alice.door)
    many(alice, NEWEST, since=NOW - timedelta(days=3000))
    old = NOW - timedelta(days=4000)
    alice.door.keep(moment(FORM, "Put the kettle on first.", 8, 3), happened_at=old)
    refresh(alice.door)
    assert len(index_of(alice.door)) == 2 * NEWEST + 1
    assert best_words(alice.door, Moment(voice=FORM), make_id()).kind_words


def test_what_was_deleted_does_not_come_back(alice: Someone) -> None:
    old = NOW - timedelta(days=4000)
    gone = alice.door.keep(moment(FORM, "Put the kettle on first."), happened_at=old).thing
    many(alice, NEWEST + 20)
    refresh(alice.door)
    alice.door.delete(gone, "moment")
    assert best_words(alice.door, Moment(voice=FORM), make_id()).kind_words == ()


def held(someone: Someone) -> frozenset[bytes]:
    return index_of(someone.door).things()


def brought(to: Someone, text: str) -> Outcome:
    return bring_in(to.door, read_export(io.StringIO(text)))


def test_of_a_moment_that_was_erased_no_word_stays_in_the_index(alice: Someone) -> None:
    gone = alice.door.keep(moment(FORM, "Put the kettle on first."), happened_at=NOW).thing
    many(alice, ADDED_FROM)
    refresh(alice.door)
    assert gone.bytes in held(alice)
    erase_thing(alice.door, gone)
    assert WORD_INDEX not in {item.kind for item in alice.door.log()}
    refresh(alice.door)
    assert len(held(alice)) == ADDED_FROM


def test_erasing_something_else_leaves_the_index(alice: Someone) -> None:
    many(alice, ADDED_FROM)
    refresh(alice.door)
    erase_things(alice.person, [alice.door.keep(Practice("minute")).thing])
    assert len(held(alice)) == ADDED_FROM


def test_seven_days_after_a_moment_was_deleted_the_index_forgets_it_too(alice: Someone) -> None:
    many(alice, ADDED_FROM)
    gone = alice.door.keep(moment(FORM, "Put the kettle on first."), happened_at=NOW).thing
    refresh(alice.door)
    alice.door.delete(gone, "moment")
    assert alice.door.purge(timedelta(days=7)) == 0
    assert gone.bytes in held(alice), "It can still be brought back."
    assert alice.door.purge(timedelta(0)) == 1
    assert WORD_INDEX not in {item.kind for item in alice.door.log()}


def test_what_an_import_brought_and_was_taken_back_is_not_in_the_index(alice: Someone) -> None:
    other = move_in()
    many(other, ADDED_FROM)
    brought(alice, "".join(as_json_lines(other.door, other.person)))
    refresh(alice.door)
    assert len(held(alice)) == ADDED_FROM
    undo_last_import(alice.door)
    assert WORD_INDEX not in {item.kind for item in alice.door.log()}


def test_the_index_is_in_no_export_and_comes_in_from_none(alice: Someone) -> None:
    many(alice, ADDED_FROM)
    refresh(alice.door)
    first, *written, _ = as_json_lines(alice.door, alice.person)
    assert {json.loads(line)["kind"] for line in written} == {"moment"}
    # Earlier versions wrote it out.
    kept = alice.door.get(WORD_INDEX, WORD_INDEX_THING)
    old = json.loads(written[0]) | {
        "thing": str(kept.thing),
        "id": str(kept.id),
        "kind": WORD_INDEX,
        "value": plain(kept.value),
    }
    end = {"end": True, "records": len(written) + 1}
    other = move_in()
    outcome = brought(other, "".join([first, *written, f"{json.dumps(old)}\n", json.dumps(end)]))
    assert (outcome.new, outcome.skipped) == ({"moment": ADDED_FROM}, [])
    assert held(other) == frozenset()


def test_an_index_that_makes_no_sense_is_as_none(alice: Someone) -> None:
    alice.door.keep(WordIndex(things="AAAA", words="!"), thing=WORD_INDEX_THING)
    assert len(index_of(alice.door)) == 0


def test_the_page_of_the_answer_offers_it(alice: Someone) -> None:
    many(alice, 3)
    alice.door.keep(moment(FORM, "Put the kettle on first.", 8, 3))
    alice.door.keep(moment(FORM, "It is a form.", 7, 6))
    thing = alice.door.keep(Moment(step=Step.ANSWER, voice=f"{FORM} today")).thing
    page = alice.client.get(f"/moments/{thing}/answer/").content.decode()
    assert page.index("Put the kettle on first.") < page.index("It is a form.")


WORDS = st.sampled_from(
    ["form", "car", "kettle", "school", "sister", "late", "report", "dinner", "the", "and", "not"]
)
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=8).map(" ".join), min_size=1, max_size=30)


@given(TEXTS, st.lists(WORDS, min_size=1, max_size=6).map(" ".join))
def test_the_index_finds_what_a_look_at_each_finds(texts: list[str], asked: str) -> None:
    things = [make_id() for _ in texts]
    index = Index().with_more(list(zip(things, texts, strict=True)))
    by_text: dict[UUID, str] = dict(zip(things, texts, strict=True))
    found = {by_text[thing] for thing in index.most_alike(asked, limit=len(texts))}
    # The words that are asked for count among the others there, and here they do not: where it is
    # a near thing the two may differ.
    clear = {texts[at] for score, at in alike(asked, texts, limit=len(texts)) if score > 0.3}
    assert clear <= found
    assert all(words(text).keys() & words(asked).keys() for text in found)


@given(TEXTS, TEXTS)
def test_made_in_two_steps_or_one_it_is_the_same(first: list[str], second: list[str]) -> None:
    named = [(make_id(), text) for text in (*first, *second)]
    once = Index().with_more(named)
    read = decode(WORD_INDEX, 1, encode(Index().with_more(named[: len(first)]).kept()))
    twice = Index(read).with_more(named[len(first) :])
    assert once.kept() == twice.kept()
    assert len(once) == len(named)


def test_nothing_of_anybodys_words_stands_in_it_to_be_read() -> None:
    kept = Index().with_more([(make_id(), FORM)]).kept()
    assert "forgot" not in json.dumps(encode(kept).decode())


@pytest.mark.parametrize("text", ["", "...", "the and not"])
def test_words_that_say_nothing_find_nothing(text: str) -> None:
    index = Index().with_more([(make_id(), FORM), (make_id(), text)])
    assert index.most_alike(text, limit=5) == []
