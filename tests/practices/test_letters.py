"""Letters to oneself: written, put away, sent back, read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.utils import timezone

from secondvoice import practices
from secondvoice.practices.letter import Letter
from secondvoice.practices.pace import pace_of, passed, set_pace
from secondvoice.records.errors import NotThere
from secondvoice.records.ids import make_id
from tests.cast import move_in

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.cast import Someone

pytestmark = pytest.mark.django_db

LETTER = "Dear tired one,\n\nYou forgot one birthday. Nobody keeps such a list and drops nothing."
DUE = "A letter of yours is due back."


def text(response: HttpResponse) -> str:
    assert response.status_code == 200
    return response.content.decode()


def kept(someone: Someone, thing: UUID) -> Letter:
    value = someone.door.get("letter", thing).value
    assert isinstance(value, Letter)
    return value


def put_away(someone: Someone, words: str = LETTER, **fields: str) -> UUID:
    thing = make_id()
    sent = {"start": "kind-part", "text": words, "back": ""} | fields
    response = someone.client.post(f"/letters/{thing}/write/", sent)
    assert response.status_code == 302, response.content.decode()
    return thing


def make_due(someone: Someone, thing: UUID, days_ago: int = 0) -> None:
    """As if its day had come meanwhile."""
    value = kept(someone, thing)
    on = timezone.localdate() - timedelta(days=days_ago)
    someone.door.keep(
        Letter(start=value.start, text=value.text, back_on=on, done=True), thing=thing
    )


def test_there_are_three_ways_to_begin_and_each_opens_a_sheet(alice: Someone) -> None:
    alice.client.post("/welcome/friend/", {"friend": "Sam"})
    page = text(alice.client.get("/letters/new/"))
    for start, heading in (
        ("to-me", "From a friend, to me"),
        ("to-friend", "To Sam, who has had this happen"),
        ("kind-part", "From the kind part, to the one that struggles"),
    ):
        assert f'href="/letters/new/{start}/"' in page
        assert heading in text(alice.client.get(f"/letters/new/{start}/"))
    assert alice.client.get("/letters/new/somebody/").status_code == 404


def test_old_hurt_is_explained_before_the_first_letter_and_is_a_link_after_it(
    alice: Someone,
) -> None:
    assert '<details class="why no-print" open>' in text(alice.client.get("/letters/new/"))
    put_away(alice)
    later = text(alice.client.get("/letters/new/"))
    assert '<details class="why no-print">' in later
    assert "What was that about old hurt?" in later


def test_a_letter_is_put_away_and_how_the_writing_landed_is_asked_once(alice: Someone) -> None:
    thing = make_id()
    sent = {"start": "to-me", "text": LETTER, "back": "7"}
    way_on = alice.client.post(f"/letters/{thing}/write/", sent)["Location"]
    page = text(alice.client.get(way_on))
    assert "You forgot one birthday." in page
    assert "How did the writing land?" in page
    assert kept(alice, thing).back_on == timezone.localdate() + timedelta(days=7)
    alice.client.post(f"/letters/{thing}/landed/", {"of": "away", "landed": "lighter"})
    assert kept(alice, thing).landed == "lighter"
    assert "How did the writing land?" not in text(alice.client.get(f"/letters/{thing}/"))
    done = alice.door.latest("practice")
    assert done is not None
    assert (done.value.practice, done.value.landed) == ("letter", "lighter")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": " \n"}, "One line is enough for a letter."),
        ({"text": LETTER, "back": "day"}, "Choose the day, or “No need”."),
        ({"text": LETTER, "back": "day", "back_on": "1999-01-01"}, "Choose a day after today"),
        ({"text": LETTER, "back": "day", "back_on": "soon"}, "Choose a day as year, month, day."),
    ],
)
def test_what_cannot_be_put_away_is_said_and_the_words_stay(
    alice: Someone, fields: dict[str, str], sentence: str
) -> None:
    page = text(alice.client.post(f"/letters/{make_id()}/write/", {"start": "to-me"} | fields))
    assert sentence in page
    assert fields["text"].strip().splitlines()[-1:] == [] or "You forgot one birthday." in page


def test_a_day_typed_in_a_field_that_was_not_asked_for_is_no_mistake(alice: Someone) -> None:
    thing = put_away(alice, back="", back_on="soon")
    assert kept(alice, thing).back_on is None


def test_on_its_day_one_quiet_line_says_so_and_none_of_its_words(alice: Someone) -> None:
    thing = put_away(alice, back="30")
    assert DUE not in text(alice.client.get("/"))
    make_due(alice, thing)
    home = text(alice.client.get("/"))
    assert DUE in home
    assert f'href="/letters/{thing}/"' in home
    assert "birthday" not in home


def test_of_several_the_one_that_waited_longest_comes_and_one_line_is_enough(
    alice: Someone,
) -> None:
    newer, older = put_away(alice), put_away(alice, "Dear you, the older one.")
    make_due(alice, newer, days_ago=1)
    make_due(alice, older, days_ago=9)
    home = text(alice.client.get("/"))
    assert home.count(DUE) == 1
    assert f'href="/letters/{older}/"' in home


@pytest.mark.parametrize("landed", ["same", ""])
def test_reading_it_is_part_of_the_practice_and_then_it_is_no_longer_due(
    alice: Someone, landed: str
) -> None:
    thing = put_away(alice)
    make_due(alice, thing)
    page = text(alice.client.get(f"/letters/{thing}/"))
    assert "It came back as you asked." in page
    assert "How did that land?" in page
    alice.client.post(f"/letters/{thing}/landed/", {"of": "read", "landed": landed})
    assert kept(alice, thing).read_on == timezone.localdate()
    assert kept(alice, thing).read == landed
    assert DUE not in text(alice.client.get("/"))


def test_a_letter_that_was_read_can_be_sent_back_again(alice: Someone) -> None:
    thing = put_away(alice)
    make_due(alice, thing)
    alice.client.post(f"/letters/{thing}/landed/", {"of": "read", "landed": "same"})
    assert "Send it back again" in text(alice.client.get(f"/letters/{thing}/"))
    alice.client.post(f"/letters/{thing}/write/", {"text": LETTER, "back": "30"})
    assert kept(alice, thing).read_on is None
    assert kept(alice, thing).back_on == timezone.localdate() + timedelta(days=30)


def test_its_day_can_have_passed_and_the_letter_still_be_changed(alice: Someone) -> None:
    thing = put_away(alice)
    make_due(alice, thing, days_ago=3)
    on = timezone.localdate() - timedelta(days=3)
    sent = {"text": LETTER + " Yours.", "back": "day", "back_on": str(on)}
    assert alice.client.post(f"/letters/{thing}/write/", sent).status_code == 302
    assert kept(alice, thing).text.endswith("Yours.")
    assert kept(alice, thing).due(timezone.localdate())


def test_what_is_typed_is_kept_and_picked_up_again(alice: Someone) -> None:
    thing = make_id()
    at = f"/letters/{thing}/draft/"
    assert alice.client.post(at, {"start": "to-friend", "text": "Dear S"}).status_code == 204
    assert alice.client.post(at, {"start": "to-friend", "text": "Dear Sam"}).status_code == 204
    assert kept(alice, thing).text == "Dear Sam"
    assert len(alice.door.revisions("letter", thing)) == 1
    page = text(alice.client.get("/letters/"))
    assert "Not put away yet" in page
    assert f'href="/letters/{thing}/write/"' in page
    assert "Dear Sam" in text(alice.client.get(f"/letters/{thing}/write/"))
    assert alice.client.get(f"/letters/{thing}/")["Location"] == f"/letters/{thing}/write/"


def test_an_empty_sheet_leaves_nothing_behind(alice: Someone) -> None:
    alice.client.post(f"/letters/{make_id()}/draft/", {"start": "to-me", "text": "  "})
    assert alice.door.latest("letter") is None


def test_of_a_letter_put_away_every_change_is_kept_but_none_of_the_typing(alice: Someone) -> None:
    thing = put_away(alice)
    for typed in ("Dear", "Dear you", "Dear you two"):
        alice.client.post(f"/letters/{thing}/draft/", {"text": typed, "back": ""})
    alice.client.post(f"/letters/{thing}/write/", {"text": "Dear you two.", "back": ""})
    texts = [item.value.text for item in alice.door.revisions("letter", thing)]
    assert texts == ["Dear you two.", LETTER]


def test_deleted_is_told_and_can_be_undone(alice: Someone) -> None:
    thing = put_away(alice, back="7")
    assert alice.client.post(f"/letters/{thing}/delete/")["Location"] == "/letters/"
    page = text(alice.client.get("/letters/"))
    assert "It is out of the list, and can be brought back for 7 days." in page
    assert "birthday" not in page
    assert "birthday" in text(alice.client.get("/letters/deleted/"))
    # A page left open does not write over what can be brought back.
    sent = {"text": "something else", "back": ""}
    assert alice.client.post(f"/letters/{thing}/write/", sent).status_code == 404
    alice.client.post(f"/letters/{thing}/restore/")
    assert kept(alice, thing).text == LETTER


def test_words_of_danger_lead_to_people_and_nothing_is_asked_or_offered(alice: Someone) -> None:
    thing = make_id()
    sent = {"start": "to-me", "text": "I want to die. I have had enough.", "back": "7"}
    way_on = alice.client.post(f"/letters/{thing}/write/", sent)["Location"]
    assert way_on == f"/letters/{thing}/care/"
    page = text(alice.client.get(way_on))
    assert "Are you safe right now?" in page
    assert 'class="button" href="/support/"' in page
    assert f'href="/letters/{thing}/"' in page
    read = text(alice.client.get(f"/letters/{thing}/?away"))
    assert "How did the writing land?" not in read
    assert 'class="care' in read
    assert pace_of(alice.door).danger_at is not None


def test_after_words_of_danger_no_letter_is_offered_and_none_is_locked_away(
    alice: Someone,
) -> None:
    thing = put_away(alice)
    make_due(alice, thing)
    practices.heard_danger(alice.door)
    assert DUE not in text(alice.client.get("/"))
    page = text(alice.client.get("/letters/"))
    assert 'class="button" href="/support/"' in page
    assert 'class="button" href="/letters/new/"' not in page
    assert "birthday" in page
    set_pace(alice.door, passed)
    assert DUE in text(alice.client.get("/"))


def test_a_letter_with_words_of_danger_in_it_does_not_come_back_by_itself(
    alice: Someone,
) -> None:
    thing = put_away(alice, "I want to die. I have had enough.", back="7")
    set_pace(alice.door, passed)
    assert practices.letters_due(alice.door, timezone.localdate() + timedelta(days=8)) == []
    assert kept(alice, thing).due(timezone.localdate() + timedelta(days=8))


def test_something_hard_makes_what_is_offered_smaller_and_leads_to_a_way_back(
    alice: Someone,
) -> None:
    thing = put_away(alice)
    sent = {"of": "away", "landed": "hard"}
    response = alice.client.post(f"/letters/{thing}/landed/", sent)
    assert response["Location"] != f"/letters/{thing}/"
    assert pace_of(alice.door).smaller
    assert pace_of(alice.door).hard == 1


def test_nobody_else_reads_it(alice: Someone) -> None:
    thing = put_away(alice)
    bob = move_in()
    with pytest.raises(NotThere):
        bob.door.get("letter", thing)
    assert practices.letters_due(bob.door, date(2100, 1, 1)) == []


def test_a_locked_diary_asks_to_be_opened_and_carries_the_letter_through(
    locked_alice: Someone,
) -> None:
    sent = {"start": "to-me", "text": LETTER, "back": "7"}
    page = text(locked_alice.client.post(f"/letters/{make_id()}/write/", sent))
    assert "You forgot one birthday." in page
    assert 'name="passphrase"' in page
    draft = {"X-Draft": "1"}
    at = f"/letters/{make_id()}/draft/"
    assert locked_alice.client.post(at, sent, headers=draft).status_code == 423
