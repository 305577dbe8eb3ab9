"""``secondvoice --demo``: a made-up year to look round in, gone when it stops."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from tests.site.running import Running, Visitor, until

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """A folder for temporary files of our own: other demos on this machine stay alone."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    return folder


def demos(temporary: Path) -> list[Path]:
    return sorted(temporary.glob("secondvoice-demo-*"))


def test_it_opens_without_a_passphrase_and_is_marked_as_made_up(temporary: Path) -> None:
    with Running(None, "--demo", TMPDIR=str(temporary)) as demo:
        visitor = Visitor()
        visitor.get(demo.address)
        moments = visitor.get(f"{demo.origin}/moments/")
        assert moments.status == 200
        assert moments.url == f"{demo.origin}/moments/"
        for page in ("/", "/moments/", "/support/", "/minute/"):
            assert "made up" in visitor.get(f"{demo.origin}{page}").body.lower(), page


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_is_gone_when_it_stops(temporary: Path, how: int) -> None:
    with Running(None, "--demo", TMPDIR=str(temporary)) as demo:
        assert len(demos(temporary)) == 1
        assert demo.stop(how) == (0, "", "")
    assert demos(temporary) == []


def test_one_that_was_killed_is_removed_at_the_next_start(temporary: Path) -> None:
    with Running(None, "--demo", TMPDIR=str(temporary)) as killed:
        killed.process.kill()
        killed.process.wait()
        (left,) = demos(temporary)
        assert until(lambda: not _answers(killed), seconds=10)
    with Running(temporary / "own", TMPDIR=str(temporary)):
        assert not left.exists()


def test_one_that_runs_is_left_alone(temporary: Path) -> None:
    with (
        Running(None, "--demo", TMPDIR=str(temporary)) as first,
        Running(None, "--demo", TMPDIR=str(temporary)) as second,
    ):
        assert len(demos(temporary)) == 2
        assert first.port != second.port
        assert Visitor().get(first.address).status == 200


def test_it_leaves_the_persons_own_folder_and_database_alone(temporary: Path) -> None:
    own = temporary / "own"
    with Running(
        own, "--demo", TMPDIR=str(temporary), DATABASE_URL="postgresql://nobody@127.0.0.1:1/none"
    ):
        assert not own.exists()


def _answers(running: Running) -> bool:
    try:
        return bool(Visitor().get(f"{running.origin}/support/").status)
    except OSError:
        return False
