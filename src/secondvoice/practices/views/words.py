"""A person's own words in the forms of this room."""

from __future__ import annotations

from typing import Any

from django import forms

LONGEST_TEXT = 1_000_000
TOO_LONG = (
    "That is more than a million characters. Nothing is lost: it is still here. "
    "Keep a part of it, and save again."
)


class WordsField(forms.CharField):
    """A person's own words: optional, several lines, kept exactly as they were written."""

    def __init__(self, *, rows: int = 3, **attrs: str) -> None:
        super().__init__(
            required=False,
            strip=False,
            max_length=LONGEST_TEXT,
            error_messages={"max_length": TOO_LONG},
            widget=forms.Textarea(attrs={"rows": str(rows), "autocomplete": "off", **attrs}),
        )
        # The browser would cut a paste at maxlength without a word.
        self.widget.attrs.pop("maxlength", None)

    def clean(self, value: Any) -> str:
        """Line ends as the person sees them, on every system."""
        text: str = super().clean(value)
        return text.replace("\r\n", "\n").replace("\r", "\n")


class QuestionForm(forms.Form):
    """An answer to the question of a week."""

    words = WordsField(rows=5)


class DayForm(forms.Form):
    """A day of the calendar; whether it can be chosen is for the view to say."""

    on = forms.DateField(
        widget=forms.DateInput(
            attrs={"type": "date", "autocomplete": "off", "required": True}, format="%Y-%m-%d"
        ),
        input_formats=["%Y-%m-%d"],
    )


class SentenceForm(forms.Form):
    """A sentence of one's own for the day."""

    own = WordsField(rows=2)


class PauseForm(forms.Form):
    """What the voice has been saying. The questions that are only ticked have no field."""

    words = WordsField(rows=3)


class PauseFriendForm(PauseForm):
    """Would I say this to a friend, why not, and what instead."""

    say_it = forms.ChoiceField(
        required=False, choices=[("yes", "Yes"), ("no", "No"), ("unsure", "I don't know")]
    )
    why = WordsField(rows=2)
    instead = WordsField(rows=2)


class EveningForm(forms.Form):
    """A line of one's own, and what was different."""

    added = WordsField(rows=2)
    different = WordsField(rows=3)
