"""The plan for a hard hour: written in small steps, sealed, and open only as far as is chosen."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client

from secondvoice.practices.pace import pace_of
from secondvoice.support.models import open_parts, open_plan
from secondvoice.support.plan import KIND, STEPS, THING, Plan, pieces, plan_of
from secondvoice.texts import texts

if TYPE_CHECKING:
    from tests.cast import Someone

WORDS = texts("secondvoice.support", "plan.toml")
SIGNS = "I stop answering the heron letters."
JO = "Jo, after six: 0171 234 56 78"
DOCTOR = "My doctor on Mill Lane, +44 20 7946 0000"


def shown(client: Client, path: str, **headers: str) -> str:
    response = client.get(path, headers={"Accept-Encoding": "identity", **headers})
    assert response.status_code == 200, path
    return html.unescape(response.content.decode())


def write(someone: Someone, **steps: str) -> None:
    for step, text in steps.items():
        someone.client.post(f"/support/plan/{step}/", {"words": text})


@pytest.fixture
def planner(alice: Someone) -> Someone:
    """Alice, with three steps of a plan."""
    write(alice, signs=SIGNS, people=f"{JO}\n\nSam", lines=DOCTOR)
    return alice


def open_up(someone: Someone, *parts: str) -> None:
    someone.client.post("/support/plan/open/", {"part": list(parts)})


def lock(someone: Someone) -> None:
    someone.client.post("/lock/")


def test_it_is_written_in_six_small_steps_one_after_the_other(alice: Someone) -> None:
    assert f'href="/support/plan/{STEPS[0]}/"' in shown(alice.client, "/support/plan/")
    way = f"/support/plan/{STEPS[0]}/"
    for number, step in enumerate(STEPS, start=1):
        assert way == f"/support/plan/{step}/"
        page = shown(alice.client, way)
        assert f"{number} of 6" in page
        way = alice.client.post(way, {"words": f"{step}, a heron"})["Location"]
    assert way == "/support/plan/"
    page = shown(alice.client, way)
    assert all(f"{step}, a heron" in page for step in STEPS)


def test_every_step_can_be_left_out_or_left_empty(alice: Someone) -> None:
    for step, after in zip(STEPS, [*STEPS[1:], ""], strict=True):
        way = f"/support/plan/{after}/" if after else "/support/plan/"
        assert f'href="{way}"' in shown(alice.client, f"/support/plan/{step}/")
        assert alice.client.post(f"/support/plan/{step}/", {"words": ""})["Location"] == way
    assert plan_of(alice.door).empty


def test_what_is_typed_is_kept_on_the_way(alice: Someone) -> None:
    answer = alice.client.post("/support/plan/alone/draft/", {"words": "Half a wa"})
    assert answer.status_code == 204
    assert plan_of(alice.door).alone == "Half a wa"
    assert "Half a wa" in shown(alice.client, "/support/plan/alone/")


def test_it_is_sealed_and_only_its_newest_form_is_kept(planner: Someone) -> None:
    write(planner, signs="Otherwise.")
    assert len(planner.door.revisions(KIND, THING)) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM records_record WHERE kind = 'plan'")
        assert all(b"heron" not in bytes(row[0]) for row in cursor.fetchall())


def test_it_stands_first_on_support_while_unlocked_and_only_then(planner: Someone) -> None:
    page = shown(planner.client, "/support/")
    first = re.findall(r"<h2[^>]*>([^<]+)</h2>", page)[0]
    assert first == WORDS["shown"]["title"]
    assert SIGNS in page
    assert planner.client.get("/support/")["Cache-Control"] == "no-store"
    lock(planner)
    assert SIGNS not in shown(planner.client, "/support/")
    assert planner.client.get("/support/")["Cache-Control"] == "no-cache"


def test_the_page_that_is_laid_by_for_everybody_has_nothing_of_it(planner: Someone) -> None:
    open_up(planner, "people")
    everybody = shown(planner.client, "/support/", **{"X-Still": "1"})
    assert "Jo," not in everybody
    assert everybody == shown(Client(), "/support/")


def test_numbers_in_it_can_be_rung_with_one_tap(planner: Someone) -> None:
    for page in ("/support/", "/support/plan/"):
        text = shown(planner.client, page)
        assert '<a href="tel:01712345678">0171 234 56 78</a>' in text
        assert '<a href="tel:+442079460000">+44 20 7946 0000</a>' in text


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("Jo, 0171/234 56-78.", ["01712345678"]),
        ("116 123, day and night", ["116123"]),
        ("Mum (or Dad): 030 1234, at work 030 99-12", ["0301234", "0309912"]),
        ("988", ["988"]),
        ("After 18:00 and before 21.30", []),
        ("On 4.12.2026 at 7", []),
        ("Room 12, 2 flights up", []),
        ("", []),
    ],
)
def test_what_can_be_rung_in_a_line(line: str, numbers: list[str]) -> None:
    found = pieces(line)
    assert [tel for _, tel in found if tel] == numbers
    assert "".join(words for words, _ in found) == line


def test_locked_it_asks_to_unlock(planner: Someone) -> None:
    lock(planner)
    page = shown(planner.client, "/support/plan/")
    assert 'name="passphrase"' in page
    assert SIGNS not in page
    assert planner.client.get("/support/plan/mine/").json() == {"parts": [], "unlocked": False}


def test_before_anything_lies_open_it_says_what_and_where(planner: Someone) -> None:
    page = shown(planner.client, "/support/plan/open/")
    for place in WORDS["open"]["places"]:
        assert place in page
    assert WORDS["open"]["gone"] in page
    assert open_parts(planner.person) == ()


def test_what_was_chosen_can_be_read_without_unlocking_and_nothing_else(planner: Someone) -> None:
    open_up(planner, "people", "safer")
    lock(planner)
    for page in ("/support/", "/support/plan/"):
        text = shown(planner.client, page)
        assert "Jo, after six" in text
        assert SIGNS not in text
        assert "Mill Lane" not in text
    told = planner.client.get("/support/plan/mine/").json()
    assert [part["id"] for part in told["parts"]] == ["people"]


def test_a_stranger_on_the_same_computer_sees_nothing_of_it(planner: Someone) -> None:
    open_up(planner, "people")
    stranger = Client()
    assert "Jo, after six" not in shown(stranger, "/support/")
    for path in ("/support/plan/", "/support/plan/mine/", "/support/plan/people/"):
        assert stranger.get(path).status_code == 403
    assert stranger.post("/support/plan/open/take-back/").status_code == 403
    assert open_parts(planner.person) == ("people",)


def test_what_lies_open_follows_the_plan(planner: Someone) -> None:
    open_up(planner, "people", "safer")
    write(planner, people="Ana", safer="Jo keeps it.")
    assert open_plan(planner.person) == {"people": ["Ana"], "safer": ["Jo keeps it."]}


@pytest.mark.parametrize("locked", [True, False])
def test_one_touch_takes_the_copy_away_and_leaves_the_plan(planner: Someone, locked: bool) -> None:
    open_up(planner, "people")
    if locked:
        lock(planner)
    page = shown(planner.client, "/support/plan/")
    assert 'action="/support/plan/open/take-back/"' in page
    planner.client.post("/support/plan/open/take-back/", headers={"Sec-Fetch-Site": "same-origin"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM support_openplan")
        assert cursor.fetchone()[0] == 0
    assert plan_of(planner.door).people.startswith("Jo")
    lock(planner)
    assert "Jo, after six" not in shown(planner.client, "/support/")


def test_another_site_cannot_take_it_away(planner: Someone) -> None:
    open_up(planner, "people")
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = planner.client.post("/support/plan/open/take-back/", headers=headers)
    assert answer.status_code == 403
    assert open_parts(planner.person) == ("people",)


def test_choosing_nothing_takes_it_back_too(planner: Someone) -> None:
    open_up(planner, "people")
    open_up(planner)
    assert open_parts(planner.person) == ()


def test_the_lock_screen_itself_has_it_one_touch_away(planner: Someone) -> None:
    lock(planner)
    assert 'href="/support/"' in shown(planner.client, "/unlock/")
    assert "Jo, after six" not in shown(planner.client, "/unlock/")
    open_up_again(planner)
    lock(planner)
    assert "Jo, after six" in shown(planner.client, "/unlock/")


def open_up_again(someone: Someone) -> None:
    someone.unlock()
    open_up(someone, "people")


def test_letting_the_plan_go_closes_what_lay_open_and_can_be_undone(planner: Someone) -> None:
    open_up(planner, "people")
    planner.client.post("/support/plan/delete/")
    assert open_plan(planner.person) == {}
    page = shown(planner.client, "/support/plan/")
    assert 'action="/support/plan/restore/"' in page
    planner.client.post("/support/plan/restore/")
    assert plan_of(planner.door) == Plan(signs=SIGNS, people=f"{JO}\n\nSam", lines=DOCTOR)
    assert open_plan(planner.person) == {}


def test_a_copy_whose_plan_was_erased_goes_with_it(planner: Someone) -> None:
    open_up(planner, "people")
    planner.door.delete(THING, KIND)
    assert open_plan(planner.person) == {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM support_openplan")
        assert cursor.fetchone()[0] == 0


def test_words_of_danger_lead_to_people_first_and_the_way_on_stays_open(alice: Someone) -> None:
    answer = alice.client.post("/support/plan/signs/", {"words": "I want to kill myself tonight."})
    assert answer["Location"] == "/support/plan/signs/care/"
    page = shown(alice.client, answer["Location"])
    assert 'href="/support/"' in page
    assert 'href="/support/plan/alone/"' in page
    assert pace_of(alice.door).danger_at is not None


def test_an_unknown_step_is_nowhere(alice: Someone) -> None:
    for path in ("/support/plan/reasons/", "/support/plan/reasons/care/"):
        assert alice.client.get(path).status_code == 404
    with pytest.raises(ValueError, match="no step"):
        Plan().saying("reasons", "x")


def test_a_device_gets_it_for_the_time_without_a_network(planner: Someone) -> None:
    open_up(planner, "lines")
    told = planner.client.get("/waiting/key/").json()
    assert [part["id"] for part in told["plan"]] == ["signs", "people", "lines"]
    assert [part["id"] for part in told["open_plan"]] == ["lines"]
    lock(planner)
    assert planner.client.get("/waiting/key/").status_code == 423
