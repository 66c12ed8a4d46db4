# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every page shows: where one can go, who acts for whom, and the demo's clock."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from overens.desks.entry.days import next_days
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.rules.process import Role

PUBLIC: tuple[tuple[str, Promise], ...] = (
    ("home", _("Var pengarna är")),
    ("public-agreements", _("Överenskommelser")),
    ("portal", _("Statsbidrag")),
    ("facts-start", _("Fakta")),
    ("national-start", _("Rapporter")),
)
RECORDS: tuple[str, Promise] = ("archive-register", _("Handlingar"))
UNDERTAKINGS: tuple[str, Promise] = ("analyst-undertakings", _("Åtaganden"))
RECIPIENT: tuple[tuple[str, Promise], ...] = (
    ("region-start", _("Att göra")),
    ("writing-start", _("Redogörelser")),
    ("calendars", _("Kalender")),
    ("planner-start", _("Planering")),
    RECORDS,
)
# What a head of operations, and nothing else, is there for.
UNITS: tuple[str, Promise] = ("planner-units", _("Enheternas behov"))
DESKS: dict[str, tuple[tuple[str, Promise], ...]] = {
    Kind.REGION: RECIPIENT,
    Kind.ASSOCIATION: (*RECIPIENT, UNDERTAKINGS),
    Kind.PAYER: (
        ("payer-queue", _("Att göra")),
        ("payer-examinations", _("Granskning")),
        ("payer-batches", _("Utbetalningar")),
        ("payer-bank", _("Bank")),
        ("payer-debts", _("Skulder")),
        ("payer-vouchers", _("Bokföring")),
        ("running", _("Bakgrundsarbete")),
        RECORDS,
    ),
    Kind.MINISTRY: (
        ("ministry-start", _("Att göra")),
        ("ministry-decisions", _("Beslut")),
        ("ministry-deadlines", _("Sista dagar")),
        ("ministry-late", _("Sena berättelser")),
        ("analyst-start", _("Uppföljning")),
        RECORDS,
    ),
    Kind.FOLLOWUP: (
        ("analyst-start", _("Att göra")),
        ("analyst-rounds", _("Rundor")),
        ("analyst-visits", _("Besök")),
        ("analyst-coding", _("Kodning")),
        ("editions-start", _("Utgåvor")),
        ("analyst-commissions", _("Uppdraget")),
        RECORDS,
    ),
}
NEGOTIATION = ("negotiator-start", _("Förhandling"))
ADMINISTRATION = ("people-list", _("Organisationen"))


def everywhere(request: HttpRequest) -> dict[str, Any]:
    acting = getattr(request, "acting", None)
    today = clock.today()
    return {
        "demo": settings.DEMO,
        "today": today,
        "acting": acting,
        "clock_steps": next_days(today) if settings.DEMO else (),
        "nav": _nav(request, acting),
    }


def _nav(request: HttpRequest, acting: Any) -> list[dict[str, Any]]:
    entries: list[tuple[str, Promise]] = []
    if acting and acting.organisation:
        if acting.roles == {Role.HEAD_OF_OPERATIONS}:
            entries.append(UNITS)
        entries += DESKS.get(acting.organisation.kind, ())
        if "negotiator" in acting.roles:
            entries.append(NEGOTIATION)
        if "administrator" in acting.roles:
            entries.append(ADMINISTRATION)
    items: list[dict[str, Any]] = [{"url": reverse(name), "label": label} for name, label in (*entries, *PUBLIC)]
    # The item whose address begins the page's address the longest is where the reader is; every address begins as the
    # start page's does, which says nothing.
    begins = [item["url"] for item in items if request.path.startswith(item["url"])]
    here = max((url for url in begins if url != "/" or request.path == "/"), key=len, default=None)
    return [{**item, "current": item["url"] == here} for item in items]
