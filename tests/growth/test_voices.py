"""The two voices over time: what is counted, how sure it is, and when nothing is shown."""

from __future__ import annotations

import html as entities
import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from secondvoice import practices as room
from secondvoice.growth import drawing, figures
from secondvoice.growth.voices import noted, periods, rules
from secondvoice.moments.record import Moment, SetAside, Step
from tests.growth.life import id_at, live

if TYPE_CHECKING:
    from tests.cast import Someone

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)


def shown(someone: Someone) -> str:
    response = someone.client.get("/growth/", headers={"Accept-Encoding": "identity"})
    assert response.status_code == 200
    return entities.unescape(response.content.decode())


def panel(page: str, name: str) -> str:
    return page.split(f'id="{name}"')[1].split("</section>", maxsplit=1)[0]


def test_intervals_are_those_of_the_books() -> None:
    low, mid, high = figures.mean([1, 2, 3, 4, 5]) or (0, 0, 0)
    assert mid == 3
    # t(4) = 2.776, SD 1.5811
    assert low == pytest.approx(3 - 2.776 * 1.5811 / 5**0.5, abs=0.02)
    assert high - mid == pytest.approx(mid - low)
    # Newcombe (1998), 81 of 263: 0.2553 to 0.3662
    assert figures.share(81, 263) == pytest.approx((0.2553, 0.3080, 0.3662), abs=1e-4)
    assert figures.share(0, 0) is None
    # The ranks of the median of ten: the second and the ninth.
    assert figures.middle(range(10)) == (1, 4.5, 8)


def test_too_few_figures_have_no_interval() -> None:
    assert figures.mean([1, 2, 3]) is None
    assert figures.middle([1, 2, 3, 4, 5]) is None
    assert figures.middle([1, 2, 3, 4, 5, 6]) == (1, 3.5, 6)


@pytest.mark.parametrize(("one", "other", "differs"), [(9, 5, False), (15, 4, True), (0, 5, False)])
def test_two_counts_differ_where_chance_would_seldom_do_it(
    one: int, other: int, differs: bool
) -> None:
    assert figures.differ(one, other) is differs
    assert figures.differ(other, one) is differs


def test_periods_are_whole_and_leave_none_out(alice: Someone) -> None:
    for ago in (0, 3, 40):
        alice.door.keep(Moment(voice="x"), happened_at=NOW - timedelta(days=ago))
    found = periods(noted(alice.door.all("moment"), UTC), NOW.date())
    assert [len(one.noted) for one in found] == [1, 0, 0, 0, 0, 1, 1]
    assert found[0].first == date(2026, 4, 27)
    assert found[-1].label == "8 Jun"
    alice.door.keep(Moment(voice="x"), happened_at=NOW - timedelta(days=800))
    found = periods(noted(alice.door.all("moment"), UTC), NOW.date())
    assert (found[0].label, found[-1].label, len(found)) == ("Apr 24", "Jun 26", 27)
    alice.door.keep(Moment(voice="x"), happened_at=NOW - timedelta(days=5000))
    found = periods(noted(alice.door.all("moment"), UTC), NOW.date())
    assert (found[0].label, found[-1].label, len(found)) == ("2012", "2026", 15)


def test_how_soon_counts_only_what_was_written_down_at_the_time(alice: Someone) -> None:
    done = Moment(step=Step.DONE, voice="x", kind_words="y")
    soon = id_at(NOW + timedelta(minutes=25))
    alice.door.keep(done, thing=id_at(NOW), id=soon, happened_at=NOW)
    alice.door.keep(done, thing=id_at(NOW), happened_at=NOW - timedelta(days=200))
    alice.door.keep(Moment(voice="x"), thing=id_at(NOW), happened_at=NOW)
    found = [one.minutes for one in noted(alice.door.all("moment"), UTC)]
    assert sorted(found, key=str) == [pytest.approx(25), None, None]


def test_rules_are_read_and_what_was_set_aside_is_not_counted(alice: Someone) -> None:
    line = "They all think I am a fraud. I will never get anything right."
    alice.door.keep(Moment(voice=line))
    counts, looked = rules(alice.door.all("moment"))
    assert looked == 1
    assert counts
    for name in counts:
        aside = Moment(voice=line, set_aside=(SetAside("assumption", name, "x"),))
        alice.door.keep(aside)
    again, looked = rules(alice.door.all("moment"))
    assert looked == 1 + len(counts)
    assert all(again[name] == len(counts) for name in counts)


def test_a_drawing_holds_every_interval_and_a_gap_where_nothing_is() -> None:
    of = [drawing.Column("a", (1, 2, 3)), drawing.Column("b", None), drawing.Column("c", (2, 3, 4))]
    drawn = drawing.columns(of)
    assert drawn.stems.count("M") == drawn.points.count("M") == 2
    assert [tick.label for tick in drawn.along] == ["a", "b", "c"]
    assert [tick.label for tick in drawn.up] == ["0", "2", "4"]
    dots = drawing.dots([drawing.Figure("x", -9, 0, 9)], least=-1, most=3, step=1)
    assert dots.rows[0].stroke == f"M14.0 {dots.rows[0].y:.1f}H346.0"
    assert [tick.label for tick in dots.ticks] == ["−1", "0", "1", "2", "3"]


def test_a_page_without_a_moment_shows_where_to_begin(alice: Someone) -> None:
    page = shown(alice)
    assert "It begins with one moment" in page
    assert "<svg class" not in page


def test_one_moment_is_told_and_nothing_is_claimed_of_it(alice: Someone) -> None:
    alice.door.keep(Moment(voice="You forgot it again.", before=6))
    page = shown(alice)
    assert "you noticed it once, in the four before 0 times" in panel(page, "noted")
    assert "Too few moments have a number" in panel(page, "lighter")


def test_after_a_gap_it_says_that_a_gap_is_no_step_back(alice: Someone) -> None:
    alice.door.keep(
        Moment(voice="You forgot it again."), happened_at=datetime.now(UTC) - timedelta(days=80)
    )
    page = shown(alice)
    assert "In the last eight weeks nothing was noted." in panel(page, "noted")
    assert "0 times" not in panel(page, "noted")


def test_two_years_are_drawn_told_and_in_tables(alice: Someone) -> None:
    lived = live(alice.door, datetime.now(UTC).date(), 730)
    page = shown(alice)
    counts = [int(n) for n in re.findall(r"<td>(\d+)</td>", panel(page, "noted"))]
    assert sum(counts) == lived.moments
    assert f"of {lived.moments} moments" in panel(page, "poles")
    assert re.search(r"lighter by \d\.\d points of 10 on average, \d\.\d to", page)
    assert re.search(r"half came within \d+ minutes, likely \d+ minutes to", page)
    for name in ("noted", "poles", "rules", "parts", "complete", "lighter", "soon"):
        assert panel(page, name).count("<svg") == panel(page, name).count("<table") == 1


def test_on_a_very_hard_day_no_figure_is_shown(alice: Someone) -> None:
    live(alice.door, datetime.now(UTC).date(), 60)
    room.noted_how_hard(alice.door, 10)
    page = shown(alice)
    assert "<svg class=" not in page
    assert 'href="/support/"' in page
