"""The forms of bringing things in."""

from __future__ import annotations

from django import forms
from django.utils.functional import lazy

from secondvoice.arriving import words_of
from secondvoice.people.forms import PassphraseField

LARGEST = 8 * 1024 * 1024
"""Bytes that the page takes; the command takes any number."""


def _none() -> str:
    return str(words_of("choose")["none"])


def _orders() -> list[tuple[str, str]]:
    t = words_of("choose")
    return [("", t["dates_auto"]), ("dmy", t["dates_dmy"]), ("mdy", t["dates_mdy"])]


# Said in the language of the one who sends the form, and not of the first one here.
_none_later = lazy(_none, str)


class FileForm(forms.Form):
    """The file, the passphrase that seals it if one does, and what it may not say of itself."""

    file = forms.FileField(
        allow_empty_file=True,
        error_messages={"required": _none_later(), "invalid": _none_later()},
    )
    file_passphrase = PassphraseField(autocomplete="off", required=False)
    dates = forms.ChoiceField(required=False, choices=_orders)
