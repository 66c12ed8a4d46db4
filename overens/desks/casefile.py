# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A case as state officers may read it: signed papers field by field, their differences, and what has happened.

A recipient's drafts, and how far it has come with them, are its own until they are signed: nothing here shows them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from overens.agreements.reading import agreement_of
from overens.desks import words
from overens.grants.actions import channel
from overens.grants.models import Case
from overens.records import clock
from overens.records.models import DocumentVersion, Event
from overens.rules.agreement import said
from overens.rules.asked import Form, FormField
from overens.rules.forms import stage
from overens.rules.process import OWN_SPACE, PLACES, Place, State
from overens.rules.values import Table

REQUISITION, REPORT = "requisition", "financial-report"


@dataclass(frozen=True)
class ShownField:
    """A field with its value; ``items`` are the cost items that its sum is specified in."""

    label: str
    value: object
    kind: str = ""
    items: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class ShownSection:
    title: str
    fields: tuple[ShownField, ...]


@dataclass(frozen=True)
class Paper:
    """A frozen version: its fields, who attested and signed it, and what differs from the version before."""

    version: DocumentVersion
    sections: tuple[ShownSection, ...]
    attestation: dict[str, Any] | None
    signature: dict[str, Any] | None
    changes: tuple[tuple[str, object, object, str], ...]
    has_predecessor: bool


def papers(case: Case, kind: str) -> list[Paper]:
    """The signed versions of a paper of the case, newest first."""
    versions = list(
        DocumentVersion.objects.filter(kind=kind, document__subject=case.key, signature__isnull=False)
        .select_related(
            "signature__person", "signature__mandate__organisation", "signature__attestation__version",
            "signature__attestation__person", "signature__attestation__mandate", "requisition", "financial_report",
        )
        .order_by("number")
    )  # fmt: skip
    found = [read(version, before) for before, version in pairwise([None, *versions]) if version is not None]
    return found[::-1]


def read(version: DocumentVersion, before: DocumentVersion | None = None) -> Paper:
    """A version to read, signed or not (a recipient's own, before it signs)."""
    form = form_of(version)
    signature = getattr(version, "signature", None)
    attestation = signature.attestation if signature else version.attestations.first()
    return Paper(
        version=version,
        sections=tuple(_sections(form, version)),
        attestation=None if attestation is None else {
            **attestation.version.data,
            "alternative": attestation.alternative,
            "label": _alternative(form, attestation.alternative),
            "person": attestation.person,
            "role": attestation.mandate.role,
            "at": attestation.version.effective_at,
            "sha256": attestation.version.sha256,
        },
        signature=signature and {
            "person": signature.person,
            "role": signature.mandate.role,
            "citation": signature.mandate.citation,
            "at": signature.effective_at,
            "sha256": signature.sha256,
            "declaration": form.declaration and _said(form.declaration, "label"),
        },
        changes=tuple(_changes(form, before, version)) if before else (),
        has_predecessor=before is not None,
    )  # fmt: skip


def form_of(version: DocumentVersion) -> Form:
    """The form as it was in the version of the agreement that the paper was written by."""
    agreement = version.data["agreement"]
    return _form(agreement["sha256"], agreement["id"], int(agreement["version"]), version.kind)


@lru_cache(maxsize=64)
def _form(_sha256: str, code: str, number: int, kind: str) -> Form:
    """Kept by the hash of the agreement's text, so that a list of papers asks for it once."""
    return agreement_of(code, number).form(kind)


def title_of(version: DocumentVersion) -> str:
    """What the agreement calls the form of a paper."""
    return _said(form_of(version), "title")


def _said(thing: Table, name: str) -> str:
    return said(thing, name, get_language() or "sv")


def labels_by_source(form: Form) -> dict[str, str]:
    """What the form calls the fields that are prefilled, by the source that they are filled from."""
    return {field.prefill: _said(field, "label") for field in form.fields if field.prefill}


def heads(form: Form) -> dict[str, str]:
    """What the form calls its heads of costs, by field id."""
    return {field.id: _said(field, "label") for field in form.fields if field.items}


def _alternative(form: Form, number: int) -> str:
    choices = next((field.choices for field in form.fields if field.choices), ())
    return _said(choices[number - 1], "label") if number <= len(choices) else str(number)


def _sections(form: Form, version: DocumentVersion) -> Iterator[ShownSection]:
    data = version.data
    for section in form.sections:
        if stage(section) != "writing":
            continue
        yield ShownSection(_said(section, "title"), tuple(_field(field, data) for field in section.fields))


def _field(field: FormField, data: dict[str, Any]) -> ShownField:
    items = tuple(
        {"title": row["title"], "kronor": int(row["kronor"]), "key": row["key"]}
        for row in data["costs"]
        if field.items and row["head"] == field.id
    )
    value, kind = _value(field, data["fields"].get(field.id, ""))
    return ShownField(_said(field, "label"), value, kind, items)


def _value(field: FormField, text: str) -> tuple[object, str]:
    if not text:
        return None, ""
    if field.type == "sek":
        return int(text), "kr"
    if field.type == "date":
        return dt.date.fromisoformat(text), "date"
    if field.type == "period":
        return text.replace("/", " – "), ""
    return text, ""


def _changes(form: Form, before: DocumentVersion, after: DocumentVersion) -> Iterator[tuple[str, object, object, str]]:
    """(label, before, after, kind) of what differs, in the order of the form; then cost items by head and title."""
    old, new = before.data, after.data
    for field in form.fields:
        was, kind = _value(field, old["fields"].get(field.id, ""))
        now, new_kind = _value(field, new["fields"].get(field.id, ""))
        if was != now:
            yield _said(field, "label"), was, now, kind or new_kind
    named = heads(form)
    was_costs, now_costs = _costs(old), _costs(new)
    for head, title in [*was_costs, *(key for key in now_costs if key not in was_costs)]:
        costs = was_costs.get((head, title)), now_costs.get((head, title))
        if costs[0] != costs[1]:
            yield f"{named.get(head, head)}: {title}", *costs, "kr"


def _costs(data: dict[str, Any]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for row in data["costs"]:
        key = row["head"], row["title"]
        found[key] = found.get(key, 0) + int(row["kronor"])
    return found


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


# A case's way and the act that ends each part of it.
STAGES: tuple[tuple[Promise, str], ...] = (
    (_("Beslutat"), "decide-payment"),
    (_("Rekvirerat"), "sign-requisition"),
    (_("Godkänt"), "approve-requisition"),
    (_("Utbetalt"), "confirm-payment"),
    (_("Redovisat"), "sign-report"),
    (_("Slutreglerat"), "accept-report"),
    (_("Avslutat"), "close"),
)
# Which part of the way is under way in a state, and whether it has stopped there.
AT: dict[State, tuple[int, str]] = {
    State.DECIDED: (1, "current"),
    State.REQUISITIONED: (2, "current"),
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
    ending = Event.objects.filter(subject=case.key, act__in=[act for _label, act in STAGES]).order_by("pk")
    done_at = dict(ending.values_list("act", "effective_at"))
    found: list[dict[str, Any]] = []
    for number, (label, act) in enumerate(STAGES):
        # A part that was passed by without its act, as when a report never came, is not done but stopped.
        passed = number < at
        state = ("done" if act in done_at else "stopped") if passed else how if number == at else "todo"
        day = done_at[act].astimezone(clock.STOCKHOLM).date() if passed and act in done_at else None
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
