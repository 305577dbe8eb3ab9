"""The tables of accounts. They are small, belong to no person's part, and hold no record."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Accounts(BaseUserManager["Account"]):
    """The accounts of this house."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """Make an account.

        Args:
            email: where letters about signing in go.
            password: for signing in; None: there is none.
            fields: further columns.
        """
        account = self.model(email=self.normalize_email(email), **fields)
        account.set_password(password)
        account.save()
        return account


class Account(AbstractBaseUser):
    """Somebody who can sign in. It opens no record; see ``Joined``.

    No time of signing in is kept, and no name is asked for.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    last_login = None

    objects: ClassVar[Accounts] = Accounts()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "id"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.email


class Joined(models.Model):
    """Which person an account is. The one row that joins the two.

    The person is a plain id, no relation: the tables of people may lie on other machines.
    """

    account = models.OneToOneField(
        Account, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    person = models.UUIDField(unique=True)

    def __str__(self) -> str:
        return str(self.account_id)


class Invitation(models.Model):
    """A code that makes one account, until it ends. The code itself is kept nowhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code_hash = models.CharField(max_length=64, unique=True)
    ends = models.DateTimeField()
    used = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.id)


class Limit(models.Model):
    """How often something was tried lately, for all replicas (Django's cache in the database).

    The library reads and writes it; the names of its rows are hashes (``accounts.limits``).
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        """Named in the settings."""

        db_table = "accounts_limits"

    def __str__(self) -> str:
        return self.cache_key
