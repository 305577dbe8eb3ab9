"""Letters: who writes, writing, putting away, reading when one is back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from secondvoice import practices
from secondvoice.people.forms import WordsField
from secondvoice.people.views import undoing
from secondvoice.people.views.access import posted, unlocked
from secondvoice.practices.letter import KIND, PRACTICE, STARTS, Letter
from secondvoice.practices.views import deleted as deleted_lately
from secondvoice.practices.views import writing
from secondvoice.practices.views.writing import begun, find, keep, words_of
from secondvoice.reader import read
from secondvoice.records.ids import make_id
from secondvoice.records.kept import Kept, Unopened
from secondvoice.support import CARE

if TYPE_CHECKING:
    from uuid import UUID

    from secondvoice.people.middleware import Request
    from secondvoice.records.models import Door

FURTHEST = timedelta(days=3653)
PAGE = 100


class LetterForm(forms.Form):
    """The letter, and when it is to come back."""

    text = WordsField(rows=12, **{"data-letter": ""})
    back = forms.ChoiceField(required=False)
    back_on = forms.DateField(
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any, letter: Letter, words: dict[str, Any]) -> None:
        chosen = "day" if letter.back_on else ""
        initial = {"text": letter.text, "back": chosen, "back_on": letter.back_on}
        super().__init__(data, initial=initial)
        options = [(one["id"], one["label"]) for one in words["back_options"]]
        self.fields["back"] = forms.ChoiceField(
            required=False, choices=options, initial=chosen, widget=forms.Select()
        )
        self.fields["back_on"].error_messages["invalid"] = words["day_wrong"]
        self._words = words

    def clean_text(self) -> str:
        """One line is enough; none is no letter."""
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError(self._words["empty_error"])
        return text

    def clean(self) -> dict[str, Any]:
        """The day on which it comes back, or none, in ``back_on``."""
        cleaned = super().clean() or {}
        back = cleaned.get("back", "")
        today = timezone.localdate()
        if back != "day":
            cleaned["back_on"] = today + timedelta(days=int(back)) if back else None
            # What is typed in a field that is not asked for is no mistake.
            self.errors.pop("back_on", None)
            return cleaned
        on: date | None = cleaned.get("back_on")
        if "back_on" in self.errors:
            return cleaned
        if on is None:
            self.add_error("back_on", self._words["no_day_error"])
        elif on != self.initial["back_on"] and not today < on <= today + FURTHEST:
            self.add_error("back_on", self._words["day_error"])
        return cleaned

    def laid_into(self, letter: Letter) -> Letter:
        """The letter with what could be understood of the form."""
        text = self.cleaned_data.get("text", letter.text)
        back_on = self.cleaned_data.get("back_on", letter.back_on)
        after = replace(letter, text=text, back_on=back_on)
        # Sent off anew, it is to be read anew.
        return after if back_on == letter.back_on else replace(after, read_on=None, read="")


@require_GET
@unlocked
def letters(request: Request, door: Door) -> HttpResponse:
    """The letters, newest first; those that are back before all others."""
    today = timezone.localdate()
    words = words_of("letters", request.choices.friend)
    rows = [
        _row(item, today, words)
        for item in door.page(KIND, limit=PAGE).items
        if isinstance(item, Unopened) or not item.value.empty
    ]
    rows.sort(key=lambda row: not row.get("due"))
    context = {
        "t": words["room"],
        "letters": rows,
        "grounding_only": writing.only_grounding(writing.their_pace(door)),
        **deleted_lately.told(request, KIND, words["room"]),
    }
    return render(request, "practices/letters.html", context)


@require_GET
@unlocked
def new(request: Request, door: Door) -> HttpResponse:
    """Who is writing: three ways to begin. Backdraft is explained before the first."""
    words = words_of("letters", request.choices.friend)
    context = {
        "t": words["choosing"],
        "room": words["room"],
        "starts": words["starts"],
        "before": words_of("backdraft")["before"],
        "told": writing.their_pace(door).told or door.latest(KIND) is not None,
    }
    return render(request, "practices/letter_new.html", context)


@require_GET
@unlocked
def begin(request: Request, _door: Door, start: str) -> HttpResponse:
    """An empty sheet. Its id is made here, so that sent twice is kept once."""
    if start not in STARTS:
        raise Http404
    letter = _blank(request, start)
    return _sheet(request, make_id(), letter, LetterForm(None, letter, _writing(letter)))


@require_http_methods(["GET", "POST"])
@unlocked
def write(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Writing it, and putting it away."""
    letter = begun(door, KIND, thing, _blank(request, request.POST.get("start", "")))
    form = LetterForm(posted(request), letter, _writing(letter))
    if request.method == "POST" and form.is_valid():
        first = not letter.done
        letter = form.laid_into(letter)
        danger = read(letter.text, friend=letter.friend).care == "now"
        keep(door, KIND, thing, replace(letter, draft=False, done=True, care=danger))
        if danger:
            practices.heard_danger(door)
            return redirect("letter_care", thing)
        return redirect(reverse("letter", args=[thing]) + ("?away" if first else ""))
    return _sheet(request, thing, letter, form)


