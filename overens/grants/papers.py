# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A frozen version as it is shown: field by field in the words of the form that it was written by.

Papers without a form (decisions, receipts) are read by their keys. A page, a PDF and an archive package read the same.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils import translation

from overens.agreements.reading import agreement_of
from overens.grants.paper_tables import ShownTable, tables_of
from overens.grants.paper_words import (
    ASSURANCE,
    CLAIM_REASONS,
    DECIDED_HOW,
    DRAW_METHODS,
    EXCEPTIONAL,
    INTEREST_RULES,
    KINDS,
    LABELS,
    LEVELS,
    MATCHED_BY,
    METHODS,
    REVIEW,
    RULES,
    RULES_ASKED,
    UNSAID,
)
from overens.people.models import Organisation
from overens.records.models import Attestation, DocumentVersion, Signature
from overens.rules.agreement import said
from overens.rules.amounts import in_digits
from overens.rules.asked import Form, FormField
from overens.rules.forms import Filled, stage
from overens.rules.values import Table

REQUISITION, REPORT = "requisition", "financial-report"
FORMS = (REQUISITION, REPORT)
Change = tuple[str, object, object, str]
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
CODED = {
    "rule": RULES,
    "matched": MATCHED_BY,
    "method": METHODS,
    "assurance": ASSURANCE,
    "claim_reason": CLAIM_REASONS,
    "level": LEVELS,
    "interest_rule": INTEREST_RULES,
    "exceptional": EXCEPTIONAL,
    "paper": KINDS,
    "decided_how": DECIDED_HOW,
    "rules_asked": RULES_ASKED,
    "review": REVIEW,
    "draw_method": DRAW_METHODS,
}


@dataclass(frozen=True)
class ShownField:
    """A field with its value; ``kind`` is kr, date, hash or "" for text; ``items`` are the cost items of its sum."""

    label: str
    value: object
    kind: str = ""
    items: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class ShownSection:
    title: str
    fields: tuple[ShownField, ...]


@dataclass(frozen=True)
class ShownRows:
    """Sums by organisation: ``rows`` are (name, kronor by column), ``total`` their sums."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]
    total: tuple[int, ...]


@dataclass(frozen=True)
class Paper:
    """A version as shown in ``language``: its fields, who attested and signed it, which version it corrects and why,
    and what differs from that one.
    """

    version: DocumentVersion
    title: str
    language: str
    sections: tuple[ShownSection, ...]
    rows: ShownRows | None
    tables: tuple[ShownTable, ...]
    attestation: dict[str, Any] | None
    signature: dict[str, Any] | None
    correction: str
    changes: tuple[Change, ...]
    has_predecessor: bool

    @property
    def numbers(self) -> tuple[tuple[str, str], ...]:
        """(organisation, registration number) of all that stand on the paper, each once."""
        return _numbers(self.version)


def read(version: DocumentVersion, language: str = "sv", before: DocumentVersion | None = None) -> Paper:
    """A version to read, signed or not. ``before``: the version to compare with, if any.

    A content that was disposed of reads as nothing. Raises KeyError for a form that its agreement does not have.
    """
    data = version.data
    form = form_of(version) if data and version.kind in FORMS else None
    signature: Signature | None = getattr(version, "signature", None)
    attestation = signature.attestation if signature else version.attestations.first()
    with translation.override(language):
        plain = tuple(_plain_fields(data)) if form is None else ()
        return Paper(
            version=version,
            title=said(form, "title", language) if form else str(KINDS.get(version.kind, version.kind)),
            language=language,
            sections=tuple(_sections(form, data, language)) if form else (ShownSection("", plain),) if plain else (),
            rows=_rows(data, language),
            tables=tables_of(data),
            attestation=None if attestation is None else _attested(attestation, form, language),
            signature=None if signature is None else signature_of(signature),
            correction=str(data.get("correction", "")),
            changes=_compared(form, before, data, language),
            has_predecessor=before is not None,
        )


def signed_before(version: DocumentVersion) -> DocumentVersion | None:
    """The signed version that a version corrects: the last one signed before it, if any."""
    earlier = version.document.versions.filter(number__lt=version.number, signature__isnull=False)
    return earlier.order_by("-number").first()


def changes_to(before: DocumentVersion, now: Filled, language: str) -> tuple[Change, ...]:
    """What differs from a frozen version in a form as it is filled in now."""
    costs = [{"head": row.head, "title": row.title, "kronor": row.kronor} for row in now.costs]
    content = {"fields": now.values, "costs": costs}
    return tuple(_changes(form_of(before), before.data, content, language)) if before.content else ()


def form_of(version: DocumentVersion) -> Form:
    """The form as it was in the version of the agreement that the paper was written by."""
    agreement = version.data["agreement"]
    return _form(agreement["sha256"], agreement["id"], int(agreement["version"]), version.kind)


@lru_cache(maxsize=64)
def _form(_sha256: str, code: str, number: int, kind: str) -> Form:
    """Kept by the hash of the agreement's text, so that a list of papers asks for it once."""
    return agreement_of(code, number).form(kind)


