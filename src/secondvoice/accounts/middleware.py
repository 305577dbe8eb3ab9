"""Who is signed in, before anything of a person's is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.conf import settings as conf
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from secondvoice.accounts.models import person_of
from secondvoice.accounts.views.words import words_of
from secondvoice.people.middleware import NEVER_SHOWN, NOT_WORDS, OPEN_PATHS, OWN_PATHS, Request

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from secondvoice.accounts.models import Account

OURS = "/account/"


class AccountRequest(Request):
    """A request as the views of this house see it. Used as a type only."""

    user: Account
    account_person: UUID | None


class SignedIn:
    """Let to what is somebody's only who is signed in; say whose it is.

    Stands before ``people.middleware.Unlocked``: a session whose account is gone, whose password
    was changed, or that is another person's, is ended here and opens nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on, or ask who it is."""
        own = cast("AccountRequest", request)
        own.account_person = None
        if request.path.startswith(conf.STATIC_URL):
            return self.get_response(request)
        # Django ends a session here whose password is not the account's any more.
        known = bool(request.user.is_authenticated)
        if known:
            own.account_person = person_of(own.user.pk)
        theirs = own.session.get("person")
        if theirs is not None and theirs != str(own.account_person):
            own.session.flush()
            known = False
        if request.path.startswith(OURS):
            _forget_cookies(request)
        elif not known and not _is_open(request.path):
            return ask_to_sign_in(request)
        return self.get_response(request)


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the page of signing in; what a form held is given back."""
    if request.headers.get("X-Draft"):
        # The page itself keeps the words; it is only told that nothing was kept.
        return HttpResponse("You are signed out.", status=423, content_type="text/plain")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    if request.method == "GET":
        way = urlencode({"next": request.path})
        return redirect(f"{reverse('account_login')}?{way}")
    written = [
        value
        for name, values in request.POST.lists()
        if name not in NEVER_SHOWN | NOT_WORDS
        for value in values
        if isinstance(value, str) and value.strip()
    ]
    context = {"t": words_of("signed_out"), "written": written}
    return render(request, "accounts/signed_out.html", context, status=403)


def _is_open(path: str) -> bool:
    return path.startswith(OPEN_PATHS) and not path.startswith(OWN_PATHS)


def _forget_cookies(request: HttpRequest) -> None:
    """Leave of the cookies only what was read of them.

    The library lays a form by in the session, with every header, while it asks for the password
    once more. The session holds one half of the key, and this header the other.
    """
    request.COOKIES  # noqa: B018  # read, so that it stays
    request.META.pop("HTTP_COOKIE", None)
