"""What ends a session, and what is not kept of signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast
from uuid import UUID

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.signals import (
    authentication_step_completed,
    password_changed,
    password_reset,
    password_set,
)
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import pre_save
from django.dispatch import receiver

from secondvoice.accounts.models.joining import person_of
from secondvoice.accounts.sessions import half_way
from secondvoice.people.middleware import lock_session
from secondvoice.people.models import forget_opening, lock_everywhere

if TYPE_CHECKING:
    from django.http import HttpRequest

    from secondvoice.accounts.models.tables import Account
    from secondvoice.people.middleware import Request

_KEPT_OF_A_STEP: Final = {"method", "at", "reauthenticated", "type", "passwordless"}


@receiver([password_changed, password_set, password_reset])
def lock_where_it_is_open(request: HttpRequest, user: Account, **_: Any) -> None:
    """Delete every half of a key of who has a new password, here too.

    That their other browsers are signed out is Django's doing, at each one's next request: its
    sessions hold a hash of the password.
    """
    person = person_of(user.pk)
    if person is not None:
        lock_everywhere(person)
    if request.user == user:
        lock_session(cast("Request", request))


@receiver(user_logged_out)
def forget_where_it_was_open(request: HttpRequest, **_: Any) -> None:
    """Take the session out of the list of those where it is open, before it ends."""
    person, key = request.session.get("person"), request.session.session_key
    if person is not None and key is not None:
        forget_opening(UUID(person), key)


@receiver(authentication_step_completed)
def keep_no_address(request: HttpRequest, **_: Any) -> None:
    """Keep of a step of signing in which it was and when, and not the address that was typed."""
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {name: value for name, value in step.items() if name in _KEPT_OF_A_STEP}
        for step in request.session[AUTHENTICATION_METHODS_SESSION_KEY]
    ]


@receiver(user_logged_in)
def forget_what_was_half_way(request: HttpRequest, **_: Any) -> None:
    """Forget what was begun at this browser before, which may have been somebody else's."""
    for name in half_way(dict(request.session.items())):
        del request.session[name]


@receiver(pre_save, sender=SocialAccount)
def keep_no_profile(instance: SocialAccount, **_: Any) -> None:
    """Keep of another sign-on who it is, and nothing else of what it tells."""
    instance.extra_data = {}
