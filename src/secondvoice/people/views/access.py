"""The one gate before every view that needs the diary open."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from secondvoice.people.forms import UnlockForm
from secondvoice.people.house import house
from secondvoice.people.keys import open_with
from secondvoice.people.middleware import NEVER_SHOWN
from secondvoice.people.views.words import words_of
from secondvoice.records.ids import make_id, sent_id
from secondvoice.records.models import person_keys
from secondvoice.vault import WrongKey

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door

P = ParamSpec("P")

# Passphrases and codes are typed again, never carried through a page.
NOT_CARRIED = ("/settings/", "/welcome/")
# What the unlock page carries through for a form that met a locked diary.
CARRIED_MOST = 60


def unlocked(
    view: Callable[Concatenate[Request, Door, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let a view run only with the diary open, and hand it the person's door.

    While locked: first run where nobody lives here yet, else the unlock page. A form that meets
    a locked diary loses nothing: its fields travel through the unlock page and are sent on.
    """

    @wraps(view)
    def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        own = cast("Request", request)
        if own.door is not None:
            return view(own, own.door, *args, **kwargs)
        if whose(own) is None:
            return redirect("welcome")
        return ask_to_unlock(own)

    return gate


def ask_to_unlock(request: Request) -> HttpResponse:
    """The unlock page, with the way back and, after a form, what was in it."""
    if request.headers.get("X-Draft"):
        # The page itself keeps the words; it is only told that nothing was kept.
        return HttpResponse(_("The diary is locked."), status=423, content_type="text/plain")
    if request.htmx:
        # No page is swapped in, and none is left: what was typed stays where it is.
        return HttpResponse(status=204)
    carried: list[tuple[str, str]] = []
    way_on = request.path
    if request.method == "POST":
        carried = [
            (name, value)
            for name, values in request.POST.lists()
            if name not in NEVER_SHOWN
            for value in values
            if isinstance(value, str)
        ][:CARRIED_MOST]
        if request.path.startswith(NOT_CARRIED):
            carried, way_on = [], reverse("home")
    was_form = request.method == "POST" and way_on == request.path
    return unlock_page(request, UnlockForm(), way_on, carried, was_form=was_form)


def unlock_page(
    request: HttpRequest,
    form: UnlockForm,
    way_on: str,
    carried: list[tuple[str, str]],
    *,
    was_form: bool = False,
    error: str = "",
) -> HttpResponse:
    """The unlock page.

    Args:
        request: who asks.
        form: the passphrase, with its error if there was one.
        way_on: the path to go to once it is open.
        carried: the fields of a form that met a locked diary, to be sent on.
        was_form: whether it was a form, with or without fields.
        error: what kept it from opening, where that is not the passphrase.
    """
    context = {
        "form": form,
        "way_on": way_on,
        "carried": carried,
        "was_form": was_form,
        "error": error,
        "methods": unlock_methods(whose(request)),
        "t": words_of("unlock"),
    }
    return render(request, "people/unlock.html", context)


def from_this_origin(request: HttpRequest) -> bool:
    """Whether the browser says that the request was sent by a page of this origin.

    It stands in for the token that a page for everybody cannot carry.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    # A browser from before 2023: it sends Origin with every POST.
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form was sent, also when every field was left empty; None where none was sent."""
    return request.POST if request.method == "POST" else None


def id_sent(request: HttpRequest, door: Door, kind: str, field: str = "thing") -> UUID:
    """The id that a page was given for something new, so that the same sent twice is one thing.

    Returns:
        Another id where what came is none of ours, or something of another kind has it.
    """
    id_ = sent_id(request.POST.get(field, ""))
    return id_ if id_ and door.kind_of(id_) in {None, kind} else make_id()


def unlock_methods(person: UUID | None) -> set[str]:
    """The methods by which a person's key can be opened: passphrase, recovery, device."""
    return {wrap.method for wrap in person_keys(person)} if person else set()


def asks_for_passphrase(request: Request, door: Door) -> bool:
    """Whether the passphrase is asked for once more before what matters most.

    There is none to ask for with this computer's account, and right after the recovery code, which
    is used because the passphrase is forgotten.
    """
    return "passphrase" in unlock_methods(door.person) and not request.session.get("recovered")


def passphrase_is_right(request: Request, door: Door, form: UnlockForm) -> bool:
    """Whether a form that asks for the passphrase once more has it; if not, the form says so.

    Each is counted as a try, as at unlocking: who has the session would else have no limit here.
    """
    if not form.is_valid():
        return False
    if not house().may_try(request):
        form.add_error("passphrase", words_of("errors")["tried_often"])
        return False
    try:
        open_with(
            person_keys(door.person),
            "passphrase",
            form.cleaned_data["passphrase"],
            person=door.person,
        )
    except WrongKey:
        form.add_error("passphrase", _("That is not the passphrase it has now."))
        return False
    return True


def only_person() -> UUID | None:
    """The person whose machine this is, or None before the first run.

    Raises:
        ManyLiveHere: each has an account here.
    """
    return house().only_person()


def whose(request: HttpRequest) -> UUID | None:
    """The person whose diary a request is about; None where theirs is not begun yet."""
    return house().whose(cast("Request", request))


def safe_way_on(path: str) -> str:
    """``path`` if it stays on this site, else the first page."""
    if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return path
    return reverse("home")
