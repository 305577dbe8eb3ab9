"""The process that ``secondvoice serve`` starts: it listens, and ends the worker in order.

It loads no web framework. Told to stop, it tells the worker, which is not ready from then on and
still answers; after the seconds of draining it closes the door, and what is under way may end.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import socket
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING, Any

from secondvoice.site.config import SettingError
from secondvoice.site.datafolder import CannotStart
from secondvoice.site.hosted.state import EVERY, State

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from secondvoice.site.hosted.options import Options, Place


def run(options: Options) -> int:
    """Serve until told to stop.

    Returns:
        The exit status: 0 after being told to stop, 1 where the worker ended by itself.

    Raises:
        CannotStart: the port cannot be listened on.
    """
    from granian import Granian
    from granian.constants import Interfaces

    _look_at_port(options.listen)
    heard, tell = multiprocessing.Pipe(duplex=False)
    server = Granian(
        target="secondvoice",
        address=options.listen.address,
        port=options.listen.port,
        interface=Interfaces.WSGI,
        # One of each: threads halve what Django does in a second, and many workers behind one
        # port could not be drained, asked and counted one by one. More cores, more replicas.
        workers=1,
        blocking_threads=1,
        websockets=False,
        # Its log would hold addresses and errors' own words; ours does not.
        log_enabled=False,
        log_access=False,
        workers_kill_timeout=options.stop,
    )

    def close() -> None:
        interrupt: Callable[[], None] = server.signal_handler_interrupt
        interrupt()

    def told_to_stop(*_: object) -> None:
        signal.signal(signal.SIGTERM, lambda *_: close())
        signal.signal(signal.SIGINT, lambda *_: close())
        # A worker that is gone already hears nothing.
        with contextlib.suppress(OSError):
            tell.send_bytes(b"stop")
        timer = threading.Timer(options.drain, close)
        timer.daemon = True
        timer.start()

    def listen_to_signals() -> None:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, told_to_stop)
        # granian would start another worker beside the one that is there.
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    server.on_startup(listen_to_signals)
    try:
        server.serve(target_loader=partial(load_worker, options, heard), wrap_loader=False)
    except SystemExit as end:
        return 0 if server.interrupt_signal else int(end.code or 0)
    return 0


def _look_at_port(place: Place) -> None:
    """See that the port can be had: the server itself would share it with another replica."""
    family = socket.AF_INET6 if ":" in place.address else socket.AF_INET
    with socket.socket(family) as probe:
        # The port of a server that has just stopped is free (TIME_WAIT does not count).
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((place.address, place.port))
        except OSError as error:
            raise CannotStart(
                f"SECONDVOICE_LISTEN: {place.address}, port {place.port}, cannot be listened on "
                f"({error.strerror}). Choose another."
            ) from None


# --- in the worker process -------------------------------------------------------------------


def load_worker(options: Options, heard: Connection) -> Callable[..., Any]:
    """Load the site. Runs in the worker process.

    Args:
        options: how it is run.
        heard: what the process that listens says: one message, to stop.

    Returns:
        The WSGI application.
    """
    # Only the other process tells this one to end (as in site/serve.py).
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        from secondvoice.site.hosted.wsgi import load

        state = State()
        replica = load(options, state)
    except (SettingError, CannotStart) as error:
        print(error, file=sys.stderr)
        raise SystemExit(1) from None
    except Exception as error:  # noqa: BLE001 (its own words may hold a person's; not printed)
        from secondvoice.site.logs import describe

        print(f"Second Voice could not start: {describe(error)}.", file=sys.stderr)
        raise SystemExit(1) from None

    def stop_when_told() -> None:
        # Where the other process is gone, nobody says it: that counts, too.
        with contextlib.suppress(EOFError, OSError):
            heard.recv_bytes()
        state.stopping.set()

    work: list[Callable[[], None]] = [_end_with_parent, stop_when_told]
    if options.remind:
        work.append(partial(_remind, state))
    for each in work:
        threading.Thread(target=each, daemon=True).start()
    return replica


def _remind(state: State) -> None:
    """Send the reminders that are due, until the replica is to stop; another sends on."""
    while not state.may_serve:
        if state.stopping.wait(EVERY):
            return
    from secondvoice.reminders.management.ticking import go_on

    go_on(state.stopping)


def _end_with_parent() -> None:
    """Stop when the process that listens is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
