"""Everything over time, each chart with its sentence and its table; and two scores side by side."""

from __future__ import annotations

import math
from dataclasses import dataclass
from heapq import nlargest
from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from secondvoice.measures import charts
from secondvoice.measures.catalogue import instruments
from secondvoice.measures.change import OWN_FROM, basis, counted, latest_change, limit
from secondvoice.measures.kept import (
    CHECK_INS,
    TAKING,
    days,
    histories,
    precision_for,
)
from secondvoice.measures.swing import LEAST_PAIRS, around, further, swing
from secondvoice.measures.views.common import choices_of, in_order, places_of, shown, words_of
from secondvoice.people.views.access import unlocked
from secondvoice.tongues import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from django.http import HttpResponse
    from django.utils.safestring import SafeString

    from secondvoice.measures.change import Change, Taken
    from secondvoice.measures.instrument import Instrument, Precision
    from secondvoice.measures.record import MeasureChoices
    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door

SIDES = ("compassionate", "uncompassionate")

ROWS = 40
"""Rows of a table at most, the newest; what is older is in the export."""

LINES = {"total": "total", "compassionate": "kind", "uncompassionate": "critical"}

BESIDE = "ipip-self-esteem"
SELF_COMPASSION = ("scs-sf", "scs")


@dataclass(frozen=True, slots=True)
class Panel:
    """One chart with all that stands round it; ``rows`` are the cells of its table."""

    id: str
    title: str
    sentence: str
    chart: charts.Chart
    band: str
    heads: tuple[str, ...]
    rows: list[tuple[str, ...]]
    older: bool
    basis: str = ""
    figures: bool = False
    work: bool = True
    """Whether its title is a name, which is not translated."""

    @property
    def body(self) -> SafeString:
        """The rows as HTML; a template that walks through every cell takes ten times as long."""
        cells = "<td>{}</td>" * (len(self.heads) - 1)
        return format_html_join("\n", f'<tr><th scope="row">{{}}</th>{cells}</tr>', self.rows)


@require_GET
@unlocked
def over_time(request: Request, door: Door) -> HttpResponse:
    """A chart of each measure that was taken, and of the check-ins."""
    zone = timezone.get_current_timezone()
    choices = choices_of(door)
    here = instruments()
    t = words_of("over_time")
    taken = histories(door.all(TAKING), zone)
    panels = [
        panel
        for name in sorted(taken, key=in_order)
        if (panel := measure_panel(here[name], taken[name], choices, t))
    ]
    checked = days(door.all(CHECK_INS))
    if any(checked.values()):
        panels.append(check_in_panel(checked, t))
    return render(request, "measures/over_time.html", {"t": t, "panels": panels})


@require_GET
@unlocked
def beside(request: Request, door: Door) -> HttpResponse:
    """Self-compassion beside self-esteem: how much each swings with good and bad days."""
    taken = histories(door.all(TAKING), timezone.get_current_timezone())
    told = {day: float(number) for day, number in days(door.all(CHECK_INS))["day"].items()}
    t = words_of("beside")
    name = max(SELF_COMPASSION, key=lambda one: len(taken.get(one, {}).get("total", ())))
    context = {
        "t": t,
        "rows": _swings(taken, told, name, t),
        "verdict": _verdict(taken, told, name, t),
        "days": len(told),
        "chart": _both(taken, name, t),
        "least": LEAST_PAIRS,
    }
    return render(request, "measures/beside.html", context)


def measure_panel(
    instrument: Instrument,
    history: Mapping[str, Sequence[Taken]],
    choices: MeasureChoices,
    t: Mapping[str, Any],
) -> Panel | None:
    """One measure over time: the total, with both sides where it has them.

    None where no score has a range to be drawn in.
    """
    ranges = _ranges(instrument)
    drawn = [name for name in ("total", *SIDES) if name in history and name in ranges]
    if not drawn:
        drawn = [name for name in history if name in ranges]
    if not drawn:
        return None
    main = drawn[0]
    least, most = ranges[main]
    drawn = [name for name in drawn if ranges[name] == (least, most)]
    titles = _titles(instrument)
    precision = precision_for(instrument, main, choices)
    change = latest_change(history[main], precision) if precision else None
    half, usual, band = _error(precision, change, t)
    chart = charts.draw(
        [
            charts.Series(
                LINES.get(name, "total" if name == main else "other"),
                str(t["line"].get(name, titles[name])),
                tuple((taken.on, taken.value) for taken in history[name]),
            )
            for name in drawn
        ],
        least=least,
        most=most,
        half=half,
        usual=usual,
        since=counted(history[main])[0].on,
    )
    rows = _rows([history[name] for name in drawn])
    return Panel(
        id=instrument.id,
        title=instrument.title,
        sentence=_sentence(history[main], change, t),
        chart=chart,
        band=band,
        heads=(t["day"], *(str(t["line"].get(name, titles[name])) for name in drawn)),
        rows=rows[:ROWS],
        older=len(rows) > ROWS,
        basis=(change.basis if change else "") or (basis(precision) if precision else ""),
        figures=precision is not None and instrument.time != "state",
    )


def check_in_panel(checked: Mapping[str, Mapping[date, int]], t: Mapping[str, Any]) -> Panel:
    """The check-ins over time: how the days were, and how kind the person was to themselves."""
    series = [
        charts.Series(_CHECK_IN_LINES[name], t["check_in_line"][name], charts.gathered(numbers))
        for name, numbers in checked.items()
    ]
    told = set().union(*checked.values())
    rows = [
        (day_in_a_cell(day), *(str(numbers.get(day, "–")) for numbers in checked.values()))
        for day in nlargest(ROWS, told)
    ]
    sentence = t["check_ins_one"] if len(told) == 1 else t["check_ins"]
    return Panel(
        id="check-ins",
        title=t["check_ins_title"],
        sentence=sentence.format(count=len(told), first=day_of(min(told)), last=day_of(max(told))),
        chart=charts.draw(series, least=0, most=10),
        band="",
        heads=(t["day"], *(t["check_in_line"][name] for name in checked)),
        rows=rows,
        older=len(told) > ROWS,
        work=False,
    )


