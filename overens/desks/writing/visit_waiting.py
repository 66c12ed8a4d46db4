# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a follow-up's visits wait for at a region: a memo to check, documents to send."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from overens.desks.writing.waiting import Waits
from overens.followup.models import Collected, Visit
from overens.people.models import Organisation


def visits_waiting(organisation: Organisation) -> Iterator[Waits]:
    """What waits, the nearest day first within each kind."""
    checks = Visit.objects.of(organisation).being_checked().with_parties().select_related("fact_check")
    for visit in checks.order_by("fact_check__due_on"):
        yield Waits(
            _("Faktagranska promemorian från %(who)s") % {"who": visit.asker.name},
            _("Efter besöket hos er. Svara stycke för stycke."),
            reverse("writing-check", args=[organisation.code, visit.agreement, visit.year]),
            visit.fact_check.due_on,
        )
    for asked in Collected.objects.asked_of(organisation).open().select_related("asker").order_by("due_on"):
        yield Waits(
            _("Lämna underlag till %(who)s: %(title)s") % {"who": asked.asker.name, "title": asked.title},
            asked.wanted,
            reverse("writing-document", args=[asked.pk]),
            asked.due_on,
        )
