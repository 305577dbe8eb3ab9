"""The two voices over time: a figure, its sentence and its table, one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.views.decorators.http import require_GET

from secondvoice.growth import drawing, figures
from secondvoice.growth.names import words_of
from secondvoice.growth.views.common import not_today, page, people_first
from secondvoice.growth.voices import Noted, Period, noted, periods, rules
from secondvoice.people.views.access import unlocked
from secondvoice.poles import COMPASSIONATE, UNCOMPASSIONATE
from secondvoice.tongues import figure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from django.http import HttpResponse

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door

FOUR_WEEKS = timedelta(weeks=4)
LAST = 30
"""The newest figures that a sentence is about: what was two years ago is on the drawing."""

RULES_SHOWN = 5
HOURS_FROM = 180
"""Minutes from which on hours are told."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One figure with all that stands round it. ``kind``: of the drawing, dots or columns."""

    id: str
    title: str
    sentence: str
    note: str
    kind: str
    chart: drawing.Dots | drawing.Columns | None
    heads: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    more: str = ""


@require_GET
@unlocked
def voices(request: Request, door: Door) -> HttpResponse:
    """Everything that the moments show."""
    t = words_of("voices")
    if not_today(door):
        return people_first(request, door, "voices", t["title"])
    kept = list(door.all("moment"))
    all_ = noted(kept, timezone.get_current_timezone())
    if not all_:
        return page(request, door, "voices", t=t, panels=[])
    over = periods(all_, timezone.localdate())
    counted, looked = rules(kept)
    panels = [
        _noted(all_, over, timezone.localtime(), t),
        _poles(all_, t),
        _rules(counted, looked, t),
        _parts(all_, t),
        _complete(over, t),
        _lighter(all_, over, t),
        _soon(all_, over, t),
    ]
    return page(request, door, "voices", t=t, panels=[panel for panel in panels if panel])


def _noted(
    all_: Sequence[Noted], over: Sequence[Period], now: datetime, t: dict[str, Any]
) -> Panel:
    own = t["noted"]
    lately = sum(one.when > now - FOUR_WEEKS for one in all_)
    before = sum(now - 2 * FOUR_WEEKS < one.when <= now - FOUR_WEEKS for one in all_)
    columns = [
        drawing.Column(one.label, (float(n := len(one.noted)), float(n), float(n))) for one in over
    ]
    return Panel(
        "noted",
        own["title"],
        _often(lately, before, own),
        own["note"],
        "columns",
        drawing.columns(columns, bars=True),
        (t["head_period"], t["head_times"]),
        [(one.label, str(len(one.noted))) for one in reversed(over)],
    )


def _often(lately: int, before: int, own: dict[str, Any]) -> str:
    """How often it was noticed in the last four weeks and in the four before, in words."""
    if not lately and not before:
        return str(own["quiet"])
    said = "same"
    if figures.differ(lately, before):
        said = "more" if lately > before else "fewer"
    sentence = own["sentence"].format(now=_times(lately, own), before=_times(before, own))
    return f"{sentence} {own[said]}"


def _poles(all_: Sequence[Noted], t: dict[str, Any]) -> Panel:
    own = t["poles"]
    counts = {pole.label: sum(pole.value in one.marks for one in all_) for pole in UNCOMPASSIONATE}
    name = max(counts, key=lambda label: counts[label])
    said = "sentence" if counts[name] else "none"
    sentence = own[said].format(name=name, count=counts[name], of=len(all_))
    return _shares("poles", own, sentence, counts, len(all_), t)


def _rules(counted: dict[str, int], looked: int, t: dict[str, Any]) -> Panel:
    own, names = t["rules"], words_of("rules")
    often = sorted(counted, key=lambda name: (-counted[name], name))[:RULES_SHOWN]
    said = "none"
    if often:
        said = "sentence" if counted[often[0]] > 1 else "sentence_once"
    sentence = own[said].format(
        name=names[often[0]] if often else "", count=counted[often[0]] if often else 0, of=looked
    )
    shown = {names[name]: counted[name] for name in often}
    return _shares("rules", own, sentence, shown, looked, t)


def _parts(all_: Sequence[Noted], t: dict[str, Any]) -> Panel | None:
    own = t["parts"]
    answers = [one for one in all_ if one.answered][-LAST:]
    if not answers:
        return None
    whole = sum(len(one.parts) == len(COMPASSIONATE) for one in answers)
    said = "sentence_one" if whole == 1 else "sentence"
    counts = {pole.label: sum(pole.value in one.parts for one in answers) for pole in COMPASSIONATE}
    sentence = own[said].format(whole=whole, of=len(answers))
    return _shares("parts", own, sentence, counts, len(answers), t)


def _complete(over: Sequence[Period], t: dict[str, Any]) -> Panel | None:
    def parts(period: Period) -> list[float]:
        return [float(len(one.parts)) for one in period.noted if one.answered]

    found = _means("complete", t["parts"], "", over, parts, figures.mean, (0, 3))
    if found is None:
        return None
    return Panel(
        found.id, t["parts"]["over_time"], "", t["interval"], found.kind, found.chart,
        found.heads, found.rows,
    )  # fmt: skip


