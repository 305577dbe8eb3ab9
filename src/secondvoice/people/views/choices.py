"""Settings: the friend, the lock, the look, the passphrase, the recovery code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings as conf
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from secondvoice.people.code import code_stand, try_code
from secondvoice.people.forms import ChoicesForm, NewPassphraseForm, RecoveryForm, UnlockForm
from secondvoice.people.house import house
from secondvoice.people.keys import forget_device_key
from secondvoice.people.record import Settings
from secondvoice.people.views.access import (
    asks_for_passphrase,
    passphrase_is_right,
    posted,
    unlock_methods,
    unlocked,
)
from secondvoice.people.views.words import sentence_of, words_of
from secondvoice.records.models import drop_wrap, one_transaction, replace_wrap
from secondvoice.vault.keys import (
    KdfParams,
    WrongKey,
    wrap_with_passphrase,
    wrap_with_recovery_code,
)
from secondvoice.vault.recovery import MistypedCode, make_recovery_code

if TYPE_CHECKING:
    from django.http import HttpResponse

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door


@require_http_methods(["GET", "POST"])
@unlocked
def settings(request: Request, door: Door) -> HttpResponse:
    """What a person can choose."""
    now = request.choices
    initial = {
        "friend": now.friend,
        "lock_after": now.lock_after,
        "look": now.look,
        "zone": now.zone,
    }
    form = ChoicesForm(posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        kept = door.latest("settings")
        door.keep(Settings(**form.cleaned_data), thing=kept.thing if kept else None)
        request.session["lock_after"] = form.cleaned_data["lock_after"]
        request.session["zone"] = form.cleaned_data["zone"]
        messages.info(request, _("Kept."))
        return redirect("settings")
    context: dict[str, object] = {
        "form": form,
        "methods": unlock_methods(door.person),
        "folder": str(conf.DATA) if conf.FRONT_DOOR else "",
        "many": house().many,
        "account_page": house().account_page,
    }
    context |= {"t": words_of("welcome"), "lock": words_of("lock"), "devices": words_of("devices")}
    context |= {"account": words_of("account")}
    context |= {"rekey": words_of("rekey"), "code_try": words_of("code_try")}
    context |= {"code": code_stand(door, timezone.now())}
    return render(request, "people/settings.html", context)


@require_http_methods(["GET", "POST"])
@unlocked
def settings_passphrase(request: Request, door: Door) -> HttpResponse:
    """A new passphrase: the key is wrapped anew, nothing that was written is touched."""
    methods = unlock_methods(door.person)
    # After recovery, and where there was none, no old passphrase can be asked for.
    ask_old = asks_for_passphrase(request, door)
    old = UnlockForm(posted(request), prefix="old")
    form = NewPassphraseForm(posted(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and (not ask_old or passphrase_is_right(request, door, old))
    ):
        params = KdfParams(conf.KDF_MEMORY_KIB, conf.KDF_PASSES, conf.KDF_LANES)
        wrap = wrap_with_passphrase(
            door.data_key, form.cleaned_data["passphrase"], person=door.person, params=params
        )
        with one_transaction():
            replace_wrap(door.person, wrap, of_key=door.data_key)
            drop_wrap(door.person, "device")
        if not house().many:
            forget_device_key(conf.DATA)
        request.session.pop("recovered", None)
        messages.info(request, _("Your passphrase is changed. Nothing you wrote was touched."))
        if "recovery" not in methods:
            return redirect("settings_code")
        return redirect("settings")
    context: dict[str, object] = {"form": form, "old": old if ask_old else None}
    context |= {
        "t": words_of("key_change"),
        "hint": words_of("welcome")["key"]["passphrase"]["hint"],
    }
    return render(request, "people/settings_passphrase.html", context)


@require_http_methods(["GET", "POST"])
@unlocked
def settings_code_try(request: Request, door: Door) -> HttpResponse:
    """Type the recovery code once, to see that it is the right one and can be found."""
    if "recovery" not in unlock_methods(door.person):
        return redirect("settings_code")
    words = words_of("code_try")
    form = RecoveryForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            try_code(door, form.cleaned_data["code"], timezone.localdate())
        except MistypedCode as error:
            form.add_error("code", sentence_of(error))
        except WrongKey:
            form.add_error("code", words["another"])
        else:
            messages.info(request, words["right"])
            return redirect("settings")
    context = {"form": form, "t": words, "unlock": words_of("unlock")}
    return render(request, "people/settings_code_try.html", context)


@require_http_methods(["GET", "POST"])
@unlocked
def settings_code(request: Request, door: Door) -> HttpResponse:
    """A new recovery code; the one before stops working when this one is kept."""
    ask_old = asks_for_passphrase(request, door)
    old = UnlockForm(posted(request), prefix="old")
    form = RecoveryForm(posted(request), initial={"code": make_recovery_code()})
    if (
        request.method == "POST"
        and form.is_valid()
        and (not ask_old or passphrase_is_right(request, door, old))
    ):
        try:
            wrap = wrap_with_recovery_code(
                door.data_key, form.cleaned_data["code"], person=door.person
            )
        except MistypedCode as error:
            form.add_error("code", sentence_of(error))
        else:
            replace_wrap(door.person, wrap, of_key=door.data_key)
            messages.info(request, _("The new code works from now on; the one before does not."))
            return redirect("settings")
    context = {
        "form": form,
        "code": form["code"].value(),
        "old": old if ask_old else None,
        "t": words_of("key_change"),
        "plain": words_of("welcome")["code"]["where"],
    }
    return render(request, "people/settings_code.html", context)
