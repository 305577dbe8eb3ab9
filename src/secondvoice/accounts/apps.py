"""Django's entry for the room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The room accounts."""

    name = "secondvoice.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Serve a house of many, and end sessions where a password changes."""
        from secondvoice.accounts.house import SharedHouse
        from secondvoice.people.house import use

        use(SharedHouse())
        import_module("secondvoice.accounts.models.ending")
