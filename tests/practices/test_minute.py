"""The minute: three steps, at one's own pace, for whoever comes; and how it landed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from django.utils.html import escape

from secondvoice.poles import COMPASSIONATE
from secondvoice.practices.record import Practice, is_landed
from secondvoice.records.errors import DiskFull
from secondvoice.records.kinds import decode, encode
from secondvoice.records.models import Door
from secondvoice.texts import said_to, texts

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Someone

HERE = {"Sec-Fetch-Site": "same-origin"}
JSON = {"Accept": "application/json"}
WORDS = said_to(texts("secondvoice.practices", "minute.toml"), "")
WAY = texts("secondvoice.practices", "backdraft.toml")


def page(client: Client) -> str:
    response = client.get("/minute/", headers={"Accept-Encoding": "identity"})
    assert response.status_code == 200
    return response.content.decode()


def test_it_opens_for_anybody_at_once(client: Client) -> None:
    assert "A minute" in page(client)


def test_the_three_parts_come_in_the_order_of_an_answer(client: Client) -> None:
    html = page(client)
    places = [html.index(f'id="{pole.value}"') for pole in COMPASSIONATE]
    assert places == sorted(places)


def test_without_scripts_every_step_and_phrase_is_there(client: Client) -> None:
    html = page(client)
    for step in WORDS["minute"]["steps"]:
        for phrase in step["phrases"]:
            assert f'value="{phrase["id"]}"' in html
    of_the_steps = html.split('id="landed"')[0]
    assert of_the_steps.count('type="radio"') == 3 + sum(
        len(step["phrases"]) for step in WORDS["minute"]["steps"]
    )
    assert 'action="/minute/landed/"' in html


def test_a_gesture_is_offered_with_and_without_touch(client: Client) -> None:
    html = page(client)
    assert all(f'name="gesture" value="{one}"' in html for one in ("touch", "without", "none"))


def test_the_sound_is_off_until_it_is_turned_on(client: Client) -> None:
    html = page(client)
    assert "<audio" not in html
    assert re.search(r"data-sound[^>]*>Turn sound on<", html)


def test_it_names_nobody(alice: Someone) -> None:
    assert "{friend}" not in page(alice.client)


def test_how_it_landed_is_kept_while_the_diary_is_open(alice: Someone) -> None:
    response = alice.client.post("/minute/landed/", {"landed": "lighter"}, headers=HERE)
    assert WORDS["landed"]["options"][0]["reply"] in response.content.decode()
    assert WORDS["landed"]["kept"] in response.content.decode()
    kept = alice.door.latest("practice")
    assert kept is not None
    assert kept.value == Practice("minute", "lighter")


def test_something_hard_leads_to_the_floor_and_to_people(alice: Someone) -> None:
    response = alice.client.post("/minute/landed/", {"landed": "hard"}, headers=HERE)
    html = response.content.decode()
    the_way_back_is_in(html)
    assert 'class="button" href="/support/"' in html
    assert escape(WAY["lowered"]["text"]) in html
    again = alice.client.post("/minute/landed/", {"landed": "hard"}, headers=HERE)
    assert 'href="/support/therapist/"' in again.content.decode()


def test_the_same_is_in_the_page_itself_for_when_there_is_no_network(client: Client) -> None:
    the_way_back_is_in(page(client))


def the_way_back_is_in(html: str) -> None:
    """What it was, then the five steps in their order, with people."""
    steps = ["Give it its name", "Feet on the floor", "Something ordinary", "Close on purpose"]
    told = [WAY["path"]["told"], *steps, "Somebody to ring"]
    places = [html.index(escape(text)) for text in told]
    assert places == sorted(places)
    assert 'href="/support/"' in html


def test_while_locked_nothing_is_kept_and_nothing_is_asked(locked_alice: Someone) -> None:
    response = locked_alice.client.post(
        "/minute/landed/", {"landed": "same"}, headers={**HERE, **JSON}
    )
    assert response.json() == {"kept": False, "problem": "", "pace": "", "care": "none"}
    assert locked_alice.door.latest("practice") is None


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "null"},
        {},
    ],
)
def test_what_another_page_sends_is_not_kept(alice: Someone, headers: dict[str, str]) -> None:
    alice.client.post("/minute/landed/", {"landed": "hard"}, headers=headers)
    assert alice.door.latest("practice") is None


def test_an_older_browser_is_known_by_its_origin(alice: Someone) -> None:
    origin = {"Origin": "http://testserver"}
    response = alice.client.post("/minute/landed/", {"landed": "same"}, headers={**origin, **JSON})
    assert response.json()["kept"] is True


@pytest.mark.parametrize("value", ["worse", "LIGHTER", "lighter ", "<b>"])
def test_an_answer_that_was_not_offered_is_not_kept(alice: Someone, value: str) -> None:
    response = alice.client.post("/minute/landed/", {"landed": value}, headers=HERE)
    assert response.status_code == 200
    assert "<b>" not in response.content.decode()
    assert alice.door.latest("practice") is None


def test_a_full_disk_is_said_and_the_floor_is_still_there(
    alice: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFull

    monkeypatch.setattr(Door, "keep", full)
    response = alice.client.post("/minute/landed/", {"landed": "hard"}, headers=HERE)
    html = response.content.decode()
    assert str(DiskFull()) in html
    the_way_back_is_in(html)


def test_reading_the_answer_page_by_get_is_refused(client: Client) -> None:
    assert client.get("/minute/landed/").status_code == 405


def test_the_answers_offered_are_the_answers_that_can_be_kept() -> None:
    assert all(is_landed(option["id"]) for option in WORDS["landed"]["options"])
    assert not is_landed("worse")


def test_a_practice_comes_back_as_it_was_kept() -> None:
    practice = Practice("minute", "hard", "Europe/Lisbon")
    assert decode("practice", 1, encode(practice)) == practice


def test_the_kind_is_known_to_every_command_and_not_only_to_the_pages() -> None:
    code = "import django; django.setup(); from secondvoice.records.kinds import registered as r; "
    code += "print('practice' in r(), 'secondvoice.practices.views' in __import__('sys').modules)"
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "secondvoice.site.settings"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True)
    assert done.stdout.split() == [b"True", b"False"]
