"""The addresses of reminders."""

from __future__ import annotations

from django.urls import path

from secondvoice.reminders.views import feed, room, ways

urlpatterns = [
    path("settings/reminders/", room.reminders, name="reminders"),
    path("settings/reminders/new/", room.new, name="reminder_new"),
    path("settings/reminders/hours/", room.hours, name="reminder_hours"),
    path("settings/reminders/pause/", room.pause, name="reminder_pause"),
    path("settings/reminders/calendar/", ways.calendar, name="reminders_calendar"),
    path("settings/reminders/device/", ways.device, name="reminders_device"),
    path("settings/reminders/device/<uuid:one>/", ways.device_remove, name="reminders_device_gone"),
    path("settings/reminders/email/", ways.email, name="reminders_email"),
    path("settings/reminders/<uuid:one>/", room.change, name="reminder"),
    path("settings/reminders/<uuid:one>/remove/", room.remove, name="reminder_remove"),
    path("calendar/<str:secret>.ics", feed.feed, name="calendar_feed"),
]
