"""Notice: writing it down, and seeing what is in the words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secondvoice import practices
from secondvoice.moments import loop
from secondvoice.moments.forms import AnswerForm, HearForm, NoticeForm, RightForm, SeeForm, StepForm
from secondvoice.moments.record import Moment, SetAside, Step
from secondvoice.moments.views.common import begun, find, go_on, keep, step_page, words_of
from secondvoice.people.views.access import posted, unlocked
from secondvoice.records.ids import make_id
from secondvoice.support import CARE

if TYPE_CHECKING:
    from uuid import UUID

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door

FORMS: dict[str, type[StepForm]] = {
    Step.NOTICE: NoticeForm,
    Step.HEAR: HearForm,
    Step.ANSWER: AnswerForm,
    Step.RIGHT: RightForm,
    Step.SEE: SeeForm,
}


@require_GET
@unlocked
def new(request: Request, _door: Door) -> HttpResponse:
    """An empty page for a new moment. Its id is made here, so that sent twice is kept once."""
    moment = Moment(friend=request.choices.friend)
    return step_page(request, Step.NOTICE, moment, make_id(), form=NoticeForm.of(moment))


@require_http_methods(["GET", "POST"])
@unlocked
def notice(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """What happened, what the voice said, how hard it is."""
    moment = begun(request, door, thing)
    form = NoticeForm.of(moment, posted(request))
    if request.method == "POST" and form.is_valid():
        moment = form.laid_into(moment).reached(Step.WORDS)
        found = loop.readings(moment)
        moment = loop.with_marks(moment, found)
        keep(door, thing, moment)
        practices.noted_how_hard(door, moment.before)
        if loop.care(found.happened, found.voice) == "now":
            practices.heard_danger(door)
            return redirect("moment_care", thing)
        return go_on(moment, thing, Step.NOTICE)
    return step_page(request, Step.NOTICE, moment, thing, form=form)


@require_GET
@unlocked
def care(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Words of danger: people first, and the way on left open."""
    moment = find(door, thing)
    context = {
        "moment": moment,
        "thing": thing,
        "care": CARE,
        "on": f"moment_{moment.step.value}" if not moment.finished else "moment",
    }
    return render(request, "moments/care.html", context)


@require_http_methods(["GET", "POST"])
@unlocked
def words(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """The reading, shown on the words."""
    moment = find(door, thing)
    if request.method == "POST":
        keep(door, thing, moment.reached(Step.HEAR))
        return go_on(moment, thing, Step.WORDS)
    noticed = loop.notice(moment)
    return step_page(request, Step.WORDS, moment, thing, noticed=noticed, care=CARE)


@require_POST
@unlocked
def not_it(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Take "that's not it": the mark goes, and what the person said of it is kept."""
    moment = find(door, thing)
    if request.POST.get("bring_back"):
        moment = loop.with_marks(replace(moment, set_aside=()))
    else:
        mark = SetAside(
            request.POST.get("kind", ""), request.POST.get("name", ""), request.POST.get("text", "")
        )
        # Only a mark that is on the page can be set aside.
        shown = {
            (note.kind, note.name, note.text)
            for piece in loop.notice(moment).marked
            for note in piece.notes
        }
        if (mark.kind, mark.name, mark.text) in shown:
            moment = loop.set_aside(moment, mark)
    keep(door, thing, moment)
    if request.htmx:
        context = {
            "moment": moment,
            "thing": thing,
            "noticed": loop.notice(moment),
            "t": words_of("steps.words", moment.friend),
        }
        return render(request, "moments/_reading.html", context)
    return redirect("moment_words", thing)


@require_POST
@unlocked
def draft(request: Request, door: Door, thing: UUID, step: str) -> HttpResponse:
    """Keep what is in a step's fields so far, without going on. Answers with no page."""
    form_class = FORMS.get(step)
    if form_class is None:
        return HttpResponse(status=404)
    moment = begun(request, door, thing)
    form = form_class.of(moment, request.POST)
    form.is_valid()  # what can't be understood yet is left as it was
    written = form.laid_into(moment)
    if written != moment and not (written.empty and moment.empty):
        keep(door, thing, written, draft=True)
    return HttpResponse(status=204)
