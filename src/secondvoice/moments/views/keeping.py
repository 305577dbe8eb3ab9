"""The first page, the moments kept, and what can be done with one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secondvoice import practices
from secondvoice.moments import loop
from secondvoice.moments.forms import NoticeForm, SearchForm, WhenForm
from secondvoice.moments.kept import KIND, due, first_line, look_back_thing, matches, search_words
from secondvoice.moments.record import LookBack, Moment
from secondvoice.moments.views import experiments
from secondvoice.moments.views.common import find, words_of
from secondvoice.people.views import undoing
from secondvoice.people.views.access import posted, unlocked
from secondvoice.people.views.unlocking import KEEP_DELETED
from secondvoice.practices import todays_line
from secondvoice.reader import read
from secondvoice.records.errors import BadCursor, CannotOpen, NotThere
from secondvoice.records.ids import make_id
from secondvoice.records.kept import Cursor, Kept, Unopened
from secondvoice.support import CARE
from secondvoice.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door

PAGE = 20
A_WHILE = timedelta(days=30)
OUTCOMES = ("tried", "not_yet", "no_longer")


@require_GET
@unlocked
def home(request: Request, door: Door) -> HttpResponse:
    """Today: a place to begin, what was left half-way, what was planned to be looked back at."""
    newest = [kept for kept in door.page(KIND, limit=10).items if isinstance(kept, Kept)]
    friend = request.choices.friend
    context = {
        "form": NoticeForm.of(Moment()),
        "thing": make_id(),
        "t": words_of("steps.notice", friend),
        "around": words_of("around", friend),
        "look_back": words_of("look_back", friend),
        "unfinished": _unfinished(newest, friend),
        "due": _due(door, friend),
        "experiments": experiments.due(door),
        "letter_due": next(iter(practices.letters_due(door, timezone.localdate())), None),
        "good_to_see_you": _greeting(request, newest),
        "begun": bool(newest),
        "one_day": todays_line(door, timezone.localtime()),
    }
    return render(request, "moments/home.html", context)


@require_http_methods(["GET", "POST"])
@unlocked
def moments(request: Request, door: Door) -> HttpResponse:
    """The moments, newest first; a search comes by POST so that its words stay out of URLs."""
    form = SearchForm(posted(request))
    cursor = _cursor(request)
    words: tuple[str, ...] = ()
    pole, heavy = "", False
    if request.method == "POST" and form.is_valid():
        words, pole = search_words(form.cleaned_data["q"]), form.cleaned_data["pole"]
        # To look for a word is not to say it: people are named, and nothing else changes.
        heavy = bool(words) and read(form.cleaned_data["q"]).care != "none"
    searching = bool(words or pole)
    given_cursor = cursor is not None
    if searching:
        items, cursor = _matching(door, words, pole, cursor)
    else:
        page = door.page(KIND, before=cursor, limit=PAGE)
        items, cursor = list(page.items), page.next
    context = {
        "form": form,
        "items": [_row(item) for item in items],
        "around": words_of("around", request.choices.friend),
        "older": str(cursor) if cursor else "",
        "searching": searching,
        "heavy": heavy,
        "care": CARE,
        "just_deleted": "" if searching else undoing.just_deleted(request, KIND),
        "days": KEEP_DELETED.days,
        "first_page": not given_cursor,
    }
    return render(request, "moments/list.html", context)


@require_GET
@unlocked
def moment(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """One moment, whole."""
    try:
        kept = door.get(KIND, thing)
    except NotThere:
        raise Http404 from None
    value: Moment = kept.value
    friend = value.friend
    context = {
        "around": words_of("around", friend),
        "hear": words_of("steps.hear", friend),
        "right": words_of("steps.right", friend),
        "look_back": words_of("look_back", friend),
        "hardness": _hardness(value),
        "said_it": words_of("steps.hear", friend).get(value.say_it, ""),
        "looked_back": _outcome(value),
        "kept": kept,
        "moment": value,
        "thing": thing,
        "critic": loop.critic_words(value),
        "when": WhenForm(initial={"when": timezone.localtime(kept.happened_at)}),
        "on": f"moment_{value.step.value}" if not value.finished else "",
        "can_look_back": _can_look_back(value),
    }
    return render(request, "moments/moment.html", context)


@require_POST
@unlocked
def when(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Say when it happened."""
    value = find(door, thing)
    form = WhenForm(request.POST)
    if form.is_valid():
        door.keep(value, thing=thing, happened_at=form.cleaned_data["when"])
        messages.info(request, _("The day is changed."))
    else:
        messages.info(request, " ".join(str(error) for error in form.errors["when"]))
    return redirect("moment", thing)


