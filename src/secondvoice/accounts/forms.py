"""The forms of this room's own pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy


class InvitationForm(forms.Form):
    """The code of an invitation."""

    code = forms.CharField(
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Type the code that you were given.")},
    )
