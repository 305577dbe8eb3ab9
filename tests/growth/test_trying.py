"""An experiment on oneself, as pages: planned before it begins, told, read once, stopped, deleted."""

from __future__ import annotations

import html as entities
import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from secondvoice import practices as room
from secondvoice.growth.record import Experiment
from secondvoice.growth.trials import begun, open_days, plan_of, result_of, running
from secondvoice.practices.pace import chosen_smaller, pace_of, set_pace
from secondvoice.records import make_id
from secondvoice.records.errors import Unreadable
from secondvoice.records.kinds import decode, plain
from secondvoice.records.models import Incoming, bring_in
from tests.growth import life

if TYPE_CHECKING:
    from uuid import UUID

    from tests.cast import Someone

ALL = "/growth/experiments/"
MARCH = date(2026, 3, 2)


def shown(someone: Someone, path: str = ALL) -> str:
    response = someone.client.get(path, headers={"Accept-Encoding": "identity"})
    assert response.status_code == 200
    return entities.unescape(response.content.decode())


def planned(someone: Someone, **other: str) -> UUID | None:
    today = timezone.localdate()
    fields = {"one": "soles", "other": "", "size": "short", "start": str(today + timedelta(days=1))}
    someone.client.post(ALL, fields | other)
    kept = someone.door.latest("self_experiment")
    return None if kept is None else kept.thing


def kept(someone: Someone, thing: UUID) -> Experiment:
    value = someone.door.get("self_experiment", thing).value
    assert isinstance(value, Experiment)
    return value


def test_the_plan_is_there_before_the_first_day(alice: Someone) -> None:
    thing = planned(alice, other="hands", size="usual")
    assert thing
    page = shown(alice, f"{ALL}{thing}/")
    assert "8 pairs of blocks of 3 days" in page
    assert "with “Soles of the feet”, or with “Hands, back or sounds”?" in page
    assert "It begins on" in page
    assert "This evening" not in page
    assert page.count("<tr") == 1 + 16


def test_the_plan_stays_as_it_was_written_and_the_lot_too(alice: Someone) -> None:
    thing = planned(alice)
    assert thing
    first, again = kept(alice, thing), kept(alice, thing)
    assert plan_of(first) == plan_of(again)
    whats = [block.what for block in plan_of(first).blocks]
    assert whats.count("soles") == whats.count("") == 6
    assert first.plan == plan_of(first).sentences({"soles": "“Soles of the feet”"})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"start": str(date(2020, 1, 1))}, "from tomorrow on"),
        ({"start": "soon"}, "from tomorrow on"),
        ({"other": "soles"}, "Choose two that differ"),
        ({"one": "critic"}, "Choose one of those"),
        ({"size": "endless"}, "Choose one of those"),
    ],
)
def test_what_cannot_be_planned_is_said_at_its_place(
    alice: Someone, wrong: dict[str, str], said: str
) -> None:
    start = str(timezone.localdate() + timedelta(days=1))
    fields = {"one": "soles", "other": "", "size": "short", "start": start} | wrong
    response = alice.client.post(ALL, fields)
    assert said in response.content.decode()
    assert list(alice.door.all("self_experiment")) == []


def test_one_change_at_a_time(alice: Someone) -> None:
    first = planned(alice)
    assert planned(alice, one="hands") == first
    assert 'name="one"' not in shown(alice)


def test_a_small_pace_leaves_out_what_opens(alice: Someone) -> None:
    set_pace(alice.door, chosen_smaller)
    page = shown(alice)
    assert 'value="soles"' in page
    assert 'value="break"' not in page


def test_the_day_says_what_it_is_for_and_takes_a_number(alice: Someone) -> None:
    today = timezone.localdate()
    thing = life.experiment(alice.door, today - timedelta(days=3), today - timedelta(days=2))
    block = plan_of(kept(alice, thing)).on(today)
    assert block
    page = shown(alice, f"{ALL}{thing}/")
    assert ("Today is a day for" if block.what else "Today is a day without") in page
    where = f"{ALL}{thing}/day/"
    alice.client.post(where, {"on": str(today), "hard": "6", "done": "yes"})
    alice.client.post(where, {"on": str(today), "hard": "4", "done": "no"})
    told = kept(alice, thing).on(today)
    assert (told.hard, told.done) == (4, False)
    assert "There is a number for this day" in shown(alice, f"{ALL}{thing}/")


def test_a_number_of_last_week_is_not_taken(alice: Someone) -> None:
    today = timezone.localdate()
    thing = life.experiment(alice.door, today - timedelta(days=9), today - timedelta(days=9))
    before = kept(alice, thing).days
    long_ago = {"on": str(today - timedelta(days=5)), "hard": "3"}
    assert alice.client.post(f"{ALL}{thing}/day/", long_ago).status_code == 404
    no_number = {"on": str(today), "hard": "11"}
    assert alice.client.post(f"{ALL}{thing}/day/", no_number).status_code == 404
    assert kept(alice, thing).days == before


