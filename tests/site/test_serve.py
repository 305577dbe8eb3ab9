"""The one command: what it prints, whom it lets in, how it stops."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from secondvoice.site.serve import STOP_WAIT
from tests.site.running import Running, Visitor, command, environment, run, until

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("served") / "folder"


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[Running]:
    with Running(data) as running:
        yield running


def fresh_address(data: Path) -> str:
    return run("--data", data, "--no-browser").stdout.decode().split()[-1]


def test_it_prints_one_line_with_the_address(server: Running) -> None:
    assert server.line == f"Second Voice is at {server.origin}/enter/?key={server.address[-43:]}\n"


def test_the_printed_address_lets_a_browser_in_once(server: Running, data: Path) -> None:
    address = fresh_address(data)
    visitor = Visitor()
    assert visitor.get(address).status == 200
    assert visitor.get(f"{server.origin}/").status == 200
    assert Visitor().get(address).status == 403


def test_whoever_comes_without_the_address_gets_nothing(server: Running) -> None:
    stranger = Visitor()
    assert stranger.get(f"{server.origin}/").status == 403
    assert stranger.get(f"{server.origin}/enter/?key=").status == 403
    assert stranger.get(f"{server.origin}/enter/?key=../secret").status == 403
    assert stranger.get(f"{server.origin}/moments/").status == 403


def test_help_is_there_without_the_address(server: Running) -> None:
    assert Visitor().get(f"{server.origin}/support/").status == 200


def test_coming_in_from_a_file_keeps_the_cookie(server: Running, data: Path) -> None:
    # Browsers leave a SameSite=Strict cookie out after a redirect that began on another site or
    # in a file, so the page that sets it must be a page.
    answer = Visitor().get(fresh_address(data), follow=False)
    assert answer.status == 200
    assert "SameSite=Strict" in answer.headers["Set-Cookie"]
    assert "HttpOnly" in answer.headers["Set-Cookie"]


def test_it_listens_on_the_loopback_only(server: Running) -> None:
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", server.port), timeout=5)


def test_it_answers_to_no_other_name(server: Running, data: Path) -> None:
    answer = Visitor().get(fresh_address(data), Host=f"evil.example:{server.port}")
    assert answer.status == 400


def test_a_second_start_joins_the_first(server: Running, data: Path) -> None:
    joined = run("--data", data, "--no-browser")
    assert joined.returncode == 0
    assert joined.stderr == b""
    line = joined.stdout.decode()
    assert line.startswith(f"Second Voice is at {server.origin}/enter/?key=")
    assert line != server.line
    assert Visitor().get(line.split()[-1]).status == 200


def test_everything_in_the_folder_is_the_owners_alone(server: Running, data: Path) -> None:
    open_to_others = [
        path.name for path in (data, *data.rglob("*")) if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    assert open_to_others == []


@pytest.mark.parametrize(
    ("how", "group"),
    [(signal.SIGINT, True), (signal.SIGTERM, False), (signal.SIGHUP, True)],
    ids=["ctrl-c", "polite kill", "closed terminal"],
)
def test_it_stops_cleanly(tmp_path: Path, how: int, *, group: bool) -> None:
    with Running(tmp_path / "d") as running:
        held = socket.create_connection(("127.0.0.1", running.port))  # a browser's open connection
        began = time.monotonic()
        with held:
            status, out, error = running.stop(how, group=group)
        assert time.monotonic() - began < STOP_WAIT / 2
    assert (status, out, error) == (0, "", "")
    left = {path.name for path in (tmp_path / "d").iterdir()}
    assert left == {"data.sqlite3", "lock", "port", "prepared", "secret"}
    assert is_gone(running)


@pytest.mark.parametrize("moment", ["lock", "secret", "prepared", "port"])
def test_ctrl_c_while_it_starts_leaves_a_folder_that_works(tmp_path: Path, moment: str) -> None:
    data = tmp_path / "d"
    starting = subprocess.Popen(
        command("--data", data, "--no-browser"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
        text=True,
    )
    assert until((data / moment).exists, seconds=20)
    os.killpg(starting.pid, signal.SIGINT)
    _, error = starting.communicate(timeout=30)
    assert (starting.returncode, error) == (0, "")
    with Running(data) as running:
        assert Visitor().get(running.address).status == 200


def is_gone(running: Running) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", running.port)) != 0


def test_after_a_hard_kill_nothing_goes_on_and_the_next_start_works(tmp_path: Path) -> None:
    data = tmp_path / "d"
    with Running(data) as killed:
        killed.process.kill()
        killed.process.wait()
        assert until(lambda: is_gone(killed), seconds=10)
        with Running(data) as again:
            # The address is the same: bookmarks and offline pages belong to it.
            assert again.port == killed.port
            assert Visitor().get(killed.address.replace(killed.origin, again.origin)).status == 403
            assert Visitor().get(again.address).status == 200


def test_two_starts_at_once_make_one_server(tmp_path: Path) -> None:
    data = tmp_path / "d"
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda _: Running(data), range(2)))
    with both[0], both[1]:
        assert both[0].port == both[1].port
        assert until(lambda: any(one.process.poll() == 0 for one in both), seconds=10)
        assert sum(one.process.poll() is None for one in both) == 1
        for one in both:
            assert Visitor().get(one.address).status == 200


def test_a_port_taken_by_another_program_is_left_alone(tmp_path: Path) -> None:
    data = tmp_path / "d"
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        refused = run("--data", data, "--no-browser", "--port", taken)
        assert refused.returncode == 1
        assert refused.stderr.decode() == (
            f"Port {taken} is taken or not allowed. Choose another with --port, "
            "or leave it out and a free one is found.\n"
        )
        (data / "port").write_text(str(taken))
        with Running(data) as running:
            assert running.port != taken


def test_it_tells_the_browser_without_telling_other_users(tmp_path: Path) -> None:
    """A command's arguments are shown by ``ps`` to everybody; the token must not be in them."""
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {opened}.part; mv {opened}.part {opened}\n')
    browser.chmod(0o700)
    data = tmp_path / "d"
    with Running(data, "--browser", DISPLAY=":0", BROWSER=str(browser)) as running:
        assert until(opened.exists, seconds=20)
        page = data / "open.html"
        if Path("/snap").exists():
            assert opened.read_text().startswith(running.origin)
        else:
            assert opened.read_text() == page.as_uri()
            assert stat.S_IMODE(page.stat().st_mode) == 0o600
            address = page.read_text().split("url=")[1].split('"')[0]
            assert Visitor().get(address).status == 200
        # The printed address is still good, for another browser.
        assert Visitor().get(running.address).status == 200
    assert not page.exists()
