"""The addresses of the practices."""

from __future__ import annotations

from django.urls import path

from secondvoice.practices.views import befriend, letters, minute, phrases

urlpatterns = [
    path("minute/", minute.minute, name="minute"),
    path("minute/landed/", minute.landed, name="minute_landed"),
    path("letters/", letters.letters, name="letters"),
    path("letters/new/", letters.new, name="letter_new"),
    path("letters/new/<slug:start>/", letters.begin, name="letter_begin"),
    path("letters/deleted/", letters.deleted, name="letters_deleted"),
    path("letters/<uuid:thing>/", letters.letter, name="letter"),
    path("letters/<uuid:thing>/write/", letters.write, name="letter_write"),
    path("letters/<uuid:thing>/draft/", letters.draft, name="letter_draft"),
    path("letters/<uuid:thing>/care/", letters.care, name="letter_care"),
    path("letters/<uuid:thing>/landed/", letters.landed, name="letter_landed"),
    path("letters/<uuid:thing>/delete/", letters.delete, name="letter_delete"),
    path("letters/<uuid:thing>/restore/", letters.restore, name="letter_restore"),
    path("phrases/", phrases.phrases, name="phrases"),
    path("phrases/mine/", phrases.mine, name="phrases_mine"),
    path("phrases/care/", phrases.care, name="phrases_care"),
    path("phrases/landed/", phrases.landed, name="phrases_landed"),
    path("phrases/delete/", phrases.delete, name="phrases_delete"),
    path("phrases/restore/", phrases.restore, name="phrases_restore"),
    path("phrases/<slug:step>/", phrases.step, name="phrases_step"),
    path("phrases/<slug:step>/draft/", phrases.draft, name="phrases_draft"),
    path("be-the-friend/", befriend.befriend, name="befriend"),
    path("be-the-friend/meet/", befriend.meet, name="befriend_meet"),
    path("be-the-friend/deleted/", befriend.deleted, name="befriended_deleted"),
    path("be-the-friend/<uuid:thing>/", befriend.answer, name="befriend_answer"),
    path("be-the-friend/<uuid:thing>/draft/", befriend.draft, name="befriend_draft"),
    path("be-the-friend/<uuid:thing>/parts/", befriend.parts, name="befriend_parts"),
    path("be-the-friend/<uuid:thing>/leave-it/", befriend.leave_it, name="befriend_leave_it"),
    path("be-the-friend/<uuid:thing>/said/", befriend.said, name="befriend_said"),
    path("be-the-friend/<uuid:thing>/care/", befriend.care, name="befriend_care"),
    path("be-the-friend/<uuid:thing>/landed/", befriend.landed, name="befriend_landed"),
    path("be-the-friend/<uuid:thing>/delete/", befriend.delete, name="befriend_delete"),
    path("be-the-friend/<uuid:thing>/restore/", befriend.restore, name="befriend_restore"),
]
