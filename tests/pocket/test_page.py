"""The page to write on without a network, where there is one and where no script runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from secondvoice.records.ids import make_id

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Someone

CRITIC = "I messed up the report again."
HERE = {"Sec-Fetch-Site": "same-origin"}


def test_it_is_the_same_for_everybody_and_opens_without_unlocking(
    client: Client, alice: Someone
) -> None:
    theirs, nobodys = alice.client.get("/pocket/"), client.get("/pocket/")
    assert theirs.content == nobodys.content
    assert theirs["Cache-Control"] == "no-cache"
    assert "X-Diary" not in theirs.headers


def test_other_pages_say_whether_the_diary_is_open(alice: Someone) -> None:
    assert alice.client.get("/")["X-Diary"] == "open"
    alice.client.post("/lock/")
    assert alice.client.get("/unlock/")["X-Diary"] == "locked"


def test_its_forms_keep_what_is_written_and_go_on(alice: Someone) -> None:
    fields = {"voice": CRITIC, "id": str(make_id())}
    for _ in range(2):
        response = alice.client.post("/waiting/write/moment/", fields, headers=HERE)
        assert response.status_code == 302
    assert [kept.value.voice for kept in alice.door.all("moment")] == [CRITIC]
    response = alice.client.post("/waiting/write/check_in/", {"hard": "3"}, headers=HERE)
    assert response["Location"] == "/measures/"
    assert len(list(alice.door.all("check_ins"))) == 1


def test_an_empty_form_goes_back_to_the_page(alice: Someone) -> None:
    response = alice.client.post("/waiting/write/moment/", {"voice": " "}, headers=HERE)
    assert response["Location"] == "/pocket/"
    assert (
        alice.client.post(
            "/waiting/write/moment/", {"voice": CRITIC}, headers={"Sec-Fetch-Site": "cross-site"}
        ).status_code
        == 403
    )
    assert list(alice.door.all("moment")) == []


def test_words_of_danger_lead_to_people(alice: Someone) -> None:
    fields = {"voice": "I want to kill myself."}
    response = alice.client.post("/waiting/write/moment/", fields, headers=HERE)
    assert response["Location"].endswith("/care/")


def test_a_form_that_meets_the_lock_is_carried_through_it(alice: Someone) -> None:
    alice.client.post("/lock/")
    page = alice.client.post("/waiting/write/moment/", {"voice": CRITIC}, headers=HERE)
    html = page.content.decode()
    assert CRITIC in html
    names = re.findall(r'name="carried_name" value="([^"]*)"', html)
    values = re.findall(r'name="carried_value" hidden>\n?([^<]*)<', html)
    assert names
    sent = {
        "passphrase": alice.passphrase,
        "way_on": "/waiting/write/moment/",
        "was_form": "1",
        "carried_name": names,
        "carried_value": values,
    }
    response = alice.client.post("/unlock/", sent, headers=HERE)
    assert response.status_code == 302
    assert [kept.value.voice for kept in alice.door.all("moment")] == [CRITIC]
