# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A form as it is printed, at any stage: blank, being written, frozen, signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import translation

from overens.agreements.reading import agreement_of, approval, current_version
from overens.grants import forms as case_forms
from overens.grants import papers
from overens.grants.models import Case
from overens.grants.paper_words import METHODS
from overens.people.models import Organisation, Person
from overens.records import clock, registrations
from overens.records.models import DocumentVersion
from overens.rules.asked import Form
from overens.rules.forms import stage
from overens.rules.printed import About, Printed, Row, blank, cost_rows, printed


def of_draft(case: Case, form: Form, typed: Mapping[str, Any], revision: int, person: Person, language: str) -> Printed:
    """What is being written: what is typed, right or wrong, and what is known."""
    values = case_forms.filled(case, form.id, dict(typed), person).values
    agreement = agreement_of(case.agreement)
    about = about_case(case, form, revision)
    numbers = _named({(row["organisation"], row["number"]) for row in registrations.of(case.key)})
    name = case.recipient.name_on(clock.today())
    return printed(form, agreement, about, "draft", language, values, cost_rows(typed, form), numbers, name)


def of_version(version: DocumentVersion, language: str) -> Printed:
    """A frozen version, with review and signature where it has them, by the agreement that it was written by.

    Raises KeyError where its content was disposed of.
    """
    data = version.data
    form = papers.form_of(version)
    paper = papers.read(version, language)
    agreement = data["agreement"]
    values = dict(data["fields"]) | _reviewed(form, paper) | _signed(form, paper)
    rows: dict[str, list[Row]] = {field.id: [] for field in form.fields if field.items}
    for row in data["costs"]:
        rows[row["head"]].append({"title": row["title"], "kronor": str(row["kronor"]), "key": row["key"]})
    number = int(agreement["version"])
    about = About(form.id, form.version, agreement["id"], number, version.document.subject)
    day = version.effective_at.astimezone(clock.STOCKHOLM).date()
    sender = version.document.organisation.name_on(day)
    status = "signed" if paper.signature else "frozen"
    stored = agreement_of(agreement["id"], number)
    return printed(form, stored, about, status, language, values, rows, paper.numbers, sender)  # type: ignore[arg-type]


def of_agreement(code: str, form: str, language: str) -> Printed:
    """A blank form of the agreement as it is now. Raises KeyError where it has no such form."""
    agreement = agreement_of(code)
    decision = approval(code)
    number = decision.registration_number if decision else ""
    return blank(agreement.form(form), agreement, current_version(code).number, language, number)


def about_case(case: Case, form: Form, revision: int = -1) -> About:
    """What a file of a case's form says that it is about, as the agreement is now."""
    return About(form.id, form.version, case.agreement, current_version(case.agreement).number, case.key, revision)


def _named(stated: set[tuple[str, str]]) -> list[tuple[str, str]]:
    names = dict(Organisation.objects.filter(code__in={code for code, _n in stated}).values_list("code", "name"))
    return sorted((names.get(code, code), number) for code, number in stated)


def _reviewed(form: Form, paper: papers.Paper) -> dict[str, str]:
    """The head of finance's part, by field."""
    said_then = paper.attestation
    if said_then is None:
        return {}
    found = {}
    for field in (field for section in form.sections if stage(section) == "review" for field in section.fields):
        if field.choices:
            found[field.id] = field.choices[said_then["alternative"] - 1].id
        elif (source := field.prefill or "").startswith("attester."):
            found[field.id] = str(said_then.get("by", {}).get(source.partition(".")[2], ""))
        elif field.type == "long-text":
            found[field.id] = "\n".join(filter(None, (said_then.get("deviations"), said_then.get("measures"))))
    return found


def _signed(form: Form, paper: papers.Paper) -> dict[str, str]:
    """The signature's part, by field: what was declared, the day, how, and who."""
    signature = paper.signature
    if signature is None:
        return {}
    with translation.override(paper.language):
        how = str(METHODS.get(signature["method"], signature["method"]))
    parts = {
        "signature.date": signature["at"].astimezone(clock.STOCKHOLM).date().isoformat(),
        "signature": how,
        "signatory.name": signature["person"].name,
    }
    found = {field.id: parts[field.prefill] for field in form.fields if field.prefill in parts}
    return {**found, form.declaration.id: signature["declaration"]}
