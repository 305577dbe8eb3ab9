"""What a page shows is given to translators: looked at in a language that puts it in brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tongues.pseudo import english_in, spoken

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Someone

OPEN_PAGES = ["/support/", "/support/therapist/"]
"""Pages that open without unlocking."""
OWN_PAGES = ["/support/plan/", *(f"/support/plan/{step}/" for step in ("signs", "lines", "safer"))]
"""Pages of a diary in which nothing was written yet."""


@pytest.mark.parametrize("page", OPEN_PAGES)
def test_a_page_for_everybody_shows_nothing_that_cannot_be_translated(
    client: Client, page: str
) -> None:
    with spoken(client):
        response = client.get(page)
    assert response.status_code == 200
    assert english_in(response.content.decode()) == []


@pytest.mark.parametrize("page", OWN_PAGES)
def test_a_page_of_the_diary_shows_nothing_that_cannot_be_translated(
    alice: Someone, page: str
) -> None:
    with spoken(alice.client):
        response = alice.client.get(page)
    assert response.status_code == 200
    assert english_in(response.content.decode()) == []


def test_the_check_itself_sees_english() -> None:
    page = (
        '<html lang="he"><body><p>⟦Go on⟧ 3 <b title="⟦There⟧">⟦at {⟦home⟧}⟧</b></p>'
        '<p aria-label="Left">Second Voice</p><i lang="en">Items</i> Stay'
    )
    assert english_in(page) == ["Left", "Stay"]
