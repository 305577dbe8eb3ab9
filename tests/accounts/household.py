"""The people of a house of many: each signs in at a browser of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from secondvoice.accounts.models import Account, Joined, invite, join
from tests.cast import PASSPHRASE, Someone, move_in

if TYPE_CHECKING:
    from django.http import HttpResponse

PASSWORD = "copper bridge under rain"
WEEK = timedelta(days=7)


@dataclass
class Resident:
    """Somebody with an account."""

    email: str
    password: str = PASSWORD
    client: Client = field(default_factory=Client)

    def sign_in(self, password: str = "") -> HttpResponse:
        sent = {"login": self.email, "password": password or self.password}
        return self.client.post("/account/login/", sent)

    def unlock(self, passphrase: str = PASSPHRASE) -> HttpResponse:
        return self.client.post("/unlock/", {"passphrase": passphrase, "way_on": "/"})

    @property
    def account(self) -> Account:
        return Account.objects.get(email=self.email)

    @property
    def person(self) -> UUID:
        return Joined.objects.get(account=self.account).person


def with_account(email: str, *, client: Client | None = None) -> Resident:
    """Somebody whose account is made, and who has not begun to write."""
    account = Account.objects.create_user(email, PASSWORD)
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    return Resident(email, client=client or Client())


def living_here(email: str) -> tuple[Resident, Someone]:
    """Somebody who lives here, signed in, with the diary unlocked."""
    someone = move_in()
    account = Account.objects.get(id=Joined.objects.get(person=someone.person).account_id)
    account.email = email
    account.save()
    EmailAddress.objects.filter(user=account).update(email=email)
    resident = Resident(email)
    someone.client = resident.client
    assert resident.sign_in().status_code == 302
    assert resident.unlock(someone.passphrase).status_code == 302
    return resident, someone


def still_them(resident: Resident) -> None:
    """Type the password once more, as what changes signing in asks for."""
    sent = {"password": resident.password}
    assert resident.client.post("/account/reauthenticate/", sent).status_code == 302


def join_and_sign_in(someone: Someone) -> None:
    """Give somebody who lives here an account, and sign them in at their browser."""
    resident = with_account(f"{someone.person}@example.org", client=someone.client)
    join(resident.account.pk, someone.person)
    resident.client.force_login(resident.account)


def code_in_the_letter() -> str:
    """The code in the letter that came last."""
    return mail.outbox[-1].body.split()[3]


def invitation() -> str:
    return invite(WEEK).code
