"""Over time, beside self-esteem, check-ins, scores from elsewhere, the person's own figures."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from secondvoice.measures import demo
from secondvoice.measures.kept import month_thing
from secondvoice.measures.record import CheckIn, CheckIns, MeasureChoices, OwnFigures, Taking
from secondvoice.practices.pace import pace_of
from tests.cast import move_in

if TYPE_CHECKING:
    from django.http import HttpResponse

    from secondvoice.measures.views.over_time import Panel
    from tests.cast import Someone

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def take(someone: Someone, total: float, on: datetime, name: str = "scs-sf") -> None:
    scores = {"total": total, "compassionate": total, "uncompassionate": 6 - total}
    someone.door.keep(Taking(name, done=True, scores=scores), happened_at=on)


def panels(someone: Someone) -> dict[str, Panel]:
    page = someone.client.get("/measures/over-time/")
    assert page.status_code == 200
    return {panel.id: panel for panel in page.context["panels"]}


def text(page: HttpResponse) -> str:
    return page.content.decode()


def test_nothing_yet_is_said_kindly(alice: Someone) -> None:
    assert "There is nothing to draw yet" in text(alice.client.get("/measures/over-time/"))


def test_one_score_is_drawn_and_nothing_is_made_of_it(alice: Someone) -> None:
    take(alice, 2.5, NOON)
    panel = panels(alice)["scs-sf"]
    assert panel.sentence.startswith("One score so far: 2.5, on 2 March 2026.")
    assert panel.rows == [("2 March 2026", "2.5", "2.5", "3.5")]


def test_total_and_both_sides_are_drawn_together(alice: Someone) -> None:
    for week in range(3):
        take(alice, 2.5 + week / 10, NOON + timedelta(weeks=2 * week))
    panel = panels(alice)["scs-sf"]
    assert [line.name for line in panel.chart.lines] == ["total", "kind", "critical"]
    assert panel.heads == ("Day", "total", "compassionate", "critical")


def test_a_small_difference_is_no_reliable_change_with_its_figures_beside(alice: Someone) -> None:
    take(alice, 2.5, NOON)
    take(alice, 3.0, NOON + timedelta(weeks=2))
    panel = panels(alice)["scs-sf"]
    assert "No reliable change: 2.5 then, 3 now." in panel.sentence
    assert "r = 0.84 (ICC, n = 121, Alfonsson 2023, abstract; read there)" in panel.basis
    assert panel.chart.band.startswith("M")


def test_from_five_takings_on_the_own_range_is_used(alice: Someone) -> None:
    for week, total in enumerate([2.5, 2.6, 2.5, 2.6, 2.5, 4.0]):
        take(alice, total, NOON + timedelta(weeks=2 * week))
    panel = panels(alice)["scs-sf"]
    assert "A reliable change: the newest score is higher than your own usual range" in (
        panel.sentence
    )
    assert "your own usual range" in panel.band


def test_no_band_is_drawn_where_no_error_is_known(alice: Someone) -> None:
    take(alice, 3, NOON, "ipip-self-esteem")
    panel = panels(alice)["ipip-self-esteem"]
    assert panel.chart.band == ""
    assert panel.band.startswith("No band is drawn")


def test_a_gap_of_months_is_a_gap_in_the_line(alice: Someone) -> None:
    for weeks in (0, 2, 4, 30, 32, 34):
        take(alice, 2.5, NOON + timedelta(weeks=weeks))
    path = panels(alice)["scs-sf"].chart.lines[0].path
    assert path.count("M") == 2


def test_own_figures_take_the_place_of_the_published_ones_and_say_so(alice: Someone) -> None:
    take(alice, 2.5, NOON)
    take(alice, 3.0, NOON + timedelta(weeks=2))
    page = alice.client.post("/measures/choices/scs-sf/", {"r": "0.95", "sd": "0.5"})
    assert page.url == "/measures/over-time/#scs-sf"
    panel = panels(alice)["scs-sf"]
    assert "A reliable change" in panel.sentence
    assert "r = 0.95 (set by you; yours); SD = 0.5 (set by you; yours)" in panel.basis
    alice.client.post("/measures/choices/scs-sf/", {"r": "", "sd": ""})
    assert "No reliable change" in panels(alice)["scs-sf"].sentence


def test_figures_outside_their_range_are_refused_with_a_sentence(alice: Someone) -> None:
    page = alice.client.post("/measures/choices/scs-sf/", {"r": "1.2", "sd": ""})
    assert "A reliability r lies between 0 and 1." in text(page)
    page = alice.client.post("/measures/choices/ipip-self-esteem/", {"r": "0.9", "sd": ""})
    assert "Give both r and SD here" in text(page)
    assert alice.door.latest("measure_choices") is None


def test_choosing_how_often_keeps_the_own_figures(alice: Someone) -> None:
    own = {"scs-sf.total": OwnFigures(0.9, 0.6)}
    alice.door.keep(MeasureChoices(figures=own))
    alice.client.post("/measures/choices/", {"weeks": "4"})
    kept = alice.door.latest("measure_choices")
    assert kept is not None
    assert kept.value == MeasureChoices(weeks=4, figures=own)


def test_a_check_in_takes_a_second_and_the_last_of_a_day_counts(alice: Someone) -> None:
    alice.client.post("/measures/check-in/", {"day": "4", "hard": "", "kind": "6"})
    page = alice.client.post("/measures/check-in/", {"day": "5", "hard": "2", "kind": ""})
    assert page.url == "/measures/"
    (kept,) = [item.value for item in alice.door.all("check_ins")]
    said = [kept.numbers(question)[-1] for question in ("day", "hard", "kind")]
    assert said == [5, 2, None]
    assert panels(alice)["check-ins"].sentence.startswith("One check-in so far, on")


@pytest.mark.parametrize(("hard", "floor"), [("7", False), ("8", True)])
def test_on_a_day_that_was_very_hard_only_the_floor_is_offered(
    alice: Someone, hard: str, floor: bool
) -> None:
    alice.client.post("/measures/check-in/", {"day": "", "hard": hard, "kind": ""})
    assert pace_of(alice.door).grounding_only(datetime.now(UTC)) is floor


def test_an_empty_check_in_keeps_nothing(alice: Someone) -> None:
    alice.client.post("/measures/check-in/", {"day": "", "hard": "", "kind": ""})
    assert list(alice.door.all("check_ins")) == []


def test_a_number_that_is_none_is_refused(alice: Someone) -> None:
    page = alice.client.post("/measures/check-in/", {"day": "11"})
    assert page.status_code == 200
    assert 'class="error"' in text(page)


def test_many_check_ins_are_drawn_as_weeks_and_months(alice: Someone) -> None:
    for back in range(30):
        first = date(2026 - back // 12, 12 - back % 12, 1)
        month = CheckIns(first)
        for day in range(1, 28):
            month = month.with_day(first.replace(day=day), CheckIn(day % 11, 3, 4))
        alice.door.keep(month, thing=month_thing(first), happened_at=NOON)
    panel = panels(alice)["check-ins"]
    assert panel.sentence.startswith("810 check-ins from 1 July 2024 to 27 December 2026.")
    # One point a month: thirty of them.
    assert panel.chart.lines[0].path.count("L") == 29
    assert len(panel.rows) == 40
    assert panel.older


def test_a_score_from_elsewhere_stands_among_the_charts(alice: Someone) -> None:
    page = alice.client.post("/measures/elsewhere/rses/", {"on": "2026-03-02", "total": "21"})
    assert page.url == "/measures/over-time/#rses"
    assert "21, on 2 March 2026" in panels(alice)["rses"].sentence


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"on": "2026-03-02", "total": "31"}, "lies outside of what this score can be"),
        ({"on": "2026-03-02"}, "One score is enough"),
        ({"on": "2999-01-01", "total": "3"}, "still to come"),
        ({"total": "3"}, "Write the day"),
    ],
)
def test_a_score_that_cannot_be_is_refused(
    alice: Someone, fields: dict[str, str], said: str
) -> None:
    page = alice.client.post("/measures/elsewhere/rses/", fields)
    assert said in text(page)
    assert list(alice.door.all("taking")) == []


def test_no_question_of_a_card_is_shown(alice: Someone) -> None:
    assert alice.client.get("/measures/about/rses/").url == "/measures/elsewhere/rses/"
    assert alice.client.get("/measures/elsewhere/scs-sf/").status_code == 404


def test_with_little_it_says_that_it_is_too_early(alice: Someone) -> None:
    page = text(alice.client.get("/measures/beside/"))
    assert "It is too early to hold them side by side." in page
    assert "Too little to say: 0 scores" in page


def test_with_a_year_of_it_the_swings_stand_beside_each_other(alice: Someone) -> None:
    demo.fill(alice.door, date(2026, 3, 2))
    page = text(alice.client.get("/measures/beside/"))
    assert "With you, self-esteem swings more with the days" in page
    assert "Neff and Vonk 2009" in page
    assert "<svg" in page


def test_what_one_person_measured_another_does_not_see(alice: Someone) -> None:
    bob = move_in()
    demo.fill(bob.door, date(2026, 3, 2))
    assert panels(alice) == {}


def test_the_chart_has_its_words_and_its_numbers_for_who_does_not_see_it(alice: Someone) -> None:
    demo.fill(alice.door, date(2026, 3, 2))
    page = text(alice.client.get("/measures/over-time/"))
    assert page.count('<svg class="chart"') == page.count("<table") == 4
    for drawn in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        assert "#" not in re.sub(r'href="[^"]*"', "", drawn)
        assert "style" not in drawn
