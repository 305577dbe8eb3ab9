"""Who may come in, and whether the diary is unlocked.

Two doors stand one behind the other. The **front door** keeps other users of the machine out: the
address that the program prints carries a token that works once and becomes a cookie (the way of
Jupyter's server). The **lock** is the passphrase: while it is open, the data key is split between
the session row and the person's own cookie, so that neither alone opens anything
(docs/decisions/0003-keys.md).
"""

from __future__ import annotations

import base64
import binascii
import time
from datetime import UTC, datetime, tzinfo
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings as conf
from django.contrib.sessions.backends.base import UpdateError
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from secondvoice.people.browsers import kind_of
from secondvoice.people.limits import still_open
from secondvoice.people.models import forget_opening, note_opening
from secondvoice.people.record import Settings
from secondvoice.people.views.words import sentence_of
from secondvoice.records.errors import BadId, CannotKeep, CannotOpen, NotThere
from secondvoice.records.models import Door, hold, one_transaction
from secondvoice.vault import WrongKey, join, split

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_htmx.middleware import HtmxDetails

    from secondvoice.people.sessions import SessionStore

DOOR_COOKIE = f"{conf.COOKIE_PREFIX}sv_door{conf.PORT}"
DOOR_SALT = "secondvoice.people.door"
DOOR_DAYS = 30
KEY_COOKIE = f"{conf.COOKIE_PREFIX}sv_key{conf.PORT}"
NOTE_ACTIVITY_EVERY = 30  # seconds; each note is a write to the session row

LOCAL_ZONE = Path("/etc/localtime")

# Fields that a page which gives words back must not show, and those which hold a choice.
NEVER_SHOWN = {
    *("csrfmiddlewaretoken", "passphrase", "again", "old-passphrase", "code", "kept"),
    *("file_passphrase", "file_again"),
}
NOT_WORDS = {
    *("before", "after", "say_it", "right", "look_back_on", "when", "outcome", "kind", "name"),
    *("zone", "look", "lock_after", "pole", "method", "skip", "landed", "bring_back"),
    *("way_on", "carried_name", "choice", "week", "steady", "on", "take", "done", "thing"),
    *("line", "pace", "place", "anyway"),
    *("form", "without", "sure", "backups_too", "first", "look_again"),
    *("chosen", "dates", "column", "weeks", "last", "measure", "tick"),
    *("start", "back", "back_on", "of", "trouble", "step"),
    *("practice", "one", "other", "size", "hard", "language"),
}

# Help is never behind a door, and none of these shows or takes a person's words.
OPEN_PATHS = (
    "/enter/",
    "/leave/",
    "/language/",
    "/static/",
    "/support/",
    "/learn/",
    "/minute/",
    "/pocket/",
    "/practices/",
    "/library/",
    "/backdraft/",
    "/calendar/",
    "/blank/",
    "/offline/",
    "/sw.js",
    "/favicon.ico",
    "/manifest.webmanifest",
)


# Below an open path, and somebody's own.
OWN_PATHS = ("/support/plan/",)


class Request(HttpRequest):
    """A request as the views see it: what ``Unlocked`` has put on it. Used as a type only."""

    htmx: HtmxDetails
    door: Door | None
    fresh_key: bytes | None
    choices: Settings


def read_settings(door: Door) -> Settings:
    """The newest settings that open, else the defaults."""
    kept = door.latest("settings")
    return kept.value if kept is not None and isinstance(kept.value, Settings) else Settings()


class FrontDoor:
    """Let in only who came by the printed address; never what another site sends."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Refuse with one plain page, or go on."""
        if _is_open(request.path) or not conf.FRONT_DOOR:
            return self.get_response(request)
        if request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"} and (
            request.method != "GET" or request.headers.get("Sec-Fetch-Mode") != "navigate"
        ):
            return render(request, "people/not_here.html", status=403)
        if not came_by_the_front_door(request):
            return render(request, "people/not_here.html", status=403)
        return self.get_response(request)


