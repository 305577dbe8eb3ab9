"""A house that many share, by invitation and with letters, as the tests run it."""

from __future__ import annotations

import os

os.environ["SECONDVOICE_ACCOUNTS"] = "invited"
os.environ["SECONDVOICE_MAIL_HOST"] = "mail.example.org"
os.environ["SECONDVOICE_MAIL_FROM"] = "post@example.org"

from tests.settings import *  # noqa: F403

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
