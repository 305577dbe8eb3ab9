"""The addresses of coming in, first run, unlocking and settings."""

from __future__ import annotations

from django.urls import path

from secondvoice.people.views import choices, devices, first_run, rekeying, unlocking

urlpatterns = [
    path("enter/", unlocking.enter, name="enter"),
    path("welcome/", first_run.welcome, name="welcome"),
    path("welcome/key/", first_run.welcome_key, name="welcome_key"),
    path("passphrase/strength/", first_run.passphrase_strength, name="passphrase_strength"),
    path("welcome/friend/", first_run.welcome_friend, name="welcome_friend"),
    path("unlock/", unlocking.unlock, name="unlock"),
    path("unlock/recovery/", unlocking.recover, name="recover"),
    path("lock/", unlocking.lock, name="lock"),
    path("leave/", unlocking.leave, name="leave"),
    path("blank/", unlocking.blank, name="blank"),
    path("settings/", choices.settings, name="settings"),
    path("settings/passphrase/", choices.settings_passphrase, name="settings_passphrase"),
    path("settings/devices/", devices.devices, name="settings_devices"),
    path("settings/devices/lock/", devices.device_lock, name="settings_device_lock"),
    path("settings/devices/lock-all/", devices.lock_all, name="settings_lock_everywhere"),
    path("settings/data-key/", rekeying.settings_data_key, name="settings_data_key"),
    path("settings/recovery-code/try/", choices.settings_code_try, name="settings_code_try"),
    path("settings/recovery-code/", choices.settings_code, name="settings_code"),
]
