"""Bringing in a file: choose it, look at what would come in, say yes or no, take it back."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from django.conf import settings as conf
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from secondvoice.arriving import words_of
from secondvoice.arriving.bringing import bring
from secondvoice.arriving.entry import NotReadable, UnknownColumns
from secondvoice.arriving.forms import LARGEST, FileForm
from secondvoice.arriving.reading import as_text
from secondvoice.arriving.record import WAITING, ImportWaiting
from secondvoice.arriving.views.looking import (
    TooMany,
    check_number,
    columns_of,
    look_at,
    read_waiting,
    told,
)
from secondvoice.people.house import house
from secondvoice.people.views.access import posted, unlocked
from secondvoice.people.views.words import words_of as people_words
from secondvoice.records.ids import sent_id
from secondvoice.records.imports import IMPORT
from secondvoice.records.models import erase_things, one_transaction, undo_last_import
from secondvoice.vault import (
    KdfParams,
    TooCostly,
    UnknownFormat,
    VaultError,
    WrongKey,
    is_sealed_file,
    open_file,
)

if TYPE_CHECKING:
    from django.http import HttpResponse

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door

ROOM_FOR_THE_FORM = 64 * 1024
USUAL_MEMORY_KIB = 256 * 1024
USUAL_PASSES = 3
"""What the program seals a file with in a house of one where nothing else is set."""
CLOSED: dict[type[VaultError], str] = {TooCostly: "costly", UnknownFormat: "newer"}


@require_http_methods(["GET", "POST"])
@unlocked
def choose(request: Request, door: Door) -> HttpResponse:
    """Choose a file; what is in it waits, sealed, to be looked at."""
    t = words_of("choose")
    form = FileForm(posted(request), request.FILES or None)
    if request.method == "POST":
        if int(request.headers.get("Content-Length") or 0) > LARGEST + ROOM_FOR_THE_FORM:
            # The file was not taken, so the form would say that there is none.
            form.is_valid()
            form.errors["file"] = form.error_class([t["too_big"]])
        elif form.is_valid():
            field, error = _lay_by(request, door, form)
            if not error:
                return redirect("import_look")
            form.add_error(field, error)
    context: dict[str, object] = {
        "t": t,
        "form": form,
        "undo": words_of("undo"),
        "waits": door.latest(WAITING) is not None,
        "last": door.latest(IMPORT),
    }
    return render(request, "arriving/choose.html", context)


@require_http_methods(["GET", "POST"])
@unlocked
def look(request: Request, door: Door) -> HttpResponse:
    """What would come in, and what not, and why; for a table, what its columns hold."""
    kept = door.latest(WAITING)
    if kept is None:
        return redirect("import")
    if request.method == "POST":
        waiting = columns_of(kept.value, request.POST.getlist("column"))
        kept = door.keep(waiting, thing=kept.thing, history=False)
    context = look_at(door, kept, timezone.get_current_timezone())
    context |= {"t": words_of("look")}
    return render(request, "arriving/look.html", context)


@require_POST
@unlocked
def bring_in(request: Request, door: Door) -> HttpResponse:
    """Bring in what was looked at."""
    kept = door.latest(WAITING)
    if kept is None:
        return redirect("import")
    waiting: ImportWaiting = kept.value
    try:
        check_number(waiting, timezone.get_current_timezone())
        arriving = read_waiting(waiting, timezone.get_current_timezone())
        with one_transaction():
            brought = bring(door, arriving, waiting.text, dry_run=False)
            erase_things(door.person, [kept.thing])
            last = door.latest(IMPORT)
    except NotReadable:
        return redirect("import_look")
    context: dict[str, object] = {
        "t": words_of("done"),
        "look": words_of("look"),
        "undo": words_of("undo"),
        "care": words_of("care"),
        "last": last,
    }
    context |= told(brought.outcome, arriving)
    context["heavy"] = brought.care != "none"
    return render(request, "arriving/done.html", context)


@require_POST
@unlocked
def let_go(_: Request, door: Door) -> HttpResponse:
    """Drop the file that waits; nothing of it stays."""
    kept = door.latest(WAITING)
    if kept is not None:
        erase_things(door.person, [kept.thing])
    return redirect("import")


@require_POST
@unlocked
def undo(request: Request, door: Door) -> HttpResponse:
    """Take an import back: the one that the page spoke of, if it is the last still."""
    t = words_of("undo")
    meant = sent_id(request.POST.get("import", ""))
    done = undo_last_import(door, meant) if meant else None
    if done is None:
        messages.info(request, t["another"] if door.latest(IMPORT) else t["nothing"])
        return redirect("import")
    back, left = done
    sentence = t["back"].format(count=back)
    if left:
        sentence += " " + t["left"].format(count=left)
    messages.info(request, sentence)
    return redirect("import")


def _lay_by(request: Request, door: Door, form: FileForm) -> tuple[str, str]:
    """Keep the file, sealed, in the place of one that waits; or which field and why not."""
    t = words_of("choose")
    file = form.cleaned_data["file"]
    raw: bytes = file.read(LARGEST + 1)
    if len(raw) > LARGEST:
        return "file", str(t["too_big"])
    if is_sealed_file(raw[:64]):
        passphrase = form.cleaned_data["file_passphrase"]
        if not passphrase:
            return "file_passphrase", str(t["sealed"])
        # Each try costs what unlocking costs, and is counted as one.
        if not house().may_try(request):
            return "file_passphrase", str(people_words("errors")["tried_often"])
        try:
            raw = b"".join(open_file(io.BytesIO(raw), passphrase, most=_most()))
        except WrongKey:
            return "file_passphrase", str(t["wrong"])
        except VaultError as error:
            return "file", str(t[CLOSED.get(type(error), "damaged")])
    return "file", _kept(door, form, raw, str(file.name))


def _most() -> KdfParams:
    """The most that a try at a file's passphrase may cost here: as much as this program sets."""
    memory = max(USUAL_MEMORY_KIB, conf.KDF_MEMORY_KIB)
    return KdfParams(memory, max(USUAL_PASSES, conf.KDF_PASSES), conf.KDF_LANES)


def _kept(door: Door, form: FileForm, raw: bytes, name: str) -> str:
    """Keep what was in the file; empty, or a sentence why not."""
    t = words_of("choose")
    try:
        text = as_text(raw)
        waiting = ImportWaiting(text, name=name, dates=form.cleaned_data["dates"])
        check_number(waiting, timezone.get_current_timezone())
    except UnknownColumns:
        # To be told on the next page.
        pass
    except TooMany as error:
        return str(error)
    except NotReadable as error:
        return f"{t['cannot']} {error}"
    kept = door.latest(WAITING)
    door.keep(
        waiting,
        thing=kept.thing if kept else None,
        # Also in the place of another: it goes with the day on which it was chosen.
        happened_at=timezone.now(),
        history=False,
    )
    return ""
