"""Settings: another data key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings as conf
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from secondvoice.people.forms import KeptCodeForm, UnlockForm
from secondvoice.people.middleware import unlock_session
from secondvoice.people.rekeying import Secrets, rekey, wants_code
from secondvoice.people.views.access import passphrase_is_right, posted, unlocked
from secondvoice.people.views.words import words_of
from secondvoice.records.errors import NewerVersion
from secondvoice.records.models import SomeDamaged, person_keys
from secondvoice.vault import KdfParams, WrongKey, make_recovery_code

if TYPE_CHECKING:
    from django.http import HttpResponse

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door


@require_http_methods(["GET", "POST"])
@unlocked
def settings_data_key(request: Request, door: Door) -> HttpResponse:
    """Seal everything anew under another key; every browser but this one is locked."""
    if request.session.get("recovered"):
        # The passphrase was forgotten, so the new key could not be wrapped by it.
        return redirect("settings_passphrase")
    # Read before the passphrase is tried: they are replaced only where they are still these.
    wraps = person_keys(door.person)
    methods = {str(wrap.method) for wrap in wraps}
    ask, with_code = "passphrase" in methods, wants_code(methods)
    old = UnlockForm(posted(request), prefix="old")
    form = KeptCodeForm(posted(request), initial={"code": make_recovery_code()})
    error = ""
    if (
        request.method == "POST"
        and (not with_code or form.is_valid())
        and (not ask or passphrase_is_right(request, door, old))
    ):
        secrets = Secrets(
            wraps=wraps,
            passphrase=old.cleaned_data["passphrase"] if ask else "",
            code=form.cleaned_data["code"] if with_code else "",
            params=KdfParams(conf.KDF_MEMORY_KIB, conf.KDF_PASSES, conf.KDF_LANES),
        )
        try:
            renewed = rekey(door.person, door.data_key, secrets, conf.DATA)
        except (SomeDamaged, NewerVersion, WrongKey) as trouble:
            error = str(trouble)
        else:
            unlock_session(request, door.person, renewed.data_key)
            messages.info(request, words_of("rekey")["done"])
            return redirect("settings")
    words = words_of("rekey")
    context: dict[str, object] = {
        "points": words[_points(asked=ask)],
        "form": form if with_code else None,
        "old": old if ask else None,
        "error": error,
        "t": words,
        "code_words": words_of("welcome")["code"],
        "now": words_of("key_change")["old"],
    }
    return render(request, "people/settings_data_key.html", context)


def _points(*, asked: bool) -> str:
    """What is said of it: on a host the backups are somebody else's."""
    if not conf.FRONT_DOOR:
        return "points_hosted"
    return "points" if asked else "points_account"
