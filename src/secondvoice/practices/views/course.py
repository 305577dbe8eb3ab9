"""The course: its eight weeks, what is written in them, and moving at one's own pace."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secondvoice.people.views.access import posted, unlocked
from secondvoice.practices import heard_danger
from secondvoice.practices.care import care_in
from secondvoice.practices.catalogue import practice
from secondvoice.practices.course import (
    LAST,
    OPENS,
    THING,
    Course,
    CoursePage,
    course_of,
    course_words,
    earlier_pages,
    page_of,
    page_thing,
    said,
    week,
    weeks,
)
from secondvoice.practices.pace import offered, pace_of, set_pace
from secondvoice.practices.views.words import QuestionForm
from secondvoice.support import CARE
from secondvoice.texts import texts

if TYPE_CHECKING:
    from secondvoice.people.middleware import Request
    from secondvoice.practices.course import Suggested, Week
    from secondvoice.practices.pace import Pace
    from secondvoice.records.models import Door

A_WHILE = timedelta(days=14)
"""After so long somebody who comes back is greeted and told where they were."""


@require_GET
@unlocked
def course(request: Request, door: Door) -> HttpResponse:
    """The eight weeks, and where one is among them."""
    at = course_of(door)
    words = course_words()
    here = week(at.week) if at.week else None
    context = {
        "t": words,
        "course": at,
        "weeks": [{"week": one, "state": at.state(one.number)} for one in weeks()],
        "here": here,
        "carry_on": said(words["carry_on"], here) if here else "",
        "greeting": _greeting(door, at),
    }
    return render(request, "practices/course.html", context)


@require_http_methods(["GET", "POST"])
@unlocked
def course_week(request: Request, door: Door, number: int) -> HttpResponse:
    """One week: its idea, what to try, and a place to write."""
    this = _week(number)
    at = course_of(door)
    written = page_of(door, number, at.round(number))
    form = QuestionForm(posted(request), initial={"words": written.words})
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        _keep_page(door, replace(written, words=words))
        messages.info(request, course_words()["question_kept"])
        if care_in(other=words) == "now":
            heard_danger(door)
            return redirect("course_care", number)
        return redirect(reverse("course_week", args=[number]) + "#question")
    pace = pace_of(door)
    if number >= OPENS and not pace.told:
        return render(request, "practices/course_before.html", {"t": course_words(), "week": this})
    context = {
        "t": course_words(),
        "week": this,
        "step": said(course_words()["step"], this),
        "course": at,
        "form": form,
        "written": written.words,
        "earlier": earlier_pages(door, number, at.round(number)),
        "care": CARE,
        "care_level": care_in(other=written.words),
        "opens": number >= OPENS,
        "here": at.state(number) == "here" and not at.paused,
        "choices": _choices(this),
        "repeat": next(one for one in course_words()["pace"]["choices"] if one["id"] == "repeat"),
        "seen": [week(one) for one in at.seen],
        **_to_try(this, pace),
    }
    return render(request, "practices/course_week.html", context)


@require_POST
@unlocked
def course_draft(request: Request, door: Door, number: int) -> HttpResponse:
    """Keep what is written so far. Answers with no page."""
    this = _week(number)
    written = page_of(door, this.number, course_of(door).round(this.number))
    form = QuestionForm(request.POST)
    if form.is_valid() and form.cleaned_data["words"] != written.words:
        _keep_page(door, replace(written, words=form.cleaned_data["words"]))
    return HttpResponse(status=204)


@require_GET
@unlocked
def course_care(request: Request, _door: Door, number: int) -> HttpResponse:
    """Words of danger: people first, and the way on left open."""
    _week(number)
    context = {"care": CARE, "on": reverse("course_week", args=[number])}
    return render(request, "practices/people_first.html", context)


@require_POST
@unlocked
def course_move(request: Request, door: Door) -> HttpResponse:
    """Where somebody would like to be next."""
    choice = request.POST.get("choice", "")
    at = course_of(door)
    moved = _moved(at, choice, request.POST.get("week", ""))
    if moved != at:
        door.keep(moved, thing=THING, history=False)
    if reply := _reply(choice, moved):
        messages.info(request, reply)
    if moved.paused or moved.through or not moved.week:
        return redirect("course")
    return redirect("course_week", moved.week)


@require_POST
@unlocked
def course_told(request: Request, door: Door, number: int) -> HttpResponse:
    """Backdraft was explained: on to the week, or rather not yet."""
    _week(number)
    if "on" in request.POST:
        set_pace(door, lambda pace: replace(pace, told=True))
        return redirect("course_week", number)
    at = course_of(door)
    if at.week >= OPENS:
        door.keep(at.at(OPENS - 1), thing=THING, history=False)
        return redirect("course_week", OPENS - 1)
    return redirect("course")


@require_POST
@unlocked
def course_steady(request: Request, door: Door, number: int) -> HttpResponse:
    """Whether somebody feels steady today, asked before a strong practice is shown."""
    _week(number)
    answer = request.POST.get("steady", "")
    now = datetime.now(UTC)
    words = _steady_words()
    if answer == "yes" and not pace_of(door).grounding_only(now):
        set_pace(door, lambda pace: replace(pace, steady_at=now))
    elif answer in {"no", "unsure"}:
        messages.info(request, words[f"{answer}_reply"])
    return redirect(reverse("course_week", args=[number]) + "#try")


def _week(number: int) -> Week:
    try:
        return week(number)
    except LookupError:
        raise Http404 from None


def _keep_page(door: Door, page: CoursePage) -> None:
    """Keep a page; one that was never written on is not made."""
    thing = page_thing(page.week, page.round)
    if page.words.strip() or door.was_there(thing):
        door.keep(page, thing=thing, history=False)


def _moved(at: Course, choice: str, number: str) -> Course:
    """The course after a choice; as it was where the choice is none of ours."""
    to = int(number) if number.isdecimal() and 1 <= int(number) <= LAST else 0
    if choice == "here" and to:
        return at.at(to)
    if choice == "repeat" and to:
        return at.taken_again(to)
    if choice == "pause":
        return at.put_away()
    # Sent twice, as by a second touch on a slow day, it is one step and not two.
    if choice in {"go-on", "skip"} and to == at.week:
        return at.gone_on() if choice == "go-on" else at.passed_over()
    return at


def _reply(choice: str, moved: Course) -> str:
    if choice in {"go-on", "skip"} and moved.through:
        return ""
    for one in course_words()["pace"]["choices"]:
        if one["id"] == choice:
            return str(one["reply"])
    return ""


def _choices(this: Week) -> list[dict[str, str]]:
    """The ways on from the week one is in, but for the repeating."""
    pace = course_words()["pace"]
    last = this.number == LAST
    after = this if last else week(this.number + 1)
    found = []
    for choice in pace["choices"]:
        if choice["id"] == "go-on" and last:
            found.append({"id": "go-on", **pace["last"]})
        elif choice["id"] != "repeat" and not (choice["id"] == "skip" and last):
            found.append({**choice, "text": said(choice["text"], after)})
    return found


def _greeting(door: Door, at: Course) -> str:
    """After a pause or a gap: good to see you, and where it stands."""
    if not at.week or at.through:
        return ""
    last = max(item.kept_at for item in _touched(door))
    if at.paused or timezone.now() - last >= A_WHILE:
        return said(course_words()["paused"], week(at.week))
    return ""


def _touched(door: Door) -> list[Any]:
    """The course, and the pages written in it."""
    newest = [door.latest("course"), *door.page("course_page", limit=LAST * 3).items]
    return [item for item in newest if item is not None]


def _to_try(this: Week, pace: Pace) -> dict[str, Any]:
    """The practices of a week as far as they are offered, the easier one, and the strong one."""
    now = datetime.now(UTC)
    here = [one for one in this.practices if offered(practice(one.id), pace, now=now)]
    easier = practice(this.easier)
    is_offered = offered(easier, pace, now=now)
    steady = this.steady if not (pace.smaller or pace.grounding_only(now)) else None
    return {
        "practices": [_link(one.id, one.form) for one in here],
        "fewer": len(here) < len(this.practices),
        "only_ground": pace.grounding_only(now),
        "easier": _link(easier.id, easier.shortest.form) if is_offered else None,
        "steady": _strong(steady) if steady else None,
        "is_steady": pace.steady(now),
        "steady_words": _steady_words(),
    }


def _link(name: str, form: str) -> dict[str, Any]:
    found = practice(name)
    return {"practice": found, "form": form, "length": found.form(form).length}


def _strong(steady: Suggested) -> dict[str, Any]:
    return {**_link(steady.id, steady.form), "text": steady.text}


def _steady_words() -> dict[str, Any]:
    words: dict[str, Any] = texts("secondvoice.practices", "backdraft.toml")["steady"]
    return words
