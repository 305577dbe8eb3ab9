"""The forms of this room's own pages."""

from __future__ import annotations

from django import forms


class InvitationForm(forms.Form):
    """The code of an invitation."""

    code = forms.CharField(
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": "Type the code that you were given."},
    )
