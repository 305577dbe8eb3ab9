"""What works without a network, and what is never stored for it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from secondvoice.practices.catalogue import practices
from secondvoice.site.assets import STATIC, still_version
from secondvoice.site.still import still_files

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Someone


STILL = [
    *("/backdraft/", "/minute/", "/offline/", "/pocket/"),
    *("/support/", "/support/grounding/", "/support/therapist/"),
]


def constant(client: Client, name: str) -> Any:
    source = client.get("/sw.js").content.decode()
    found = re.search(rf"^const {name} = (.*);$", source, flags=re.MULTILINE)
    assert found
    return json.loads(found[1])


def test_it_opens_without_the_front_door_and_is_never_stale(client: Client) -> None:
    response = client.get("/sw.js")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "no-cache"


def test_it_keeps_only_pages_that_are_the_same_for_everybody(client: Client) -> None:
    pages = constant(client, "PAGES")
    assert sorted(pages) == STILL
    for page in pages:
        assert "no-store" not in client.get(page)["Cache-Control"]


def test_the_library_comes_whole_and_is_the_same_for_everybody(
    client: Client, alice: Someone
) -> None:
    pages: dict[str, str] = {}
    for address in constant(client, "PIECES"):
        theirs = alice.client.get(address)
        assert theirs.content == client.get(address).content
        assert theirs["Cache-Control"] == "no-cache"
        pages |= theirs.json()
    assert set(constant(client, "PLAYERS")) < set(pages)
    for found in practices().values():
        assert found.title in pages[f"/practices/{found.id}/"].replace("&#x27;", "'")
    asked = {file for html in pages.values() for file in re.findall(r'"(/static/[^"]+)"', html)}
    asked = {address for address in asked if "icon-180" not in address}
    assert asked <= set(constant(client, "FILES"))
    assert client.get("/library/999/").status_code == 404


def test_a_page_of_the_library_in_a_piece_is_the_page_itself(client: Client) -> None:
    (address, *_) = constant(client, "PIECES")
    for path, html in client.get(address).json().items():
        assert client.get(path).content.decode() == html


def test_every_file_it_fetches_is_there(client: Client) -> None:
    # One that is missing, and nothing at all would work without a network.
    files = constant(client, "FILES")
    assert files == still_files()
    for address in files:
        response = client.get(address)
        assert response.status_code == 200, address
        assert b"".join(response)


@pytest.mark.parametrize("page", STILL)
def test_every_file_that_a_page_asks_for_is_kept(client: Client, page: str) -> None:
    html = client.get(page, headers={"Accept-Encoding": "identity"}).content.decode()
    asked = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', html))
    # Asked for by the system only when the program is put on a home screen.
    asked = {address for address in asked if "apple" not in address and "icon-180" not in address}
    assert asked <= set(constant(client, "FILES"))


def test_its_version_is_that_of_what_it_keeps(client: Client) -> None:
    assert constant(client, "VERSION") == still_version()
    assert re.fullmatch(r"[0-9a-f]{12}", still_version())


def test_a_page_with_words_says_that_it_may_not_be_stored(alice: Someone) -> None:
    # The service worker stores nothing that is marked so, whatever its address.
    assert "no-store" in alice.client.get("/").headers["Cache-Control"]
    assert "no-store" in alice.client.get("/waiting/key/").headers["Cache-Control"]
    assert "no-store" in alice.client.get("/sw.js").content.decode()


def test_the_home_screen_gets_its_icons(client: Client) -> None:
    manifest = client.get("/manifest.webmanifest").json()
    assert manifest["start_url"] == "/"
    for icon in manifest["icons"]:
        response = client.get(icon["src"])
        assert response.status_code == 200, icon["src"]
        assert b"".join(response)


def test_no_script_asks_for_another_without_its_version() -> None:
    # It would be kept for a year under a name that says nothing of an update, and would be
    # missing without a network.
    for path in (STATIC / "js").glob("*.js"):
        assert not re.search(r"""(?:from|import)\s*\(?\s*["']\./""", path.read_text()), path.name
