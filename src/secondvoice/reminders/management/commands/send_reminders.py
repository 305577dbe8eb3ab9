"""``secondvoice manage send_reminders``: for hosts that run several servers, or none of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from secondvoice.reminders.management.sending import send_due
from secondvoice.reminders.management.ticking import EVERY, go_on

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(BaseCommand):
    """Send the reminders that are due now, or go on sending."""

    help = "Send the reminders that are due. Safe to run in several processes at once."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument(
            "--stay",
            action="store_true",
            help=f"go on, looking every {EVERY} seconds, until told to stop",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Send, and say how many were taken."""
        if options["stay"]:
            go_on()
        else:
            self.stdout.write(f"{send_due(timezone.now())} sent.")