@require_POST
@unlocked
def draft(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Keep what is on the sheet so far. Answers with no page."""
    letter = begun(door, KIND, thing, _blank(request, request.POST.get("start", "")))
    form = LetterForm(request.POST, letter, _writing(letter))
    form.is_valid()  # what can't be understood yet is left as it was
    written = form.laid_into(letter)
    if written != letter and not written.empty:
        keep(door, KIND, thing, replace(written, draft=True))
    return HttpResponse(status=204)


@require_GET
@unlocked
def letter(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """One letter. When it was put away or is back, how that landed is asked."""
    kept = find(door, KIND, thing, Letter)
    value = kept.value
    if not value.done:
        return redirect("letter_write", thing)
    words = words_of("letters", value.friend)
    today = timezone.localdate()
    written = timezone.localtime(kept.happened_at).date()
    reading = words["reading"]
    lead = reading["lead_same_day"] if written == today else reading["lead"]
    asking = "read" if value.due(today) else "away" if "away" in request.GET else ""
    level = read(value.text, friend=value.friend).care
    context = {
        "t": reading,
        "away": words["away"],
        "room": words["room"],
        "start": _start(value),
        "letter": value,
        "thing": thing,
        "lead": lead.replace("{date}", writing.day(kept.happened_at)),
        "back": _back(value, today, words["room"]),
        # How it landed is not asked of words of danger: people come first.
        "asking": "" if level == "now" else asking,
        "landed": words_of("minute")["landed"],
        "landed_at": reverse("letter_landed", args=[thing]),
        "care": CARE,
        "care_level": level,
    }
    return render(request, "practices/letter.html", context)


@require_GET
@unlocked
def care(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Words of danger: people first, and the way to the letter left open."""
    find(door, KIND, thing, Letter)
    label = words_of("letters")["care"]["go_on"]
    return writing.care_page(request, reverse("letter", args=[thing]), label)


@require_POST
@unlocked
def landed(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """How the writing landed, or the reading; to have read it is an answer, too."""
    value = find(door, KIND, thing, Letter).value
    said = writing.landed_of(request)
    if request.POST.get("of") == "read":
        # Without a word about it, it is read all the same, and not offered again.
        value = replace(value, read=said, read_on=timezone.localdate())
    else:
        value = replace(value, landed=said)
    door.keep(value, thing=thing)
    return writing.after_landed(request, door, PRACTICE, said, reverse("letter", args=[thing]))


@require_POST
@unlocked
def delete(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Delete a letter; it can be brought back for seven days."""
    return undoing.delete(request, door, KIND, thing, room="letters")


@require_POST
@unlocked
def restore(request: Request, door: Door, thing: UUID) -> HttpResponse:
    """Bring a deleted letter back."""
    said = words_of("letters")["room"]["restored"]
    return undoing.restore(request, door, KIND, thing, said=said, page="letter")


@require_GET
@unlocked
def deleted(request: Request, door: Door) -> HttpResponse:
    """The letters that were deleted in the last seven days."""
    words = words_of("letters")["room"]
    return deleted_lately.page(
        request,
        door,
        KIND,
        words=words,
        line=lambda letter: letter.opening,
        room="letters",
        back_label=words["title"],
        restore_at="letter_restore",
    )


def _blank(request: Request, start: str) -> Letter:
    return Letter(
        start=start if start in STARTS else STARTS[0],
        friend=request.choices.friend,
        zone=request.choices.zone,
    )


def _writing(letter: Letter) -> dict[str, Any]:
    words: dict[str, Any] = words_of("letters", letter.friend)["writing"]
    return words


def _start(letter: Letter) -> dict[str, Any]:
    starts = words_of("letters", letter.friend)["starts"]
    return next((one for one in starts if one["id"] == letter.start), starts[0])


def _sheet(request: Request, thing: UUID, letter: Letter, form: LetterForm) -> HttpResponse:
    start = _start(letter)
    form.fields["text"].widget.attrs["placeholder"] = start["opening"]
    context = {
        "t": _writing(letter),
        "start": start,
        "letter": letter,
        "thing": thing,
        "form": form,
    }
    return render(request, "practices/letter_write.html", context)


def _row(item: Kept[Letter] | Unopened, today: date, words: dict[str, Any]) -> dict[str, Any]:
    """A line of the list; one that does not open shows its sentence."""
    if isinstance(item, Unopened):
        return {"thing": item.thing, "when": item.happened_at, "reason": item.reason}
    value = item.value
    return {
        "thing": item.thing,
        "when": item.happened_at,
        "opening": value.opening,
        "title": _start(value)["heading"],
        "due": value.due(today),
        "back": _back(value, today, words["room"]),
        "name": "letter" if value.done else "letter_write",
    }


def _back(value: Letter, today: date, room: dict[str, Any]) -> str:
    """What is to be said of its coming back, or nothing."""
    if not value.done:
        return str(room["not_done"])
    if value.read_on is not None:
        return str(room["is_read"]).replace("{date}", writing.day(value.read_on))
    if value.back_on is None:
        return ""
    line = room["is_back"] if value.due(today) else room["back_on"]
    return str(line).replace("{date}", writing.day(value.back_on))