def _is_open(path: str) -> bool:
    return path.startswith(OPEN_PATHS) and not path.startswith(OWN_PATHS)


def came_by_the_front_door(request: HttpRequest) -> bool:
    """Whether the request carries the cookie that a printed address became."""
    value = request.COOKIES.get(DOOR_COOKIE, "")
    try:
        signing.loads(value, salt=DOOR_SALT, max_age=DOOR_DAYS * 24 * 60 * 60)
    except signing.BadSignature:
        return False
    return True


def let_in(request: HttpRequest, response: HttpResponse) -> None:
    """Give the browser the front door's cookie, until it is closed."""
    response.set_cookie(
        DOOR_COOKIE,
        signing.dumps("in", salt=DOOR_SALT),
        httponly=True,
        samesite="Strict",
        secure=request.is_secure(),
    )


class Unlocked:
    """Put the two halves of the key together for the length of one request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Open the person's door where both halves are there, and look after the key cookie."""
        request = cast("Request", request)
        request.fresh_key = None
        try:
            request.door = None if request.path.startswith("/static/") else _door(request)
        except CannotKeep as error:
            return self._without_sessions(request, error)
        request.choices = cast("Settings", SimpleLazyObject(lambda: _choices(request)))
        zone = request.session.get("zone") if request.door is not None else None
        with timezone.override(ZoneInfo(zone) if zone else machine_zone()):
            response = self.get_response(request)
        try:
            _keep_session(request)
        except CannotKeep as error:
            response = cannot_keep(request, error)
        _look_after_cookie(request, response)
        return response

    def _without_sessions(self, request: Request, error: CannotKeep) -> HttpResponse:
        """Answer while no session can be read: help opens, and a form gets its words back.

        Nothing is locked by it: the browser keeps its cookies for when the database is back.
        """
        cast("SessionStore", request.session).be_blank()
        request.door = None
        request.choices = Settings()
        response = (
            self.get_response(request) if _is_open(request.path) else cannot_keep(request, error)
        )
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A record that could not be kept loses nothing: the page gives the words back."""
        if isinstance(error, CannotKeep | CannotOpen):
            return cannot_keep(request, error)
        if isinstance(error, BadId | NotThere):
            # The page was made for something else: it was deleted meanwhile, or its id was made up.
            return cannot_keep(request, BadId(), status=409)
        return None


def cannot_keep(request: HttpRequest, error: Exception, *, status: int = 503) -> HttpResponse:
    """The page that says why something could not be kept, and gives back what was written."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if isinstance(value, str) and name not in NEVER_SHOWN
    ]
    context = {
        "sentence": sentence_of(error),
        "action": request.path,
        "words": [field for field in fields if field[0] not in NOT_WORDS],
        "hidden": [field for field in fields if field[0] in NOT_WORDS],
    }
    return render(request, "people/cannot_keep.html", context, status=status)


def unlock_session(request: Request, person: UUID, data_key: bytes) -> None:
    """Begin an unlocked session: one half of the key to the session row, one to the cookie.

    Raises:
        KeyChanged: ``data_key`` is not the person's any more.
        CannotKeep: the database refused.
    """
    kept = _end(request)
    with one_transaction():
        # Whoever changes the data key meanwhile ends this session, or it is not begun.
        hold(person, data_key)
        # Before its row is made: the key of that may say who is signed in.
        request.session.update(kept)
        request.session.create()
        note_opening(person, str(request.session.session_key))
    door = Door(person, data_key)
    choices = read_settings(door)
    cookie_key, sealed = split(data_key, bound_to=_binding(request, person))
    now = int(time.time())
    request.session["browser"] = kind_of(request.headers.get("User-Agent", ""))
    request.session["person"] = str(person)
    request.session["sealed"] = base64.b64encode(sealed).decode()
    request.session["began"] = now
    request.session["seen"] = now
    request.session["lock_after"] = choices.lock_after
    request.session["zone"] = choices.zone
    request.fresh_key = cookie_key
    request.door = door


