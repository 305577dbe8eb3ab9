"""What goes over the wire: how much, how it may be kept, and what is never compressed."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest
from django.http import HttpRequest, HttpResponse

from secondvoice.site.assets import ROOMS, STATIC
from secondvoice.site.middleware import Compress

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

    from tests.cast import Someone

FIRST_LOAD = 150 * 1024
LATER_PAGE = 20 * 1024
STILL = [
    *("/minute/", "/support/", "/support/grounding/", "/offline/"),
    *("/learn/", "/learn/practice/"),
]

TEMPLATES = sorted(ROOMS.rglob("*.html"))


def on_the_wire(path: Path) -> int:
    raw = path.read_bytes()
    return len(raw) if path.suffix == ".woff2" else len(gzip.compress(raw, 9))


def asked_for(html: str) -> set[str]:
    return {name.partition("?")[0] for name in re.findall(r'(?:href|src)="/static/([^"]+)"', html)}


@pytest.mark.parametrize("page", STILL)
def test_a_first_load_with_everything_is_small(client: Client, page: str) -> None:
    html = client.get(page, headers={"Accept-Encoding": "identity"}).content
    files = {STATIC / name for name in asked_for(html.decode())}
    fonts = {path for path in (STATIC / "fonts").glob("*.woff2") if "latin-ext" not in path.name}
    scripts = set((STATIC / "js").iterdir()) | {STATIC / "vendor/htmx.min.js"}
    whole = len(html) + sum(on_the_wire(path) for path in files | fonts | scripts)
    assert whole <= FIRST_LOAD
    assert len(html) <= LATER_PAGE


def test_the_style_sheets_stay_one_small_design() -> None:
    sizes = {path.name: len(path.read_bytes()) for path in (STATIC / "css").iterdir()}
    # Of a room of its own, and asked for by its pages only.
    assert sizes.pop("measures.css") <= 10 * 1024
    assert sizes.pop("practices.css") <= 6 * 1024
    assert sizes.pop("course.css") <= 6 * 1024
    assert sizes.pop("letters.css") <= 4 * 1024
    assert sizes.pop("pocket.css") <= 1024
    assert sizes.pop("trying.css") <= 1024
    assert sizes.pop("arriving.css") <= 2 * 1024
    assert sizes.pop("report.css") <= 2 * 1024
    # No browser asks for it: it is for the PDF.
    assert sizes.pop("paper.css") <= 3 * 1024
    assert sizes.pop("reminders.css") <= 3 * 1024
    assert sizes.pop("learn.css") <= 3 * 1024
    assert sizes.pop("support.css") <= 3 * 1024
    assert sizes.pop("growth.css") <= 5 * 1024
    assert sum(sizes.values()) <= 26 * 1024


def test_a_page_with_somebodys_words_is_never_kept_or_compressed(alice: Someone) -> None:
    for page in ("/", "/moments/", "/settings/"):
        response = alice.client.get(page, headers={"Accept-Encoding": "gzip"})
        assert response.status_code == 200
        assert response["Cache-Control"] == "no-store"
        assert "Content-Encoding" not in response


@pytest.mark.parametrize("page", STILL)
def test_a_page_for_everybody_is_compressed_and_asked_for_anew(client: Client, page: str) -> None:
    response = client.get(page, headers={"Accept-Encoding": "gzip, br"})
    assert response["Cache-Control"] == "no-cache"
    assert response["Content-Encoding"] == "gzip"
    assert b"<h1" in gzip.decompress(response.content)


@pytest.mark.parametrize("page", STILL)
def test_a_page_for_everybody_is_the_same_for_alice(
    alice: Someone, client: Client, page: str
) -> None:
    seen = [
        one.get(page, headers={"Accept-Encoding": "identity"}) for one in (alice.client, client)
    ]
    assert seen[0].content == seen[1].content
    assert b"csrfmiddlewaretoken" not in seen[0].content


def test_static_files_are_compressed_once_asked_for(client: Client) -> None:
    plain = client.get("/static/css/page.css", headers={"Accept-Encoding": "identity"})
    small = client.get("/static/css/page.css", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(b"".join(small)) == b"".join(plain)
    assert "Accept-Encoding" in small["Vary"]
    assert "Accept-Encoding" in plain["Vary"]


def test_a_font_goes_as_it_is(client: Client) -> None:
    response = client.get(
        "/static/fonts/literata-latin-400-normal.woff2", headers={"Accept-Encoding": "gzip"}
    )
    assert "Content-Encoding" not in response
    assert b"".join(response).startswith(b"wOF2")


@pytest.mark.parametrize("cache_control", ["no-store", "no-cache, no-store", ""])
def test_what_may_not_be_stored_is_not_compressed(cache_control: str) -> None:
    def view(_: HttpRequest) -> HttpResponse:
        return HttpResponse("words " * 500, headers={"Cache-Control": cache_control})

    request = HttpRequest()
    request.method, request.path = "GET", "/moments/"
    request.META["HTTP_ACCEPT_ENCODING"] = "gzip"
    assert "Content-Encoding" not in Compress(view)(request).headers


def test_devices_are_out_of_reach(client: Client) -> None:
    policy = client.get("/support/")["Permissions-Policy"]
    for device in ("camera", "microphone", "geolocation"):
        assert f"{device}=()" in policy


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_script_or_style(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|hx-on", source)
    for script in re.findall(r"<script\b[^>]*>(.*?)</script>", source, flags=re.DOTALL):
        assert not script.strip()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_asks_another_origin_for_anything(template: Path) -> None:
    source = template.read_text(encoding="utf-8")
    assert not re.search(
        r'<(?:script|link|img|iframe|source)\b[^>]*(?:src|href)="(?:https?:)?//', source
    )


@pytest.mark.parametrize("script", sorted((STATIC / "js").iterdir()), ids=lambda path: path.name)
def test_no_script_of_ours_stores_anything(script: Path) -> None:
    # But for how it should sound, and where in a practice one is (tests/browser/test_player.py);
    # and, sealed, what is written without a network (tests/browser/test_pocket_sealed.py).
    if script.name in {"player.js", "sound.js", "waiting.js"}:
        return
    source = script.read_text(encoding="utf-8")
    if script.name == "country.js":
        # The country that somebody chose on Support, and only that (0022).
        chosen = "document.cookie = `${cookie}=${code}; Path=${path}; Max-Age="
        assert source.count("document.cookie = ") == source.count(chosen) == 1
        source = source.replace("document.cookie", "")
    assert not re.search(r"(?:local|session)Storage|indexedDB|document\.cookie", source)
