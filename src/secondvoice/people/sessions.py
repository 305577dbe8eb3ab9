"""Sessions in the database: read by one statement, and refusals told in the program's words.

As Django's own store in all else. The mapper would build the same statement anew at each request,
which takes ten times as long as running it.
"""

from __future__ import annotations

import base64
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final, cast
from uuid import UUID

from django.conf import settings as conf
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.middleware import SessionMiddleware
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.utils import timezone

from secondvoice.records.models import storing
from secondvoice.vault import Header, VaultError, open_sealed, seal

if TYPE_CHECKING:
    from django.contrib.sessions.base_session import AbstractBaseSession
    from django.http import HttpRequest, HttpResponse

    from secondvoice.records.models import Door

SEALED: Final = "sealed:"
"""What a session begins its messages with where they are sealed."""
_NO_ID: Final = UUID(int=0)
_GET = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Django's store. A database that refuses raises ``CannotKeep``, with its sentence."""

    _kept: dict[str, Any] | None = None
    gone: bool = False
    """Whether the browser named a session that was not there any more."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Django's own table."""
        return Session

    def save(self, must_create: bool = False) -> None:
        """Save what has changed since the last save of this request.

        Raises:
            CannotKeep: the database refused; nothing was changed.
        """
        # As Django's own save does, which takes the same dictionary to the row.
        data = cast("Any", self)._get_session(no_load=must_create)  # noqa: SLF001
        if not must_create and data == self._kept:
            return
        with storing():
            try:
                super().save(must_create)
            except UpdateError as error:
                # Django says "gone" of every failure; a full disk is another matter.
                if isinstance(error.__context__, OperationalError):
                    raise error.__context__ from None
                raise
        self._kept = deepcopy(data)

    def delete(self, session_key: str | None = None) -> None:
        """Delete the row.

        Raises:
            CannotKeep: the database refused; the row is still there.
        """
        with storing():
            super().delete(session_key)

    def be_blank(self) -> None:
        """Hold nothing for this request, under the same key, where the row cannot be read."""
        cast("Any", self)._session_cache = {}  # noqa: SLF001 (Django's own name for it)
        self.modified = False

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        # Asked only where the cookie named a session.
        key = cast("str", self.session_key)
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with storing(), connection.cursor() as cursor:
            cursor.execute(_GET, (key, now))
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            self.gone = True
            return None
        return Session(session_key=key, session_data=found[0])


class Sessions(SessionMiddleware):
    """As Django's, but a cookie is taken back only by the answer that ended its session.

    A browser fetches pages for later while somebody signs in. Those that it asked for with the
    cookie from before find no session, and taking that back would take the new one of its name.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> Any:
        """Leave a cookie that names nothing where it is: it opens nothing."""
        response = super().process_response(request, response)
        session = cast("SessionStore", request.session)
        if session.gone and session.is_empty():
            response.cookies.pop(conf.SESSION_COOKIE_NAME, None)
        return response


class SealedMessages(SessionStorage):
    """What the next page is to say: in the session, and sealed while the diary is open.

    The answer to how a practice landed is the program's own, and tells how it landed all the same.
    """

    def serialize_messages(self, messages: Any) -> str:
        """As Django does, then sealed under the person's data key."""
        text = str(super().serialize_messages(messages))
        door = getattr(self.request, "door", None)
        if door is None:
            return text
        return SEALED + base64.b64encode(seal(door.data_key, text.encode(), _header(door))).decode()

    def deserialize_messages(self, data: Any) -> Any:
        """The messages; none where what was sealed does not open any more."""
        if isinstance(data, str) and data.startswith(SEALED):
            door = getattr(self.request, "door", None)
            if door is None:
                return []
            try:
                sealed = base64.b64decode(data.removeprefix(SEALED))
                data = open_sealed(door.data_key, sealed, _header(door)).decode()
            except (VaultError, ValueError):
                return []
        return super().deserialize_messages(data)


def _header(door: Door) -> Header:
    return Header(door.person, _NO_ID, "message", 1, _NO_ID, 0)


def end_all_sessions() -> None:
    """Take every session out of the database, with the half of a key that is in each."""
    Session.objects.all().delete()
