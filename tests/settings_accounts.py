"""A house that many share, by invitation and with letters, as the tests run it."""

from __future__ import annotations

import os

os.environ["SECONDVOICE_ACCOUNTS"] = "invited"
os.environ["SECONDVOICE_MAIL_HOST"] = "mail.example.org"
os.environ["SECONDVOICE_MAIL_FROM"] = "post@example.org"
# Nobody is there; the test of it puts its own provider in the place.
os.environ["SECONDVOICE_OIDC_ISSUER"] = "http://127.0.0.1:9"
os.environ["SECONDVOICE_OIDC_CLIENT"] = "the house"
os.environ["SECONDVOICE_OIDC_NAME"] = "the campus"

from tests.settings import *  # noqa: F403

# A real file: in one that is in memory, a second connection is refused at once where one on disk
# waits its turn, and several here try at the same moment.
if "sqlite3" in DATABASES["default"]["ENGINE"]:  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": DATA / "test.sqlite3"}  # noqa: F405

EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
