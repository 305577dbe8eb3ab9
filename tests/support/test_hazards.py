"""The hazard log: every hazard has a test, every test that it names is there; and some of them."""

from __future__ import annotations

import ast
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from secondvoice.practices.catalogue import practice, practices
from secondvoice.practices.pace import GROUNDING, offered, pace_of
from secondvoice.records.ids import make_id

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Someone

ROOT = Path(__file__).resolve().parents[2]
LOG = (ROOT / "docs" / "safety.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| (H\d+) \|(.*)\|$", LOG, re.MULTILINE))


def html(client: Client, path: str) -> str:
    return client.get(path, headers={"Accept-Encoding": "identity"}).content.decode()


@pytest.mark.parametrize("hazard", ROWS)
def test_every_hazard_has_a_test_that_is_there(hazard: str) -> None:
    cells = ROWS[hazard].split(" | ")
    assert len(cells) == 8, f"{hazard} has to have nine columns."
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", cells[-1])
    assert named, f"{hazard} names no test."
    for path, function in named:
        tree = ast.parse((ROOT / path).read_text("utf-8"))
        here = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert function in here, f"{hazard} names {path}::{function}, which is not there."


def test_the_log_plans_nothing_and_judges_each_hazard() -> None:
    assert len(ROWS) >= 20
    assert "To do" not in LOG
    for hazard, row in ROWS.items():
        cells = [cell.strip() for cell in row.split(" | ")]
        assert cells[3] in {"Minor", "Significant", "Considerable", "Major", "Catastrophic"}, hazard
        assert cells[4] in {"Very low", "Low", "Medium", "High", "Very high"}, hazard


def test_after_words_of_danger_in_a_moment_only_the_floor_is_offered(alice: Someone) -> None:
    thing = make_id()
    words = {"voice": "I want to kill myself tonight.", "before": ""}
    alice.client.post(f"/moments/{thing}/notice/", words)
    now = datetime.now(UTC)
    pace = pace_of(alice.door)
    assert {name for name, each in practices().items() if offered(each, pace, now=now)} == set(
        GROUNDING
    )


def test_a_very_hard_moment_leaves_the_floor_for_today(alice: Someone) -> None:
    alice.client.post(f"/moments/{make_id()}/notice/", {"voice": "So slow.", "before": "9"})
    assert pace_of(alice.door).very_hard(datetime.now(UTC))


def test_the_page_on_working_with_somebody_is_two_touches_away(client: Client) -> None:
    assert 'href="/practices/"' in html(client, "/support/")
    for path in ("/practices/", "/backdraft/"):
        assert 'href="/support/therapist/"' in html(client, path)


def test_it_says_that_it_is_for_adults_and_names_a_line_for_children(
    client: Client, locked_alice: Someone
) -> None:
    assert "adults" in html(client, "/support/")
    assert re.search(r"child", html(client, "/support/"), re.IGNORECASE)


@pytest.mark.parametrize("name", ["scan", "food", "touch"])
def test_what_is_not_for_every_body_says_so_on_the_first_screen(client: Client, name: str) -> None:
    each = practice(name)
    for form in each.forms:
        first = html(client, f"/practices/{name}/{form.form}/").split('id="steps"')[0]
        assert each.not_now in first
        assert f'href="/practices/{each.instead[0]}/"' in first


def test_no_practice_is_at_a_wheel_and_none_needs_the_eyes_shut() -> None:
    for each in practices().values():
        assert each.eyes in {"open", "either"}
        said = " ".join(step.say for form in each.forms for step in form.steps).casefold()
        assert not re.search(r"\b(driving|drive|steering|at the wheel|motorway)\b", said), each.id
