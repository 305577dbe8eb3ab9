"""Two replicas on one PostgreSQL, people who write, and what happens to replicas meanwhile."""

from __future__ import annotations

import re
import signal
import threading
from typing import TYPE_CHECKING

import pytest

from tests.keeping.house import until, write_down
from tests.serving.host import ENOUGH
from tests.serving.load import Load

if TYPE_CHECKING:
    from tests.serving.host import Host, Visitor

pytestmark = pytest.mark.slow


def all_there(host: Host, visitor: Visitor, load: Load) -> None:
    """What was answered is there, in the words that were written, and nothing twice."""
    for address, voice in load.kept.items():
        page = visitor.open(f"{address}notice/")
        assert page.status == 200, address
        assert voice in page.text
    ((things,),) = host.sql("SELECT count(*) FROM records_head WHERE kind = 'moment'")
    assert len(load.kept) <= things <= len(load.tried)


def test_one_is_killed_and_the_other_told_to_stop_while_people_write(host: Host) -> None:
    first, second = host.start("first", "second")
    visitor = host.move_in()
    with Load(visitor) as load:
        load.go_on()
        assert load.refused() == []
        first.kill()
        load.go_on()
        # What was under way in the one that was killed may have got no answer; nothing else.
        assert len(load.refused()) <= load.writers
        for tab in load.tabs:
            tab.exchanges.clear()

        third = host.begin("third").wait()
        host.proxy.serve_from(second.port, third.port)
        load.go_on()
        second.process.send_signal(signal.SIGTERM)
        assert until(lambda: second.says() == "stopping", seconds=ENOUGH)
        status, _, headers = second.ask("/health/")
        assert (status, headers["connection"]) == (200, "close"), "it still answers"
        assert second.process.wait(ENOUGH) == 0
        load.go_on()
        assert load.refused() == [], "told to stop, it loses no request"
    all_there(host, visitor, load)
    served = [len([line for line in each.lines() if line["event"] == "request"])
              for each in (first, second, third)]  # fmt: skip
    assert min(served) > 20, "each had its part of the work"
    assert second.err.read_text() == third.err.read_text() == ""


def test_this_computers_account_is_no_key_on_a_host(host: Host) -> None:
    """It would open the diary to whoever comes."""
    host.start("only")
    visitor = host.visitor()
    page = visitor.open("/welcome/key/")
    assert ("method", "device") not in page.form(has="passphrase").buttons
    page = visitor.post("/welcome/key/", visitor.token() | {"method": "device"})
    assert page.form(has="passphrase"), "it is asked for a passphrase"
    assert host.sql("SELECT count(*) FROM records_person") == [(0,)]
    visitor = host.move_in()
    assert str(host.folder) not in visitor.open("/settings/").text


def test_a_session_is_good_on_every_replica(host: Host) -> None:
    first, second = host.start("first", "second")
    visitor = host.move_in()
    host.proxy.serve_from(first.port)
    address = write_down(visitor, "zqfirst I always ruin it.")
    host.proxy.serve_from(second.port)
    assert "zqfirst" in visitor.open(f"{address}notice/").text
    page = visitor.open(f"{address}hear/")
    host.proxy.serve_from(first.port)
    # A form of one replica is good at the other.
    form = page.form(has="why")
    assert visitor.submit(page, form, {"say_it": "no", "why": "zqwhy"}).status == 200
    visitor.post("/lock/", visitor.token())
    host.proxy.serve_from(second.port)
    assert visitor.open(f"{address}notice/").form(has="passphrase")
    host.unlock(visitor)
    host.proxy.serve_from(first.port)
    assert "zqwhy" in visitor.open(f"{address}hear/").text


