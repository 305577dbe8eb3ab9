"""A small simulation, seeded: the promises of docs/what-helps.md, as far as a minute shows them."""

from __future__ import annotations

from benchmarks.helps.coverage import SEED, lives, told_week_by_week
from benchmarks.helps.people import NO_EFFECT, SCENARIOS, Person, World, lived, rated
from benchmarks.helps.tally import Rate
from secondvoice.growth.helps import what_helps
from secondvoice.growth.helps.estimates import LEAST_TIMES

USUAL = next(iter(SCENARIOS))


def test_the_80_percent_intervals_hold_the_truth_about_so_often() -> None:
    held = Rate()
    for life in lives(SCENARIOS[USUAL], 80):
        found = [e for e in what_helps(life.occasions, now=life.until) if e.times >= LEAST_TIMES]
        inside = sum(e.low <= life.truth[e.what, e.kind] <= e.high for e in found)
        held.add(inside, len(found))
    assert held.of > 1_000
    assert abs(held.value - 0.8) < 0.03 + held.error


def test_where_nothing_helps_hardly_anybody_is_told_that_something_does() -> None:
    told, people = Rate(), Rate()
    for life in lives(NO_EFFECT[USUAL], 80, seed=5):
        found = [e for e in what_helps(life.occasions, now=life.until) if e.times >= LEAST_TIMES]
        wrong = sum(e.verdict == "helps" for e in found)
        told.add(wrong, len(found))
        people.add(wrong > 0, bool(found))
    assert told.value < 0.05
    assert people.value < 0.1


def test_nor_is_somebody_who_looks_every_week_and_remembers_the_best() -> None:
    people = Rate()
    for life in lives(NO_EFFECT[USUAL], 50, seed=SEED + 200_150):
        told, _ = told_week_by_week(life)
        people.add(bool(told["helps"]), any(told.values()))
    # By 1.96 SDs at each look, as before, it was a quarter of these 50.
    assert people.value < 0.15


def test_what_truly_helps_by_more_than_a_point_is_mostly_found() -> None:
    found = Rate()
    for life in lives(SCENARIOS[USUAL], 60, seed=9):
        helpful = [
            e
            for e in what_helps(life.occasions, now=life.until)
            if not e.kind and e.times >= 15 and life.truth[e.what, ""] >= 1
        ]
        found.add(sum(e.verdict == "helps" for e in helpful), len(helpful))
    assert found.value > 0.75


def test_simulated_people_come_when_it_is_worst() -> None:
    person = Person.drawn(World(), 3)
    usual = [person.level_on(0)] * 300
    came = [person.hard_moment(0) for _ in usual]
    assert sum(came) / 300 > person.level_on(0) + 1


def test_the_same_seed_makes_the_same_life() -> None:
    one, other = (lived(Person.drawn(World(), 8)) for _ in range(2))
    assert one == other
    assert any(not occasion.complete for occasion in one.occasions)


def test_an_expected_rating_worked_by_hand() -> None:
    # Without noise to speak of, 6.2 is rated 6; far above the scale, 10.
    assert abs(rated(6.2, 0.01) - 6) < 1e-9
    assert abs(rated(30, 1) - 10) < 1e-9
