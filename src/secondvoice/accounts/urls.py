"""The addresses of signing in: those of the library that this house has, and no others."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.account import views as account
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.conf import settings as conf
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from secondvoice.accounts.views.ending import end
from secondvoice.accounts.views.entering import address, invited, onward

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern


def page(
    route: str,
    view: Any,
    name: str,
    *,
    asks_again: bool = False,
    sent: bool = True,
    shown: bool = True,
) -> URLPattern:
    """One of the library's views at an address, by the methods that are meant.

    Args:
        route: the address, below that of this room.
        view: the library's.
        name: what the library calls it.
        asks_again: whether it wants to know first that it is still the same person.
        sent: whether a form is sent to it.
        shown: whether it can be looked at.
    """

    @wraps(view)
    def gate(request: HttpRequest, **named: Any) -> HttpResponse:
        # The library would lay the form by in the session, headers and all, and ask. It is asked
        # for before the form is shown, so a form that meets it is an old one.
        if (
            asks_again
            and request.method == "POST"
            and request.user.is_authenticated
            and is_reauthentication_required(request, app="allauth.mfa")
        ):
            return redirect(request.path)
        response: HttpResponse = view(request, **named)
        return response

    methods = ["GET"] * shown + ["POST"] * sent
    return path(route, require_http_methods(methods)(gate), name=name)


urlpatterns: list[URLPattern] = [
    # A form without a password would begin the library's login by a code, which is not here.
    page("login/", account.login, "account_login", sent=conf.PASSWORDS),
    # Where the library would list addresses: somebody has one here, and it is not shown.
    path("address/", address, name="account_email"),
    page("logout/", account.logout, "account_logout"),
    page("inactive/", account.account_inactive, "account_inactive", sent=False),
    path("invited/", invited, name="account_invited"),
    path("end/", end, name="account_end"),
    page("signup/", account.signup, "account_signup"),
    page("reauthenticate/", account.reauthenticate, "account_reauthenticate"),
    page("", mfa.index, "mfa_index", sent=False),
    page("second/", mfa.authenticate, "mfa_authenticate"),
    page("second/again/", mfa.reauthenticate, "mfa_reauthenticate"),
    page("totp/on/", totp.activate_totp, "mfa_activate_totp", asks_again=True),
    page("totp/off/", totp.deactivate_totp, "mfa_deactivate_totp", asks_again=True),
    page("codes/", codes.view_recovery_codes, "mfa_view_recovery_codes", sent=False),
    page(
        "codes/new/", codes.generate_recovery_codes, "mfa_generate_recovery_codes", asks_again=True
    ),
    page("passkeys/", passkeys.list_webauthn, "mfa_list_webauthn", sent=False),
    page("passkeys/add/", passkeys.add_webauthn, "mfa_add_webauthn", asks_again=True),
    page("passkeys/login/", passkeys.login_webauthn, "mfa_login_webauthn"),
    page("passkeys/again/", passkeys.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
    page(
        "passkeys/<int:pk>/remove/",
        passkeys.remove_webauthn,
        "mfa_remove_webauthn",
        asks_again=True,
    ),
]

if conf.PASSWORDS:
    urlpatterns += [
        page("password/", account.password_change, "account_change_password"),
        page("password/first/", account.password_set, "account_set_password"),
    ]

if conf.MAIL:
    again = "reauthenticate/letter/"
    urlpatterns += [
        page("letter/", account.email_verification_sent, "account_email_verification_sent"),
        page("signup/passkey/", account.signup_by_passkey, "account_signup_by_passkey"),
        page(again, account.request_reauthentication_code, "account_request_reauthentication_code"),
        page(
            f"{again}code/",
            account.confirm_reauthentication_code,
            "account_confirm_reauthentication_code",
        ),
        page("passkeys/first/", passkeys.signup_webauthn, "mfa_signup_webauthn"),
    ]

if conf.MAIL and conf.PASSWORDS:
    urlpatterns += [
        page("forgotten/", account.password_reset, "account_reset_password"),
        page(
            "forgotten/code/",
            account.confirm_password_reset_code,
            "account_confirm_password_reset_code",
        ),
        page("forgotten/new/", account.complete_password_reset, "account_complete_password_reset"),
        page(
            "forgotten/done/",
            account.password_reset_from_key_done,
            "account_password_reset_completed",
            sent=False,
        ),
    ]

if conf.OIDC:
    urlpatterns += [
        page("oidc/", social.signup, "socialaccount_signup"),
        # Before those that begin with the name of a sign-on, which would take them for one.
        page(
            "oidc/cancelled/", social.login_cancelled, "socialaccount_login_cancelled", sent=False
        ),
        page("oidc/error/", social.login_error, "socialaccount_login_error", sent=False),
        page("oidc/<slug:provider_id>/", onward(oidc.login), "openid_connect_login", shown=False),
        page("oidc/<slug:provider_id>/back/", oidc.callback, "openid_connect_callback", sent=False),
    ]
