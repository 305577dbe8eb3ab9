"""A host: one PostgreSQL, replicas of ``secondvoice serve`` as processes, a proxy before them."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import psycopg

from tests.keeping.browser import Browser, _Stay
from tests.keeping.house import PASSPHRASE, ROOT, until
from tests.serving.proxy import PATIENCE, Proxy

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

    from tests.keeping.browser import Page

SECRET = "hFq7/zX+" * 6
ENOUGH = 90.0
"""Seconds before something that should have come is called stuck."""
_number = itertools.count(1)


class Visitor(Browser):
    """A browser that trusts the proxy's certificate."""

    def __init__(self, origin: str, trust: ssl.SSLContext, jar: CookieJar | None = None) -> None:
        super().__init__(origin, jar or CookieJar(DefaultCookiePolicy()))
        self._trust = trust
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=trust),
            urllib.request.HTTPCookieProcessor(self.jar),
            _Stay(),
        )
        self._opener.addheaders = []

    def tab(self) -> Visitor:
        return Visitor(self.origin, self._trust, self.jar)

    def cookie(self, name: str) -> str | None:
        return next((each.value for each in self.jar if each.name == f"__Host-{name}"), None)


class Replica:
    """One ``secondvoice serve``."""

    def __init__(self, host: Host, name: str, code: Path | None, **changes: str) -> None:
        self.port, self.inside = free_port(), free_port()
        self.name = name
        self.log = host.folder / f"{next(_number):02}-{name}.out"
        self.err = self.log.with_suffix(".err")
        self._host = host
        with self.log.open("wb") as out, self.err.open("wb") as err:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "secondvoice", "serve"],
                env=host.environment(
                    code,
                    **{
                        "SECONDVOICE_LISTEN": f"127.0.0.1:{self.port}",
                        "SECONDVOICE_INSIDE": f"127.0.0.1:{self.inside}",
                        "SECONDVOICE_REPLICA": name,
                        **changes,
                    },
                ),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=host.folder,
                start_new_session=True,
            )

    def ask(
        self,
        path: str,
        *,
        inside: bool = False,
        method: str = "GET",
        patience: float = PATIENCE,
        **headers: str,
    ) -> tuple[int, str, dict[str, str]]:
        """Ask it by itself, in clear, as a probe does; status 0 where nobody answers."""
        port = self.inside if inside else self.port
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
        try:
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            given = {name.lower(): value for name, value in answer.getheaders()}
            return answer.status, answer.read().decode(), given
        except (OSError, http.client.HTTPException):
            return 0, "", {}
        finally:
            connection.close()

    def says(self) -> str:
        """What it says of its readiness; nothing where it does not answer."""
        return self.ask("/ready/")[1].strip()

    def wait(self, says: str = "ready") -> Replica:
        """Until it says so."""
        assert until(lambda: self.says() == says or self.process.poll() is not None, seconds=ENOUGH)
        assert self.process.poll() is None, self.err.read_text()
        return self

    def kill(self) -> None:
        """SIGKILL to both of its processes, at once."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)

    def stop(self) -> int:
        """Tell it to stop, and wait; its status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def lines(self) -> list[dict[str, Any]]:
        """Its log."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]


@dataclass
class Host:
    """A database and all that serves from it.

    Attributes:
        folder: for logs and whatever the processes write.
        url: of the database.
        proxy: before the replicas.
        settings: of every process, in the environment.
    """

    folder: Path
    url: str
    proxy: Proxy
    replicas: list[Replica] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)

    def environment(self, code: Path | None = None, **changes: str) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("SECONDVOICE_", "XDG_")) and name != "DATABASE_URL"
        }
        return kept | {
            "HOME": str(self.folder),
            "PYTHONPATH": str(code or ROOT / "src"),
            "DATABASE_URL": self.url,
            "SECONDVOICE_SECRET": SECRET,
            "SECONDVOICE_HOSTS": "localhost",
            "SECONDVOICE_BEHIND_PROXY": "True",
            "SECONDVOICE_DRAIN_SECONDS": "2",
            "SECONDVOICE_KDF_MEMORY_KIB": "8192",
            "SECONDVOICE_KDF_PASSES": "1",
            **self.settings,
            **changes,
        }

    def begin(self, name: str, code: Path | None = None, **changes: str) -> Replica:
        """Start a replica and do not wait."""
        replica = Replica(self, name, code, **changes)
        self.replicas.append(replica)
        return replica

    def start(self, *names: str, code: Path | None = None, **changes: str) -> list[Replica]:
        """Start replicas and wait until each is ready; the proxy serves from these."""
        begun = [self.begin(name, code, **changes) for name in names]
        ready = [each.wait() for each in begun]
        self.proxy.serve_from(*(each.port for each in ready))
        return ready

    def migrating(self, code: Path | None = None, *arguments: str) -> subprocess.Popen[str]:
        """``secondvoice migrate``, begun."""
        return subprocess.Popen(
            [sys.executable, "-m", "secondvoice", "migrate", *arguments],
            env=self.environment(code),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.folder,
        )

    def migrate(self, code: Path | None = None, *arguments: str) -> tuple[int, str, str]:
        """``secondvoice migrate``, to its end: its status and what it said."""
        begun = self.migrating(code, *arguments)
        out, error = begun.communicate(timeout=ENOUGH)
        return begun.returncode, out, error

    def sql(self, statement: str) -> list[Any]:
        """Ask the database behind the program's back."""
        with psycopg.connect(self.url, autocommit=True) as database:
            asked = database.execute(statement.encode())
            return asked.fetchall() if asked.description else []

    @contextlib.contextmanager
    def database_away(self) -> Iterator[None]:
        """The database ends every connection and takes none."""
        name = urlsplit(self.url).path.strip("/")
        with psycopg.connect(named(self.url, "postgres"), autocommit=True) as server:
            server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
            )
            try:
                yield
            finally:
                server.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true".encode())

    def visitor(self) -> Visitor:
        return Visitor(self.proxy.origin, self.proxy.trust)

    def move_in(self) -> Visitor:
        """Somebody whose diary is open."""
        visitor = self.visitor()
        page = visitor.open("/welcome/key/")
        secret = {"passphrase": PASSPHRASE, "again": PASSPHRASE, "kept": "on"}
        form = page.form(has="passphrase")
        page = visitor.submit(page, form, secret, press=("method", "passphrase"))
        assert page.path == "/welcome/friend/", page.shown
        visitor.submit(page, page.form(has="friend"), {"friend": "Sam"})
        return visitor

    def unlock(self, visitor: Visitor) -> Page:
        page = visitor.open("/unlock/")
        return visitor.submit(page, page.form(has="passphrase"), {"passphrase": PASSPHRASE})

    def end(self) -> None:
        for each in self.replicas:
            each.kill()
        self.proxy.end()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def another_database(url: str) -> str:
    """An empty database of the same server; its address."""
    name = f"house{next(_number)}"
    with psycopg.connect(url, autocommit=True) as database:
        database.execute(f"CREATE DATABASE {name}".encode())
    return named(url, name)


def named(url: str, name: str) -> str:
    """The address of another database of the same server."""
    return f"postgresql:///{name}?{urlsplit(url).query}"
