"""What a host sets: all of it is read at the start, and what is wrong is answered by a sentence."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from secondvoice.site.config import SettingError
from secondvoice.site.database import database_from_environment
from secondvoice.site.hosted.options import Place, read_options, settle
from secondvoice.site.secret import secret_key
from tests.site.running import run

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "q7/" + "Zx+4" * 10
WELL = {
    "DATABASE_URL": "postgresql://sv:pw@db.example.org:5432/house?sslmode=require",
    "SECONDVOICE_SECRET": SECRET,
    "SECONDVOICE_HOSTS": "diary.example.org",
    "SECONDVOICE_BEHIND_PROXY": "True",
}


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment with what is needed, and nothing else of ours."""
    for name in list(os.environ):
        if name.startswith("SECONDVOICE_") or name == "DATABASE_URL":
            monkeypatch.delenv(name)
    for name, value in WELL.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_what_is_needed_is_enough(env: pytest.MonkeyPatch) -> None:
    options = read_options()
    assert options.listen == Place("127.0.0.1", 8000)
    assert options.inside is None, "figures are off unless they are asked for"
    assert (options.drain, options.stop) == (5, 30)
    assert options.remind
    assert options.log_requests
    assert options.replica


def test_what_is_set_is_taken(env: pytest.MonkeyPatch) -> None:
    env.setenv("SECONDVOICE_LISTEN", "[::1]:8101")
    env.setenv("SECONDVOICE_INSIDE", "0.0.0.0:9101")
    env.setenv("SECONDVOICE_REPLICA", "house-1")
    env.setenv("SECONDVOICE_DRAIN_SECONDS", "0")
    env.setenv("SECONDVOICE_STOP_SECONDS", "90")
    env.setenv("SECONDVOICE_SEND_REMINDERS", "False")
    env.setenv("SECONDVOICE_LOG_REQUESTS", "False")
    options = read_options()
    assert options.listen == Place("::1", 8101)
    assert options.inside == Place("0.0.0.0", 9101)
    assert (options.replica, options.drain, options.stop) == ("house-1", 0, 90)
    assert not options.remind
    assert not options.log_requests


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DATABASE_URL", "", "DATABASE_URL is not set"),
        ("DATABASE_URL", "mysql://db/house", "does not begin with postgresql://"),
        ("DATABASE_URL", "postgresql://db:port/house", "a port that is none"),
        ("DATABASE_URL", "postgresql://db/house?sslmod=require", "an option after '?'"),
        ("SECONDVOICE_SECRET", "", "No secret is given"),
        ("SECONDVOICE_SECRET", "too short", "holds no whole secret"),
        ("SECONDVOICE_SECRET_FILE", "/nowhere/at/all", "are both set"),
        ("SECONDVOICE_HOSTS", "*", "write the names of this host"),
        ("SECONDVOICE_BEHIND_PROXY", "yes", "write True or False"),
        ("SECONDVOICE_BEHIND_PROXY", "False", "TLS ends at a proxy"),
        ("SECONDVOICE_FRONT_DOOR", "True", "prints no address"),
        ("SECONDVOICE_LISTEN", "8000", "an address of this machine and a port"),
        ("SECONDVOICE_LISTEN", "localhost:8000", "an address of this machine and a port"),
        ("SECONDVOICE_LISTEN", "::1:8000", "an address of this machine and a port"),
        ("SECONDVOICE_LISTEN", "127.0.0.1:99999", "an address of this machine and a port"),
        ("SECONDVOICE_LISTEN", "127.0.0.1:²", "an address of this machine and a port"),
        ("SECONDVOICE_INSIDE", "on", "SECONDVOICE_INSIDE is 'on'"),
        ("SECONDVOICE_INSIDE", "0.0.0.0:8000", "have the same port"),
        ("SECONDVOICE_REPLICA", "", "SECONDVOICE_REPLICA is ''"),
        ("SECONDVOICE_REPLICA", 'a", "x": "', "a short name of letters"),
        ("SECONDVOICE_DRAIN_SECONDS", "-1", "write 0 or more"),
        ("SECONDVOICE_DRAIN_SECONDS", "soon", "write a whole number"),
        ("SECONDVOICE_STOP_SECONDS", "0", "write 1 or more"),
        ("SECONDVOICE_STOP_SECONDS", "6000", "write 600 or less"),
        ("SECONDVOICE_SEND_REMINDERS", "0", "write True or False"),
        ("SECONDVOICE_LOG_REQUESTS", "no", "write True or False"),
    ],
)
def test_what_is_wrong_is_said_with_its_name_and_what_to_write(
    env: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    env.setenv(name, value)
    with pytest.raises(SettingError) as refused:
        read_options()
    said = str(refused.value)
    assert says in said
    assert said.endswith((".", "[postgres]'"))
    if name in {"DATABASE_URL", "SECONDVOICE_SECRET"} and value:
        assert value not in said, "what is printed at a start lies in a log"


@pytest.mark.parametrize("name", ["SECONDVOICE_HOSTS", "SECONDVOICE_BEHIND_PROXY"])
def test_what_is_left_out_is_asked_for(env: pytest.MonkeyPatch, name: str) -> None:
    env.delenv(name)
    with pytest.raises(SettingError, match=name):
        read_options()


def test_the_secret_may_come_from_a_file(env: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    env.delenv("SECONDVOICE_SECRET")
    env.setenv("SECONDVOICE_SECRET_FILE", str(tmp_path / "secret"))
    read_options()
    assert secret_key(tmp_path / "data") == SECRET
    assert not (tmp_path / "data").exists(), "a replica keeps nothing"


def test_a_file_that_is_not_there_or_empty_is_said(env: pytest.MonkeyPatch, tmp_path: Path) -> None:
    env.delenv("SECONDVOICE_SECRET")
    env.setenv("SECONDVOICE_SECRET_FILE", str(tmp_path / "secret"))
    with pytest.raises(SettingError, match="cannot be read"):
        read_options()
    (tmp_path / "secret").write_text("\n")
    with pytest.raises(SettingError, match="holds no whole secret"):
        read_options()


def test_what_follows_from_being_a_replica(env: pytest.MonkeyPatch) -> None:
    env.setenv("SECONDVOICE_PORT", "20123")
    # Set by way of the fixture, so that what settle() puts there goes with this test.
    env.setenv("SECONDVOICE_FRONT_DOOR", "")
    settle()
    assert os.environ["SECONDVOICE_FRONT_DOOR"] == "False"
    assert "SECONDVOICE_PORT" not in os.environ


def test_a_database_that_is_gone_is_not_waited_for_without_end(env: pytest.MonkeyPatch) -> None:
    named = database_from_environment(None)  # type: ignore[arg-type]  # asked for SQLite alone
    assert named["OPTIONS"] == {"connect_timeout": "5", "sslmode": "require"}
    env.setenv("DATABASE_URL", "postgresql://db/house?connect_timeout=30")
    named = database_from_environment(None)  # type: ignore[arg-type]  # no folder: the address is set
    assert named["OPTIONS"] == {"connect_timeout": "30"}


@pytest.mark.parametrize("command", ["serve", "migrate"])
def test_without_a_postgresql_one_sentence_and_status_1(command: str, tmp_path: Path) -> None:
    done = run(command, SECONDVOICE_DATA=str(tmp_path / "data"))
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.count(b"\n") == 1
    assert b"DATABASE_URL" in done.stderr
