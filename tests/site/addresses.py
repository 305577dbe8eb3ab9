"""Every address there is, and a diary with a year in it, to be asked for there."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django_scopes import scope

from secondvoice.measures import demo as measures_demo
from secondvoice.moments import demo as moments_demo
from secondvoice.people.middleware import KEY_COOKIE, unlock_session
from secondvoice.people.sessions import SessionStore
from secondvoice.practices import demo as practices_demo
from secondvoice.records.models import Head

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from secondvoice.people.middleware import Request
    from tests.cast import Someone

PARTS = {
    "number": "1",
    "step": "notice",
    "what": "moment",
    "card": "practice",
    "form": "short",
    "start": "to-me",
    "secret": "nobodys",
    "pk": "1",
    "provider_id": "campus",
}
"""What stands for a part of an address that is nobody's."""
THINGS = ("thing", "one")
"""Parts that name something of somebody's."""
ENDS_THE_SESSION = {"lock", "leave", "settings_lock_everywhere", "account_logout"}
SENT = {
    "voice": "zqbob",
    "words": "zqbob",
    "landed": "hard",
    "on": "on",
    "when": "2026-01-01T10:00",
}


@dataclass
class Address:
    """One address of the program."""

    name: str
    parts: tuple[str, ...]
    path: str = ""

    @property
    def of_somebody(self) -> bool:
        return any(part in THINGS for part in self.parts)

    def at(self, thing: UUID) -> str:
        values = {part: self.value(part, thing) for part in self.parts}
        return reverse(self.name, kwargs=values)

    def value(self, part: str, thing: UUID) -> str:
        if part in THINGS:
            return str(thing)
        if part == "name":
            return "scs-sf" if self.path.startswith("measures") else "soles"
        assert part in PARTS, f"{self.name} has a part {part!r}: give it a value in PARTS."
        return PARTS[part]


def addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[Address]:
    """Every address with a name, from the URLconf itself."""
    for each in (resolver or get_resolver()).url_patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from addresses(each, path)
        elif isinstance(each, URLPattern) and each.name:
            parts = tuple(re.findall(r"<(?:\w+:)?(\w+)>", path))
            yield Address(each.name, parts, path)


def sit_down(someone: Someone) -> None:
    """Open somebody's diary in their browser, whoever else lives here."""
    request = cast("Request", RequestFactory().get("/"))
    # Where somebody has to be signed in first, they are.
    before = someone.client.cookies.get(settings.SESSION_COOKIE_NAME)
    request.session = SessionStore(before.value if before else None)
    unlock_session(request, someone.person, someone.data_key)
    request.session.save()
    assert request.fresh_key is not None
    cookies = someone.client.cookies
    cookies[settings.SESSION_COOKIE_NAME] = str(request.session.session_key)
    cookies[KEY_COOKIE] = base64.urlsafe_b64encode(request.fresh_key).decode()


def fill_a_year(someone: Someone) -> None:
    """What a year leaves in a diary."""
    today = datetime.now(UTC).date()
    for demo in (moments_demo, measures_demo, practices_demo):
        demo.fill(someone.door, today)


def things_of(someone: Someone) -> dict[UUID, str]:
    """What is there, deleted or not, with its kind."""
    with scope(person=someone.person):
        return dict(Head.objects.order_by("thing").values_list("thing", "kind"))
