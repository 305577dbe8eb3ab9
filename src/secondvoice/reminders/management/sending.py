"""Sending what is due, once: by any number of processes at the same time.

What is due is claimed before it is sent, by an UPDATE that finds the row as it was read or not at
all; of several who try, the database lets one. Whoever claimed and then died has sent nothing: a
reminder is lost rather than sent twice.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django_scopes import scopes_disabled

from secondvoice.records.models import one_transaction, storing
from secondvoice.records.models.store import of
from secondvoice.records.plain import NotPlain, from_plain
from secondvoice.reminders import mail
from secondvoice.reminders.endpoints import Browser
from secondvoice.reminders.models import Device, Schedule, language_of, lose_device
from secondvoice.reminders.push import Outcome, Sender, send
from secondvoice.reminders.rules import GOOD_FOR, Due, Plan, next_due, worth_sending
from secondvoice.reminders.words import sentence_of, words
from secondvoice.site.apps import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.db.models import QuerySet

AT_ONCE = 100
"""Rows read at a time, the ones that wait longest first."""
_MOMENT = timedelta(microseconds=1)

log = logging.getLogger(__name__)


def send_due(now: datetime) -> int:
    """Send everything that is due at ``now`` and not stale.

    Returns:
        How many letters and notices were taken by a server or a relay.

    Raises:
        CannotKeep: the database refused.
    """
    taken = 0
    for row, due in _claimed(now):
        if row.address and settings.MAIL is not None:
            taken += _write_to(settings.MAIL, row, due, now)
    for device in _claimed_devices(now):
        taken += _notify(device, now)
    return taken


def sender() -> Sender:
    """What this server sends notices with."""
    return Sender(
        settings.SECRET_KEY.encode(),
        settings.PUSH_CONTACT,
        settings.PUSH_ALSO_ALLOWED,
        settings.PUSH_TRUST,
    )


def _claimed(now: datetime) -> Iterator[tuple[Schedule, Due]]:
    """Every plan whose time has come, each claimed by this process, with what is worth sending."""
    while True:
        with storing(), scopes_disabled():
            rows = list(Schedule.objects.filter(due_at__lte=now).order_by("due_at")[:AT_ONCE])
        for row in rows:
            due = _claim(row, now)
            if due is not None:
                yield row, due
        if len(rows) < AT_ONCE:
            return


def _claim(row: Schedule, now: datetime) -> Due | None:
    """Move a plan on to what comes next; what is to be sent now, if this process moved it."""
    due, after = _now_and_next(row, now)
    with one_transaction():
        # The condition is in the statement: of two who read the same row, one finds it unchanged.
        mine = of(Schedule, row.person_id).filter(id=row.id, due_at=row.due_at)
        if not mine.update(due_at=after):
            return None
        if due is not None:
            of(Device, row.person_id).update(due_at=due.at, text=due.text, try_at=due.at)
    return due


def _now_and_next(row: Schedule, now: datetime) -> tuple[Due | None, datetime | None]:
    try:
        plan = from_plain(Plan, row.plan)
        if not isinstance(plan, Plan) or row.due_at is None:
            return None, None
        coming = next_due(plan, now)
        due = worth_sending(plan, now, row.due_at - _MOMENT)
    except (NotPlain, KeyError, ValueError):
        # Not as this version writes it, or a zone that this computer does not know. The person's
        # next change writes it anew.
        log.warning("A plan for reminders could not be read")
        return None, None
    return due, coming[0].at if coming else None


def _claimed_devices(now: datetime) -> Iterator[Device]:
    while True:
        with storing(), scopes_disabled():
            rows = list(Device.objects.filter(try_at__lte=now).order_by("try_at")[:AT_ONCE])
        for row in rows:
            with storing():
                claimed = _this(row).filter(try_at=row.try_at).update(try_at=None)
            if claimed:
                yield row
        if len(rows) < AT_ONCE:
            return


def _notify(device: Device, now: datetime) -> int:
    stale = device.due_at + GOOD_FOR if device.due_at is not None else now
    if stale <= now:
        return 0
    browser = Browser(device.endpoint, bytes(device.public_key), bytes(device.auth), device.opens)
    with spoken(language_of(device.person_id)):
        sentence = sentence_of(device.text)
    answer = send(browser, sentence, until=stale, now=now, sender=sender())
    if answer.outcome is Outcome.GONE:
        lose_device(device)
    elif answer.outcome is Outcome.REFUSED:
        log.warning("A relay refused a reminder")
    elif answer.outcome is Outcome.LATER and now + answer.wait < stale:
        with storing():
            # Only if nothing newer is waiting by now.
            _this(device).filter(try_at=None, due_at=device.due_at).update(try_at=now + answer.wait)
    return int(answer.outcome is Outcome.TAKEN)


def _write_to(host: mail.MailHost, row: Schedule, due: Due, now: datetime) -> int:
    with spoken(row.language):
        sentence = sentence_of(due.text)
        body = words("letter")["body"].format(words=sentence)
    sent = mail.post(host, row.address, sentence, body, now)
    if not sent:
        log.warning("A reminder by e-mail was not taken by the mail server")
    return int(sent)


def _this(device: Device) -> QuerySet[Device]:
    return of(Device, device.person_id).filter(id=device.id)
