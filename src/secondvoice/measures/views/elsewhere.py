"""Scores of measures whose questions cannot be here: where to find them, and what came out."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from secondvoice.measures.catalogue import instruments
from secondvoice.measures.forms import ScoreForm
from secondvoice.measures.record import Taking
from secondvoice.measures.views.common import named, shown, words_of
from secondvoice.people.views.access import posted, unlocked

if TYPE_CHECKING:
    from django.http import HttpResponse

    from secondvoice.measures.instrument import Elsewhere
    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door


@require_GET
@unlocked
def elsewhere(request: Request, _door: Door) -> HttpResponse:
    """The cards: what each measures, and where to find it."""
    cards = [one for one in instruments().values() if one.kind == "card" and one.elsewhere]
    context = {"t": words_of("elsewhere"), "cards": cards}
    return render(request, "measures/elsewhere.html", context)


@require_http_methods(["GET", "POST"])
@unlocked
def enter_score(request: Request, door: Door, name: str) -> HttpResponse:
    """A score of one of them."""
    instrument = named(name, door)
    if not instrument.elsewhere:
        raise Http404
    form = ScoreForm(instrument.elsewhere, posted(request), initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"]
        # At noon: no zone that the person moves to makes another day of it.
        at = datetime.combine(on, time(12), timezone.get_current_timezone())
        taking = Taking(
            instrument.id,
            instrument.version,
            done=True,
            elsewhere=True,
            scores=form.scores(form.cleaned_data),
            zone=request.choices.zone,
        )
        door.keep(taking, happened_at=at)
        messages.info(request, words_of("elsewhere")["kept"])
        return redirect(reverse("over_time") + f"#{instrument.id}")
    t = words_of("elsewhere")
    context = {
        "t": t,
        "instrument": instrument,
        "form": form,
        "scores": [
            {"field": form[entry.id], "hint": _hint(entry, t)} for entry in instrument.elsewhere
        ],
    }
    return render(request, "measures/enter_score.html", context)


def _hint(entry: Elsewhere, t: dict[str, Any]) -> str:
    """In which range a score lies, where that is known."""
    if entry.least is None or entry.most is None:
        return str(t["no_range"])
    return str(t["range"]).format(least=shown(entry.least), most=shown(entry.most))
