"""The first minute: what this is, how it is kept, and the name of a friend."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from django.conf import settings as conf
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secondvoice.people.forms import LONGEST_PASSPHRASE, FirstPassphraseForm, FriendForm
from secondvoice.people.house import house
from secondvoice.people.keys import first_keys_with_device, first_keys_with_passphrase
from secondvoice.people.middleware import read_settings, unlock_session
from secondvoice.people.strength import ASKED_ABOUT, strength
from secondvoice.people.views.access import posted, unlocked, whose
from secondvoice.people.views.words import words_of
from secondvoice.records.models import begin_alone, create_person, one_transaction
from secondvoice.tongues import ENGLISH, tongue
from secondvoice.vault.keys import KdfParams
from secondvoice.vault.recovery import make_recovery_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door
    from secondvoice.vault import WrappedKey


@require_GET
def welcome(request: HttpRequest) -> HttpResponse:
    """What this is and what it is not."""
    if whose(request) is not None:
        return redirect("home")
    words = words_of("welcome")
    points = words["what"]["points" if conf.FRONT_DOOR else "points_many"]
    if tongue() != ENGLISH:
        points = [*points, words["what"]["english_yet"]]
    return render(request, "people/welcome.html", {"t": words, "points": points})


@require_http_methods(["GET", "POST"])
def welcome_key(request: HttpRequest) -> HttpResponse:
    """A passphrase and a recovery code, or this computer's account."""
    own = cast("Request", request)
    # A host's account is nobody's own: it would let in whoever comes.
    many = house().many
    own_computer = conf.FRONT_DOOR and not many
    if whose(request) is not None:
        return redirect("welcome_friend" if own.door is not None else "home")
    if request.method == "POST":
        person = uuid.uuid4()
        if request.POST.get("method") == "device" and own_computer:
            return _move_in(own, person, lambda: first_keys_with_device(person, conf.DATA))
        form = FirstPassphraseForm(request.POST)
        if form.is_valid():
            # Before the transaction: it takes its time.
            keys = first_keys_with_passphrase(
                person,
                form.cleaned_data["passphrase"],
                form.cleaned_data["code"],
                KdfParams(conf.KDF_MEMORY_KIB, conf.KDF_PASSES, conf.KDF_LANES),
            )
            return _move_in(own, person, lambda: keys)
    else:
        form = FirstPassphraseForm(initial={"code": make_recovery_code()})
    context = {
        "form": form,
        "t": words_of("welcome"),
        "own_computer": own_computer,
        "many": many,
    }
    return render(request, "people/welcome_key.html", context)


def _move_in(
    request: Request, person: uuid.UUID, keys: Callable[[], tuple[bytes, list[WrappedKey]]]
) -> HttpResponse:
    """Let somebody begin, once: a second click, or another page, may have been sooner.

    Args:
        request: who sent it.
        person: a new id.
        keys: what makes the data key and its wraps; called only where they do begin, since a key
            file that another has just made is theirs.
    """
    with one_transaction():
        # Among many the account is joined to one person only, and this would be refused below.
        if not house().many:
            begin_alone()
            if whose(request) is not None:
                return redirect("unlock")
        data_key, wraps = keys()
        create_person(person, wraps)
        house().moved_in(request, person)
    unlock_session(request, person, data_key)
    return redirect("welcome_friend")


@require_POST
def passphrase_strength(request: HttpRequest) -> HttpResponse:
    """What is said beside a new passphrase while it is being chosen. Nothing of it is kept."""
    words = words_of("strength")
    level = strength(request.POST.get("passphrase", "")[:LONGEST_PASSPHRASE])
    context = {
        "level": level,
        "said": words[level] if level else "",
        "asks": level in ASKED_ABOUT,
        "anyway": words["anyway"],
    }
    return render(request, "people/_strength.html", context)


@require_http_methods(["GET", "POST"])
@unlocked
def welcome_friend(request: Request, door: Door) -> HttpResponse:
    """Somebody they would never speak harshly to; it can be left out."""
    form = FriendForm(posted(request))
    if request.method == "POST" and form.is_valid():
        named = "" if request.POST.get("skip") else form.cleaned_data["friend"]
        choices = replace(read_settings(door), friend=named, zone=form.cleaned_data["zone"])
        kept = door.latest("settings")
        door.keep(choices, thing=kept.thing if kept else None)
        request.session["zone"] = choices.zone
        return redirect("moment_new")
    return render(request, "people/welcome_friend.html", {"form": form, "t": words_of("welcome")})