def labels_by_source(form: Form, language: str) -> dict[str, str]:
    """What the form calls the fields that are prefilled, by the source that they are filled from."""
    return {field.prefill: said(field, "label", language) for field in form.fields if field.prefill}


def heads(form: Form, language: str) -> dict[str, str]:
    """What the form calls its heads of costs, by field id."""
    return {field.id: said(field, "label", language) for field in form.fields if field.items}


def _attested(attestation: Attestation, form: Form | None, language: str) -> dict[str, Any]:
    return {
        **attestation.version.data,
        "alternative": attestation.alternative,
        "label": _alternative(form, attestation.alternative, language) if form else str(attestation.alternative),
        "person": attestation.person,
        "role": attestation.mandate.role,
        "at": attestation.version.effective_at,
        "sha256": attestation.version.sha256,
    }


def _alternative(form: Form, number: int, language: str) -> str:
    choices = next((field.choices for field in form.fields if field.choices), ())
    return said(choices[number - 1], "label", language) if number <= len(choices) else str(number)


def signature_of(signature: Signature) -> dict[str, Any]:
    """The signature with the declaration as the signatory was shown it, in the language that it was shown in."""
    content = json.loads(signature.content or "{}")
    return {
        "person": signature.person,
        "role": signature.mandate.role,
        "citation": signature.mandate.citation,
        "at": signature.effective_at,
        "sha256": signature.sha256,
        "declaration": content.get("declaration", {}).get("text", ""),
        "declaration_language": content.get("declaration", {}).get("language", "sv"),
        "method": signature.method,
        "assurance": signature.assurance,
        "report": signature.report,
        "recorded_by": signature.recorded_by,
    }


def _numbers(version: DocumentVersion) -> tuple[tuple[str, str], ...]:
    """Every registration number that stands on the paper, with whose it is; each once."""
    stated = [(row["organisation"], row["number"]) for row in version.data.get("registrations", ())]
    if version.registration_number:
        stated.append((version.document.organisation.code, version.registration_number))
    return tuple((name, number) for name, number in _named(dict.fromkeys(stated)))


def _named(rows: Mapping[tuple[str, str], None]) -> Iterator[tuple[str, str]]:
    names = _names({code for code, _number in rows})
    for code, number in rows:
        yield names.get(code, code), number


def _names(codes: set[str]) -> dict[str, str]:
    return dict(Organisation.objects.filter(code__in=codes).values_list("code", "name")) if codes else {}


def _plain_fields(data: Mapping[str, Any]) -> Iterator[ShownField]:
    """The fields of a paper without a form: those that have a label in their order, then any other by its key."""
    keys = [key for key in LABELS if key in data]
    keys += [key for key in data if key not in LABELS and key not in UNSAID and isinstance(data[key], str)]
    for key in keys:
        label, kind = LABELS.get(key, (key.replace("_", " "), ""))
        value, shown_kind = _plain_value(data[key], kind)
        if value is not None:
            yield ShownField(str(label), value, shown_kind)


