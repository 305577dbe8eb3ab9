"""The forms of bringing things in."""

from __future__ import annotations

from django import forms

from secondvoice.arriving import words_of

LARGEST = 8 * 1024 * 1024
"""Bytes that the page takes; the command takes any number."""


class FileForm(forms.Form):
    """The file, and what it may not say of itself."""

    file = forms.FileField(
        allow_empty_file=True,
        error_messages={
            "required": words_of("choose")["none"],
            "invalid": words_of("choose")["none"],
        },
    )
    dates = forms.ChoiceField(
        required=False,
        choices=[
            ("", words_of("choose")["dates_auto"]),
            ("dmy", words_of("choose")["dates_dmy"]),
            ("mdy", words_of("choose")["dates_mdy"]),
        ],
    )