def test_a_request_under_way_is_answered_and_the_end_is_bounded(host: Host) -> None:
    (only,) = host.start("only", SECONDVOICE_DRAIN_SECONDS="0", SECONDVOICE_STOP_SECONDS="30",
                         SECONDVOICE_KDF_MEMORY_KIB="262144", SECONDVOICE_KDF_PASSES="6")  # fmt: skip
    visitor = host.visitor()
    page = visitor.open("/welcome/key/")
    secret = {"passphrase": "heron ladder quiet", "again": "heron ladder quiet", "kept": "on"}
    before = len(visitor.exchanges)
    fields = page.form(has="passphrase").filled(secret, ("method", "passphrase"))
    sending = threading.Thread(
        target=visitor.once, args=("POST", "/welcome/key/", fields), daemon=True
    )
    sending.start()
    # The key is being derived: seconds of work for the one thread of the pages.
    assert until(lambda: only.ask("/health/", patience=0.3)[0] == 0, seconds=ENOUGH)
    assert only.stop() == 0
    sending.join(ENOUGH)
    assert visitor.exchanges[before].status == 302
    assert host.sql("SELECT count(*) FROM records_person") == [(1,)]


def test_probes_need_no_name_no_tls_and_leave_no_session(host: Host) -> None:
    (only,) = host.start("only")
    for path, says in (("/health/", "alive\n"), ("/ready/", "ready\n")):
        for inside in (False, True):
            status, text, headers = only.ask(path, inside=inside, Host="10.1.2.3:8000")
            assert (status, text) == (200, says)
            assert "set-cookie" not in headers
            assert headers["cache-control"] == "no-store"
            assert headers["content-security-policy"].startswith("default-src 'none'")
            assert only.ask(path, inside=inside, method="HEAD")[:2] == (200, "")
    assert only.ask("/metrics")[0] != 200, "figures are not on the port of the pages"
    assert only.ask("/support/", Host="10.1.2.3:8000")[0] == 400, "pages answer to their name alone"
    status, _, headers = only.ask("/support/", Host="localhost")
    assert (status, headers["location"]) == (301, "https://localhost/support/")
    assert host.sql("SELECT count(*) FROM django_session") == [(0,)]
    status, text, _ = only.ask("/metrics", inside=True)
    assert status == 200
    assert re.search(r'requests_total\{method="GET",route="none",status="400"\} \d', text)
    assert only.ask("/moments/", inside=True)[0] == 404


def test_a_database_that_goes_away_makes_it_unready_and_not_dead(host: Host) -> None:
    (only,) = host.start("only")
    visitor = host.move_in()
    page = visitor.open("/moments/new/")
    with host.database_away():
        only.wait("the database cannot be reached")
        assert only.ask("/health/")[0] == 200
        assert until(lambda: visitor.open("/support/").status == 502, seconds=ENOUGH)
        assert "secondvoice_database_up 0" in only.ask("/metrics", inside=True)[1]
    only.wait()
    host.proxy.serve_from(only.port)
    # Nobody had to unlock again, and the first who comes meets no connection that is dead.
    assert visitor.submit(page, page.form(has="voice"), {"voice": "zqback"}).status == 200
    told = [line["says"] for line in only.lines() if line["event"] == "readiness"]
    assert told == ["ready", "the database cannot be reached", "ready"]


def test_who_writes_while_the_database_is_away_gets_the_words_back(host: Host) -> None:
    (only,) = host.start("only")
    host.proxy.always(only.port)
    visitor = host.move_in()
    page = visitor.open("/moments/new/")
    form = page.form(has="voice")
    with host.database_away():
        refused = visitor.submit(page, form, {"voice": "zqaway I always ruin it."})
        assert refused.status == 503
        assert "The database cannot be reached" in refused.shown
        assert refused.form(has="voice").value("voice") == "zqaway I always ruin it."
        assert visitor.open("/support/").status == 200, "help opens"
        assert visitor.open("/minute/").status == 200
        assert visitor.open("/moments/").status == 503
    kept = visitor.submit(refused, refused.form(has="voice"))
    assert (kept.status, kept.path) == (200, form.action.replace("notice", "words"))


def test_a_port_that_is_taken_is_said(host: Host) -> None:
    (first,) = host.start("first")
    for taken in ("SECONDVOICE_LISTEN", "SECONDVOICE_INSIDE"):
        second = host.begin("second", **{taken: f"127.0.0.1:{first.port}"})
        assert second.process.wait(ENOUGH) == 1
        said = second.err.read_text()
        assert said.startswith(taken), said
        assert said.count("\n") == 1


def test_it_ends_where_its_other_process_is_gone(host: Host) -> None:
    (only,) = host.start("only")
    only.process.kill()
    assert until(lambda: only.ask("/health/")[0] == 0, seconds=ENOUGH)
