"""What a host may set, read from the environment: each wrong value is answered by a sentence."""

from __future__ import annotations

import os
import re
import socket
from dataclasses import dataclass

from secondvoice.site.config import SettingError, data_folder, env_bool, env_int, env_names
from secondvoice.site.database import database_from_environment
from secondvoice.site.secret import given_secret

DEFAULT_PLACE = "127.0.0.1:8000"
DRAIN, STOP = 5, 30
LONGEST = 600


@dataclass(frozen=True)
class Place:
    """Where to listen.

    Attributes:
        address: a numeric address of this machine; without brackets.
        port: 1 to 65535.
    """

    address: str
    port: int


@dataclass(frozen=True)
class Options:
    """How one replica is run.

    Attributes:
        listen: where the proxy reaches it.
        inside: where metrics and probes are answered, apart from the pages; None for nowhere.
        replica: its name, in the log and nowhere else.
        drain: seconds in which it still answers after it was told to stop, not ready any more.
        stop: seconds, after these, in which requests under way may end.
        remind: whether it sends reminders.
        log_requests: whether each request has a line in the log.
    """

    listen: Place
    inside: Place | None
    replica: str
    drain: int
    stop: int
    remind: bool
    log_requests: bool


def read_options() -> Options:
    """Everything that a replica needs to know, checked.

    Raises:
        SettingError: something is missing, cannot be read, or does not fit the rest.
    """
    _look_at_database()
    if not given_secret():
        raise SettingError(
            "No secret is given. It signs cookies, and every replica needs the same: put 32 or "
            "more characters into a file and name it in SECONDVOICE_SECRET_FILE. "
            "'openssl rand -base64 48' makes one."
        )
    _look_at_doors()
    listen = _place("SECONDVOICE_LISTEN", os.environ.get("SECONDVOICE_LISTEN") or DEFAULT_PLACE)
    chosen = os.environ.get("SECONDVOICE_INSIDE")
    inside = _place("SECONDVOICE_INSIDE", chosen) if chosen else None
    if inside is not None and inside.port == listen.port:
        raise SettingError(
            "SECONDVOICE_INSIDE and SECONDVOICE_LISTEN have the same port; choose another for one."
        )
    return Options(
        listen=listen,
        inside=inside,
        replica=_replica(),
        drain=env_int("SECONDVOICE_DRAIN_SECONDS", default=DRAIN, least=0, most=LONGEST),
        stop=env_int("SECONDVOICE_STOP_SECONDS", default=STOP, least=1, most=LONGEST),
        remind=env_bool("SECONDVOICE_SEND_REMINDERS", default=True),
        log_requests=env_bool("SECONDVOICE_LOG_REQUESTS", default=True),
    )


def settle() -> None:
    """Put into the environment what follows for the site from being a replica.

    The worker loads the settings from there.
    """
    os.environ["SECONDVOICE_FRONT_DOOR"] = "False"
    # One of a run on somebody's own computer would get into the names of the cookies.
    os.environ.pop("SECONDVOICE_PORT", None)


def _look_at_database() -> None:
    if not os.environ.get("DATABASE_URL"):
        raise SettingError(
            "DATABASE_URL is not set. Name the PostgreSQL that all replicas share, as in "
            "postgresql://name:password@db.example.org/secondvoice. Without one there is "
            "'secondvoice', for one person on one computer."
        )
    named = database_from_environment(data_folder())
    try:
        from psycopg import Error
        from psycopg.conninfo import make_conninfo
    except ImportError:
        raise SettingError(
            "What speaks to PostgreSQL is not installed. Run: pip install 'secondvoice[postgres]'"
        ) from None
    try:
        make_conninfo(**named["OPTIONS"])
    except Error:
        # Its own message quotes the address, and a password may stand in it.
        raise SettingError(
            "DATABASE_URL has an option after '?' that PostgreSQL does not know; sslmode=require "
            "is one that it does."
        ) from None


def _look_at_doors() -> None:
    if not env_names("SECONDVOICE_HOSTS"):
        raise SettingError(
            "SECONDVOICE_HOSTS is not set. Write the names under which browsers reach this host, "
            "with commas between them, as in diary.example.org."
        )
    if not env_bool("SECONDVOICE_BEHIND_PROXY", default=False):
        raise SettingError(
            "SECONDVOICE_BEHIND_PROXY is not True. TLS ends at a proxy in front of 'secondvoice "
            "serve'; let that set X-Forwarded-Proto and take away one that a browser sent, and "
            "then write True."
        )
    if env_bool("SECONDVOICE_FRONT_DOOR", default=False):
        raise SettingError(
            "SECONDVOICE_FRONT_DOOR is True, but 'secondvoice serve' prints no address that lets "
            "anybody in. Unset it."
        )


def _place(name: str, written: str) -> Place:
    address, _, port = written.rpartition(":")
    bare = address.removeprefix("[").removesuffix("]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    try:
        socket.inet_pton(family, bare)
        number = int(port) if port.isascii() and port.isdigit() else 0
    except (OSError, ValueError):
        number = 0
    if not 0 < number <= 65_535 or (family == socket.AF_INET6) != address.startswith("["):
        raise SettingError(
            f"{name} is {written!r}; write an address of this machine and a port, as in "
            "127.0.0.1:8000, 0.0.0.0:8000 or [::1]:8000."
        )
    return Place(bare, number)


def _replica() -> str:
    name = os.environ.get("SECONDVOICE_REPLICA")
    if name is None:
        return re.sub(r"[^\w.-]", "-", socket.gethostname(), flags=re.ASCII)[:64] or "replica"
    if not re.fullmatch(r"[\w.-]{1,64}", name, re.ASCII):
        raise SettingError(
            f"SECONDVOICE_REPLICA is {name!r}; write a short name of letters, digits, '.', '-' "
            "and '_', as in house-1."
        )
    return name
