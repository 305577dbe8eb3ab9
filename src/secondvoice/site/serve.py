"""Running the program on one's own machine: one folder, one server, one line with its address.

The process that is started stays small: it looks after the folder and hands the work to one worker
process, which alone loads the web framework (unless the database has to be changed first). So a
start costs one load of the framework, whichever way the system makes processes.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import signal
import socket
import sys
import threading
import time
import webbrowser
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from secondvoice.site import frontdoor
from secondvoice.site.config import SettingError, data_folder
from secondvoice.site.datafolder import (
    LOOPBACK,
    CannotStart,
    RunLock,
    choose_port,
    is_prepared,
    make_demo_folder,
    make_folder,
    note_running,
    remove_stale_demos,
    running_port,
    tidy_database,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from granian.server.common import AbstractServer

START_WAIT = 60.0
"""Seconds to wait for a server to be up: migrations on a slow disk take some."""
STOP_WAIT = 10
"""Seconds a request may go on after the program was told to stop."""
OPENER = "open.html"


class Stopped(KeyboardInterrupt):
    """Told to stop, by whichever signal.

    A class of its own: CPython remembers a plain KeyboardInterrupt that passes through ``exec`` (as
    dataclasses and named tuples run while they are imported), and ends by the signal at the very
    end, although it was caught and all was put in order.
    """


def run(*, port: int | None, browser: bool, demo: bool) -> int:
    """Serve the data folder until told to stop, or join the server that already does.

    Args:
        port: the port to listen on; None for that of last time or a free one.
        browser: whether to open the browser.
        demo: serve a throwaway folder with a made-up year instead.

    Returns:
        The exit status.

    Raises:
        CannotStart: with a sentence that says why and what to do.
    """
    _stop_on(_stopped)
    remove_stale_demos()
    data = make_demo_folder() if demo else data_folder()
    try:
        if demo:
            os.environ.pop("DATABASE_URL", None)
            os.environ["SECONDVOICE_DEMO"] = "True"
        os.environ["SECONDVOICE_DATA"] = str(data)
        make_folder(data)
        with RunLock(data) as lock:
            if _take_or_join(lock, data, browser=browser):
                return _serve(data, port, browser=browser, demo=demo)
            return 0
    except KeyboardInterrupt:
        return 0
    finally:
        _stop_on(signal.SIG_IGN)
        if demo:
            shutil.rmtree(data, ignore_errors=True)


def _take_or_join(lock: RunLock, data: Path, *, browser: bool) -> bool:
    """Take the folder (True), or let the browser into the server that already runs on it."""
    deadline = time.monotonic() + START_WAIT
    while not lock.take():
        port = running_port(data)
        if port is not None and _answers(port):
            _invite(data, port, browser=browser)
            return False
        if time.monotonic() > deadline:
            raise CannotStart(
                f"Another Second Voice is using {data} and does not answer. "
                "Stop it, or wait a little and start again."
            )
        time.sleep(0.05)
    return True


def _serve(data: Path, wanted: int | None, *, browser: bool, demo: bool) -> int:
    _forget_run(data)
    # Before anything loads the settings: the names of the cookies have the port in them.
    port = choose_port(data, wanted)
    os.environ["SECONDVOICE_PORT"] = str(port)
    if demo or not is_prepared(data) or os.environ.get("DATABASE_URL"):
        from secondvoice.site.management.prepare import prepare

        prepare(data)
    if demo:
        from secondvoice.site.management.demo import fill

        fill(data)
    stopping = threading.Event()
    if not demo and not os.environ.get("DATABASE_URL"):
        from secondvoice.backups import keep_backups

        threading.Thread(target=keep_backups, args=(data, stopping), daemon=True).start()
    try:
        return _listen(data, port, browser=browser)
    finally:
        stopping.set()
        _stop_on(signal.SIG_IGN)
        _forget_run(data)
        tidy_database(data)


def _listen(data: Path, port: int, *, browser: bool) -> int:
    from granian import Granian
    from granian.constants import Interfaces

    server = Granian(
        target="secondvoice",
        address=LOOPBACK,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        # One thread: Django does half as much work per second of CPU with many (docs/decisions).
        blocking_threads=1,
        websockets=False,
        # Its log would hold addresses and errors' own words; ours does not (site/logs.py).
        log_enabled=False,
        log_access=False,
        workers_kill_timeout=STOP_WAIT,
    )
    # granian reloads on SIGHUP. Here it means that the terminal was closed.
    server.on_startup(partial(_stop_on_hangup, server))
    try:
        server.serve(
            target_loader=partial(load_application, str(data), port, browser=browser),
            wrap_loader=False,
        )
    except SystemExit as end:
        # Told to stop with its whole group, the worker may go first, which granian calls failing.
        return 0 if server.interrupt_signal else int(end.code or 0)
    return 0


# --- in the worker process -------------------------------------------------------------------


def load_application(data: str, port: int, *, browser: bool) -> Callable[..., Any]:
    """Load the site; once it listens, say where. Runs in the worker process.

    Args:
        data: the data folder.
        port: the port that is about to be listened on.
        browser: whether to open the browser.

    Returns:
        The WSGI application.
    """
    if sys.platform != "win32":
        # A terminal sends Ctrl-C to both processes, and a granian worker that is told to stop by
        # two different signals at once may never stop. The other process tells it, once.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    # Until granian listens and sets its own: told to stop while loading, it is gone at once.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        from secondvoice.site.wsgi import application
    except (SettingError, CannotStart) as error:
        print(error, file=sys.stderr)
        raise SystemExit(1) from None
    except Exception as error:  # noqa: BLE001 (its own words may hold a person's; not printed)
        from secondvoice.site.logs import describe

        print(f"Second Voice could not start: {describe(error)}.", file=sys.stderr)
        raise SystemExit(1) from None
    for work in (_end_with_parent, partial(_welcome, Path(data), port, browser=browser), _remind):
        threading.Thread(target=work, daemon=True).start()
    return application


def _remind() -> None:
    """Send the reminders that are due, for as long as the program runs."""
    if os.environ.get("SECONDVOICE_DEMO") == "True":
        return
    from secondvoice.reminders.management.ticking import go_on

    go_on()


def _end_with_parent() -> None:
    """Stop when the process that looks after the folder is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _welcome(data: Path, port: int, *, browser: bool) -> None:
    deadline = time.monotonic() + START_WAIT
    while not _answers(port):
        if time.monotonic() > deadline:
            return
        time.sleep(0.005)
    # Both may be gone already: the folder at a stop, standard output with its reader.
    with contextlib.suppress(OSError):
        note_running(data, port)
    with contextlib.suppress(OSError):
        _invite(data, port, browser=browser)


