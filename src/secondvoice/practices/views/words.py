"""A person's own words in the forms of this room."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from secondvoice.people.forms import WordsField


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
        required=False, choices=[("yes", _("Yes")), ("no", _("No")), ("unsure", _("I don't know"))]
    )
    why = WordsField(rows=2)
    instead = WordsField(rows=2)


class EveningForm(forms.Form):
    """A line of one's own, and what was different."""

    added = WordsField(rows=2)
    different = WordsField(rows=3)
