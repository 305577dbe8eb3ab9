"""What letters, wishes and being the friend share: keeping what is typed, and how it landed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from secondvoice.practices.pace import A_DAY, pace_of
from secondvoice.practices.record import Landed, Practice, is_landed
from secondvoice.practices.views import landing
from secondvoice.records.errors import NotThere
from secondvoice.records.ids import is_usable
from secondvoice.records.kept import Kept
from secondvoice.support import CARE
from secondvoice.texts import said_to, texts

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from secondvoice.people.middleware import Request
    from secondvoice.practices.pace import Pace
    from secondvoice.records.models import Door

T = TypeVar("T")

TITLES = {
    "letter": "A letter",
    "phrases": "Your own wishes",
    "be-the-friend": "Be the friend first",
}
"""What the page after something hard is called, by the id of the practice."""


class Written(Protocol):
    """What is written over a while: kept while typing, and finished at some time."""

    @property
    def draft(self) -> bool:
        """Whether this revision was kept while typing."""

    @property
    def finished(self) -> bool:
        """Whether the person has said that it is done."""


def words_of(name: str, friend: str = "") -> dict[str, Any]:
    """A file of the room's words, with the friend's name in it."""
    return said_to(texts("secondvoice.practices", f"{name}.toml"), friend)


def find(door: Door, kind: str, thing: UUID, of: type[T]) -> Kept[T]:
    """A thing of that kind as it is now.

    Raises:
        Http404: there is none of that id in this diary.
        CannotOpen: it is there, but damaged or from a newer version.
    """
    try:
        kept = door.get(kind, thing)
    except NotThere:
        raise Http404 from None
    if not isinstance(kept.value, of):
        raise Http404
    return kept


def begun(door: Door, kind: str, thing: UUID, new: T) -> T:
    """The thing of that id, or ``new``, which is not kept yet.

    Raises:
        Http404: it was deleted, and a page left open must not write over what can be brought
            back. Or no page of ours was given that id.
    """
    try:
        return find(door, kind, thing, type(new)).value
    except Http404:
        if door.was_there(thing) or not is_usable(thing):
            raise
        return new


def keep(door: Door, kind: str, thing: UUID, value: Written) -> None:
    """Keep what was written; what was typed on the way to it is not kept beside it.

    Until it is finished only its newest form is kept. Of a finished one every change is, but what
    was kept while typing gives way to what comes after it.
    """
    if not value.finished:
        door.keep(value, thing=thing, history=False)
        return
    try:
        now = door.get(kind, thing)
    except NotThere:
        door.keep(value, thing=thing)
        return
    door.keep(value, thing=thing, instead_of=now.id if now.value.draft else None)


def their_pace(door: Door) -> Pace:
    """How much is offered to them."""
    return pace_of(door)


def only_grounding(pace: Pace) -> bool:
    """Whether only grounding and people are offered just now."""
    return pace.grounding_only(datetime.now(UTC))


def landed_of(request: Request) -> Landed:
    """The answer to "How did that land?" in a form; empty where none was given."""
    value = request.POST.get("landed", "")
    return value if is_landed(value) else ""


def after_landed(
    request: Request, door: Door, practice: str, landed: Landed, way_on: str
) -> HttpResponse:
    """Keep how a practice landed, and go on: with a word, or by the way back from something hard.

    Args:
        request: the one that said so.
        door: theirs.
        practice: its id.
        landed: the answer; empty: not said, and then nothing is kept.
        way_on: the address to go to.
    """
    if not landed:
        return redirect(way_on)
    done = Practice(practice, landed, request.choices.zone)
    outcome = landing.keep(door, done)
    if landed == "hard":
        return landing.page(request, done, outcome, TITLES[practice])
    if outcome.problem:
        messages.info(request, outcome.problem)
    for option in words_of("minute")["landed"]["options"]:
        if option["id"] == landed:
            messages.info(request, option["reply"])
    return redirect(way_on)


def said_lately(door: Door, practice: str) -> bool:
    """Whether they said within a day how this practice landed."""
    since = timezone.now() - A_DAY
    return any(
        isinstance(item, Kept) and item.value.practice == practice and item.happened_at > since
        for item in door.page("practice").items
    )


def care_page(request: Request, way_on: str, label: str) -> HttpResponse:
    """Words of danger: people first, and the way on left open.

    Args:
        request: whose.
        way_on: the address of what they wrote.
        label: what the link there says.
    """
    context = {"way_on": way_on, "way_on_label": label, "care": CARE}
    return render(request, "practices/care.html", context)


def day(on: date | datetime) -> str:
    """A day as it is read: Friday 4 December, with its year where that is another."""
    local = timezone.localtime(on) if isinstance(on, datetime) else on
    same = local.year == timezone.localdate().year
    return date_format(local, _("l j F") if same else _("l j F Y"))