# --- for all three ---------------------------------------------------------------------------


def _invite(data: Path, port: int, *, browser: bool) -> None:
    """Print the one line, and open the browser."""
    address = frontdoor.address(port, frontdoor.make_token(data))
    print(f"Second Voice is at {address}", flush=True)
    if browser:
        # A token of its own: the printed address stays good for another browser.
        _open_browser(data, frontdoor.address(port, frontdoor.make_token(data)))


def _open_browser(data: Path, address: str) -> None:
    if sys.platform.startswith("linux"):
        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            # No screen: what would open is a text browser, over the printed line.
            return
        if not Path("/snap").exists():
            # A command's arguments can be seen by every user of the machine, so the address goes
            # through a file that only its owner can read. A browser in a snap could not read it.
            page = data / OPENER
            page.write_text(
                '<!doctype html><meta charset="utf-8"><title>Second Voice</title>'
                f'<meta http-equiv="refresh" content="0; url={escape(address)}">',
                encoding="utf-8",
            )
            address = page.as_uri()
    with contextlib.suppress(webbrowser.Error):
        webbrowser.open(address)


def _forget_run(data: Path) -> None:
    """Remove what belongs to one run only."""
    frontdoor.forget_tokens(data)
    for name in ("running", OPENER):
        (data / name).unlink(missing_ok=True)


def _answers(port: int) -> bool:
    try:
        socket.create_connection((LOOPBACK, port), timeout=1).close()
    except OSError:
        return False
    return True


def _stop_on(handler: signal.Handlers | Callable[[int, FrameType | None], object]) -> None:
    """Let Ctrl-C, a polite kill and a closed terminal all do the same."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), handler)


def _stopped(_signal: int, _frame: FrameType | None) -> None:
    raise Stopped


def _stop_on_hangup(server: AbstractServer[Any]) -> None:
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, server.signal_handler_interrupt)
