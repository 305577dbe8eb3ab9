"""What reaches somebody while no page is open: in the language that they chose."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client

from secondvoice.records.models.store import of
from secondvoice.reminders.management.sending import send_due
from secondvoice.reminders.models import Schedule
from tests.reminders.test_email import ADDRESS, office
from tests.reminders.test_sending import EIGHT, asked, listening, phone

if TYPE_CHECKING:
    from tests.cast import Someone
    from tests.reminders.post_office import PostOffice
    from tests.reminders.relay import Phone, Relay

__all__ = ["asked", "listening", "office", "phone"]

DAILY = {"start": "08:00", "end": "", "times": "1", "days": list("0123456"), "text": "breath"}


def choose(someone: Someone, code: str) -> None:
    sent = {"language": code, "back": "support"}
    someone.client.post("/language/", sent, headers={"Sec-Fetch-Site": "same-origin"})


def feed_of(alice: Someone) -> str:
    page = alice.client.get("/settings/reminders/").content.decode()
    found = re.search(r'id="feed">http://testserver([^<]+)<', page)
    assert found
    return Client().get(found[1]).content.decode()


def with_letters(alice: Someone, office: PostOffice) -> None:
    way = {"way": "ask", "address": ADDRESS}
    alice.client.post("/settings/reminders/email/", way)
    found = re.search(r"\b\d{6}\b", office.letters[-1].get_content())
    assert found
    alice.client.post("/settings/reminders/email/", {"way": "confirm", "code": found[0]})


@pytest.mark.parametrize(("code", "subject"), [("de", "Ein Atemzug"), ("es", "Una respiración")])
def test_letters_come_in_the_language_of_whoever_asked_for_them(
    alice: Someone, office: PostOffice, code: str, subject: str
) -> None:
    choose(alice, code)
    with_letters(alice, office)
    assert office.letters[-1]["Subject"] == {"de": "Ein Code", "es": "Un código"}[code]
    alice.client.post("/settings/reminders/new/", DAILY)
    row = of(Schedule, alice.person).get()
    assert row.due_at is not None
    assert send_due(row.due_at) == 1
    letter = office.letters[-1]
    assert letter["Subject"] == subject
    assert "This reminder" not in letter.get_content()


def test_a_language_that_is_chosen_later_is_that_of_what_comes_next(
    alice: Someone, office: PostOffice
) -> None:
    with_letters(alice, office)
    alice.client.post("/settings/reminders/new/", DAILY)
    choose(alice, "de")
    row = of(Schedule, alice.person).get()
    assert row.due_at is not None
    send_due(row.due_at)
    assert office.letters[-1]["Subject"] == "Ein Atemzug"


def test_a_notice_is_sent_in_it(asked: Someone, listening: Relay, phone: Phone) -> None:
    of(Schedule, asked.person).update(language="es")
    assert send_due(EIGHT) == 1
    told = json.loads(phone.opened(listening.got[0][2]))["notification"]
    assert told["title"] == "Una pausa corta"


def test_a_browser_shows_it_in_its_own_language_whichever_it_was_sent_in(alice: Someone) -> None:
    choose(alice, "de")
    found = re.search(r"const SAYS = (.*);", alice.client.get("/sw.js").content.decode())
    assert found
    says = json.loads(found[1])
    assert ["Ein Atemzug", "One breath", "Una respiración"] in says
    assert all(len(known) == len(settings.LANGUAGES) for known in says)


def test_the_calendar_is_in_it_though_no_cookie_comes_with_the_calendars_server(
    alice: Someone,
) -> None:
    choose(alice, "de")
    alice.client.post("/settings/reminders/new/", DAILY)
    alice.client.post("/settings/reminders/calendar/", {"way": "on"})
    german = feed_of(alice)
    assert "SUMMARY:Ein Atemzug\r\n" in german
    assert "PRODID:-//Ein Moment für dich//DE\r\n" in german
    choose(alice, "en-gb")
    english = feed_of(alice)
    assert "SUMMARY:One breath\r\n" in english
    assert "//EN\r\n" in english


def test_a_language_that_is_not_spoken_any_more_is_english(alice: Someone) -> None:
    alice.client.post("/settings/reminders/new/", DAILY)
    alice.client.post("/settings/reminders/calendar/", {"way": "on"})
    of(Schedule, alice.person).update(language="tlh")
    assert "SUMMARY:One breath\r\n" in feed_of(alice)


def test_who_is_not_reminded_leaves_no_language_behind(alice: Someone) -> None:
    choose(alice, "de")
    assert not of(Schedule, alice.person).exists()