def test_nothing_is_worked_out_while_it_runs(alice: Someone) -> None:
    today = timezone.localdate()
    thing = life.experiment(alice.door, today - timedelta(days=47), today)
    page = shown(alice, f"{ALL}{thing}/")
    assert "What came of it" not in page
    assert "less hard by" not in page.lower()


def test_a_difference_is_told_with_its_interval_and_its_chance(alice: Someone) -> None:
    today = timezone.localdate()
    thing = life.experiment(alice.door, today - timedelta(days=60), today, helps=2.5)
    page = shown(alice, f"{ALL}{thing}/")
    assert re.search(
        r"Days were less hard with “A kindness you can do”, by about [\d½]+ to [\d½]+ points", page
    )
    found = re.search(
        r"less hard by (\d\.\d) points of 10; the 95 % interval goes from (\S+)", page
    )
    assert found
    assert 0 < float(found[2]) < float(found[1])
    assert page.count('class="dots__dot"') == page.count("dots__dot--weak") == 8
    assert page.count('<tr><th scope="row">') >= 8


def test_no_difference_is_a_result(alice: Someone) -> None:
    today = timezone.localdate()
    thing = life.experiment(alice.door, today - timedelta(days=60), today, helps=0.0)
    assert "No difference seen. If there is one" in shown(alice, f"{ALL}{thing}/")
    assert "No difference seen" in shown(alice)


def test_it_can_be_ended_early_and_nothing_is_said_of_it(alice: Someone) -> None:
    today = timezone.localdate()
    thing = life.experiment(alice.door, today - timedelta(days=20), today)
    alice.client.post(f"{ALL}{thing}/stop/")
    assert kept(alice, thing).stopped
    page = shown(alice, f"{ALL}{thing}/")
    assert "You ended it early" in page
    assert "This evening" not in page
    assert 'name="one"' in shown(alice)


def test_it_can_be_deleted_and_brought_back(alice: Someone) -> None:
    thing = planned(alice)
    alice.client.post(f"{ALL}{thing}/delete/")
    assert alice.client.get(f"{ALL}{thing}/").status_code == 404
    assert "can be brought back" in shown(alice)
    alice.client.post(f"{ALL}{thing}/restore/")
    assert "It begins on" in shown(alice, f"{ALL}{thing}/")


def test_a_very_hard_number_brings_people_first(alice: Someone) -> None:
    today = timezone.localdate()
    thing = life.experiment(alice.door, today - timedelta(days=3), today - timedelta(days=2))
    alice.client.post(f"{ALL}{thing}/day/", {"on": str(today), "hard": "9"})
    page = shown(alice, f"{ALL}{thing}/")
    assert 'href="/support/"' in page
    assert "This evening" not in page
    assert pace_of(alice.door).very_hard(timezone.now())


def test_after_words_of_danger_no_experiment_is_offered(alice: Someone) -> None:
    room.heard_danger(alice.door)
    assert 'name="one"' not in shown(alice)


def test_nobody_elses_experiment_is_found(alice: Someone) -> None:
    for path in ("", "day/", "stop/", "delete/", "restore/"):
        address = f"{ALL}00000000-0000-7000-8000-000000000000/{path}"
        ask = alice.client.post if path else alice.client.get
        assert ask(address).status_code == 404


def test_the_rules_without_a_page() -> None:
    made = begun("soles", "hands", MARCH, "short", 5)
    last = plan_of(made).last
    assert last == MARCH + timedelta(days=23)
    assert running(made, last)
    assert not running(made, last + timedelta(days=1))
    assert open_days(made, MARCH) == [MARCH]
    assert open_days(made, last + timedelta(days=1)) == [last]
    assert result_of(made, last).verdict == "running"
    assert result_of(made, last + timedelta(days=1)).verdict == "early"


@pytest.mark.parametrize(
    "wrong",
    [
        {"pairs": 2},
        {"block_days": 0},
        {"settle": 9},
        {"other": "soles"},
        {"seed": "heads"},
        {"start": "9999-12-20"},
        {"days": [{"on": "2026-03-02", "hard": 11}]},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_one_from_which_no_plan_follows_is_told_and_breaks_no_page(
    alice: Someone, wrong: dict[str, object]
) -> None:
    """As a file from elsewhere, or one that was changed by hand, could bring it."""
    whole = plain(begun("soles", "", MARCH, "short", 3))
    with pytest.raises(Unreadable):
        decode("self_experiment", 1, json.dumps(whole | wrong).encode())
    thing = make_id()
    arriving = Incoming(
        place=2,
        thing=thing,
        id=thing,
        kind="self_experiment",
        version=1,
        happened_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
        value=whole | wrong,
    )
    arrived = bring_in(alice.door, [arriving])
    assert len(arrived.skipped) == 1
    shown(alice)
