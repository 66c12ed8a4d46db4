# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writing a form together: the page shows what is saved; what somebody typed over a newer save is kept and compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext

from overens.books.actions.prefilling import PART
from overens.desks.access import ActingRequest
from overens.desks.agreement_forms import typed_of
from overens.desks.asking import whole
from overens.desks.entry.views import person_of
from overens.desks.refusals import at_fields
from overens.grants import forms as case_forms
from overens.grants.actions import showing
from overens.grants.models import Case
from overens.grants.papers import Change, changes_to
from overens.people.models import Person
from overens.records import documents
from overens.records.models import DocumentVersion, Draft
from overens.rules.agreement import said
from overens.rules.asked import Form
from overens.rules.findings import Refused, error
from overens.rules.printed import as_amount

Write = Callable[[Case, Mapping[str, Any], int, Person], Draft]


@dataclass
class Writing:
    """What the page shows: typed values, the revision that they build on, errors, and what somebody else saved: the
    field's label and its value as it is read.
    """

    typed: dict[str, Any]
    revision: int
    errors: dict[str, str] = field(default_factory=dict)
    theirs: list[tuple[str, str]] = field(default_factory=list)
    saved: bool = False


def saved_draft(case: Case, form: Form) -> Writing:
    """The draft as it is; after a signed version was returned, that version's values to go on from."""
    document = documents.find(form.id, case.key)
    draft = Draft.objects.filter(document=document).first() if document else None
    if draft:
        return Writing(draft.content, draft.revision)
    latest = document.versions.order_by("-number").first() if document else None
    typed = {key: value for key, value in latest.data.get("typed", {}).items() if key != "correction"} if latest else {}
    return Writing(typed, 0)


def _from_books(typed: Mapping[str, Any]) -> dict[str, Any]:
    return {PART: typed[PART]} if PART in typed else {}


@dataclass(frozen=True)
class Correction:
    """The signed version that is being corrected, and what differs from it in what is written now."""

    version: DocumentVersion
    url: str
    changes: tuple[Change, ...]


def corrected(case: Case, form: Form, writing: Writing, person: Person) -> Correction | None:
    """What is corrected; None while nothing is signed yet."""
    document = documents.find(form.id, case.key)
    signed = document.versions.filter(signature__isnull=False).order_by("-number").first() if document else None
    if signed is None:
        return None
    where = [case.recipient.code, case.agreement, case.line.code, signed.pk]
    now = case_forms.filled(case, form.id, writing.typed, person)
    return Correction(
        signed, reverse("region-paper", args=where), changes_to(signed, now, (get_language() or "sv")[:2])
    )


def showing_of(case: Case, form: Form) -> dict[str, Any]:
    """Whether the draft is shown to the state's officers, and where that is changed."""
    slug = "rekvisition" if form.id == "requisition" else "berattelse"
    return {
        "on": any(draft.document.kind == form.id for draft in showing.shown(case)),
        "url": reverse("region-show-draft", args=[case.recipient.code, case.agreement, case.line.code, slug]),
    }


def save(request: ActingRequest, case: Case, form: Form, write: Write) -> Writing:
    """Save what was posted. Over a newer save nothing is written: the page shows both, and may be saved again."""
    # What the draft says of the books is nobody's to type.
    typed = {**_from_books(saved_draft(case, form).typed), **typed_of(form, request.POST)}
    revision = whole(request.POST.get("revision")) or 0
    try:
        draft = write(case, typed, revision, person_of(request))
    except Refused as refusal:
        stored = saved_draft(case, form)
        theirs = _differing(form, stored.typed, typed) if stored.revision != revision else []
        return Writing(typed, stored.revision, at_fields(refusal.findings), theirs)
    return Writing(typed, draft.revision, saved=True)


def _differing(form: Form, stored: Mapping[str, Any], typed: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What stands in a draft where something else was typed; a sum is the same however it is grouped."""
    language = (get_language() or "sv")[:2]
    labels = {field.id: said(field, "label", language) for field in form.fields}
    labels["correction"] = gettext("Varför rättas den")
    return [
        (label, _as_read(stored[id]))
        for id, label in labels.items()
        if id in stored and _as_read(stored[id]) != _as_read(typed.get(id, ""))
    ]


def _as_read(value: Any) -> str:
    if not isinstance(value, list):
        return as_amount(str(value))
    rows = ([row["title"], as_amount(row["kronor"]), row["key"]] for row in value)
    return "\n".join(", ".join(part for part in row if part) for row in rows)


def check(case: Case, form: Form, writing: Writing, person: Person) -> bool:
    """Check the whole form and put each finding at its field. True when it can go on."""
    found = list(case_forms.filled(case, form.id, writing.typed, person).findings)
    document = documents.find(form.id, case.key)
    if (
        document
        and not str(writing.typed.get("correction", "")).strip()
        and document.versions.filter(signature__isnull=False).exists()
    ):
        found.append(error("correction-reason-missing", "correction"))
    writing.errors = at_fields(found)
    return not writing.errors
