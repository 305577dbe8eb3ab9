"""What a page shows is given to translators: looked at in a language that puts it in brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from tests.site.addresses import ENDS_THE_SESSION, PARTS, Address, addresses
from tests.tongues.pseudo import english_in, spoken

if TYPE_CHECKING:
    from tests.cast import Someone

PAGES = sorted(
    (
        each
        for each in addresses()
        if not each.of_somebody
        and set(each.parts) <= {*PARTS, "name"}
        and each.name not in ENDS_THE_SESSION
    ),
    key=lambda each: each.name,
)
"""Every page that a diary has before anything was written."""


def path_of(address: Address) -> str:
    parts = {**PARTS, "name": "scs-sf" if address.path.startswith("measures") else "soles"}
    return reverse(address.name, kwargs={part: parts[part] for part in address.parts})


@pytest.mark.parametrize("page", PAGES, ids=lambda each: each.name)
def test_a_page_shows_nothing_that_cannot_be_translated(alice: Someone, page: Address) -> None:
    with spoken(alice.client):
        response = alice.client.get(path_of(page))
    if response.headers.get("Content-Type", "").startswith("text/html") and response.content:
        assert english_in(response.content.decode()) == []


def test_the_check_itself_sees_english() -> None:
    page = (
        '<html lang="he"><body><p>⟦Go on⟧ 3 <b title="⟦There⟧">⟦at {⟦home⟧}⟧</b></p>'
        '<p>⟦A <a href="/">link</a> in it⟧</p><p aria-label="Left">Second Voice</p>'
        '<i lang="en">Items</i><b translate="no">/folder</b> Stay'
    )
    assert english_in(page) == ["Left", "Stay"]
