"""The addresses of the practices."""

from __future__ import annotations

from django.urls import path

from secondvoice.practices.views import (
    backdraft,
    course,
    kindness,
    library,
    minute,
    oneday,
    pausing,
    player,
    written,
)

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
    path("course/", course.course, name="course"),
    path("course/move/", course.course_move, name="course_move"),
    path("course/<int:number>/", course.course_week, name="course_week"),
    path("course/<int:number>/draft/", course.course_draft, name="course_draft"),
    path("course/<int:number>/care/", course.course_care, name="course_care"),
    path("course/<int:number>/told/", course.course_told, name="course_told"),
    path("course/<int:number>/steady/", course.course_steady, name="course_steady"),
    path("one-day/", oneday.one_day, name="one_day"),
    path("one-day/<uuid:thing>/morning/", oneday.morning, name="one_day_morning"),
    path("one-day/<uuid:thing>/done/", oneday.done, name="one_day_done"),
    path("one-day/<uuid:thing>/move/", oneday.move, name="one_day_move"),
    path("one-day/<uuid:thing>/let-go/", oneday.let_go, name="one_day_let_go"),
    path("one-day/<uuid:thing>/back/", oneday.bring_back, name="one_day_bring_back"),
    path("one-day/<uuid:thing>/pause/", pausing.begin, name="one_day_begin_pause"),
    path("one-day/<uuid:thing>/evening/", pausing.evening, name="one_day_evening"),
    path(
        "one-day/<uuid:thing>/evening/draft/", pausing.evening_draft, name="one_day_evening_draft"
    ),
    path("one-day/<uuid:thing>/care/", pausing.care, name="one_day_care"),
    path("one-day/pause/<uuid:thing>/<int:number>/", pausing.pause, name="one_day_pause"),
    path(
        "one-day/pause/<uuid:thing>/<int:number>/draft/",
        pausing.pause_draft,
        name="one_day_pause_draft",
    ),
]
