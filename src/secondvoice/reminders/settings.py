"""What a host may set about reminders, read from the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast, get_args

from secondvoice.reminders.mail import MailHost, Security
from secondvoice.site.config import SettingError, env_int

NOBODY = "mailto:nobody@secondvoice.invalid"
"""The contact of a server that named none: well-formed, and nobody's (RFC 2606)."""


def push_contact() -> str:
    """``SECONDVOICE_CONTACT``: where the people of a push relay reach the host.

    Raises:
        SettingError: it is neither a ``mailto:`` nor an ``https:`` address.
    """
    contact = os.environ.get("SECONDVOICE_CONTACT") or NOBODY
    if not contact.startswith(("mailto:", "https://")):
        raise SettingError(
            f"SECONDVOICE_CONTACT is {contact!r}; write mailto: and an address, or https://."
        )
    return contact


def mail_host() -> MailHost | None:
    """The mail server of ``SECONDVOICE_MAIL_…``; None where no host is named.

    Raises:
        SettingError: something of it is missing or unreadable.
    """
    host = os.environ.get("SECONDVOICE_MAIL_HOST", "")
    if not host:
        return None
    sender = os.environ.get("SECONDVOICE_MAIL_FROM", "")
    if "@" not in sender or any(sign.isspace() for sign in sender):
        raise SettingError(
            "SECONDVOICE_MAIL_FROM has no address that letters can come from. Set it, or unset "
            "SECONDVOICE_MAIL_HOST to send no letters."
        )
    security = os.environ.get("SECONDVOICE_MAIL_SECURITY", "starttls")
    if security not in get_args(Security):
        raise SettingError(
            f"SECONDVOICE_MAIL_SECURITY is {security!r}; write starttls, tls or none."
        )
    return MailHost(
        host=host,
        sender=sender,
        port=env_int("SECONDVOICE_MAIL_PORT", default=465 if security == "tls" else 587),
        user=os.environ.get("SECONDVOICE_MAIL_USER", ""),
        password=_password(),
        security=cast("Security", security),
    )


def _password() -> str:
    file = os.environ.get("SECONDVOICE_MAIL_PASSWORD_FILE")
    if not file:
        return os.environ.get("SECONDVOICE_MAIL_PASSWORD", "")
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingError(
            f"SECONDVOICE_MAIL_PASSWORD_FILE cannot be read ({error.strerror})."
        ) from None
