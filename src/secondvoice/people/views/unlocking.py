"""Coming in by the printed address, unlocking, locking, leaving quickly."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from django.conf import settings as conf
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secondvoice.people.forms import RecoveryForm, UnlockForm
from secondvoice.people.house import house
from secondvoice.people.keys import device_key, is_weaker, open_with
from secondvoice.people.middleware import let_in, lock_session, unlock_session
from secondvoice.people.models import tidy_openings
from secondvoice.people.rekeying import settle_device_key
from secondvoice.people.views.access import (
    posted,
    safe_way_on,
    unlock_methods,
    unlock_page,
    whose,
)
from secondvoice.people.views.words import sentence_of, words_of
from secondvoice.records.errors import CannotKeep
from secondvoice.records.models import Door, empty_the_log, person_keys, replace_wrap, storing
from secondvoice.site.frontdoor import use_token
from secondvoice.vault.keys import KdfParams, WrongKey, wrap_with_passphrase
from secondvoice.vault.recovery import MistypedCode

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import Form

    from secondvoice.people.middleware import Request

KEEP_DELETED = timedelta(days=7)


@require_GET
def enter(request: HttpRequest) -> HttpResponse:
    """Turn the token of the printed address into the front door's cookie."""
    own = cast("Request", request)
    if not use_token(conf.DATA, request.GET.get("key", "")):
        return render(request, "people/not_here.html", {"used": True}, status=403)
    # Protected by the computer's account: who holds the token is that account.
    person = whose(own)
    if own.door is None and person is not None and "device" in unlock_methods(person):
        with suppress(WrongKey):  # the unlock page says what is wrong
            _open_by_device(own, person)
    # A page that goes on by itself, not a redirect: where the browser was opened from a file, the
    # request after a redirect still counts as another site's, and Strict cookies stay at home.
    response = render(request, "people/entered.html", {"still": True})
    let_in(request, response)
    return response


@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """Open the diary; the passphrase is right when it opens the key."""
    own = cast("Request", request)
    person = whose(own)
    if person is None:
        return redirect("welcome")
    if own.door is not None and request.method == "GET":
        return redirect("home")
    if request.method == "GET":
        return unlock_page(request, UnlockForm(), "/", [])
    form = UnlockForm(request.POST)
    if "device" in unlock_methods(person):
        try:
            _open_by_device(own, person)
        except WrongKey:
            return unlock_page(request, form, "/", [], error=words_of("errors")["device_key_gone"])
        return _go_on(own)
    if (
        form.is_valid()
        and _may_try(own, form, "passphrase")
        and _open_by_passphrase(own, person, form)
    ):
        return _go_on(own)
    return unlock_page(
        request,
        form,
        request.POST.get("way_on", "/"),
        _carried(request.POST),
        was_form=bool(request.POST.get("was_form")),
    )


@require_http_methods(["GET", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """Open the diary with the recovery code, then ask for a new passphrase."""
    own = cast("Request", request)
    person = whose(own)
    if person is None:
        return redirect("welcome")
    form = RecoveryForm(posted(request))
    if request.method == "POST" and form.is_valid() and _may_try(own, form, "code"):
        try:
            data_key = open_with(
                person_keys(person), "recovery", form.cleaned_data["code"], person=person
            )
        except MistypedCode as error:
            form.add_error("code", sentence_of(error))
        except WrongKey:
            form.add_error(
                "code",
                _(
                    "That code is written right, but it is not the one for this diary. "
                    "A newer code may have replaced it."
                ),
            )
        else:
            unlock_session(own, person, data_key)
            own.session["recovered"] = True
            return redirect("settings_passphrase")
    return render(request, "people/recover.html", {"form": form, "t": words_of("unlock")})


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the diary on this device."""
    lock_session(cast("Request", request))
    return redirect("unlock")


# Exempt: the pages that are the same for everybody (the minute, Support) carry no token, and
# must still lock. The worst that a forged request could do is lock the diary.
@csrf_exempt
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Lock, and go to an empty page that tells nothing."""
    lock_session(cast("Request", request), sign_out=True)
    response = redirect("blank")
    # Takes pages out of the browser's caches; the offline pages hold nobody's words and stay.
    response["Clear-Site-Data"] = '"cache"'
    return response


@require_GET
def blank(request: HttpRequest) -> HttpResponse:
    """An empty page with a title that says nothing."""
    return render(request, "site/blank.html")


def after_unlocking(request: Request, door: Door) -> None:
    """What is due once the diary is open: erase what was deleted long enough ago."""
    # Tidying can wait for a disk with room; unlocking need not.
    with suppress(CannotKeep):
        if door.purge(older_than=KEEP_DELETED):
            empty_the_log()
        with storing():
            Session.objects.filter(expire_date__lt=timezone.now()).delete()
        tidy_openings(door.person, but=request.session.session_key)
    request.session["greet"] = True


def _may_try(request: Request, form: Form, field: str) -> bool:
    if house().may_try(request):
        return True
    form.add_error(field, words_of("errors")["tried_often"])
    return False


def _open_by_device(request: Request, person: UUID) -> None:
    data_key = open_with(person_keys(person), "device", device_key(conf.DATA), person=person)
    with suppress(CannotKeep):
        settle_device_key(person, data_key, conf.DATA)
    unlock_session(request, person, data_key)
    after_unlocking(request, Door(person, data_key))


def _open_by_passphrase(request: Request, person: UUID, form: UnlockForm) -> bool:
    wraps = [wrap for wrap in person_keys(person) if wrap.method == "passphrase"]
    passphrase = form.cleaned_data["passphrase"]
    try:
        data_key = open_with(wraps, "passphrase", passphrase, person=person)
    except WrongKey:
        wrong = "passphrase_wrong_many" if house().many else "passphrase_wrong"
        form.add_error("passphrase", words_of("errors")[wrong])
        return False
    params = KdfParams(conf.KDF_MEMORY_KIB, conf.KDF_PASSES, conf.KDF_LANES)
    if any(is_weaker(wrap, params) for wrap in wraps):
        wrap = wrap_with_passphrase(data_key, passphrase, person=person, params=params)
        # It can wait for a disk with room, too; and a passphrase that is newer by now stays.
        with suppress(CannotKeep):
            replace_wrap(person, wrap, of_key=data_key, instead_of=wraps)
    unlock_session(request, person, data_key)
    after_unlocking(request, Door(person, data_key))
    return True


def _carried(post: QueryDict) -> list[tuple[str, str]]:
    names = post.getlist("carried_name")
    values = post.getlist("carried_value")
    return list(zip(names, values, strict=False))


def _go_on(request: Request) -> HttpResponse:
    """To the page that was asked for; a form that met the lock is sent on as it was."""
    path = safe_way_on(request.POST.get("way_on", "/"))
    carried = _carried(request.POST)
    if not carried and not request.POST.get("was_form"):
        return redirect(path)
    try:
        match = resolve(path)
    except Resolver404:
        return redirect("home")
    fields = QueryDict(mutable=True)
    for name, value in carried:
        fields.appendlist(name, value)
    request.POST = fields  # type: ignore[assignment]  # the view sees the form as it was sent
    request.path = request.path_info = path
    request.resolver_match = match
    return cast("HttpResponse", match.func(request, *match.args, **match.kwargs))
