"""Everything that a person keeps, as one file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings as conf
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from secondvoice.departing import counted, words_of
from secondvoice.departing.forms import TakeOutForm
from secondvoice.departing.own import as_bytes, parts_of, sealed
from secondvoice.people.forms import UnlockForm
from secondvoice.people.views.access import (
    asks_for_passphrase,
    passphrase_is_right,
    posted,
    unlocked,
)
from secondvoice.people.views.words import words_of as people_words
from secondvoice.records.models import examine
from secondvoice.vault import KdfParams

if TYPE_CHECKING:
    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door

ENDS = {"jsonl": "jsonl", "markdown": "md", "csv": "csv"}


@require_http_methods(["GET", "POST"])
@unlocked
def take_out(request: Request, door: Door) -> HttpResponse:
    """Choose the form of the file; it comes as the answer, and nothing of it is left here."""
    ask = asks_for_passphrase(request, door)
    old = UnlockForm(posted(request), prefix="old")
    form = TakeOutForm(posted(request))
    lost = 0
    if (
        request.method == "POST"
        and form.is_valid()
        and (not ask or passphrase_is_right(request, door, old))
    ):
        if not form.cleaned_data["without"]:
            lost = len(examine(door.person, door.data_key).unopened)
        if not lost:
            return _file(door, form)
    context: dict[str, object] = {
        "t": words_of("take"),
        "form": form,
        "old": old if ask else None,
        "now": people_words("key_change")["old"],
        "lost": counted(words_of("take"), "lost", lost),
        "chosen": form["form"].value(),
    }
    return render(request, "departing/take_out.html", context)


def _file(door: Door, form: TakeOutForm) -> HttpResponse:
    """The file, made whole before any of it is sent: half of one would look like one."""
    which, passphrase = form.cleaned_data["form"], form.cleaned_data["file_passphrase"]
    name = f"export-{timezone.localdate():%Y-%m-%d}.{ENDS[which]}"
    if passphrase:
        name += ".sealed"
        params = KdfParams(conf.KDF_MEMORY_KIB, conf.KDF_PASSES, conf.KDF_LANES)
        made = b"".join(sealed(parts_of(which, door), passphrase, params))
    else:
        made = b"".join(as_bytes(parts_of(which, door)))
    response = HttpResponse(made, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
