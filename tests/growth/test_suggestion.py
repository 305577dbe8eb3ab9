"""What is offered: inside the safety rules, the same all day, and never what was refused."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from secondvoice.growth.helps import Estimate, day_seed, suggest
from secondvoice.practices.catalogue import practices
from secondvoice.practices.pace import GROUNDING, Pace, offered

NOW = datetime(2026, 6, 1, 20, tzinfo=UTC)
ALICE = UUID("0f6f3f0a-9b6e-4b7b-8d55-6f6c0a9d2e41")
BOB = UUID("1f6f3f0a-9b6e-4b7b-8d55-6f6c0a9d2e42")


def estimate(what: str, mid: float, verdict: str = "early", **more: Any) -> Estimate:
    sides = {"low": mid - 0.4, "mid": mid, "high": mid + 0.4}
    fixed: dict[str, Any] = {"kind": "", "times": 14, "sentence": "", "own": 0.3}
    return Estimate(what=what, verdict=verdict, **{**sides, **fixed, **more})


HELPS = estimate("letter", 2.0, "helps")
NONE = estimate("thanks", 0.1, "none")
HEAVIER = estimate("scan", -1.5, "heavier")


def counted(estimates: list[Estimate], offered: list[str], **more: Any) -> Counter[str]:
    found = [suggest(estimates, offered, seed=seed, **more) for seed in range(400)]
    return Counter(each.what for each in found if each)


def test_what_helps_is_offered_most_and_the_rest_now_and_then() -> None:
    unsure = estimate("friend", 1.6, own=1.2)
    often = counted([HELPS, NONE, unsure], ["letter", "thanks", "friend"])
    assert often["letter"] > 250
    assert 20 < often["friend"] < 150
    assert often["thanks"] < 5


def test_each_says_why() -> None:
    known = suggest([HELPS], ["letter", "thanks"], seed=1)
    assert known is not None
    assert (known.what, known.reason) == ("letter", "known")
    assert known.sentence == "It probably helped you before: 14 times so far."
    reasons = {
        found.reason
        for seed in range(400)
        if (found := suggest([NONE, estimate("vow", 0.3)], ["thanks", "vow", "walk"], seed=seed))
    }
    assert reasons == {"same", "open", "new"}


def test_after_words_of_danger_only_grounding_is_offered_however_much_else_helped() -> None:
    pace = Pace(danger_at=NOW)
    allowed = [each.id for each in practices().values() if offered(each, pace, now=NOW)]
    assert set(counted([HELPS], allowed)) == set(GROUNDING)


def test_at_a_smaller_pace_nothing_that_stirs_old_pain_is_offered() -> None:
    pace = Pace(smaller=True)
    allowed = [each.id for each in practices().values() if offered(each, pace, now=NOW)]
    by_id = practices()
    found = counted([HELPS, estimate("emotion", 4, "helps")], allowed)
    assert found
    assert not any(by_id[what].opens or by_id[what].intensity > 1 for what in found)


def test_what_was_refused_for_good_never_comes_again() -> None:
    assert set(counted([HELPS], ["letter", "walk"], refused=["letter"])) == {"walk"}
    assert suggest([HELPS], ["letter"], seed=1, refused={"letter"}) is None


def test_what_made_it_heavier_is_not_offered() -> None:
    assert set(counted([HEAVIER], ["scan", "walk"])) == {"walk"}
    assert suggest([HEAVIER], ["scan"], seed=1) is None


def test_heavier_in_one_kind_of_moment_is_not_offered_in_that_kind() -> None:
    mixed = [estimate("scan", 1), estimate("scan", -1.5, "heavier", kind="isolation")]
    assert suggest(mixed, ["scan"], seed=1, kind="isolation") is None
    assert suggest(mixed, ["scan"], seed=1, kind="self_judgment") is not None


def test_for_a_kind_of_moment_what_helped_in_that_kind_counts() -> None:
    estimates = [
        HELPS,
        estimate("letter", -0.5, kind="isolation"),
        estimate("friend", 0.5),
        estimate("friend", 2.5, "helps", kind="isolation"),
    ]
    assert counted(estimates, ["letter", "friend"])["letter"] > 300
    assert counted(estimates, ["letter", "friend"], kind="isolation")["friend"] > 390


def test_the_only_one_that_fits_says_so() -> None:
    found = suggest([], ["soles"], seed=1)
    assert found is not None
    assert (found.what, found.reason) == ("soles", "only")
    assert found.sentence == "It is the one that fits today."


def test_nothing_to_offer_is_no_suggestion() -> None:
    assert suggest([HELPS], [], seed=1) is None


def test_a_page_opened_twice_offers_the_same_in_whatever_order_it_asks() -> None:
    seed = day_seed(ALICE, date(2026, 6, 1))
    first = suggest([HELPS, NONE], ["letter", "thanks", "walk"], seed=seed)
    assert first == suggest([NONE, HELPS], ["walk", "letter", "thanks"], seed=seed)


def test_each_person_and_each_day_has_a_seed_of_its_own() -> None:
    seeds = {day_seed(who, date(2026, 6, day)) for who in (ALICE, BOB) for day in range(1, 31)}
    assert len(seeds) == 60
    assert all(0 <= seed < 2**64 for seed in seeds)
