"""What this house does otherwise than the library: its words, its letters, who may come."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import smtplib
from typing import TYPE_CHECKING, Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings as conf
from django.contrib import messages
from django.core.mail import EmailMessage
from django.shortcuts import redirect
from django.urls import reverse

from secondvoice.accounts.models import NotInvited, is_invited, use_invitation
from secondvoice.accounts.views.entering import INVITATION
from secondvoice.accounts.views.words import words_of
from secondvoice.records.models import one_transaction
from secondvoice.vault import Header, open_sealed, seal

if TYPE_CHECKING:
    from django.http import HttpRequest

    from secondvoice.accounts.models import Account

_NOBODY = UUID(int=0)
_HEADER = Header(_NOBODY, _NOBODY, "second_factor", 1, _NOBODY, 0)


class AccountAdapter(DefaultAccountAdapter):
    """Signing in, making an account, and letters about both."""

    @property
    def error_messages(self) -> dict[str, Any]:
        """What is said of a form that does not fit, in the language spoken just now."""
        return {**DefaultAccountAdapter.error_messages, **words_of("errors")}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether who sent this may make an account."""
        if conf.ACCOUNTS == "invited":
            return is_invited(request.session.get(INVITATION, ""))
        return bool(conf.ACCOUNTS == "open")

    def save_user(
        self, request: HttpRequest, user: Account, form: Any, commit: bool = True
    ) -> Account:
        """Make an account, and use up the invitation, both or neither."""
        with using_invitation(request):
            account: Account = super().save_user(request, user, form, commit)
        return account

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002  # as the library calls it
        extra_tags: str = "",  # noqa: ARG002
        message: str | None = None,
    ) -> None:
        """Say it in our words, where there is anything to say."""
        name = (message_template or "").rpartition("/")[2].removesuffix(".txt")
        said = message or words_of("messages").get(name)
        if said:
            messages.add_message(request, level, str(said))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter that says nothing of what this place is for.

        A mail server that refuses is not told to who asked: whether it was asked at all would show
        who has an account. They can ask for another letter.
        """
        words = words_of("letters")
        name = template_prefix.rpartition("/")[2]
        body = words["code"] if "code" in context else words.get(name, words["changed"])
        text = body["text"].format(code=context.get("code", ""))
        letter = EmailMessage(body["subject"], text, conf.DEFAULT_FROM_EMAIL, [email])
        letter.extra_headers["Auto-Submitted"] = "auto-generated"
        with contextlib.suppress(OSError, smtplib.SMTPException):
            letter.send()

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """Back to the page about signing in."""
        return reverse("mfa_index")


class SignOnAdapter(DefaultSocialAccountAdapter):
    """Another sign-on: a home's or a campus's."""

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> Account:
        """Make an account; the invitation is used up with it."""
        # With a form, the other adapter uses it up.
        using = contextlib.nullcontext() if form else using_invitation(request)
        with using:
            account: Account = super().save_user(request, sociallogin, form)
        return account

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:  # noqa: ARG002
        """Back to the page about signing in."""
        return reverse("mfa_index")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Passkeys, codes by the clock, and the codes for when both are gone.

    The seeds of codes are sealed under the server's secret: a copy of the database alone makes no
    code. They have nothing to do with anybody's data key.
    """

    @property
    def error_messages(self) -> dict[str, Any]:
        """What is said of a form that does not fit, in the language spoken just now."""
        return {**DefaultMFAAdapter.error_messages, **words_of("errors")}

    def encrypt(self, text: str) -> str:
        """Seal a seed."""
        return seal(_key(), text.encode(), _HEADER).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """Open a seed.

        Raises:
            VaultError: the server's secret is another now.
        """
        return open_sealed(_key(), bytes.fromhex(encrypted_text), _HEADER).decode()

    def generate_authenticator_name(self, user: Account, type: Any) -> str:  # noqa: A002, ARG002
        """What a passkey is called that was given no name."""
        return str(words_of("add_passkey")["unnamed"])


@contextlib.contextmanager
def using_invitation(request: HttpRequest) -> Any:
    """Use up the invitation together with what is done inside.

    Raises:
        ImmediateHttpResponse: somebody else used it meanwhile; nothing was done.
    """
    try:
        with one_transaction():
            yield
            if conf.ACCOUNTS == "invited":
                use_invitation(request.session.get(INVITATION, ""))
    except NotInvited:
        raise ImmediateHttpResponse(redirect("account_invited")) from None
    request.session.pop(INVITATION, None)


def may_unlock(request: HttpRequest) -> bool:
    """Count a try at the passphrase of the account that is signed in; False: too many."""
    return bool(ratelimit.consume(request, action="unlock"))


def may_write_to(request: HttpRequest, address: str) -> bool:
    """Count a letter to an address that the account typed; False: too many from it, or there."""
    return bool(ratelimit.consume(request, action="letter", key=address.lower()))


def _key() -> bytes:
    return hmac.new(
        conf.SECRET_KEY.encode(), b"secondvoice/accounts/second-factor", hashlib.sha256
    ).digest()
