"""Somebody writes through every form of a replica; nothing of it is in its log or its figures.

The same life as in ``tests/keeping/whole_life.py``, behind a proxy and on a PostgreSQL. Beside the
words, ids of the person and of every record, cookies, and addresses of machines are looked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

import pytest

from tests.keeping.searching import Search
from tests.keeping.whole_life import (
    PASSPHRASE,
    Said,
    drafts_and_edits,
    first_run,
    the_loop,
    the_rest,
)
from tests.serving.host import SECRET, Host, Replica, Visitor, another_database
from tests.serving.proxy import Proxy

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

REQUEST = {"time", "level", "replica", "event", "method", "route", "status", "ms"}


@dataclass
class Life:
    """What the parts of a life need, of a host."""

    host: Host
    browser: Visitor
    said: Said = field(default_factory=Said)
    secrets: dict[str, str | bytes] = field(default_factory=dict)
    code: str = ""

    @property
    def house(self) -> Life:
        return self

    def move_in(self, browser: Visitor, *, friend: str) -> None:
        page = browser.open("/welcome/key/")
        form = page.form(has="passphrase")
        self.code = form.value("code")
        secret = {"passphrase": PASSPHRASE, "again": PASSPHRASE, "kept": "on"}
        page = browser.submit(page, form, secret, press=("method", "passphrase"))
        browser.submit(page, page.form(has="friend"), {"friend": friend})


@pytest.fixture(scope="module")
def lived(
    postgres: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Life, Replica, str]]:
    """A life, the replica that it was lived at, and that one's figures."""
    folder = tmp_path_factory.mktemp("lines")
    host = Host(folder, another_database(postgres), Proxy(folder))
    try:
        assert host.migrate()[0] == 0
        (replica,) = host.start("house-1")
        life = Life(host, host.visitor())
        parts = cast("Any", life)
        first_run(parts)
        address = the_loop(parts)
        drafts_and_edits(parts, address)
        the_rest(parts, address)
        errors(life)
        figures = replica.ask("/metrics", inside=True)[1]
        assert replica.stop() == 0
        yield life, replica, figures
    finally:
        host.end()


def errors(life: Life) -> None:
    """What goes wrong, with words in it; at last tables that are gone."""
    browser, said, token = life.browser, life.said, life.browser.token()
    for where in ("path", "query", "method", "header", "host"):
        said.words[f"typed {where}"] = said.word(f"typed {where}").encode().hex()
    browser.open(f"/{said.word('typed path')}/")
    browser.open(f"/moments/?before={said.word('typed query')}")
    browser.once(said.word("typed method").upper()[:12], "/moments/", [])
    browser.send("/moments/", b"", X_Words=said.word("typed header"))
    browser.send("/moments/", b"", Host=f"{said.word('typed host')}.example")
    new = browser.open("/moments/new/").form(has="voice").action
    browser.post(new, {"voice": said.sentence("no token")})
    browser.post(new, token | {"voice": said.sentence("bad number"), "before": said.word("number")})
    browser.post("/lock/", token)
    page = browser.open("/moments/new/")
    wrong = {"passphrase": said.word("wrong passphrase")}
    page = browser.submit(page, page.form(has="passphrase"), wrong)
    browser.submit(page, page.form(has="passphrase"), {"passphrase": PASSPHRASE})
    for name in ("sv_session", "sv_csrf", "sv_key"):
        life.secrets[name] = str(browser.cookie(name))
    life.secrets["the secret"] = SECRET
    for number, (person,) in enumerate(life.host.sql("SELECT id FROM records_person")):
        life.secrets[f"person {number}"] = str(person)
    for number, (thing,) in enumerate(life.host.sql("SELECT DISTINCT thing FROM records_record")):
        life.secrets[f"thing {number}"] = str(thing)
    life.host.sql("ALTER TABLE records_head RENAME TO elsewhere")
    assert browser.post(new, token | {"voice": said.sentence("refused")}).status >= 500
    life.host.sql("ALTER TABLE django_session RENAME TO elsewhere2")
    assert browser.post(new, token | {"voice": said.sentence("fault")}).status >= 500


def everything(life: Life) -> Search:
    return Search(life.secrets | life.said.words)


def test_no_word_no_id_and_no_cookie_is_in_the_log(lived: tuple[Life, Replica, str]) -> None:
    life, replica, figures = lived
    assert len(life.said.words) > 30
    assert len(life.secrets) > 10
    search = everything(life)
    assert search.files([replica.log, replica.err]) == set()
    assert search.bytes(figures.encode(), "figures") == set()


def test_what_is_looked_for_would_be_found(lived: tuple[Life, Replica, str]) -> None:
    life, _, _ = lived
    all_of_it = (life.secrets | life.said.words).values()
    planted = b"\n".join(each if isinstance(each, bytes) else each.encode() for each in all_of_it)
    found = {each.what for each in everything(life).bytes(planted, "planted")}
    assert found == {*life.secrets, *life.said.words}


def test_no_address_is_in_the_log(lived: tuple[Life, Replica, str]) -> None:
    life, replica, figures = lived
    written = replica.log.read_text() + replica.err.read_text() + figures
    assert not re.search(r"\d+\.\d+\.\d+\.\d+|::1|localhost", written)
    paths = {urlsplit(each.url).path for each in life.browser.exchanges}
    with_ids = {path for path in paths if re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", path)}
    assert len(with_ids) > 20
    assert {path for path in with_ids if path in written} == set()
    # The pattern of a page that failed is there, with names where ids would be.
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", written)


def test_each_request_has_its_line_and_no_more_than_is_said(
    lived: tuple[Life, Replica, str],
) -> None:
    life, replica, figures = lived
    lines = replica.lines()
    requests = [line for line in lines if line["event"] == "request"]
    for line in requests:
        assert {*line} == REQUEST
        assert re.fullmatch(r"[a-z_]+", line["route"])
        assert line["method"] in {"GET", "POST", "OTHER"}
        assert 100 <= line["status"] < 600
        assert line["ms"] >= 0
        assert line["replica"] == "house-1"
    reached = [each for each in life.browser.exchanges if each.status not in {0, 502}]
    assert len(requests) >= len(reached) - 5, "the proxy and the server refuse a few by themselves"
    assert {"moment_notice", "moments", "settings", "unlock"} <= {
        each["route"] for each in requests
    }
    assert {line["event"] for line in lines} == {"started", "readiness", "request", "message"}
    counted = re.findall(r"^secondvoice_requests_total\{.*\} (\d+)$", figures, re.MULTILINE)
    assert sum(map(int, counted)) == len(requests)


def test_a_fault_is_told_by_its_kind_and_its_line(lived: tuple[Life, Replica, str]) -> None:
    _, replica, _ = lived
    told = [line for line in replica.lines() if line["event"] == "message"]
    assert told
    for line in told:
        assert re.fullmatch(r"(WARNING|ERROR) [A-Za-z._]+: .+", line["says"]), line
    assert replica.err.read_text() == ""
