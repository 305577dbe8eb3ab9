"""A report to take along: figures with their error, counts, and no word that was not ticked."""

from __future__ import annotations

import re
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from django.utils import timezone

from secondvoice.measures.kept import month_thing
from secondvoice.measures.record import CheckIn, CheckIns, Taking
from secondvoice.moments.record import Moment, Step
from secondvoice.people.record import Settings
from secondvoice.practices.letter import Letter
from secondvoice.practices.record import Practice
from secondvoice.report.gathering import Span
from secondvoice.report.pdf import as_pdf, engine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cast import Someone

LAST = date(2026, 3, 31)
VOICE = "You are a complete wreck"
KIND = "Rest now, little heron"
HAPPENED = "The boiler burst again"
LETTER = "Dear me, the sea was calm"
FRIEND = "Wilhelmina"


@pytest.fixture
def lived(alice: Someone) -> Someone:
    """Eight weeks with something in them, and something before."""
    door = alice.door
    door.keep(Settings(friend=FRIEND, zone="UTC"))
    for weeks, value in ((0, 3.4), (4, 3.1), (8, 2.1), (30, 1.2)):
        taking = Taking("scs-sf", done=True, elsewhere=True, scores={"total": value})
        door.keep(taking, happened_at=at(LAST - timedelta(weeks=weeks)))
    month = CheckIns(LAST.replace(day=1)).with_day(LAST, CheckIn(5, 6, 7))
    door.keep(month, thing=month_thing(LAST), happened_at=at(LAST))
    moment = Moment(
        step=Step.DONE, happened=HAPPENED, voice=VOICE, kind_words=KIND, friend=FRIEND, before=7
    )
    door.keep(moment, happened_at=at(LAST - timedelta(days=3)))
    door.keep(Moment(voice="long ago"), happened_at=at(LAST - timedelta(weeks=30)))
    door.keep(Letter(start="to-me", text=LETTER, done=True), happened_at=at(LAST))
    for days in (1, 2, 300):
        door.keep(Practice("soles", "lighter"), happened_at=at(LAST - timedelta(days=days)))
    door.keep(Practice("minute"), happened_at=at(LAST))
    door.keep(Practice("soles", half=True), happened_at=at(LAST))
    alice.unlock()
    return alice


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def asked(**more: object) -> dict[str, object]:
    return {"weeks": "8", "last": LAST.isoformat(), **more}


def paper(alice: Someone, **more: object) -> str:
    """What prints of the page: not the form above it."""
    page = alice.client.post("/report/look/", asked(**more)).content.decode()
    return page[page.index('<article class="paper') :]


def pages(raw: bytes) -> Iterator[str]:
    document = pypdfium2.PdfDocument(raw)
    for page in document:
        text = page.get_textpage()
        yield text.get_text_range()
        text.close()
        page.close()
    document.close()


def pdf(alice: Someone, **more: object) -> str:
    response = alice.client.post("/report/pdf/", asked(**more))
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Disposition"] == 'attachment; filename="report.pdf"'
    return re.sub(r"\s+", " ", " ".join(pages(response.content)))


def ticks(alice: Someone) -> dict[str, str]:
    page = alice.client.post("/report/look/", asked()).content.decode()
    found = re.findall(
        r'name="tick" value="([^"]+)"> <span>.*?<br>(.*?)</span>', page, flags=re.DOTALL
    )
    return {words: mark for mark, words in found}


def test_it_has_scores_with_their_error_and_counts_of_these_weeks_only(lived: Someone) -> None:
    page = paper(lived)
    assert "4 February 2026 to 31 March 2026" in page
    assert "2 scores from 3 March 2026 to 31 March 2026, between 3.1 and 3.4." in page
    assert "The shaded band is the error of measurement" in page
    assert 'class="chart__band"' in page
    assert "1.2" not in re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)
    counts = dict(re.findall(r'<th scope="row">([^<]+)</th><td>(once|\d+ times)</td>', page))
    assert counts == {
        "Moments written down, with an answer": "once",
        "Check-ins": "once",
        "Letters to oneself": "once",
        "A minute": "once",
        "Soles of the feet": "2 times",
    }


def test_no_word_is_in_it_unless_ticked(lived: Someone) -> None:
    for report in (paper(lived), pdf(lived)):
        for word in (VOICE, KIND, HAPPENED, LETTER, FRIEND, "In their own words"):
            assert word not in report


def test_only_what_was_ticked_is_in_it(lived: Someone) -> None:
    marks = ticks(lived)
    assert set(marks) == {VOICE, KIND, HAPPENED, LETTER}
    for report in (paper(lived, tick=[marks[KIND]]), pdf(lived, tick=[marks[KIND]])):
        assert KIND in report
        for word in (VOICE, HAPPENED, LETTER, FRIEND):
            assert word not in report


