"""Everything that a person keeps, as one file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from django.conf import settings as conf
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods

from secondvoice.departing import counted, words_of
from secondvoice.departing.forms import TakeOutForm
from secondvoice.departing.own import as_bytes, parts_of, sealed
from secondvoice.people.forms import UnlockForm
from secondvoice.people.house import house
from secondvoice.people.views.access import (
    asks_for_passphrase,
    passphrase_is_right,
    posted,
    unlocked,
)
from secondvoice.people.views.words import words_of as people_words
from secondvoice.records.kept import ALL
from secondvoice.records.models import examine
from secondvoice.vault import KdfParams

if TYPE_CHECKING:
    from secondvoice.people.middleware import Request
    from secondvoice.records.kept import Stretch
    from secondvoice.records.models import Door

ENDS = {"jsonl": "jsonl", "markdown": "md", "csv": "csv"}
MOST = 32 * 1024 * 1024
"""The bytes, sealed, that one file takes out where many share a house, and its memory."""


@require_http_methods(["GET", "POST"])
@unlocked
def take_out(request: Request, door: Door) -> HttpResponse:
    """Choose the form of the file; it comes as the answer, and nothing of it is left here."""
    ask = asks_for_passphrase(request, door)
    old = UnlockForm(posted(request), prefix="old")
    form = TakeOutForm(posted(request))
    lost, parts = 0, [ALL]
    if (
        request.method == "POST"
        and form.is_valid()
        and (passphrase_is_right(request, door, old) if ask else _may_seal(request, form))
    ):
        if not form.cleaned_data["without"]:
            lost = len(examine(door.person, door.data_key).unopened)
        parts = [form.cleaned_data["part"]]
        if house().many and not lost:
            parts = door.stretches(MOST, parts[0])
        if not lost and len(parts) == 1:
            return _file(door, form, parts[0])
    t = words_of("take")
    context: dict[str, object] = {
        "t": t,
        "form": form,
        "old": old if ask else None,
        "now": people_words("key_change")["old"],
        "lost": counted(t, "lost", lost),
        "chosen": form["form"].value(),
        "parts": [(str(part), _said(part)) for part in parts] if len(parts) > 1 else [],
    }
    return render(request, "departing/take_out.html", context)


def _may_seal(request: Request, form: TakeOutForm) -> bool:
    """Whether the file may be sealed now, if it should be: it costs what a try at unlocking does.

    Where the passphrase is asked for, that was counted already.
    """
    if not form.cleaned_data["file_passphrase"] or house().may_try(request):
        return True
    form.add_error("file_passphrase", people_words("errors")["tried_often"])
    return False


def _file(door: Door, form: TakeOutForm, part: Stretch) -> HttpResponse:
    """The file, made whole before any of it is sent: half of one would look like one.

    It is in memory once, and is handed over in one piece. Sent bit by bit it would hold the one
    thread for as long as a slow reader takes, and everybody else with it; laid down on a disk it
    would be words on a disk, and where the disk of a host is memory nothing would be won.
    """
    which, passphrase = form.cleaned_data["form"], form.cleaned_data["file_passphrase"]
    name = f"export-{timezone.localdate():%Y-%m-%d}"
    for word, place in (("from", part.first), ("to", part.end)):
        if place is not None:
            name += f"-{word}-{timezone.localdate(place.happened_at):%Y-%m-%d}"
    name += f".{ENDS[which]}"
    pieces = parts_of(which, door, part)
    made = io.BytesIO()
    if passphrase:
        name += ".sealed"
        params = KdfParams(conf.KDF_MEMORY_KIB, conf.KDF_PASSES, conf.KDF_LANES)
        made.writelines(sealed(pieces, passphrase, params))
    else:
        made.writelines(as_bytes(pieces))
    response = HttpResponse(made.getvalue(), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _said(part: Stretch) -> str:
    """From which day to which; one that has only one end is the first or the last."""
    t = words_of("take")
    first, last = (
        date_format(timezone.localdate(place.happened_at)) if place is not None else ""
        for place in (part.first, part.end)
    )
    which = "part" if first and last else "part_last" if first else "part_first"
    return str(t[which]).format(first=first, last=last)