def lock_session(request: Request, *, sign_out: bool = False) -> None:
    """End the session: the row with its half of the key is deleted.

    Who is signed in stays so, in a new session that opens nothing, unless told otherwise.

    On a disk that takes no change the row stays for a while, and the browser's half goes; neither
    alone opens anything.
    """
    try:
        person, key = request.session.get("person"), request.session.session_key
        kept = _end(request)
        if person is not None and key is not None:
            forget_opening(UUID(person), key)
        if not sign_out:
            request.session.update(kept)
    except CannotKeep:
        request.session = type(request.session)(None)
    request.door = None
    request.fresh_key = None


def _end(request: Request) -> dict[str, Any]:
    """Delete the session's row.

    Returns:
        What says who is signed in, for the session after it.
    """
    kept = {name: request.session[name] for name in conf.SESSION_KEEPS if name in request.session}
    request.session.flush()
    return kept


@cache
def machine_zone() -> tzinfo:
    """The time zone of this computer, which on one's own machine is the person's."""
    try:
        with LOCAL_ZONE.open("rb") as file:
            return ZoneInfo.from_file(file)
    except (OSError, ValueError):
        # Elsewhere only today's distance from UTC is known, an hour off in the other season.
        return datetime.now().astimezone().tzinfo or UTC


def _keep_session(request: Request) -> None:
    """Save the session here, where a refusal can still be told.

    A note of activity or a message that finds no room is let go: reading goes on.

    Raises:
        CannotKeep: it is the session of an unlocking, without which nothing opens.
    """
    if not request.session.modified or request.session.is_empty():
        return
    try:
        request.session.save()
    except UpdateError:
        # Its row is gone: it was locked elsewhere meanwhile, or could not be made.
        request.session = type(request.session)(None)
        cast("SessionStore", request.session).gone = True
    except CannotKeep:
        if request.fresh_key is not None:
            request.session = type(request.session)(None)
            request.door = request.fresh_key = None
            raise
        request.session.modified = False


def _look_after_cookie(request: Request, response: HttpResponse) -> None:
    """Hand out a fresh half of the key; take back one that opens nothing any more."""
    if request.fresh_key is not None:
        response.set_cookie(
            KEY_COOKIE,
            base64.urlsafe_b64encode(request.fresh_key).decode(),
            httponly=True,
            samesite="Strict",
            secure=request.is_secure(),
        )
    elif (
        request.door is None
        and KEY_COOKIE in request.COOKIES
        and not request.path.startswith("/static/")
        and not _asked_for_before(request)
    ):
        response.delete_cookie(KEY_COOKIE, samesite="Strict")


def _asked_for_before(request: Request) -> bool:
    """Whether this may be a page fetched for later, with the cookies of a session that is over.

    What would be taken back by its name is the half of the one that has followed.
    """
    gone = cast("SessionStore", request.session).gone
    return gone and request.method == "GET" and _is_open(request.path)


def _choices(request: Request) -> Settings:
    return Settings() if request.door is None else read_settings(request.door)


def _door(request: Request) -> Door | None:
    session = request.session
    cookie = request.COOKIES.get(KEY_COOKIE)
    # One without a browser was begun by an earlier version, and is in no list of those to end.
    if cookie is None or "sealed" not in session or "browser" not in session:
        return None
    now = int(time.time())
    if not still_open(session, now):
        lock_session(request)
        return None
    person = UUID(session["person"])
    try:
        data_key = join(
            base64.urlsafe_b64decode(cookie),
            base64.b64decode(session["sealed"]),
            bound_to=_binding(request, person),
        )
    except (WrongKey, binascii.Error, ValueError):
        return None
    if now - session["seen"] > NOTE_ACTIVITY_EVERY:
        session["seen"] = now
    return Door(person, data_key)


def _binding(request: Request, person: UUID) -> bytes:
    return f"{person}|{request.session.session_key}".encode()
