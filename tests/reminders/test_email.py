"""Letters: only to an address that is shown to be the person's, and neutral."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from secondvoice.records.models.store import of
from secondvoice.reminders.mail import MailHost
from secondvoice.reminders.management.sending import send_due
from secondvoice.reminders.models import Schedule
from secondvoice.reminders.settings import mail_host, push_contact
from secondvoice.site.config import SettingError
from tests.reminders.post_office import PostOffice, post_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from tests.cast import Someone

ADDRESS = "alice@example.org"


@pytest.fixture
def office(settings: SettingsWrapper) -> Iterator[PostOffice]:
    with post_office() as running:
        sender = "reminders@host.example"
        settings.MAIL = MailHost("127.0.0.1", sender, running.port, security="none")
        yield running


def send(someone: Someone, **fields: str) -> str:
    response = someone.client.post("/settings/reminders/email/", fields, follow=True)
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def ask(someone: Someone, office: PostOffice) -> str:
    """The code in the letter."""
    assert "on its way" in send(someone, way="ask", address=ADDRESS)
    found = re.search(r"\b\d{6}\b", office.letters[-1].get_content())
    assert found
    return found[0]


def test_without_a_mail_server_letters_are_not_offered(alice: Someone) -> None:
    assert "E-mail" not in send(alice, way="ask", address=ADDRESS)
    assert "By e-mail" not in alice.client.get("/settings/reminders/").content.decode()


def test_nothing_but_a_code_goes_to_an_address_before_the_code_came_back(
    alice: Someone, office: PostOffice
) -> None:
    ask(alice, office)
    assert len(office.letters) == 1
    assert not of(Schedule, alice.person).exists()


def test_with_the_code_letters_come_and_say_nothing(alice: Someone, office: PostOffice) -> None:
    code = ask(alice, office)
    assert f"They come to {ADDRESS}" in send(alice, way="confirm", code=f"{code[:3]} {code[3:]}")
    sent = {"start": "08:00", "end": "", "times": "1", "days": list("0123456"), "text": "breath"}
    alice.client.post("/settings/reminders/new/", sent)
    row = of(Schedule, alice.person).get()
    assert row.due_at is not None
    assert send_due(row.due_at) == 1
    letter = office.letters[-1]
    assert (letter["To"], letter["Subject"]) == (ADDRESS, "One breath")
    assert letter["Auto-Submitted"] == "auto-generated"
    whole = letter.as_string().lower()
    for word in ("second voice", "secondvoice", "compassion", "diary", "http"):
        assert word not in whole
    assert send_due(row.due_at) == 0
    send(alice, way="off")
    assert not of(Schedule, alice.person).exists()


def test_a_code_is_not_guessed(alice: Someone, office: PostOffice) -> None:
    code = ask(alice, office)
    wrong = str((int(code) + 1) % 1_000_000).zfill(6)
    for _ in range(5):
        assert "not the code" in send(alice, way="confirm", code=wrong)
    assert "not the code" in send(alice, way="confirm", code=code)
    assert not of(Schedule, alice.person).exists()


def test_an_empty_code_is_none(alice: Someone, office: PostOffice) -> None:
    ask(alice, office)
    assert "Write the code" in send(alice, way="confirm", code="")
    assert "not the code" in send(alice, way="confirm", code="abc")


def test_a_mail_server_that_takes_nothing_changes_nothing(
    alice: Someone, office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    office.open = False
    assert "could not be sent" in send(alice, way="ask", address=ADDRESS)
    assert "alice@" not in caplog.text


@pytest.mark.parametrize("address", ["", "alice", "a@b\nBcc: c@example.org", "a@b, c@example.org"])
def test_what_is_no_address_is_said_so(alice: Someone, office: PostOffice, address: str) -> None:
    assert "address" in send(alice, way="ask", address=address)
    assert office.letters == []


def test_a_host_that_is_half_set_up_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert mail_host() is None
    monkeypatch.setenv("SECONDVOICE_MAIL_HOST", "mail.example")
    with pytest.raises(SettingError, match="SECONDVOICE_MAIL_FROM"):
        mail_host()
    monkeypatch.setenv("SECONDVOICE_MAIL_FROM", "reminders@host.example")
    monkeypatch.setenv("SECONDVOICE_MAIL_SECURITY", "ssl")
    with pytest.raises(SettingError, match="starttls, tls or none"):
        mail_host()
    monkeypatch.setenv("SECONDVOICE_MAIL_SECURITY", "tls")
    found = mail_host()
    assert found is not None
    assert (found.port, found.sender) == (465, "reminders@host.example")
    monkeypatch.setenv("SECONDVOICE_CONTACT", "host@example.org")
    with pytest.raises(SettingError, match="mailto:"):
        push_contact()


def test_the_password_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECONDVOICE_MAIL_HOST", "mail.example")
    monkeypatch.setenv("SECONDVOICE_MAIL_FROM", "reminders@host.example")
    file = tmp_path / "password"
    file.write_text("heron\n")
    monkeypatch.setenv("SECONDVOICE_MAIL_PASSWORD_FILE", str(file))
    found = mail_host()
    assert found is not None
    assert found.password == "heron"
    assert "heron" not in repr(found)
    file.unlink()
    with pytest.raises(SettingError, match="cannot be read"):
        mail_host()
