"""A throwaway PostgreSQL for the tests: its own folder, its own socket, gone at the end.

``python -m tests.postgres -- pytest tests`` runs the command with ``DATABASE_URL`` set and ends
with its exit code. Standard library only, so that it runs before anything is installed.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import FrameType

USER = "secondvoice"
START_SECONDS = 60
STOP_SECONDS = 20

# It only has to live for one run of the tests, so nothing need reach the disk.
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "listen_addresses": "",
    "max_connections": "40",
    "shared_buffers": "64MB",
}


class NoPostgresError(Exception):
    """PostgreSQL cannot be had here; the message says what to do."""


def binaries() -> Path:
    """The folder with ``initdb`` and ``postgres``, installed first if that is allowed.

    Raises:
        NoPostgresError: there is none, and it cannot be installed.
    """
    found = _find()
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
        found = _find()
    if found is None:
        raise NoPostgresError(
            "PostgreSQL 15 or newer is not installed. Install it with the system's package "
            "manager (on Debian: apt-get install postgresql) and run this again."
        )
    return found


@contextmanager
def cluster(settings: Mapping[str, str] = SETTINGS) -> Iterator[str]:
    """Start a PostgreSQL of our own and yield its ``DATABASE_URL``; stop and remove it after.

    Args:
        settings: its configuration, by name.

    Raises:
        NoPostgresError: there is none, or it does not start.
    """
    where = binaries()
    # Not under TMPDIR: the path of a socket may have 107 bytes at most.
    folder = Path(tempfile.mkdtemp(prefix="sv-pg-", dir="/tmp"))
    server: subprocess.Popen[bytes] | None = None
    guard: subprocess.Popen[bytes] | None = None
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _unprivileged())
        _run([where / "initdb", "-D", folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8"])
        server = _start(where, folder, settings)
        guard = _guard(server, folder)
        yield f"postgresql:///postgres?host={folder}&user={USER}"
    finally:
        if server is not None:
            _stop(server)
        shutil.rmtree(folder, ignore_errors=True)
        if guard is not None:
            guard.communicate(b"done\n")


def main(arguments: Sequence[str]) -> int:
    """Run a command with a PostgreSQL of its own; return its exit code, 2 if none can be had."""
    command = arguments[1:] if arguments[:1] == ["--"] else arguments
    if not command:
        print("Say what to run: python -m tests.postgres -- pytest tests", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGHUP, _end)
    try:
        with cluster() as url:
            return _call(command, url)
    except NoPostgresError as error:
        print(error, file=sys.stderr)
        return 2


def _call(command: Sequence[str], url: str) -> int:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    child = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url, "PATH": path})
    try:
        while True:
            try:
                code = child.wait()
            except KeyboardInterrupt:
                # The terminal has told the command too: let it end in its own way.
                continue
            return code if code >= 0 else 128 - code
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()


def _find() -> Path | None:
    on_path = shutil.which("initdb")
    candidates = [Path(on_path).resolve().parent] if on_path else []
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    candidates += sorted(installed, key=lambda folder: _number(folder.parent.name), reverse=True)
    return next(
        (
            folder
            for folder in candidates
            if (folder / "initdb").exists() and (folder / "postgres").exists()
        ),
        None,
    )


def _number(name: str) -> int:
    return int(name) if name.isdigit() else 0


def _install() -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "postgresql"]
    for command in (install, ["apt-get", "update", "-q"], install):
        done = subprocess.run(command, env=environment, stdout=sys.stderr, check=False)
        if done.returncode == 0 and command is install:
            return


def _unprivileged() -> str:
    """An account to run as, since PostgreSQL refuses to run as root."""
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise NoPostgresError("PostgreSQL does not run as root. Run the tests as another user.")


def _as_user() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam(_unprivileged())
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _run(command: Sequence[str | Path]) -> None:
    arguments = [*command, "--no-sync", "--no-locale"]
    done = subprocess.run(
        arguments, cwd="/", capture_output=True, text=True, check=False, **_as_user()
    )
    if done.returncode != 0:
        raise NoPostgresError(f"PostgreSQL's initdb failed: {done.stderr.strip()}")


def _start(where: Path, folder: Path, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    options = {**settings, "unix_socket_directories": str(folder)}
    command = [str(where / "postgres"), "-D", str(folder / "data")]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    with (folder / "log").open("wb") as log:
        # A session of its own: Ctrl-C is for the tests, which still want their database.
        server: subprocess.Popen[bytes] = subprocess.Popen(
            command, cwd="/", stdout=log, stderr=log, start_new_session=True, **_as_user()
        )
    ready = [str(where / "pg_isready"), "-q", "-h", str(folder), "-U", USER, "-d", "postgres"]
    limit = time.monotonic() + START_SECONDS
    try:
        while subprocess.run(ready, check=False).returncode != 0:
            if server.poll() is not None or time.monotonic() > limit:
                log_text = (folder / "log").read_text(errors="replace").strip()
                raise NoPostgresError(f"PostgreSQL did not start: {log_text[-2000:]}")
            time.sleep(0.05)
    except BaseException:
        _stop(server)
        raise
    return server


def _guard(server: subprocess.Popen[bytes], folder: Path) -> subprocess.Popen[bytes]:
    """Wait beside us, and clean up should we be killed before we can.

    It reads from a pipe that only we hold: a line says that all is done, an end without one
    that we are gone.
    """
    script = 'read _ && exit; kill -INT "$0" 2>/dev/null && sleep 2; rm -rf "$1"'
    return subprocess.Popen(
        ["sh", "-c", script, str(server.pid), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End it: at once but in order, and by force if it takes too long."""
    if server.poll() is not None:
        return
    server.send_signal(signal.SIGINT)
    try:
        server.wait(STOP_SECONDS)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        server.send_signal(signal.SIGQUIT)
        server.wait(STOP_SECONDS)


def _end(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
