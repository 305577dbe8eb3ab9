"""What a house of many sets otherwise, read from the environment (docs/hosting.md).

Read by ``site.settings`` at its end, and only where accounts are asked for. Nothing of the library
is loaded here.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from secondvoice.accounts.limits import SecretName
from secondvoice.site.config import SettingError, env_bool, env_int

KINDS: Final = ("open", "invited", "closed")
HOSTED_MEMORY_KIB: Final = 64 * 1024
"""What a try at a passphrase costs where many try at once (docs/decisions/0003-keys.md)."""
SHORTEST_PASSWORD: Final = 12
LIMITS_TABLE: Final = "accounts_limits"
LIMITS_MOST: Final = 200_000
"""Rows, above which the database throws some away: more than all of a busy day's."""

BEFORE: Final = "secondvoice.people.middleware.FrontDoor"


def accounts_kind() -> str:
    """``SECONDVOICE_ACCOUNTS``: who may make an account; empty: the house of one person.

    Raises:
        SettingError: it is none of the three.
    """
    kind = os.environ.get("SECONDVOICE_ACCOUNTS", "")
    if kind and kind not in KINDS:
        raise SettingError(f"SECONDVOICE_ACCOUNTS is {kind!r}; write open, invited or closed.")
    return kind


@dataclass(frozen=True, slots=True)
class SignOn:
    """Another sign-on, by OpenID Connect."""

    issuer: str
    client: str
    name: str
    secret: str = field(default="", repr=False)


