# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A case as state officers may read it: signed papers field by field, their differences, and what has happened.

A recipient's drafts, and how far it has come with them, are its own until they are signed: nothing here shows them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from overens.desks import words
from overens.grants import papers as grant_papers
from overens.grants.actions import channel
from overens.grants.models import Case
from overens.grants.papers import REPORT, REQUISITION, Paper
from overens.records import clock
from overens.records.models import DocumentVersion, Event
from overens.rules.process import OWN_SPACE, PLACES, Place, State

__all__ = ["REPORT", "REQUISITION", "Paper"]


def papers(case: Case, kind: str) -> list[Paper]:
    """The signed versions of a paper of the case, newest first."""
    versions = list(
        DocumentVersion.objects.filter(kind=kind, document__subject=case.key, signature__isnull=False)
        .select_related(
            "signature__person", "signature__mandate__organisation", "signature__attestation__version",
            "signature__attestation__person", "signature__attestation__mandate", "requisition", "financial_report",
            "signature__recorded_by__person", "signature__recorded_by__organisation", "document__organisation",
        )
        .order_by("number")
    )  # fmt: skip
    found = [read(version, before) for before, version in pairwise([None, *versions]) if version is not None]
    return found[::-1]


def read(version: DocumentVersion, before: DocumentVersion | None = None) -> Paper:
    """A version to read in the page's language, signed or not (a recipient's own, before it signs)."""
    return grant_papers.read(version, (get_language() or "sv")[:2], before)


def events(case: Case) -> QuerySet[Event]:
    """What has happened in the case, newest first, without what is the recipient's own until it has signed."""
    return (
        _all_events(case)
        .exclude(act__in=OWN_SPACE - {"attest-report"})
        .exclude(act="attest-report", cause__attestation__attested__signature__isnull=True)
    )


def _all_events(case: Case) -> QuerySet[Event]:
    found = Event.objects.filter(subject=case.key).select_related("person", "mandate__organisation", "cause")
    return found.order_by("-effective_at", "-pk")


def history(case: Case, own: bool = False) -> list[dict[str, Any]]:
    """The case's events as components/history.html shows them; ``own``: with what is the recipient's own."""
    return [
        {
            "at": event.effective_at,
            "what": words.ACTS.get(event.act, event.act),
            "who": event.person.name if event.person else _("Enligt regel, utan handläggare"),
            "text": _told(event),
        }
        for event in (events(case) if not own else _all_events(case))
    ]


def _told(event: Event) -> str:
    """What the act's own paper says in words, where it says something."""
    if event.cause is None or event.cause.kind in (REQUISITION, REPORT):
        return ""
    data = event.cause.data
    return next((str(data[key]) for key in ("reasons", "reason", "comment", "answer") if data.get(key)), "")


# A case's way and the acts that end each part of it.
STAGES: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (_("Beslutat"), ("decide-payment",)),
    (_("Rekvirerat"), ("sign-requisition", "submit-signed-requisition", "record-paper-requisition")),
    (_("Godkänt"), ("approve-requisition",)),
    (_("Utbetalt"), ("confirm-payment",)),
    (_("Redovisat"), ("sign-report", "submit-signed-report", "record-paper-report")),
    (_("Slutreglerat"), ("accept-report", "accept-report-by-rule")),
    (_("Avslutat"), ("close",)),
)
# Which part of the way is under way in a state, and whether it has stopped there.
AT: dict[State, tuple[int, str]] = {
    State.DECIDED: (1, "current"),
    State.REQUISITIONED: (2, "current"),
    State.ACCOUNT_UNPROVEN: (2, "current"),
    State.RETURNED: (1, "current"),
    State.APPROVED: (3, "current"),
    State.BATCHED: (3, "current"),
    State.IN_PAYMENT: (3, "current"),
    State.PAID: (4, "current"),
    State.REPORTED: (5, "current"),
    State.REPORT_RETURNED: (4, "current"),
    State.SETTLED: (6, "current"),
    State.CLAWED_BACK: (5, "stopped"),
    State.CLOSED: (7, "done"),
    State.LAPSED: (1, "stopped"),
}


def steps(case: Case) -> list[dict[str, Any]]:
    """Where the case stands on its way, as components/steps.html shows it."""
    at, how = AT[State(case.state)]
    ending = Event.objects.filter(subject=case.key, act__in=[act for _label, acts in STAGES for act in acts])
    ended = dict(ending.order_by("pk").values_list("act", "effective_at"))
    found: list[dict[str, Any]] = []
    for number, (label, acts) in enumerate(STAGES):
        done_at = max((ended[act] for act in acts if act in ended), default=None)
        # A part that was passed by without its act, as when a report never came, is not done but stopped.
        passed = number < at
        state = ("done" if done_at else "stopped") if passed else how if number == at else "todo"
        day = done_at.astimezone(clock.STOCKHOLM).date() if passed and done_at else None
        note = words.STATES[case.state] if number == at else ""
        found.append({"label": label, "state": state, "on": day, "note": note})
    return found


def passed_on(case: Case) -> dict[Place, int]:
    """What of the case's money is with those that the recipient has passed it on to."""
    if not case.distributions.exists():
        return {}
    found = {place: sum(channel.elsewhere(case, place).values()) for place in (Place.HELD, Place.USED)}
    return {place: kronor for place, kronor in found.items() if kronor}


def money_rows(own: Mapping[Place, int], elsewhere: Mapping[Place, int]) -> list[tuple[Place, int]]:
    """(place, kronor) in chain order of what the recipient has and what it has passed on, which it answers for."""
    both = {place: own.get(place, 0) + elsewhere.get(place, 0) for place in PLACES}
    return [(place, kronor) for place, kronor in both.items() if kronor]


def standing(papers: Iterable[Paper]) -> Paper | None:
    """The signed version that holds now; none when the last one is withdrawn."""
    for paper in papers:
        facts = getattr(paper.version, "requisition", None) or getattr(paper.version, "financial_report", None)
        if facts is not None and not facts.superseded:
            return paper
    return None
