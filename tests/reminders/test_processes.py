"""Real processes: the program reminds by itself, and several at once send each reminder once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests.postgres import cluster
from tests.reminders.post_office import PostOffice, post_office
from tests.site.running import Running, command, environment, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

PEOPLE = 150
PROCESSES = 3

# Puts people there, each with a reminder that is due every minute, due since so many minutes.
FILL = """
import json, sys, uuid
from datetime import UTC, datetime, timedelta
import django
django.setup()
from secondvoice.records.models import Person
from secondvoice.reminders.models import Schedule
people, minutes = json.loads(sys.argv[1])
now = datetime.now(UTC).replace(second=0, microsecond=0)
due = now - timedelta(minutes=minutes)
for number in range(people):
    person = Person.objects.create(created_at=now)
    plan = {"zone": "UTC", "reminders": [{"id": str(uuid.uuid4()), "start": due.hour * 60 + due.minute}]}
    Schedule.objects.create(person_id=person.id, id=uuid.uuid4(), plan=plan, due_at=due,
                            address=f"{number}@example.org")
"""


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with post_office() as running:
        yield running


def mailing(office: PostOffice) -> dict[str, str]:
    return {
        "SECONDVOICE_MAIL_HOST": "127.0.0.1",
        "SECONDVOICE_MAIL_PORT": str(office.port),
        "SECONDVOICE_MAIL_FROM": "reminders@host.example",
        "SECONDVOICE_MAIL_SECURITY": "none",
    }


def fill(people: int, minutes: int, **changes: str) -> None:
    changes["DJANGO_SETTINGS_MODULE"] = "secondvoice.site.settings"
    script = [sys.executable, "-c", FILL, json.dumps([people, minutes])]
    subprocess.run(script, env=environment(**changes), check=True)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_several_processes_at_once_send_each_reminder_once(
    tmp_path: Path, office: PostOffice, kind: str
) -> None:
    with ExitStack() as stack:
        changes = {"SECONDVOICE_DATA": str(tmp_path / "data"), **mailing(office)}
        if kind == "postgresql":
            changes["DATABASE_URL"] = stack.enter_context(cluster())
        assert run("manage", "migrate", "--verbosity", "0", **changes).returncode == 0
        fill(PEOPLE, 2, **changes)
        together = [
            subprocess.Popen(
                command("manage", "send_reminders"),
                env=environment(**changes),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(PROCESSES)
        ]
        said = [process.communicate(timeout=120) for process in together]
        assert [process.returncode for process in together] == [0] * PROCESSES, said
        sent = [int(out.split()[0]) for out, _ in said]
        assert sum(sent) == PEOPLE
        got = Counter(letter["To"] for letter in office.letters)
        assert got == {f"{number}@example.org": 1 for number in range(PEOPLE)}
        # And once more: there is nothing left.
        assert run("manage", "send_reminders", **changes).stdout == b"0 sent.\n"


def test_the_program_sends_what_was_missed_by_minutes_and_drops_what_is_stale(
    tmp_path: Path, office: PostOffice
) -> None:
    data = tmp_path / "data"
    changes = {"SECONDVOICE_DATA": str(data), **mailing(office)}
    Running(data).stop()
    fill(1, 40, **changes)
    fill(1, 5, **changes)
    fill(1, 6, **changes)
    running = Running(data, **changes)
    try:
        assert office.wait_for(2)
    finally:
        code, _, error = running.stop()
    assert (code, error) == (0, "")
    assert len(office.letters) == 2
    # Started again, it does not send again.
    again = Running(data, **changes)
    again.stop()
    assert len(office.letters) == 2
