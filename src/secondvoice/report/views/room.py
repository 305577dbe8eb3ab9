"""Choosing weeks, ticking words, the report as a page and as a PDF. Nothing of it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from secondvoice.measures.catalogue import instruments
from secondvoice.measures.views.common import choices_of, in_order
from secondvoice.measures.views.common import words_of as measures_words
from secondvoice.measures.views.over_time import check_in_panel, day_of, measure_panel
from secondvoice.people.views.access import unlocked
from secondvoice.report import words_of
from secondvoice.report.forms import WeeksForm
from secondvoice.report.gathering import MOST_WORDS, Gathered, Span, chosen_texts, gather
from secondvoice.report.pdf import as_pdf, engine

if TYPE_CHECKING:
    from secondvoice.measures.views.over_time import Panel
    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door

CHECK_INS = "check-ins"
FILE_NAME = "report.pdf"


@require_GET
@unlocked
def choose(request: Request, _: Door) -> HttpResponse:
    """Which weeks."""
    form = WeeksForm(initial={"weeks": 8, "last": timezone.localdate()})
    return render(request, "report/choose.html", {"t": words_of("choose"), "form": form})


@require_POST
@unlocked
def look(request: Request, door: Door) -> HttpResponse:
    """The report as it prints, and above it what can be ticked."""
    form = WeeksForm(request.POST)
    if not form.is_valid():
        return render(request, "report/choose.html", {"t": words_of("choose"), "form": form})
    found, context = composed(request.POST, door, form)
    ticked = set(request.POST.getlist("tick"))
    context |= {
        "look": words_of("look"),
        "form": form,
        "offered": [
            {"text": text, "ticked": text.mark in ticked} for text in found.texts[:MOST_WORDS]
        ],
        "choose_among": _among(len(found.texts)),
        "more": len(found.texts) > MOST_WORDS,
        "can_pdf": engine() is not None,
    }
    return render(request, "report/look.html", context)


@require_POST
@unlocked
def pdf(request: Request, door: Door) -> HttpResponse:
    """The same as a file."""
    form = WeeksForm(request.POST)
    if not form.is_valid() or engine() is None:
        return redirect("report")
    _, context = composed(request.POST, door, form)
    made = as_pdf(render_to_string("report/paper.html", context))
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response


def composed(asked: QueryDict, door: Door, form: WeeksForm) -> tuple[Gathered, dict[str, Any]]:
    """What was found in the weeks, and what of it the report shows.

    Args:
        asked: ``measure`` and ``tick``, what is to be in it; all measures where not ``chosen``.
        door: of the person, unlocked.
        form: a valid one.
    """
    zone = timezone.get_current_timezone()
    weeks, last = form.cleaned_data["weeks"], form.cleaned_data["last"]
    span = Span.up_to(last, weeks)
    found = gather(door, span, zone)
    panels = _panels(door, found)
    # The form that chose the weeks names no measure: then all are in.
    chosen = set(asked.getlist("measure"))
    if "chosen" not in asked:
        chosen = {panel.id for panel in panels}
    t = words_of("paper")
    title = t["title_one"] if weeks == 1 else t["title"].format(weeks=weeks)
    return found, {
        "t": t,
        "title": title,
        "days": t["days"].format(first=day_of(span.first), last=day_of(span.last)),
        "made": t["made"].format(day=day_of(timezone.localdate())),
        "all_panels": [{"panel": panel, "chosen": panel.id in chosen} for panel in panels],
        "panels": [panel for panel in panels if panel.id in chosen],
        "counts": [
            {
                "title": one.title,
                "times": t["times_one"] if one.count == 1 else t["times"].format(count=one.count),
            }
            for one in found.counts
        ],
        "texts": chosen_texts(found.texts, set(asked.getlist("tick"))),
    }


def _among(count: int) -> str:
    t = words_of("look")
    return str(t["words_among_one"] if count == 1 else t["words_among"].format(count=count))


def _panels(door: Door, found: Gathered) -> list[Panel]:
    t = measures_words("over_time")
    here, choices = instruments(), choices_of(door)
    panels = [
        panel
        for name in sorted(found.taken, key=in_order)
        if (panel := measure_panel(here[name], found.taken[name], choices, t))
    ]
    if any(found.checked.values()):
        panels.append(check_in_panel(found.checked, t))
    return panels
