"""Support opens for anybody, at once, and every number can be rung with one tap."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from secondvoice.support import CARE
from secondvoice.support.lines import Line, by_country, dial, dialled
from secondvoice.texts import texts

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Someone

WORDS = texts("secondvoice.support", "support.toml")
LINES = [*WORDS["numbers"]["lines"], *WORDS["abuse"]["lines"]]
ENTRIES = [*WORDS["danger"]["numbers"], *LINES]


def page(client: Client, address: str = "/support/") -> str:
    response = client.get(address, headers={"Accept-Encoding": "identity"})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("address", ["/support/", "/support/grounding/"])
def test_it_opens_without_unlocking_and_without_coming_in(client: Client, address: str) -> None:
    assert "<h1>" in page(client, address)


def test_it_opens_while_the_diary_is_locked(locked_alice: Someone) -> None:
    assert WORDS["opening"]["line"] in page(locked_alice.client)


def test_danger_comes_first(client: Client) -> None:
    html = page(client)
    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", html)
    assert headings[0] == WORDS["danger"]["title"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])
def test_each_line_is_one_tap_away(client: Client, entry: dict[str, str]) -> None:
    html = page(client)
    line = dial(entry)
    if line.call:
        assert re.fullmatch(r"\+?\d{3,}", line.tel)
        assert f'href="tel:{line.tel}"' in html
    if line.text:
        assert f'href="sms:{line.sms}"' in html
    if line.url:
        assert line.url.startswith("https://")
        assert f'href="{line.url}"' in html


def test_a_number_that_nobody_checked_says_so(client: Client) -> None:
    html = page(client)
    unchecked = [entry for entry in ENTRIES if not entry["verified"]]
    here = WORDS["numbers"]["countries"]
    listed = [
        *WORDS["danger"]["numbers"],
        *WORDS["abuse"]["lines"],
        # Below each of its countries.
        *(
            entry
            for entry in (*WORDS["numbers"]["lines"], *WORDS["abuse"]["lines"])
            for code in entry["country"].split()
            if code in here
        ),
    ]
    assert html.count("not checked by us yet") == sum(not entry["verified"] for entry in listed)
    if unchecked:
        assert WORDS["numbers"]["unverified_note"] in html


def test_one_country_is_chosen_by_hand_and_holds_all_that_is_there(client: Client) -> None:
    html = page(client)
    for code, name in WORDS["numbers"]["countries"].items():
        assert f'<a href="#in-{code}">{name}</a>' in html
        block = html.split(f'id="in-{code}"')[1].split('class="country"')[0]
        lines = [entry for entry in LINES if code in entry["country"].split()]
        assert lines, name
        for entry in lines:
            assert entry.get("name", "") in block
            assert entry.get("hours", "") in block
            assert entry.get("language", "") in block
    assert "#in-other" in html
    assert 'href="tel:999"' in html.split('id="in-GB"')[1].split('class="country"')[0]


def test_every_country_that_can_be_chosen_has_a_number_for_danger() -> None:
    assert [c.name for c in by_country(WORDS) if c.emergency is None] == []


HERE = {"Sec-Fetch-Site": "same-origin"}


def test_a_country_that_was_chosen_comes_first_until_it_is_forgotten(client: Client) -> None:
    kept = client.post("/support/country/", {"in": "DE"}, headers=HERE)
    assert kept["Location"] == "/support/#yours"
    cookie = kept.cookies["sv_country"]
    assert (cookie.value, cookie["path"], cookie["samesite"]) == ("DE", "/support/", "Strict")
    html = page(client)
    assert html.index('id="in-DE"') < html.index(WORDS["directory"]["text"])
    assert html.count('id="in-DE"') == 1
    lines = html.split('id="danger"')[1]
    assert lines.index('data-in="AT BE DE') < lines.index('data-in="GB"')
    client.post("/support/country/", {"in": "GB"}, headers=HERE)
    lines = page(client).split('id="danger"')[1]
    assert lines.index('href="tel:999"') < lines.index('href="tel:112"')
    assert page(client).count('id="in-DE"') == 1
    gone = client.post("/support/country/", {"in": ""}, headers=HERE)
    assert gone.cookies["sv_country"].value == ""
    assert 'aria-labelledby="yours-title" hidden' in page(client)


def test_a_country_is_remembered_while_the_diary_is_locked_and_by_no_record(
    locked_alice: Someone,
) -> None:
    locked_alice.client.post("/support/country/", {"in": "IE"}, headers=HERE)
    html = page(locked_alice.client)
    assert html.index('id="in-IE"') < html.index('id="in-AU"')
    locked_alice.client.cookies.pop("sv_country")
    assert 'aria-labelledby="yours-title" hidden' in page(locked_alice.client)


def test_the_page_that_is_laid_by_for_everybody_knows_no_country(client: Client) -> None:
    client.post("/support/country/", {"in": "DE"}, headers=HERE)
    html = client.get("/support/", headers={"X-Still": "1"}).content.decode()
    assert 'aria-labelledby="yours-title" hidden' in html


@pytest.mark.parametrize("code", ["XX", "de", "DE; Path=/", "EU1"])
def test_a_country_that_is_not_on_the_list_is_not_remembered(client: Client, code: str) -> None:
    answer = client.post("/support/country/", {"in": code}, headers=HERE)
    assert answer.cookies["sv_country"].value == ""
    client.cookies["sv_country"] = code
    assert 'aria-labelledby="yours-title" hidden' in page(client)


def test_no_other_site_can_choose_the_country(client: Client) -> None:
    answer = client.post(
        "/support/country/", {"in": "DE"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert "sv_country" not in answer.cookies


def test_what_somebody_checked_comes_first() -> None:
    old = {"id": "a", "where": "A", "number": "1111", "checked": "not checked", "verified": False}
    new = {"id": "b", "where": "B", "number": "2222", "checked": "2026-11-20", "verified": True}
    assert [line.where for line in dialled([old, new, old])] == ["B", "A", "A"]


def test_a_link_outside_tells_the_other_side_nothing(client: Client) -> None:
    for link in re.findall(r'<a href="https://[^>]+>', page(client)):
        assert "noreferrer" in link


def test_grounding_has_a_way_with_feet_and_one_without(client: Client) -> None:
    html = page(client, "/support/grounding/")
    section = texts("secondvoice.practices", "minute.toml")["grounding"]
    for step in (*section["soles"]["steps"], *section["hands"]["steps"]):
        assert step in html


def test_dialling_drops_what_is_only_there_to_be_read() -> None:
    line = dial({"id": "x", "where": "Here", "call": "+44 (0)1 23-4", "text": "852 58"})
    assert line == Line(
        where="Here", call="+44 (0)1 23-4", tel="+440123" + "4", text="852 58", sms="85258"
    )


def test_a_line_that_was_checked_carries_the_day() -> None:
    entry = {"id": "x", "where": "Here", "number": "112", "checked": "2026-11-20", "verified": True}
    assert dial(entry).checked == "2026-11-20"
    assert dial({**entry, "verified": False}).checked == ""


def test_an_entry_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="has no number"):
        dial({"id": "x", "where": "Here"})


def test_other_rooms_find_the_words_of_care() -> None:
    assert {"care_offer", "care_now", "care_not_it", "question", "yes", "no"} <= set(CARE)