def test_a_measure_can_be_left_out(lived: Someone) -> None:
    assert "Self-Compassion Scale" in paper(lived)
    assert "Self-Compassion Scale" not in paper(lived, chosen="yes", measure=["check-ins"])
    assert "Self-Compassion Scale" not in pdf(lived, chosen="yes", measure=["check-ins"])


def test_the_pdf_says_what_the_page_says(lived: Someone) -> None:
    report = pdf(lived)
    for sentence in (
        "Second Voice: 8 weeks",
        "2 scores from 3 March 2026 to 31 March 2026, between 3.1 and 3.4.",
        "The shaded band is the error of measurement",
        "Soles of the feet 2 times",
        "It is no diagnosis",
        "1 / 2",
    ):
        assert sentence in report, sentence


def test_words_are_words_in_the_pdf_and_no_markup(lived: Someone) -> None:
    odd = "<img src='file:///etc/passwd'> & <b>bold</b> Zoë 愚か 🙈"
    lived.door.keep(Moment(voice=odd), happened_at=at(LAST))
    mark = next(mark for words, mark in ticks(lived).items() if "passwd" in words)
    assert "<img src='file:///etc/passwd'> & <b>bold</b> Zoë" in pdf(lived, tick=[mark])


def test_nothing_is_fetched_for_a_pdf_and_nothing_of_it_gets_into_a_log(
    capfd: pytest.CaptureFixture[str],
) -> None:
    secret = "<object data='file:///etc/hostname'></object><a rel=attachment href='file:///etc/hostname'>a</a>"
    raw = as_pdf(f"<link rel=attachment href='file:///etc/hostname'><p>Here.</p>{secret}")
    document = pypdfium2.PdfDocument(raw)
    assert document.count_attachments() == 0
    document.close()
    assert capfd.readouterr() == ("", "")


def test_without_weasyprint_there_is_no_button_and_a_sentence_why(
    lived: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As Python itself marks a module that cannot be imported.
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    engine.cache_clear()
    try:
        page = lived.client.post("/report/look/", asked()).content.decode()
        assert "Save as PDF" not in page
        assert "needs the extra secondvoice[report]" in page
        assert lived.client.post("/report/pdf/", asked())["Location"] == "/report/"
    finally:
        engine.cache_clear()


def test_long_words_go_over_pages(lived: Someone) -> None:
    lived.door.keep(Letter(start="to-me", text="A line.\n" * 300, done=True), happened_at=at(LAST))
    mark = next(mark for words, mark in ticks(lived).items() if words.startswith("A line."))
    response = lived.client.post("/report/pdf/", asked(tick=[mark]))
    found = list(pages(response.content))
    assert len(found) > 4
    assert sum(page.count("A line.") for page in found) == 300


def test_weeks_without_anything_say_so_without_a_reproach(alice: Someone) -> None:
    page = paper(alice)
    assert "No measure was taken in these weeks." in page
    assert "Nothing was noted in these weeks." in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"weeks": "8", "last": ""}, "Choose the last day."),
        ({"weeks": "8", "last": "soon"}, "Write the day like 2026-03-31."),
        ({"weeks": "8", "last": "0001-01-02"}, "Choose a later day."),
        ({"weeks": "3", "last": "2026-03-31"}, "Select a valid choice"),
    ],
)
def test_what_is_no_choice_of_weeks_is_asked_again(
    alice: Someone, fields: dict[str, str], sentence: str
) -> None:
    page = alice.client.post("/report/look/", fields).content.decode()
    assert sentence in page
    assert alice.client.post("/report/pdf/", fields).status_code == 302


def test_a_day_is_the_persons_own_and_both_ends_are_in() -> None:
    span = Span.up_to(LAST, 1)
    assert (span.first, (span.last - span.first).days) == (date(2026, 3, 25), 6)
    zone = timezone.get_fixed_timezone(120)
    late = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)
    assert span.holds(late, UTC)
    assert not span.holds(late, zone)


def test_nothing_of_it_is_kept_and_nobody_else_sees_it(lived: Someone, client: object) -> None:
    before = [item.id for item in lived.door.log()]
    pdf(lived)
    assert [item.id for item in lived.door.log()] == before
    lived.client.post("/lock/")
    for path in ("/report/look/", "/report/pdf/"):
        page = lived.client.post(path, asked()).content.decode()
        assert "Passphrase" in page
        assert "Soles" not in page
