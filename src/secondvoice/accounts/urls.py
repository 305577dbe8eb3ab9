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

from secondvoice.accounts.views.entering import address, invited, onward

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern


def page(view: Any, *, asks_again: bool = False, sent: bool = True, shown: bool = True) -> Any:
    """One of the library's views, by the methods that are meant.

    Args:
        view: the library's.
        asks_again: whether it wants to know first that it is still the same person.
        sent: whether a form is sent to it.
        shown: whether it can be looked at.
    """
    methods = ["GET"] * shown + ["POST"] * sent

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

    return require_http_methods(methods)(gate)


urlpatterns: list[URLPattern] = [
    path("login/", page(account.login), name="account_login"),
    # Where the library would list addresses: somebody has one here, and it is not shown.
    path("address/", address, name="account_email"),
    path("logout/", page(account.logout), name="account_logout"),
    path("inactive/", page(account.account_inactive, sent=False), name="account_inactive"),
    path("invited/", invited, name="account_invited"),
    path("signup/", page(account.signup), name="account_signup"),
    path("reauthenticate/", page(account.reauthenticate), name="account_reauthenticate"),
    path("", page(mfa.index, sent=False), name="mfa_index"),
    path("second/", page(mfa.authenticate), name="mfa_authenticate"),
    path("second/again/", page(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("totp/on/", page(totp.activate_totp, asks_again=True), name="mfa_activate_totp"),
    path("totp/off/", page(totp.deactivate_totp, asks_again=True), name="mfa_deactivate_totp"),
    path("codes/", page(codes.view_recovery_codes, sent=False), name="mfa_view_recovery_codes"),
    path(
        "codes/new/",
        page(codes.generate_recovery_codes, asks_again=True),
        name="mfa_generate_recovery_codes",
    ),
    path("passkeys/", page(passkeys.list_webauthn, sent=False), name="mfa_list_webauthn"),
    path("passkeys/add/", page(passkeys.add_webauthn, asks_again=True), name="mfa_add_webauthn"),
    path("passkeys/login/", page(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path(
        "passkeys/again/",
        page(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "passkeys/<int:pk>/remove/",
        page(passkeys.remove_webauthn, asks_again=True),
        name="mfa_remove_webauthn",
    ),
]

if conf.PASSWORDS:
    urlpatterns += [
        path("password/", page(account.password_change), name="account_change_password"),
        path("password/first/", page(account.password_set), name="account_set_password"),
    ]

if conf.MAIL:
    urlpatterns += [
        path(
            "letter/",
            page(account.email_verification_sent),
            name="account_email_verification_sent",
        ),
        path("signup/passkey/", page(account.signup_by_passkey), name="account_signup_by_passkey"),
        path(
            "reauthenticate/letter/",
            page(account.request_reauthentication_code),
            name="account_request_reauthentication_code",
        ),
        path(
            "reauthenticate/letter/code/",
            page(account.confirm_reauthentication_code),
            name="account_confirm_reauthentication_code",
        ),
        path("passkeys/first/", page(passkeys.signup_webauthn), name="mfa_signup_webauthn"),
    ]

if conf.MAIL and conf.PASSWORDS:
    urlpatterns += [
        path("forgotten/", page(account.password_reset), name="account_reset_password"),
        path(
            "forgotten/code/",
            page(account.confirm_password_reset_code),
            name="account_confirm_password_reset_code",
        ),
        path(
            "forgotten/new/",
            page(account.complete_password_reset),
            name="account_complete_password_reset",
        ),
        path(
            "forgotten/done/",
            page(account.password_reset_from_key_done, sent=False),
            name="account_password_reset_completed",
        ),
    ]

if conf.OIDC:
    urlpatterns += [
        path(
            "oidc/<slug:provider_id>/",
            page(onward(oidc.login), shown=False),
            name="openid_connect_login",
        ),
        path(
            "oidc/<slug:provider_id>/back/",
            page(oidc.callback, sent=False),
            name="openid_connect_callback",
        ),
        path("oidc/", page(social.signup), name="socialaccount_signup"),
        path(
            "oidc/cancelled/",
            page(social.login_cancelled, sent=False),
            name="socialaccount_login_cancelled",
        ),
        path("oidc/error/", page(social.login_error, sent=False), name="socialaccount_login_error"),
    ]
