"""The addresses of the practices."""

from __future__ import annotations

from django.urls import path

from secondvoice.practices.views import backdraft, kindness, library, minute, player, written

urlpatterns = [
    path("minute/", minute.minute, name="minute"),
    path("minute/landed/", minute.landed, name="minute_landed"),
    path("practices/", library.library, name="practices"),
    path("written/", written.written, name="practices_written"),
    path("written/<uuid:thing>/delete/", written.delete, name="written_delete"),
    path("practices/left/<uuid:thing>/", player.left, name="practice_left"),
    path("practices/pace/", kindness.change_pace, name="pace"),
    path("practices/<slug:name>/", library.practice, name="practice"),
    path("practices/<slug:name>/<slug:form>/", player.play, name="play"),
    path("practices/<slug:name>/<slug:form>/landed/", player.played, name="played"),
    path("practices/<slug:name>/<slug:form>/half/", player.half, name="practice_half"),
    path("practices/<slug:name>/<slug:form>/steady/", player.steady, name="steady"),
    path("kindness/", kindness.kindness_hard, name="kindness_hard"),
    path("backdraft/", backdraft.backdraft, name="backdraft"),
]
