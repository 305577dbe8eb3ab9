"""Pages on which there is something, in another language: English is only what has to be."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from secondvoice.measures import instrument
from secondvoice.measures.kept import finished
from secondvoice.measures.record import Taking
from secondvoice.practices.wishes import begun, can_begin
from secondvoice.records.ids import make_id
from secondvoice.tongues import day_and_month, month_in_short, month_name
from tests.tongues.pseudo import english_in, spoken

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from tests.cast import Someone

SEPTEMBER = datetime(2026, 9, 3, 12, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 1, 12, tzinfo=UTC)
DAYS = [date(2026, month, 3) for month in range(1, 13)]


def html(page: HttpResponse) -> str:
    assert page.status_code == 200
    return str(page.content.decode())


def in_german(alice: Someone) -> None:
    sent = {"language": "de", "back": "support"}
    alice.client.post("/language/", sent, headers={"Sec-Fetch-Site": "same-origin"})


def taken(alice: Someone, on: datetime, answer: int) -> UUID:
    """A taking whose total is the answer, of which the critical side is the opposite."""
    scale = instrument("scs-sf")
    given = {item.id: 6 - answer if item.reversed else answer for item in scale.items}
    taking = Taking(scale.id, scale.version, done=True, answers=given)
    return alice.door.keep(finished(taking, scale, on), happened_at=on).thing


def test_a_result_and_its_change_are_said_and_only_names_stay(alice: Someone) -> None:
    taken(alice, SEPTEMBER, 2)
    thing = taken(alice, OCTOBER, 4)
    with spoken(alice.client):
        for path in (reverse("result", args=[thing]), reverse("over_time"), reverse("measures")):
            assert english_in(html(alice.client.get(path))) == []


def test_a_change_is_told_in_german_with_german_figures(alice: Someone) -> None:
    taken(alice, SEPTEMBER, 2)
    thing = taken(alice, OCTOBER, 4)
    in_german(alice)
    shown = html(alice.client.get(reverse("result", args=[thing])))
    assert "Eine verlässliche Veränderung: damals 2, jetzt 4." in shown
    assert "12 von 12 beantwortet" in shown
    assert "r = 0,84" in shown
    over = html(alice.client.get(reverse("over_time")))
    assert "3. September 2026" in over
    assert ">3. Sep</text>" in over


def test_questions_stay_english_are_marked_so_and_the_page_says_why(alice: Someone) -> None:
    thing = make_id()
    alice.client.post("/measures/about/scs-sf/", {"thing": str(thing), "way": "one"})
    english = html(alice.client.get(f"/measures/taking/{thing}/1/"))
    assert 'id="asked" lang="en"' in english
    assert "A translation of ours" not in english
    with spoken(alice.client):
        for path in (f"/measures/taking/{thing}/1/", f"/measures/taking/{thing}/"):
            page = html(alice.client.get(path))
            assert "A translation of ours would be another measure." in page
            assert english_in(page) == []


def test_a_reminder_says_its_days_in_german(alice: Someone) -> None:
    fields = {"start": "08:00", "end": "09:30", "times": "2", "days": ["0", "2"], "text": "moment"}
    alice.client.post("/settings/reminders/new/", fields)
    in_german(alice)
    shown = html(alice.client.get("/settings/reminders/"))
    wrong = html(alice.client.post("/settings/reminders/new/", {**fields, "days": []}))
    assert "Zweimal zwischen 08:00 und 09:30, Montag und Mittwoch" in shown
    assert re.search(r"<span>Montag, \d+\. \w+, 0[89]:\d\d</span>", shown)
    assert "Wähle mindestens einen Tag." in wrong


def test_what_was_passed_over_says_why_in_german(alice: Someone) -> None:
    in_german(alice)
    table = b"date,happened\n2026-01-02,Etwas.\n,Ohne Tag.\n"
    file = SimpleUploadedFile("mine.csv", table, content_type="text/csv")
    sent = alice.client.post(reverse("import"), {"file": file, "dates": ""}, follow=True)
    assert sent.status_code == 200
    columns = {"column": ["date", "happened"]}
    shown = html(alice.client.post(reverse("import_look"), columns))
    assert "Es nennt kein Datum." in shown
    assert "Zeile 3" in shown


def test_the_reader_doubts_in_german_and_explains_itself_in_english(alice: Someone) -> None:
    in_german(alice)
    doubt = html(alice.client.post(reverse("reader"), {"text": "Ich bin so dumm und faul."}))
    assert "Das sieht nicht nach Englisch aus" in doubt
    heard = html(
        alice.client.post(reverse("reader"), {"text": "I am such an idiot, I ruin everything."})
    )
    assert "sagt auf Englisch, was sie hört und warum" in heard
    assert '<p lang="en">' in heard
    with spoken(alice.client):
        again = alice.client.post(
            reverse("reader"), {"text": "I am such an idiot, I ruin everything."}
        )
        left = english_in(html(again))
    assert [one for one in left if "idiot" not in one and "ruin" not in one] == []


@pytest.mark.parametrize(
    ("language", "wish", "smaller"),
    [
        ("de", "Möge ich ruhig sein", "Möge ich nach und nach ruhig sein"),
        ("de", "möge ich mich annehmen", "möge ich mich nach und nach annehmen"),
        ("de", "Ich möchte mehr lachen", "Ich möchte nach und nach mehr lachen"),
        ("de", "Möge ich nach und nach ruhen", "Möge ich nach und nach ruhen"),
        ("de", "Eine ruhige Küche", "Eine ruhige Küche"),
        ("es", "Que esté en paz", "Que poco a poco esté en paz"),
        ("es", "Me gustaría reír más", "Me gustaría poco a poco reír más"),
        ("es", "Una cocina tranquila", "Una cocina tranquila"),
    ],
)
def test_a_wish_is_made_smaller_in_the_language_of_the_page(
    language: str, wish: str, smaller: str
) -> None:
    with translation.override(language):
        assert begun(wish) == smaller
        assert can_begin(wish) == (wish != smaller)


@pytest.mark.parametrize("language", ["en-gb", "de", "es"])
def test_every_month_has_its_name_and_its_short_one(language: str) -> None:
    with translation.override(language):
        short = [month_in_short(on) for on in DAYS]
        assert len(set(short)) == 12
        for on, name in zip(DAYS, short, strict=True):
            assert month_name(on).lower().startswith(name.lower()[:3])
        assert (
            day_and_month(DAYS[2]) == {"en-gb": "3 Mar", "de": "3. März", "es": "3 mar"}[language]
        )
