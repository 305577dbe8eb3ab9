"""In which language somebody is spoken to."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import translation

from secondvoice.site.assets import still_version
from secondvoice.support import CARE
from secondvoice.texts import texts, with_words
from secondvoice.tongues import each_tongue, tongue
from tests.tongues.pseudo import CODE, spoken

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Someone


def chosen(client: Client, code: str, **headers: str) -> str:
    response = client.post(
        "/language/",
        {"language": code, "back": "support"},
        headers={"Sec-Fetch-Site": "same-origin", **headers},
    )
    assert response.status_code == 302
    return str(response["Location"])


def test_a_page_says_its_language(client: Client) -> None:
    english = client.get("/support/")
    assert '<html lang="en-GB">' in english.content.decode()
    assert english["Content-Language"] == "en-gb"
    assert {"Accept-Language", "Cookie"} <= set(english["Vary"].split(", "))


def test_whoever_chooses_german_gets_it_from_then_on_and_goes_back_where_they_were(
    client: Client,
) -> None:
    assert '<button class="link" name="language" value="de" lang="de">Deutsch</button>' in (
        client.get("/support/").content.decode()
    )
    assert chosen(client, "de") == "/support/"
    page = client.get("/support/").content.decode()
    assert '<html lang="de">' in page
    assert ">English</button>" in page
    chosen(client, "en-gb")
    assert '<html lang="en-GB">' in client.get("/support/").content.decode()


def test_the_choice_lies_in_a_cookie_that_no_script_and_no_other_site_sees(client: Client) -> None:
    chosen(client, "es")
    cookie = client.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("es", True, "Strict")
    assert cookie["max-age"] == 365 * 24 * 60 * 60


@pytest.mark.parametrize("code", ["tlh", "", "../de", "fr"])
def test_a_language_that_is_not_spoken_here_changes_nothing(client: Client, code: str) -> None:
    chosen(client, code)
    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies


def test_another_site_cannot_choose_nor_lead_away(client: Client) -> None:
    sent = {"language": "de", "back": "//elsewhere.example/"}
    refused = client.post("/language/", sent, headers={"Sec-Fetch-Site": "cross-site"})
    assert refused.status_code == 403
    here = client.post("/language/", sent, headers={"Sec-Fetch-Site": "same-origin"})
    assert here["Location"] == "/"


@pytest.mark.parametrize(
    ("asks", "lang"),
    [
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("de-AT,de;q=0.9,en;q=0.5", "de"),
        ("fr-CH,fr;q=0.9,de;q=0.8", "de"),
        ("en-US,en;q=0.9,de;q=0.8", "en-GB"),
        ("pl", "en-GB"),
        ("", "en-GB"),
    ],
)
def test_the_first_page_is_in_the_language_that_the_device_asks_for(
    client: Client, asks: str, lang: str
) -> None:
    page = client.get("/support/", headers={"Accept-Language": asks}).content.decode()
    assert f'<html lang="{lang}">' in page


def test_whoever_would_rather_have_english_finds_it_by_its_name_and_keeps_it(
    client: Client,
) -> None:
    asks = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}
    german = client.get("/support/", headers=asks).content.decode()
    assert 'value="en-gb" lang="en-gb">English</button>' in german
    chosen(client, "en-gb")
    assert '<html lang="en-GB">' in client.get("/support/", headers=asks).content.decode()


def test_a_language_that_is_half_there_speaks_only_to_who_chose_it(client: Client) -> None:
    asks = {"Accept-Language": "de"}
    with override_settings(WHOLE_LANGUAGES=["en-gb"]):
        assert '<html lang="en-GB">' in client.get("/support/", headers=asks).content.decode()
        chosen(client, "de")
        assert '<html lang="de">' in client.get("/support/", headers=asks).content.decode()


def test_it_can_be_chosen_where_the_diary_is_locked(alice: Someone) -> None:
    alice.client.post("/lock/")
    page = alice.client.get("/unlock/").content.decode()
    assert 'lang="de">Deutsch</button>' in page
    chosen(alice.client, "de")
    assert '<html lang="de">' in alice.client.get("/unlock/").content.decode()


def test_a_language_from_right_to_left_turns_the_page(client: Client) -> None:
    with spoken(client):
        page = client.get("/support/").content.decode()
    assert f'<html lang="{CODE}" dir="rtl">' in page
    assert 'dir="' not in client.get("/support/").content.decode()


def test_the_pages_that_lie_by_are_fetched_anew_for_another_language(client: Client) -> None:
    def version() -> str:
        found = re.search(r"const VERSION = (.*);", client.get("/sw.js").content.decode())
        assert found
        return str(json.loads(found[1]))

    english = version()
    chosen(client, "de")
    assert (english, version()) == (still_version(), f"{still_version()}-de")


def test_words_kept_at_the_top_of_a_module_are_said_in_the_language_of_the_moment() -> None:
    english = str(CARE["care_offer"])
    with spoken(), translation.override(CODE):
        assert CARE["care_offer"] == f"⟦{english}⟧"
        assert texts("secondvoice.support", "plan.toml")["room"]["begin"] == "⟦Begin⟧"
    assert CARE["care_offer"] == english


def test_what_is_remembered_is_remembered_for_each_language() -> None:
    made = []

    @each_tongue
    def remembered(of: int) -> str:
        made.append(of)
        return f"{tongue()} {of}"

    with translation.override("de"):
        assert (remembered(1), remembered(1)) == ("de 1", "de 1")
    with translation.override("en-us"):
        assert remembered(1) == "en 1"
    assert (remembered(1), made) == ("en 1", [1, 1])


def test_codes_and_figures_are_never_translated() -> None:
    table = {"id": "rest", "title": "Rest", "call": "112", "text": "988", "n": 3, "to": ["minute"]}
    changed = with_words(table, "secondvoice.support", "support.toml", lambda words, at: f"{at}!")
    assert changed == table | {"title": "title!"}
