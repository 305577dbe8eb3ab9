"""Trying the reader: any words are read on a page that keeps nothing of them."""

from __future__ import annotations

import html
import logging
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from secondvoice.support import CARE
from secondvoice.trying.seen import LONGEST, MOST_DRAWN, look

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Someone

HARSH = "I messed up the report again. I'm such an idiot."
DANGER = "I want to kill myself tonight"


def tried(client: Client, text: str, whose: str = "", **headers: str) -> str:
    response = client.post("/reader/", {"text": text, "whose": whose}, headers=headers)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    return html.unescape(response.content.decode())


def rows() -> dict[str, int]:
    """How many rows every table has."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            found[table] = cursor.fetchone()[0]
    return found


def test_the_marks_stand_on_the_words_with_their_reasons(alice: Someone) -> None:
    page = tried(alice.client, HARSH)
    assert 'class="mark' in page
    assert "This gives you a name, where something you did would be enough." in page
    assert "What the voice adds" in page


def test_it_opens_while_the_diary_is_locked(locked_alice: Someone) -> None:
    assert "What it hears" in tried(locked_alice.client, HARSH)


def test_nobody_comes_in_by_it(client: Client) -> None:
    assert client.get("/reader/").status_code != 200
    assert client.post("/reader/", {"text": HARSH}).status_code != 200


def test_nothing_is_kept_of_what_was_tried(
    alice: Someone, caplog: pytest.LogCaptureFixture
) -> None:
    before = rows()
    with caplog.at_level(logging.DEBUG):
        tried(alice.client, HARSH)
    assert rows() == before
    assert "idiot" not in caplog.text


def test_a_script_gets_the_result_alone(alice: Someone) -> None:
    part = tried(alice.client, HARSH, **{"HX-Request": "true"})
    assert "<html" not in part
    assert "What it hears" in part


def test_words_of_danger_are_met_first_and_not_turned_round(alice: Someone) -> None:
    page = tried(alice.client, DANGER)
    assert CARE["question"] in page
    assert page.index(CARE["question"]) < page.index("What it hears")
    assert "Would you say this to a friend?" not in page
    assert "It can miss words, words of danger too." in page


def test_it_says_when_it_would_rather_not_say(alice: Someone) -> None:
    page = tried(alice.client, "ich bin so ein Idiot und ich weiss nicht warum")
    assert "The reader would rather not say." in page
    assert "only knows English" in page


def test_an_answer_is_told_its_parts(alice: Someone) -> None:
    page = tried(alice.client, "This is hard. Everyone makes mistakes.", "answer")
    assert 'data-has="yes"' in page
    assert 'data-has="no"' in page


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_nothing_to_read_is_said_and_loses_nothing(alice: Someone, text: str) -> None:
    assert "There is nothing to read yet." in tried(alice.client, text)


def test_too_long_a_text_stays_in_the_field(alice: Someone) -> None:
    text = "ten words " * (LONGEST // 10 + 1)
    page = tried(alice.client, text)
    assert "this page reads up to 100,000" in page
    assert text.strip()[:200] in page


def test_what_looks_like_a_page_is_only_words(alice: Someone) -> None:
    page = alice.client.post("/reader/", {"text": "<script>alert(1)</script> I'm so stupid"})
    assert b"<script>alert(1)" not in page.content


def test_other_ways_of_asking_are_refused(alice: Someone) -> None:
    assert alice.client.put("/reader/").status_code == 405


def test_a_whole_journal_is_drawn_with_its_unmarked_parts_folded() -> None:
    plain = "We walked along the river and had soup at the market. It was cold. " * 6
    seen = look(f"{plain}\n\n{plain}\n\n{HARSH}\n\n{plain}", None)
    assert [passage.folded for passage in seen.passages] == [True, False, True]
    assert (seen.paragraphs, seen.marked_paragraphs) == (4, 1)
    assert "".join(p.text for passage in seen.passages[1:2] for p in passage.pieces) == HARSH


def test_a_page_of_thousands_of_marks_draws_the_first_and_says_so(alice: Someone) -> None:
    text = "\n\n".join([HARSH] * (MOST_DRAWN + 20))
    seen = look(text, None)
    assert seen.drawn == MOST_DRAWN
    assert seen.marks > seen.drawn
    assert f"The first {MOST_DRAWN} marks of" in tried(alice.client, text)
