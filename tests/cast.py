"""The people of the tests. Alice lives here; Bob lives here too; Charlie has no business here."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import signing
from django.test import Client

from secondvoice.people.keys import first_keys_with_passphrase
from secondvoice.people.middleware import DOOR_COOKIE, DOOR_SALT
from secondvoice.records.models import Door, create_person
from secondvoice.vault import KdfParams, make_recovery_code

if TYPE_CHECKING:
    from uuid import UUID

PASSPHRASE = "heron ladder quiet spoon"


@dataclass
class Someone:
    """A person with a diary, and the browser they sit at."""

    person: UUID
    data_key: bytes
    code: str
    client: Client
    passphrase: str = PASSPHRASE

    @property
    def door(self) -> Door:
        return Door(self.person, self.data_key)

    def unlock_the_front_door(self) -> None:
        """As by a printed address, at whatever time it is."""
        self.client.cookies[DOOR_COOKIE] = signing.dumps("in", salt=DOOR_SALT)

    def unlock(self) -> None:
        """At the same browser; its front-door cookie is fresh, whatever the clock says."""
        self.unlock_the_front_door()
        response = self.client.post("/unlock/", {"passphrase": self.passphrase, "way_on": "/"})
        assert response.status_code == 302, response.content.decode()


def browser_inside() -> Client:
    """A browser that came by the printed address."""
    client = Client()
    client.cookies[DOOR_COOKIE] = signing.dumps("in", salt=DOOR_SALT)
    return client


def move_in() -> Someone:
    """Somebody who has been through the first minute, with the diary still locked."""
    person = uuid.uuid4()
    code = make_recovery_code()
    params = KdfParams(settings.KDF_MEMORY_KIB, settings.KDF_PASSES, settings.KDF_LANES)
    data_key, wraps = first_keys_with_passphrase(person, PASSPHRASE, code, params)
    create_person(person, wraps)
    someone = Someone(person, data_key, code, browser_inside())
    if settings.ACCOUNTS:
        from tests.accounts.household import join_and_sign_in

        join_and_sign_in(someone)
    return someone