def _lighter(all_: Sequence[Noted], over: Sequence[Period], t: dict[str, Any]) -> Panel:
    own = t["lighter"]
    last = [float(one.lighter) for one in all_ if one.lighter is not None][-LAST:]
    found = figures.mean(last)
    sentence = own["few"]
    if found:
        low, mid, high = map(_point, found)
        said = "lighter" if found[1] > 0 else "heavier"
        sentence = own[said].format(of=len(last), mid=mid, low=low, high=high)

    def values(period: Period) -> list[float]:
        return [float(one.lighter) for one in period.noted if one.lighter is not None]

    drawn = _means("lighter", own, sentence, over, values, figures.mean, (-2, 4))
    return drawn or _bare("lighter", own, sentence)


def _soon(all_: Sequence[Noted], over: Sequence[Period], t: dict[str, Any]) -> Panel:
    own = t["soon"]
    last = [one.minutes for one in all_ if one.minutes is not None][-LAST:]
    found = figures.middle(last)
    if found is None:
        return _bare("soon", own, own["few"])
    low, mid, high = (_while(value, own) for value in found)
    sentence = own["sentence"].format(of=len(last), mid=mid, low=low, high=high)
    whole = figures.middle([one.minutes for one in all_ if one.minutes is not None])
    unit = 60 if whole and whole[1] >= HOURS_FROM else 1

    def values(period: Period) -> list[float]:
        return [one.minutes / unit for one in period.noted if one.minutes is not None]

    drawn = _means("soon", own, sentence, over, values, figures.middle, (0, None))
    if drawn is None:
        return _bare("soon", own, sentence)
    name = own["unit_minutes" if unit == 1 else "unit_hours"]
    return Panel(
        drawn.id, drawn.title, drawn.sentence, drawn.note, drawn.kind, drawn.chart,
        (t["head_period"], t["head_count"], name, t["head_range"]), drawn.rows, name,
    )  # fmt: skip


def _shares(
    id_: str, own: dict[str, Any], sentence: str, counts: dict[str, int], of: int, t: dict[str, Any]
) -> Panel:
    """Shares of moments, drawn under one another."""
    drawn, rows = [], []
    for label, count in counts.items():
        found = figures.share(count, of)
        if found is None:
            continue
        low, mid, high = found
        drawn.append(drawing.Figure(label, low, mid, high))
        both = t["range"].format(low=_percent(low), high=_percent(high))
        rows.append((label, str(count), _percent(mid), both))
    chart = drawing.dots(drawn, least=0, most=1, step=0.25, percent=True) if drawn else None
    heads = (t["head_what"], t["head_count"], t["head_share"], t["head_range"])
    return Panel(id_, own["title"], sentence, own["note"], "dots", chart, heads, rows)


def _means(
    id_: str,
    own: dict[str, Any],
    sentence: str,
    over: Sequence[Period],
    values: Callable[[Period], list[float]],
    gather: Callable[[Sequence[float]], figures.Triple | None],
    ends: tuple[float, float | None],
) -> Panel | None:
    """A value with its interval for each period; None where fewer than two have one.

    ``ends``: of the scale; without an upper one, room for twice the highest middle.
    """
    t = words_of("voices")
    columns, rows = [], []
    for one in over:
        given = values(one)
        found = gather(given)
        columns.append(drawing.Column(one.label, found))
        if found:
            both = t["range"].format(low=_point(found[0]), high=_point(found[2]))
            rows.append((one.label, str(len(given)), _point(found[1]), both))
    if len(rows) < 2:
        return None
    least, most = ends
    if most is None:
        most = drawing.round_up(2 * max(one.value[1] for one in columns if one.value))
    chart = drawing.columns(columns, least=least, most=most)
    heads = (t["head_period"], t["head_count"], t["head_mean"], t["head_range"])
    rows.reverse()
    return Panel(id_, own["title"], sentence, own["note"], "columns", chart, heads, rows)


def _bare(id_: str, own: dict[str, Any], sentence: str) -> Panel:
    return Panel(id_, own["title"], sentence, own["note"], "", None, (), [])


def _times(count: int, own: dict[str, Any]) -> str:
    return str(own["times_one"] if count == 1 else own["times"].format(count=count))


def _percent(value: float) -> str:
    return f"{round(100 * value)} %"


def _point(value: float) -> str:
    return figure(f"{round(value, 1) + 0.0:.1f}").replace("-", drawing.MINUS)


def _while(minutes: float, own: dict[str, Any]) -> str:
    """A while as people say it: "25 minutes", "an hour", "7 hours"."""
    if minutes < HOURS_FROM:
        count = max(1, round(minutes))
        return str(own["minute"] if count == 1 else own["minutes"].format(count=count))
    count = round(minutes / 60)
    return str(own["hour"] if count == 1 else own["hours"].format(count=count))
