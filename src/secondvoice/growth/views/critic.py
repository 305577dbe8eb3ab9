"""My critic: its lines with one's best answers, its hours, its subjects; what one says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from secondvoice import practices as room
from secondvoice.growth import drawing, figures
from secondvoice.growth.critic import HOURS, Line, favourites, hours, in_subjects
from secondvoice.growth.forms import CriticForm
from secondvoice.growth.names import words_of
from secondvoice.growth.record import CRITIC, CRITIC_THING, Critic
from secondvoice.growth.views.common import not_today, page, people_first
from secondvoice.growth.voices import rules
from secondvoice.moments.record import Moment
from secondvoice.people.views.access import posted, unlocked
from secondvoice.poles import UNCOMPASSIONATE
from secondvoice.reader import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpResponse

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door

RULES_TOLD = 3


@require_http_methods(["GET", "POST"])
@unlocked
def critic(request: Request, door: Door) -> HttpResponse:
    """All of it on one page, and the form below."""
    t = words_of("critic")
    known = critic_of(door)
    form = CriticForm(known, posted(request))
    if request.method == "POST" and form.is_valid():
        said = form.critic
        if said != known:
            door.keep(said, thing=CRITIC_THING, history=False)
        if read(said.text).care == "now":
            room.heard_danger(door)
        else:
            messages.info(request, t["kept"])
        return redirect("critic")
    if not_today(door):
        return people_first(request, door, "critic", t["title"])
    kept = list(door.all("moment"))
    counts = hours(kept, timezone.get_current_timezone())
    return page(
        request,
        door,
        "critic",
        t=t,
        critic=known,
        form=form,
        heading=t["named"].format(name=known.name) if known.name else t["title"],
        v=words_of("voices"),
        lines=[_line(one, t) for one in favourites(kept)],
        rules=_rules(kept, t),
        hours=_hours(counts) if sum(counts) else None,
        hours_rows=[(_span(at), count) for at, count in enumerate(counts)],
        subjects=_subjects(kept, known),
    )


def critic_of(door: Door) -> Critic:
    """What the person said of their critic; nothing where there is nothing."""
    kept = door.latest(CRITIC)
    return kept.value if kept is not None and isinstance(kept.value, Critic) else Critic()


def _line(line: Line, t: dict[str, Any]) -> dict[str, str]:
    times = str(t["times"].format(count=line.times))
    return {"said": line.said, "answer": line.answer, "times_said": times}


def _rules(kept: Sequence[Any], t: dict[str, Any]) -> str:
    """The rules that the reader heard most often, those that it heard twice at least."""
    counted, _ = rules(kept)
    names = words_of("rules")
    often = sorted(counted, key=lambda name: (-counted[name], name))[:RULES_TOLD]
    told = [f"“{names[name]}”" for name in often if counted[name] > 1]
    return str(t["rules"].format(names=", ".join(told))) if told else ""


def _hours(counts: Sequence[int]) -> drawing.Columns:
    columns = [
        drawing.Column(f"{at * HOURS}" if at % 2 == 0 else "", (float(n), float(n), float(n)))
        for at, n in enumerate(counts)
    ]
    return drawing.columns(columns, bars=True)


def _span(at: int) -> str:
    return f"{at * HOURS:02}:00–{(at + 1) * HOURS:02}:00"


def _subjects(kept: Sequence[Any], known: Critic) -> dict[str, Any] | None:
    """Ours and their own, as shares of the moments."""
    own, of = in_subjects(kept, known.subjects)
    values = [value for item in kept if isinstance(value := getattr(item, "value", None), Moment)]
    ours = {p.label: sum(p.value in value.marks for value in values) for p in UNCOMPASSIONATE}
    found = []
    for label, count in (*own.items(), *ours.items()):
        share = figures.share(min(count, of), of)
        if share is not None:
            found.append((label, count, share))
    if not found:
        return None
    drawn = [drawing.Figure(label, *share, weak=label in own) for label, _, share in found]
    return {
        "chart": drawing.dots(drawn, least=0, most=1, step=0.25, percent=True),
        "rows": [
            (label, count, f"{round(100 * mid)} %", f"{round(100 * low)} % – {round(100 * high)} %")
            for label, count, (low, mid, high) in found
        ],
        "own": bool(own),
    }
