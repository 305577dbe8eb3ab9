"""The addresses of coming in, first run, unlocking and settings."""

from __future__ import annotations

from django.urls import path

from secondvoice.people.views import choices, first_run, unlocking

urlpatterns = [
    path("enter/", unlocking.enter, name="enter"),
    path("welcome/", first_run.welcome, name="welcome"),
    path("welcome/key/", first_run.welcome_key, name="welcome_key"),
    path("welcome/friend/", first_run.welcome_friend, name="welcome_friend"),
    path("unlock/", unlocking.unlock, name="unlock"),
    path("unlock/recovery/", unlocking.recover, name="recover"),
    path("lock/", unlocking.lock, name="lock"),
    path("leave/", unlocking.leave, name="leave"),
    path("blank/", unlocking.blank, name="blank"),
    path("settings/", choices.settings, name="settings"),
    path("settings/passphrase/", choices.settings_passphrase, name="settings_passphrase"),
    path("settings/recovery-code/", choices.settings_code, name="settings_code"),
]
