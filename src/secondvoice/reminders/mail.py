"""Letters, where a host has set them up. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    import smtplib
    from datetime import datetime

SECONDS: Final = 10.0
Security = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class MailHost:
    """The server that takes letters, and whom they come from."""

    host: str
    sender: str
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    security: Security = "starttls"


def post(mail: MailHost, to: str, subject: str, body: str, now: datetime) -> bool:
    """Send one letter.

    Args:
        mail: by which server.
        to: an address.
        subject: one line.
        body: plain text.
        now: its date.

    Returns:
        Whether the server took it. What it said is not told: it may quote the address.
    """
    # Here and not above: most starts of the program send no letter, and these take their time.
    import smtplib
    from email.message import EmailMessage
    from email.utils import format_datetime, make_msgid

    letter = EmailMessage()
    letter["From"] = mail.sender
    letter["To"] = to
    letter["Subject"] = subject
    letter["Date"] = format_datetime(now)
    letter["Message-ID"] = make_msgid(domain=mail.sender.rpartition("@")[2] or None)
    # No holiday notice comes back (RFC 3834).
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(body)
    try:
        with _connection(mail) as server:
            if mail.user:
                server.login(mail.user, mail.password)
            server.send_message(letter)
    except (OSError, smtplib.SMTPException):
        return False
    return True


def _connection(mail: MailHost) -> smtplib.SMTP:
    import smtplib
    import ssl

    context = ssl.create_default_context()
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=SECONDS, context=context)
    server = smtplib.SMTP(mail.host, mail.port, timeout=SECONDS)
    if mail.security == "starttls":
        try:
            server.starttls(context=context)
        except BaseException:
            server.close()
            raise
    return server