def sign_on() -> SignOn | None:
    """The sign-on of ``SECONDVOICE_OIDC_…``; None where none is named.

    Raises:
        SettingError: something of it is missing, or it is not reached by TLS.
    """
    issuer = os.environ.get("SECONDVOICE_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return None
    parts = urlsplit(issuer)
    at_home = parts.hostname in {"127.0.0.1", "localhost"}
    if parts.scheme != "https" and not (parts.scheme == "http" and at_home):
        raise SettingError(f"SECONDVOICE_OIDC_ISSUER is {issuer!r}; write its https:// address.")
    client = os.environ.get("SECONDVOICE_OIDC_CLIENT", "")
    if not client:
        raise SettingError("SECONDVOICE_OIDC_CLIENT is not set; write the name it knows this by.")
    file = os.environ.get("SECONDVOICE_OIDC_SECRET_FILE", "")
    try:
        secret = Path(file).read_text(encoding="utf-8").strip() if file else ""
    except OSError as error:
        raise SettingError(
            f"SECONDVOICE_OIDC_SECRET_FILE cannot be read ({error.strerror})."
        ) from None
    name = os.environ.get("SECONDVOICE_OIDC_NAME", "") or str(parts.hostname)
    return SignOn(issuer, client, name, secret)


def with_accounts(kind: str, site: dict[str, Any]) -> dict[str, Any]:
    """The settings of a house of many.

    Args:
        kind: one of ``KINDS``.
        site: those of the house of one person.

    Raises:
        SettingError: they do not fit together.
    """
    mail, oidc = site["MAIL"], sign_on()
    passwords = env_bool("SECONDVOICE_PASSWORDS", default=True)
    if kind == "open" and mail is None:
        raise SettingError(
            "SECONDVOICE_ACCOUNTS is open, and no letter can be sent: anybody could make accounts "
            "with anybody's address. Set SECONDVOICE_MAIL_HOST, or write invited."
        )
    if not passwords and mail is None and oidc is None:
        raise SettingError(
            "SECONDVOICE_PASSWORDS is False, and without letters (SECONDVOICE_MAIL_HOST) or "
            "another sign-on (SECONDVOICE_OIDC_ISSUER) nobody could make an account."
        )
    found: dict[str, Any] = {
        "PASSWORDS": passwords,
        "OIDC": oidc,
        # The front door of one's own computer; here who comes is asked who they are.
        "FRONT_DOOR": False,
        "SESSION_ENGINE": "secondvoice.accounts.sessions",
        "SESSION_KEEPS": (
            *("_auth_user_id", "_auth_user_backend", "_auth_user_hash"),
            *("account_authentication_methods", "account_authentication_methods_user"),
        ),
        "KDF_MEMORY_KIB": env_int("SECONDVOICE_KDF_MEMORY_KIB", default=HOSTED_MEMORY_KIB),
        "INSTALLED_APPS": [
            "django.contrib.contenttypes",
            "django.contrib.auth",
            # First: its templates are instead of the library's.
            "secondvoice.accounts",
            "allauth.account",
            "allauth.mfa",
            "allauth.socialaccount",
            "allauth.socialaccount.providers.openid_connect",
            *site["INSTALLED_APPS"],
        ],
        "MIDDLEWARE": _middleware(site["MIDDLEWARE"]),
        "CACHES": {
            "default": {
                "BACKEND": "django.core.cache.backends.db.DatabaseCache",
                "LOCATION": LIMITS_TABLE,
                "KEY_FUNCTION": SecretName(site["SECRET_KEY"].encode()),
                "OPTIONS": {"MAX_ENTRIES": LIMITS_MOST},
            }
        },
        **_signing_in(passwords=passwords, letters=mail is not None),
        **_second_factor(letters=mail is not None, https=site["HTTPS"]),
        **_sign_on(oidc),
        **_letters(mail),
    }
    if "SECURE_PROXY_SSL_HEADER" in site:
        found["ALLAUTH_TRUSTED_PROXY_COUNT"] = 1
    return found


def _middleware(usual: list[str]) -> list[str]:
    at = usual.index(BEFORE)
    return [
        *usual[:at],
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "allauth.account.middleware.AccountMiddleware",
        "secondvoice.accounts.middleware.SignedIn",
        *usual[at:],
    ]


def _signing_in(*, passwords: bool, letters: bool) -> dict[str, Any]:
    validators = "django.contrib.auth.password_validation"
    return {
        "AUTH_USER_MODEL": "accounts.Account",
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "AUTH_PASSWORD_VALIDATORS": [
            {
                "NAME": f"{validators}.MinimumLengthValidator",
                "OPTIONS": {"min_length": SHORTEST_PASSWORD},
            },
            {"NAME": f"{validators}.CommonPasswordValidator"},
        ],
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.ScryptPasswordHasher"],
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "home",
        "ACCOUNT_ADAPTER": "secondvoice.accounts.adapter.AccountAdapter",
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*", "password1*"] if passwords else ["email*"],
        "ACCOUNT_SESSION_REMEMBER": False,
        "ACCOUNT_UNIQUE_EMAIL": True,
        "ACCOUNT_MAX_EMAIL_ADDRESSES": 1,
        # The same answer, and a letter, whether an address is known or not.
        "ACCOUNT_PREVENT_ENUMERATION": True,
        "ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS": True,
        "ACCOUNT_EMAIL_VERIFICATION": "mandatory" if letters else "none",
        "ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED": letters,
        "ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED": letters,
        "ACCOUNT_EMAIL_NOTIFICATIONS": letters,
        "ACCOUNT_REAUTHENTICATION_METHODS": {"password", "mfa"} | ({"code"} if letters else set()),
        "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
        "ACCOUNT_RATE_LIMITS": {
            "unlock": "10/5m/user",
            "invitation": "10/m/ip",
            # To whatever address somebody who is signed in types, theirs or not.
            "letter": "5/h/user,10/d/key",
            "sign_on": "60/m/ip",
        },
    }


def _second_factor(*, letters: bool, https: bool) -> dict[str, Any]:
    return {
        "MFA_ADAPTER": "secondvoice.accounts.adapter.SecondFactorAdapter",
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        # It is made after the address was shown to be theirs.
        "MFA_PASSKEY_SIGNUP_ENABLED": letters,
        "MFA_ALLOW_UNVERIFIED_EMAIL": not letters,
        "MFA_TOTP_ISSUER": "Second Voice",
        # A clock that is half a minute off is still a clock.
        "MFA_TOTP_TOLERANCE": 1,
        # On the loopback there is no TLS, and browsers take it as safe.
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": not https,
    }


def _sign_on(oidc: SignOn | None) -> dict[str, Any]:
    app = oidc and {
        "provider_id": "campus",
        "name": oidc.name,
        "client_id": oidc.client,
        "secret": oidc.secret,
        "settings": {"server_url": oidc.issuer},
    }
    return {
        "SOCIALACCOUNT_ADAPTER": "secondvoice.accounts.adapter.SignOnAdapter",
        "SOCIALACCOUNT_PROVIDERS": {
            "openid_connect": {
                "APPS": [app] if app else [],
                "OAUTH_PKCE_ENABLED": True,
                "SCOPE": ["openid", "email"],
            }
        },
        "SOCIALACCOUNT_STORE_TOKENS": False,
        # Who has an account already signs in to it first, and joins the two there.
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,
    }


def _letters(mail: Any) -> dict[str, Any]:
    if mail is None:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    return {
        "EMAIL_HOST": mail.host,
        "EMAIL_PORT": mail.port,
        "EMAIL_HOST_USER": mail.user,
        "EMAIL_HOST_PASSWORD": mail.password,
        "EMAIL_USE_TLS": mail.security == "starttls",
        "EMAIL_USE_SSL": mail.security == "tls",
        "EMAIL_TIMEOUT": 10,
        "DEFAULT_FROM_EMAIL": mail.sender,
    }