@require_POST
@unlocked
def delete(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Delete a moment; it can be brought back for seven days."""
    gone = undoing.delete(request, door, KIND, thing, room="moments")
    with suppress(NotThere):
        door.delete(look_back_thing(thing), "look_back")
    return gone


@require_POST
@unlocked
def restore(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Bring a deleted moment back."""
    back = undoing.restore(request, door, KIND, thing, said=_("It is back."), page="moment")
    with suppress(NotThere):
        door.restore(look_back_thing(thing), "look_back")
    return back


@require_GET
@unlocked
def deleted(request: Request, door: Door) -> HttpResponse:
    """What was deleted in the last seven days."""
    items = [_row(item) for item in door.deleted(KIND)]
    context = {"items": items, "around": words_of("around", request.choices.friend)}
    return render(request, "moments/deleted.html", context)


@require_POST
@unlocked
def look_back(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """How it went with the small step: tried, not yet, no longer wanted."""
    value = find(door, thing)
    outcome = request.POST.get("outcome", "")
    if outcome not in OUTCOMES:
        return redirect("home")
    door.keep(replace(value, looked_back=outcome), thing=thing)
    own = look_back_thing(thing)
    today = timezone.localdate()
    if outcome == "not_yet":
        door.keep(LookBack(thing, today + timedelta(days=3)), thing=own)
    else:
        door.keep(LookBack(thing, today, outcome), thing=own)
    for option in words_of("look_back", value.friend)["options"]:
        if option["id"] == outcome:
            messages.info(request, option["reply"])
    return redirect("home")


def _cursor(request: Request) -> Cursor | None:
    """The place in the list that was asked for; a broken one is the beginning."""
    token = request.POST.get("before") or request.GET.get("before")
    try:
        return Cursor.parse(token) if token else None
    except BadCursor:
        return None


def _row(item: Kept[Moment] | Unopened) -> dict[str, Any]:
    """A line of the list; one that does not open shows its sentence."""
    if isinstance(item, Unopened):
        return {"thing": item.thing, "when": item.happened_at, "reason": item.reason}
    value = item.value
    left = "" if value.finished else words_of("around", value.friend)[f"left_at_{value.step}"]
    return {
        "thing": item.thing,
        "when": item.happened_at,
        "moment": value,
        "critic": first_line(value),
        "left": left,
    }


def _unfinished(newest: list[Kept[Moment]], friend: str) -> dict[str, Any] | None:
    """The newest moment that was left half-way."""
    for kept in newest:
        if not kept.value.finished:
            lead = words_of("around", friend)["draft_lead"]
            return {
                "thing": kept.thing,
                "lead": lead.replace("{date}", _day(kept.happened_at)),
                "on": f"moment_{kept.value.step}",
            }
    return None


def _greeting(request: Request, newest: list[Kept[Moment]]) -> str:
    """Once after a long time away: good to see you."""
    if not request.session.pop("greet", False) or not newest:
        return ""
    away = timezone.now() - newest[0].kept_at
    if away < A_WHILE:
        return ""
    lines = texts("secondvoice.people", "texts.toml")["return"]["lines"]
    return str(lines[away.days % len(lines)])


def _hardness(value: Moment) -> str:
    """How hard it was and is, in words that judge neither."""
    if value.before is None or value.after is None:
        return ""
    t = words_of("steps.see", value.friend)
    change = value.before - value.after
    line = t["lighter"] if change > 0 else t["same"] if change == 0 else t["harder"]
    said = _("{before} before, {after} after.").format(before=value.before, after=value.after)
    return f"{said} {line}"


def _outcome(value: Moment) -> str:
    options = words_of("look_back", value.friend)["options"]
    return next((o["label"] + "." for o in options if o["id"] == value.looked_back), "")


def _day(when: datetime) -> str:
    return date_format(timezone.localtime(when), _("l j F"))


def _can_look_back(value: Moment) -> bool:
    return bool(value.finished and value.right and value.right_then and not value.looked_back)


def _due(door: Door, friend: str) -> list[dict[str, Any]]:
    """The open look backs whose day has come, with the step that was planned."""
    found = []
    for kept in due(door.page("look_back", limit=100).items, timezone.localdate()):
        try:
            of = door.get(KIND, kept.value.moment)
        except (NotThere, CannotOpen):
            continue
        value: Moment = of.value
        lead = words_of("look_back", friend)["lead"].replace("{date}", _day(of.happened_at))
        found.append({"thing": kept.value.moment, "moment": value, "lead": lead})
    return found[:3]


def _matching(
    door: Door, words: tuple[str, ...], pole: str, before: Cursor | None
) -> tuple[list[Any], Cursor | None]:
    """A page of what matches, found by opening one moment after the other."""
    items: list[Any] = []
    for kept, cursor in _opened(door, before):
        if not matches(kept.value, words, pole):
            continue
        items.append(kept)
        if len(items) == PAGE:
            return items, cursor
    return items, None


def _opened(door: Door, before: Cursor | None) -> Iterator[tuple[Kept[Moment], Cursor]]:
    cursor = before
    while True:
        page = door.page(KIND, before=cursor, limit=500)
        for kept in page.items:
            if isinstance(kept, Kept):
                yield kept, Cursor(kept.happened_at, kept.thing)
        if page.next is None:
            return
        cursor = page.next
