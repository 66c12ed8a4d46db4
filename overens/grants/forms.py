# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A case's forms: what is known of it, what is typed in the draft, and the content that is frozen and signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from overens.agreements.reading import agreement_of, approval, current_version, payment_decision
from overens.grants.actions import channel
from overens.grants.models import Case
from overens.people.models import Person
from overens.records import clock, registrations
from overens.records.models import Document, DocumentVersion, Draft
from overens.rules import forms
from overens.rules.amounts import in_digits
from overens.rules.asked import Form, Meaning
from overens.rules.findings import Finding, Refused, error, refuse
from overens.rules.printed import period_of
from overens.rules.process import Place


def form_of(case: Case, form: str) -> Form:
    return agreement_of(case.agreement).form(form)


def known(case: Case, person: Person | None = None) -> dict[str, str]:
    """By prefill source what the system knows already, so that it is not asked for. Sums as digits."""
    agreement = agreement_of(case.agreement)
    organisation = case.recipient
    approved, decision = approval(case.agreement), payment_decision(case.agreement, case.line_id)
    return {
        "organisation.name": organisation.name_on(clock.today()),
        "organisation.orgnr": organisation.orgnr,
        "organisation.postal_address": organisation.postal_address,
        "organisation.telephone": organisation.telephone,
        "organisation.email": organisation.email,
        "organisation.giro": organisation.giro,
        "agreement.registration_number": approved.registration_number if approved else "",
        "agreement.title": agreement.title,
        "agreement.period": period_of(agreement),
        "decision.registration_number": decision.registration_number if decision else "",
        "case.allocated": str(case.decided),
        "case.paid": str(channel.received_sum(case)),
        "person.name": person.name if person else "",
    }


def filled(case: Case, form: str, typed: dict[str, Any], person: Person | None = None) -> forms.Filled:
    """The form as it stands: known and typed values together, with what is wrong."""
    definition = form_of(case, form)
    result = forms.fill(definition, known(case, person), typed)
    if form != "requisition":
        return result
    return replace(result, findings=(*result.findings, *_requested(case, definition, result)))


def _requested(case: Case, form: Form, result: forms.Filled) -> Iterator[Finding]:
    """The sum asked for against what the recipient may ask for: more than nothing, at most what is decided and left."""
    field = form.meaning("requested-sum").id
    value = result.values.get(field, "")
    money = case.money
    ceiling = money.get(Place.REQUISITIONED, 0) + money.get(Place.ALLOCATED, 0)
    if value == "0":
        yield error("requisition-of-nothing", field)
    elif (asked := in_digits(value)) is not None and asked > ceiling:
        yield error("above-decision", field, asked=asked, decided=ceiling, above=asked - ceiling)


def value_of(case: Case, form: str, content: dict[str, Any], meaning: Meaning) -> str:
    """The value of a frozen content's field by what it means; empty where the form has no such field."""
    field = next((f for f in form_of(case, form).fields if f.means == meaning), None)
    return str(content["fields"].get(field.id, "")) if field else ""


def frozen(case: Case, form: str, document: Document, revision: int) -> dict[str, Any]:
    """What is frozen into a version: every value, its form's version and what it rests on.

    Raises Refused: the form's findings, ``draft-changed``, and ``correction-reason-missing`` where a signed version is
    corrected without saying why.
    """
    draft = Draft.objects.filter(document=document).first()
    if draft is None or draft.revision != revision:
        refuse("draft-changed", key="revision", who="")
    result = filled(case, form, draft.content)
    if result.findings:
        raise Refused(*result.findings)
    correction = str(draft.content.get("correction", "")).strip()
    if not correction and document.versions.filter(signature__isnull=False).exists():
        refuse("correction-reason-missing", key="correction")
    definition = form_of(case, form)
    agreement_version = current_version(case.agreement)
    return {
        "case": case.key,
        "registrations": registrations.of(case.key),
        "correction": correction,
        "agreement": {
            "id": case.agreement,
            "version": agreement_version.number,
            "sha256": agreement_version.paper.sha256,
        },
        "form": {"id": definition.id, "version": definition.version},
        "fields": result.values,
        "costs": [{"head": row.head, "title": row.title, "kronor": row.kronor, "key": row.key} for row in result.costs],
        "typed": draft.content,
        "revision": revision,
    }


def unsigned(case: Case, form: str) -> DocumentVersion | None:
    """The newest version, when the draft has not been edited since and it is not signed."""
    document = Document.objects.filter(kind=form, subject=case.key).first()
    version = document.versions.order_by("-number").first() if document else None
    if version is None or hasattr(version, "signature"):
        return None
    draft = Draft.objects.filter(document=document).first()
    return version if draft is not None and version.data.get("revision") == str(draft.revision) else None


def declared(version: DocumentVersion) -> dict[str, str]:
    """The declaration as the signatory is shown it: the text of the agreement that the version was written by."""
    stated = version.data["agreement"]
    definition = agreement_of(stated["id"], int(stated["version"])).form(version.kind)
    return {"language": "sv", "text": definition.declaration.label, "form": f"{definition.id} {definition.version}"}