_CHECK_IN_LINES = {"day": "other", "hard": "critical", "kind": "kind"}


def day_of(on: date) -> str:
    """A day as it is written."""
    return date_format(on, gettext("j F Y"))


def day_in_a_cell(on: date) -> str:
    """A day in a table, where there is little room."""
    return date_format(on, gettext("j M Y"))


def _ranges(instrument: Instrument) -> dict[str, tuple[float, float]]:
    made = {rule.id: (rule.least, rule.most) for rule in instrument.scores}
    entered = {
        entry.id: (entry.least, entry.most)
        for entry in instrument.elsewhere
        if entry.least is not None and entry.most is not None
    }
    return {**entered, **made}


def _titles(instrument: Instrument) -> dict[str, str]:
    entered = {entry.id: say(entry.title) for entry in instrument.elsewhere}
    return {**entered, **{rule.id: say(rule.title) for rule in instrument.scores}}


def _error(
    precision: Precision | None, change: Change | None, t: Mapping[str, Any]
) -> tuple[float | None, tuple[float, float] | None, str]:
    """The band of measurement error, and the sentence that says which it is.

    Where the person's own spread is used it is one band, where the newest score would lie by
    itself; before that, a ribbon of 1.96 standard errors of measurement, which is the limit of a
    difference (MDC95) divided by √2.
    """
    if change is not None and change.low is not None and change.high is not None:
        return None, (change.low, change.high), t["band_own"]
    if precision is None or not precision.verdict:
        return None, None, t["band_none"].format(count=OWN_FROM)
    return limit(precision) / math.sqrt(2), None, t["band_error"]


def _sentence(history: Sequence[Taken], change: Change | None, t: Mapping[str, Any]) -> str:
    """What the chart shows, in one sentence, and what may be said of the newest score."""
    if len(history) == 1:
        only = history[0]
        return str(t["one"]).format(value=shown(only.value), on=day_of(only.on))
    low, high = min(one.value for one in history), max(one.value for one in history)
    said = str(t["many"]).format(
        count=len(history),
        first=day_of(history[0].on),
        last=day_of(history[-1].on),
        low=shown(low),
        high=shown(high),
    )
    return f"{said} {change.sentence}" if change else said


def _rows(histories: Sequence[Sequence[Taken]]) -> list[tuple[str, ...]]:
    """The cells of a table, newest first: the day, and each score of it."""
    places = places_of(taken.value for history in histories for taken in history)
    by_day: dict[tuple[date, int], list[str]] = {}
    for column, history in enumerate(histories):
        seen: dict[date, int] = {}
        for taken in history:
            seen[taken.on] = seen.get(taken.on, 0) + 1
            cells = by_day.setdefault((taken.on, seen[taken.on]), ["–"] * len(histories))
            cells[column] = shown(taken.value, places)
    return [(day_in_a_cell(on), *by_day[on, at]) for on, at in sorted(by_day, reverse=True)]


def _pairs(
    taken: Mapping[str, Mapping[str, Sequence[Taken]]], told: Mapping[date, float], name: str
) -> list[tuple[float, float]]:
    return around(taken.get(name, {}).get("total", ()), told)


def _swings(
    taken: Mapping[str, Mapping[str, Sequence[Taken]]],
    told: Mapping[date, float],
    name: str,
    t: Mapping[str, Any],
) -> list[dict[str, Any]]:
    """For each of the two: how many pairs there are, and the swing if they are enough."""
    rows = []
    for one in (name, BESIDE):
        pairs = _pairs(taken, told, one)
        found = swing(pairs)
        if found is None:
            said = t["too_few"].format(count=len(pairs), least=LEAST_PAIRS)
        else:
            said = t["swings" if found.clear else "not_clear"].format(
                points=shown(abs(found.points)),
                way=t["up" if found.points >= 0 else "down"],
                low=shown(found.low),
                high=shown(found.high),
                count=found.pairs,
            )
        rows.append(
            {"title": t["self_esteem" if one == BESIDE else "self_compassion"], "said": said}
        )
    return rows


def _verdict(
    taken: Mapping[str, Mapping[str, Sequence[Taken]]],
    told: Mapping[date, float],
    name: str,
    t: Mapping[str, Any],
) -> str:
    esteem, compassion = swing(_pairs(taken, told, BESIDE)), swing(_pairs(taken, told, name))
    if esteem is None or compassion is None:
        return str(t["cannot_yet"])
    return str(
        t[
            {True: "esteem_further", False: "compassion_further", None: "cannot_tell"}[
                further(esteem, compassion)
            ]
        ]
    )


def _both(
    taken: Mapping[str, Mapping[str, Sequence[Taken]]], name: str, t: Mapping[str, Any]
) -> charts.Chart | None:
    """Both totals over time, on their common scale of 1 to 5."""
    series = [
        charts.Series(line, t[label], tuple((one.on, one.value) for one in history))
        for which, line, label in (
            (name, "kind", "self_compassion"),
            (BESIDE, "other", "self_esteem"),
        )
        if (history := taken.get(which, {}).get("total", ()))
    ]
    return charts.draw(series, least=1, most=5) if len(series) == 2 else None
