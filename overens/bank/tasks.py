# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a worker does for the payer's bank."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django_tasks import task

from overens.bank.actions import outgoing


@task()
def deliver() -> None:
    """Put what was released in the bank's folder, where one is named (``OVERENS_BANK_OUTBOX``)."""
    if settings.OVERENS_BANK_OUTBOX:
        outgoing.deliver(Path(settings.OVERENS_BANK_OUTBOX))