def _plain_value(text: str, kind: str) -> tuple[object, str]:
    if text == "":
        return None, ""
    if kind == "kr":
        return int(text), "kr"
    if kind == "date":
        return dt.date.fromisoformat(text[:10]), "date"
    if kind in CODED:
        return str(CODED[kind].get(text, text)), ""
    return text, kind


def _rows(data: Mapping[str, Any], language: str) -> ShownRows | None:
    """The sums of a payment decision, a distribution list or what was handed back, by recipient."""
    rows = data.get("rows")
    if not isinstance(rows, dict) or not rows:
        return None
    sums = {code: row if isinstance(row, dict) else {"kronor": row} for code, row in rows.items()}
    pots = list(dict.fromkeys(pot for row in sums.values() for pot in row.get("parts", {})))
    pots = pots if len(pots) > 1 else []
    titles = {}
    if pots:
        number = int(data["agreement_version"]) if "agreement_version" in data else None
        titles = {pot.id: said(pot, "title", language) for pot in agreement_of(data["agreement"], number).pots}
    names = _names(set(sums))
    shown = tuple(
        (
            f"{names.get(code, code)} ({row['host']})" if row.get("host") else names.get(code, code),
            (*(_kronor(row["parts"].get(pot)) for pot in pots), _kronor(row["kronor"])),
        )
        for code, row in sorted(sums.items())
    )
    total = tuple(sum(cells[column] or 0 for _name, cells in shown) for column in range(len(pots) + 1))
    return ShownRows(
        (
            translation.gettext("Mottagare"),
            *(titles.get(pot, pot) for pot in pots),
            translation.gettext("Summa") if pots else translation.gettext("Kronor"),
        ),
        shown,
        total,
    )


def _kronor(digits: str | None) -> int | None:
    return None if digits is None else int(digits)


def _sections(form: Form, data: Mapping[str, Any], language: str) -> Iterator[ShownSection]:
    for section in form.sections:
        if stage(section) == "writing":
            yield ShownSection(
                said(section, "title", language), tuple(_field(field, data, language) for field in section.fields)
            )


def _field(field: FormField, data: Mapping[str, Any], language: str) -> ShownField:
    items = tuple(
        {"title": row["title"], "kronor": int(row["kronor"]), "key": row["key"]}
        for row in data["costs"]
        if field.items and row["head"] == field.id
    )
    value, kind = _value(field, data["fields"].get(field.id, ""))
    return ShownField(_label(field, language), value, kind, items)


def _label(field: Table, language: str) -> str:
    return said(field, "label", language)


def _value(field: FormField, text: str) -> tuple[object, str]:
    if not text:
        return None, ""
    # A draft may hold anything.
    if field.type == "sek" and (kronor := in_digits(text)) is not None:
        return kronor, "kr"
    if field.type == "date" and (day := _day(text)):
        return day, "date"
    if field.type == "period":
        return text.replace("/", " – "), ""
    return text, ""


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if ISO_DAY.fullmatch(text) else None
    except ValueError:
        return None


def _compared(
    form: Form | None, before: DocumentVersion | None, data: Mapping[str, Any], language: str
) -> tuple[Change, ...]:
    if form is None or before is None or not before.content:
        return ()
    return tuple(_changes(form, before.data, data, language))


def _changes(form: Form, old: Mapping[str, Any], new: Mapping[str, Any], language: str) -> Iterator[Change]:
    """(label, before, after, kind) of what differs, in the order of the form; then cost items by head and title."""
    for field in form.fields:
        was, kind = _value(field, old["fields"].get(field.id, ""))
        now, new_kind = _value(field, new["fields"].get(field.id, ""))
        if was != now:
            yield _label(field, language), was, now, kind or new_kind
    named = heads(form, language)
    was_costs, now_costs = _costs(old), _costs(new)
    for head, title in [*was_costs, *(key for key in now_costs if key not in was_costs)]:
        costs = was_costs.get((head, title)), now_costs.get((head, title))
        if costs[0] != costs[1]:
            yield f"{named.get(head, head)}: {title}", *costs, "kr"


def _costs(data: Mapping[str, Any]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for row in data["costs"]:
        key = row["head"], row["title"]
        found[key] = found.get(key, 0) + int(row["kronor"])
    return found
