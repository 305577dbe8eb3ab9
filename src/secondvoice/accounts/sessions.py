"""Sessions of a house of many: those of an account can be found, and end with it.

The table of sessions knows nobody, and reading all of a large house is out of the question. So the
key of each begins with a few letters that say whose it is, to whoever has the server's secret.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.conf import settings as conf
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Q

from secondvoice.people import sessions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class SessionStore(sessions.SessionStore):
    """The house's own store, with keys that say whose a session is."""

    def save(self, must_create: bool = False) -> None:
        """Save, under another key where the session has become somebody's.

        Raises:
            CannotKeep: the database refused; nothing was changed.
        """
        held = cast("Any", self)._get_session(no_load=must_create)  # noqa: SLF001
        # While it is open the key is bound to its name, which was right from the beginning.
        settled = must_create or self.session_key is None or "sealed" in held
        if settled or str(self.session_key).startswith(_beginning(held)):
            super().save(must_create)
        else:
            self.cycle_key()

    def _get_new_session_key(self) -> str:
        key: str = cast("Any", super())._get_new_session_key()  # noqa: SLF001
        return _beginning(getattr(self, "_session_cache", {})) + key


def end_sessions(account: UUID, addresses: Iterable[str]) -> None:
    """End every session that is an account's, and every signing in by one of its addresses."""
    whose = Q(session_key__startswith=_letters(account.hex))
    for address in addresses:
        whose |= Q(session_key__startswith=_letters(address.casefold()))
    Session.objects.filter(whose).delete()


def half_way(held: Mapping[str, Any]) -> list[str]:
    """The names of what a session holds of signing in, or of a new password, not yet finished."""
    return [
        name
        for name, state in held.items()
        if isinstance(state, dict) and {"email", "user_pk", "user_id"} & state.keys()
    ]


def _beginning(held: Mapping[str, Any]) -> str:
    """How the key of a session begins that holds this; empty: it is nobody's."""
    account = held.get(SESSION_KEY)
    if account is None:
        for state in (held[name] for name in half_way(held)):
            # The address first: whether it is an account's must not show in the cookie.
            if state.get("email"):
                return _letters(state["email"].casefold())
            account = account or state.get("user_pk") or state.get("user_id")
    return _letters(UUID(account).hex) if account else ""


def _letters(whose: str) -> str:
    said = b"secondvoice/accounts/session/" + whose.encode()
    name = hmac.new(conf.SECRET_KEY.encode(), said, hashlib.sha256).digest()
    return base64.b32encode(name[:5]).decode().lower()
