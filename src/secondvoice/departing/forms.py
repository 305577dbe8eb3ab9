"""The forms of taking it out, and of erasing it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.utils.functional import lazy

from secondvoice.departing import words_of
from secondvoice.people.forms import PassphraseField
from secondvoice.people.keys import SHORTEST_PASSPHRASE
from secondvoice.records.errors import BadCursor
from secondvoice.records.kept import ALL, Stretch

if TYPE_CHECKING:
    from datetime import date

FORMS: Final = ("jsonl", "markdown", "csv")
EARLIEST: Final = 1900


def _forms() -> list[tuple[str, str]]:
    t = words_of("take")
    return [(form, t[f"form_{form}"]) for form in FORMS]


def _said(section: str, key: str) -> Any:
    # In the language of the one who sends the form, and not of the first one here.
    return lazy(lambda: str(words_of(section)[key]), str)()


class TakeOutForm(forms.Form):
    """Which form the file has, and the passphrase that locks it, typed twice; none: in clear."""

    form = forms.ChoiceField(choices=_forms, widget=forms.RadioSelect, initial=FORMS[0])
    file_passphrase = PassphraseField(autocomplete="new-password", required=False)
    file_again = PassphraseField(autocomplete="new-password", required=False)
    # Sent only after the page has said that some of it does not open.
    without = forms.BooleanField(required=False)
    # Likewise after it has said that it does not come in one file.
    part = forms.CharField(required=False)

    def clean_part(self) -> Stretch:
        """Which part; of what is none of the page's own choices everything."""
        try:
            return Stretch.parse(self.cleaned_data["part"])
        except BadCursor:
            return ALL

    def clean_file_passphrase(self) -> str:
        """Refuse what is too short to protect anything."""
        passphrase: str = self.cleaned_data["file_passphrase"]
        length = len(unicodedata.normalize("NFKC", passphrase).strip())
        if passphrase and length < SHORTEST_PASSPHRASE:
            raise forms.ValidationError(words_of("take")["short"].format(least=SHORTEST_PASSPHRASE))
        return passphrase

    def clean(self) -> dict[str, Any]:
        """Both must be the same."""
        cleaned = super().clean() or {}
        first = cleaned.get("file_passphrase")
        if first is not None and first != cleaned.get("file_again"):
            self.add_error("file_again", words_of("take")["differ"])
        return cleaned


class SureForm(forms.Form):
    """That everything is meant, and whether the backups beside the records go, too."""

    sure = forms.BooleanField(error_messages={"required": _said("erase", "not_sure")})
    backups_too = forms.BooleanField(required=False)


class DaysForm(forms.Form):
    """From which day to which."""

    first = forms.DateField(
        widget=forms.DateInput(attrs={"autocomplete": "off"}, format="%Y-%m-%d"),
        error_messages={
            "required": _said("days", "first_missing"),
            "invalid": _said("days", "as_day"),
        },
    )
    last = forms.DateField(
        widget=forms.DateInput(attrs={"autocomplete": "off"}, format="%Y-%m-%d"),
        error_messages={
            "required": _said("days", "last_missing"),
            "invalid": _said("days", "as_day"),
        },
    )

    def clean(self) -> dict[str, Any]:
        """A span has two ends in their order, in years that a calendar has."""
        cleaned = super().clean() or {}
        first: date | None = cleaned.get("first")
        last: date | None = cleaned.get("last")
        if (first and last and not EARLIEST <= first.year <= last.year < 9999) or (
            first and last and last < first
        ):
            self.add_error("last", words_of("days")["order"])
        return cleaned
