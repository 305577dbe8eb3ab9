"""A real ``secondvoice`` with a folder for everything it may touch, and somebody who lives there."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from tests.keeping.browser import Browser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from tests.keeping.browser import Page

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60.0
"""Seconds before a process that should have answered is called stuck."""
PASSPHRASE = "heron ladder quiet spoon"
IMPATIENT = ("-m", "tests.keeping.impatient")
"""The program with a short wait for a locked database, and whatever else the environment asks."""


class DidNotStart(Exception):
    """The server ended without its line."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(f"status {status}: {said}")
        self.status = status
        self.said = said


class Server:
    """One run of the program, its output in files beside the data folder."""

    def __init__(
        self, house: House, program: tuple[str, ...], arguments: tuple[str, ...], **changes: str
    ) -> None:
        self.house = house
        house.logs.mkdir(parents=True, exist_ok=True)
        number = len(list(house.logs.glob("*.out")))
        self.out = house.logs / f"{number:03}.out"
        self.err = house.logs / f"{number:03}.err"
        with self.out.open("wb") as out, self.err.open("wb") as err:
            self.process = subprocess.Popen(
                [sys.executable, *program, "--data", str(house.data), "--no-browser", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                env=house.environment(**changes),
                cwd=ROOT,
                start_new_session=True,
            )

    def wait_for_line(self) -> Server:
        """Until it says where it is.

        Raises:
            DidNotStart: it ended instead.
        """
        until(lambda: self.out.read_bytes().endswith(b"\n") or self.process.poll() is not None)
        line = self.out.read_text()
        if not line:
            raise DidNotStart(self.process.wait(PATIENCE), self.err.read_text())
        self.address = line.splitlines()[0].split()[-1]
        parts = urlsplit(self.address)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        return self

    @property
    def said(self) -> str:
        """Everything it printed."""
        return self.out.read_text() + self.err.read_text()

    @property
    def complaints(self) -> str:
        """Everything it printed but the line with its address, whose random letters spell words."""
        return self.out.read_text().partition("\n")[2] + self.err.read_text()

    def kill(self) -> None:
        """SIGKILL to every process of it, at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)

    def stop(self) -> int:
        """Ask it to stop; its status."""
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def processes(self) -> list[int]:
        """The ids of the process and of those it started."""
        found = [self.process.pid]
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError, ValueError, IndexError):
                if int(stat.read_text().rpartition(")")[2].split()[2]) == self.process.pid:
                    found.append(int(stat.parent.name))
        return sorted(set(found))

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.stop()


@dataclass
class House:
    """A data folder, and private folders for all else that the program could write to."""

    root: Path
    code: str = ""
    passphrase: str = PASSPHRASE
    servers: list[Server] = field(default_factory=list)

    def __post_init__(self) -> None:
        for folder in (self.home, self.temp):
            folder.mkdir(parents=True, exist_ok=True)

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def temp(self) -> Path:
        return self.root / "temp"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def database(self) -> Path:
        return self.data / "data.sqlite3"

    def environment(self, **changes: str) -> dict[str, str]:
        """Ours, with every place to write to inside the house and a light key derivation."""
        left_out = {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "DATABASE_URL", "SECONDVOICE_DATA"}
        env = {name: value for name, value in os.environ.items() if name not in left_out}
        env = {name: value for name, value in env.items() if not name.startswith("XDG_")}
        return env | {
            "HOME": str(self.home),
            "TMPDIR": str(self.temp),
            "SECONDVOICE_KDF_MEMORY_KIB": "8192",
            "SECONDVOICE_KDF_PASSES": "1",
            **changes,
        }

    def start(
        self, *arguments: str, program: tuple[str, ...] = ("-m", "secondvoice"), **changes: str
    ) -> Server:
        """Start the program and wait until it is there."""
        server = self.begin(*arguments, program=program, **changes)
        return server.wait_for_line()

    def begin(
        self, *arguments: str, program: tuple[str, ...] = ("-m", "secondvoice"), **changes: str
    ) -> Server:
        """Start the program and do not wait."""
        server = Server(self, program, arguments, **changes)
        self.servers.append(server)
        return server

    def run(
        self, *arguments: str, stdin: str = "", **changes: str
    ) -> subprocess.CompletedProcess[str]:
        """Run one of the program's commands to its end."""
        return subprocess.run(
            [sys.executable, "-m", "secondvoice", *arguments],
            input=stdin,
            capture_output=True,
            text=True,
            env=self.environment(**changes),
            cwd=ROOT,
            timeout=PATIENCE,
            check=False,
        )

    def sql(self, statement: str, *values: Any) -> list[Any]:
        """Look at or change the database behind the program's back."""
        with contextlib.closing(sqlite3.connect(self.database, timeout=30)) as database, database:
            return database.execute(statement, values).fetchall()

    def empty_the_log(self) -> None:
        """Fold the write-ahead log into the database, so that the next save needs room."""
        busy = self.sql("PRAGMA wal_checkpoint(TRUNCATE)")[0][0]
        assert busy == 0

    def is_whole(self) -> bool:
        return self.sql("PRAGMA integrity_check") == [("ok",)]

    def visitor(self, server: Server) -> Browser:
        """A browser that came by the printed address."""
        browser = Browser(server.origin)
        page = browser.open(server.address)
        for form in page.forms:
            if urljoin(page.url, form.action).startswith(f"{server.origin}/enter/"):
                browser.submit(page, form)
        assert browser.cookie("sv_door"), "The printed address let nobody in."
        return browser

    def move_in(self, browser: Browser, *, friend: str = "Sam") -> Page:
        """Go through the first run with a passphrase."""
        page = browser.open("/welcome/key/")
        form = page.form(has="passphrase")
        self.code = form.value("code")
        secret = {"passphrase": self.passphrase, "again": self.passphrase, "kept": "on"}
        page = browser.submit(page, form, secret, press=("method", "passphrase"))
        assert page.path == "/welcome/friend/", page.shown
        return browser.submit(page, page.form(has="friend"), {"friend": friend})

    def unlock(self, browser: Browser, passphrase: str | None = None) -> Page:
        """Open the diary in a browser that is inside."""
        page = browser.open("/unlock/")
        return browser.submit(
            page, page.form(has="passphrase"), {"passphrase": passphrase or self.passphrase}
        )

    def come_in(self, server: Server) -> Browser:
        """A browser with the diary open."""
        browser = self.visitor(server)
        page = self.unlock(browser)
        assert page.status == 200, page.shown
        assert browser.cookie("sv_key"), page.shown
        return browser

    def come_back(self, server: Server, browser: Browser) -> Browser:
        """The same browser after another start; the passphrase where it is asked for."""
        again = Browser(server.origin, browser.jar)
        self.ensure_open(again)
        return again

    def ensure_open(self, browser: Browser) -> None:
        """Unlock where that is needed."""
        if any(form.has("passphrase") for form in browser.open("/").forms):
            self.unlock(browser)

    @contextlib.contextmanager
    def copy(self, root: Path) -> Iterator[House]:
        """A copy of this house somewhere else, with nothing running when it is left."""
        with house_at(root) as house:
            shutil.copytree(self.data, house.data, dirs_exist_ok=True)
            house.code, house.passphrase = self.code, self.passphrase
            yield house

    def recover(self, browser: Browser) -> Page:
        """Open the diary with the recovery code."""
        page = browser.open("/unlock/recovery/")
        return browser.submit(page, page.form(has="code"), {"code": self.code})

    def wreck(self) -> None:
        """Leave no process behind."""
        for server in self.servers:
            server.kill()


def write_down(browser: Browser, voice: str, happened: str = "") -> str:
    """Keep a new moment through the pages; its address."""
    page = browser.open("/moments/new/")
    form = page.form(has="voice")
    page = browser.submit(page, form, {"voice": voice, "happened": happened})
    assert page.status == 200, page.shown
    return "/".join(form.action.split("/")[:3]) + "/"


def until(true: Callable[[], object], *, seconds: float = PATIENCE) -> bool:
    """Wait for a condition to become true; whether it did."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.005)
    return False


@contextlib.contextmanager
def house_at(root: Path) -> Iterator[House]:
    """A house that is empty of processes when it is left."""
    house = House(root)
    try:
        yield house
    finally:
        house.wreck()
