"""People with entries in django-diary: ``python -m benchmarks.load.peer.filling PEOPLE RECORDS``.

Prints, as JSON, visitors who have signed in.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
import sys
from typing import Any

WORDS = "It went wrong again, and I said to myself what I always say. " * 8


def fill(people: int, records: int) -> list[dict[str, Any]]:
    """Fill the tables; the visitors."""
    from diary.models import Customer, Entry, Treatment
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    treatment = Treatment.objects.create(name="A note", min_duration=dt.timedelta(minutes=15))
    persons = [
        Customer.objects.create(username=f"person{number}", first_name="A", last_name=str(number))
        for number in range(people)
    ]
    now = dt.datetime.now(dt.UTC)
    for number in range(records):
        day = (now - dt.timedelta(days=1 + 18 * (records - number))).date()
        Entry.objects.bulk_create(
            Entry(
                date=day,
                time=dt.time(12),
                notes=WORDS,
                creator=person,
                created=now,
                editor=person,
                edited=now,
                customer=person,
                treatment=treatment,
            )
            for person in persons
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return [sign_in(person, treatment.pk) for person in persons]


def sign_in(person: Any, treatment: int) -> dict[str, Any]:
    """A session of ``person``, and the fields of their form beside the words."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    token = secrets.token_hex(16)
    return {
        "person": person.pk,
        "cookie": f"sessionid={session.session_key}; csrftoken={token}",
        "token": token,
        "fields": {
            "time": "12:00",
            "duration": "00:15",
            "treatment": treatment,
        },
    }


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(fill(*map(int, sys.argv[1:3]))))
