# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A paper as it may be given out: field by field, with what is masked and why, and as the copy itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from babel.dates import format_date
from django.utils import translation
from django.utils.translation import gettext as _

from overens.archive import register
from overens.followup import paper_words
from overens.followup import papers as reports
from overens.grants import papers
from overens.grants.paper_words import KINDS, LABELS, UNSAID
from overens.people.models import Organisation
from overens.records import clock
from overens.records.canonical import canonical, digest
from overens.records.models import Attestation, DocumentVersion, Signature
from overens.rendering import paper as rendering
from overens.rendering.paper import Content, Fields, Line, Prose
from overens.rules.agreement import said
from overens.rules.amounts import format_amount
from overens.rules.asked import Form
from overens.rules.disclosure import Why, personal, personal_key
from overens.rules.forms import stage

MEDIA_TYPE = "application/pdf"
MASK = "██████"


@dataclass(frozen=True)
class Entry:
    """A field of a paper. ``path`` names it in masks; ``why`` is set where a rule proposes to mask it."""

    section: str
    path: str
    label: str
    value: str
    why: Why | None = None


def entries(version: DocumentVersion, language: str = "sv") -> list[Entry]:
    """Everything that can be read on a paper, in its order. A content that was disposed of has nothing."""
    with translation.override(language):
        return [entry for entry in _entries(version, language) if entry.value]


def _entries(version: DocumentVersion, language: str) -> Iterator[Entry]:
    data = version.data
    if not data:
        return
    signature: Signature | None = getattr(version, "signature", None)
    attestation = signature.attestation if signature else None
    if version.kind in papers.FORMS:
        form = papers.form_of(version)
        if data.get("correction"):
            yield Entry(_("Rättelse"), "correction", _("Skäl till rättelsen"), data["correction"], "free-text")
        yield from _form_entries(form, data, language)
    elif version.kind == reports.KIND:
        yield from _report_entries(version, language)
    elif version.kind in register.OF_VISITS:
        yield from _visit_entries(version)
    else:
        yield from _plain_entries(version, data, language)
    if attestation is not None and attestation.version.content:
        yield from _attestation_entries(attestation)
    if signature is not None and signature.content:
        section = _("Underskrift")
        yield Entry(section, "signature/name", _("Underskriven av"), signature.person.name)
        yield Entry(section, "signature/citation", _("Behörighet enligt"), signature.mandate.citation)
        yield Entry(section, "signature/at", _("Datum"), _day(signature.effective_at, language))


def _form_entries(form: Form, data: Mapping[str, Any], language: str) -> Iterator[Entry]:
    for section in form.sections:
        if stage(section) != "writing":
            continue
        title = said(section, "title", language)
        for field in section.fields:
            label = said(field, "label", language)
            value = data["fields"].get(field.id, "")
            shown = format_amount(int(value)) if field.type == "sek" and value else value
            yield Entry(title, f"fields/{field.id}", label, shown, personal(field))
            for number, row in enumerate(data["costs"]):
                if field.items and row["head"] == field.id:
                    cost = f"{_('Kostnadspost')} {number + 1}"
                    yield Entry(title, f"costs/{number}/title", cost, row["title"], "free-text")
                    yield Entry(
                        title, f"costs/{number}/kronor", f"{cost}, {_('belopp')}", format_amount(int(row["kronor"]))
                    )
                    yield Entry(
                        title, f"costs/{number}/key", f"{cost}, {_('fördelningsnyckel')}", row["key"], "free-text"
                    )


def _report_entries(version: DocumentVersion, language: str) -> Iterator[Entry]:
    """A report part by part. What is said at length may name somebody; figures name nobody."""
    paper = reports.read(version, language)
    if paper.correction:
        yield Entry(_("Rättelse"), "correction", _("Skäl till rättelsen"), paper.correction, "free-text")
    for section in paper.sections:
        title = f"{section.id} {section.title}"
        for question in section.questions:
            for item in question.items:
                label = item.heading or question.text
                if item.text:
                    yield Entry(title, f"{item.key}#text", label, item.text, "free-text")
                for number, (name, value) in enumerate(item.lines):
                    yield Entry(title, f"{item.key}#line/{number}", f"{label}: {name}", value, "free-text")
                for number, row in enumerate(item.rows):
                    told = "; ".join(
                        f"{column.lower()} {cell}" for column, cell in zip(item.columns[1:], row[1:], strict=True)
                    )
                    yield Entry(title, f"{item.key}#row/{number}", row[0], told)


def _visit_entries(version: DocumentVersion) -> Iterator[Entry]:
    """A memo passage by passage, or what the region answered of each. Either may name somebody."""
    title, data = str(KINDS[version.kind]), version.data
    for number, text in enumerate(data.get("passages", ()), start=1):
        yield Entry(title, f"passages/{number}", _("Stycke %(number)s") % {"number": number}, text, "free-text")
    for each in data.get("answers", ()):
        label, number = _("Stycke %(number)s") % {"number": each["passage"]}, each["passage"]
        yield Entry(title, f"answers/{number}/answer", label, paper_words.word(paper_words.ANSWERS, each["answer"]))
        yield Entry(title, f"answers/{number}/said", label, each["said"], "free-text")


def _plain_entries(version: DocumentVersion, data: Mapping[str, Any], language: str) -> Iterator[Entry]:
    """A paper without a form: by its keys, those that have a label first."""
    title = str(KINDS.get(version.kind, version.kind))
    keys = [key for key in LABELS if key in data]
    keys += [key for key in data if key not in LABELS and key not in UNSAID]
    for key in keys:
        label, kind = LABELS.get(key, (key.replace("_", " "), ""))
        if isinstance(data[key], str) and data[key]:
            value = format_amount(int(data[key])) if kind == "kr" else data[key]
            yield Entry(title, key, str(label), value, personal_key(key))
    for key, value in data.get("by", {}).items():
        yield Entry(title, f"by/{key}", _contact(key), str(value), "contact")
    if rows := papers.read(version, language).rows:
        for name, kronor in rows.rows:
            yield Entry(_("Fördelning"), f"rows/{name}", name, format_amount(kronor[-1] or 0))


def _attestation_entries(attestation: Attestation) -> Iterator[Entry]:
    section, data = _("Granskning"), attestation.version.data
    yield Entry(section, "attestation/alternative", _("Bedömning"), f"Alt {attestation.alternative}")
    yield Entry(section, "attestation/deviations", _("Avvikelser"), data.get("deviations", ""), "free-text")
    yield Entry(section, "attestation/measures", _("Åtgärder"), data.get("measures", ""), "free-text")
    for key, value in data.get("by", {}).items():
        yield Entry(section, f"attestation/by/{key}", _contact(key), str(value), "contact")


def _contact(key: str) -> str:
    labels = {"name": _("Namn"), "title": _("Titel"), "telephone": _("Telefon"), "email": _("E-post")}
    return labels.get(key, key)


def copy(version: DocumentVersion, masks: Mapping[str, str], giver: Organisation, language: str = "sv") -> Content:
    """The copy with these fields (path → section of OSL) masked, ready to be set.

    The checksum on it is that of what it shows: the paper's own would let a masked telephone number be guessed, by
    trying every number until the checksum agrees.
    """
    shown = entries(version, language)
    with translation.override(language):
        sections = [
            Fields(title, tuple(_line(entry, masks) for entry in of_section))
            for title, of_section in groupby(shown, key=lambda entry: entry.section)
        ]
        grounds = sorted({masks[entry.path] for entry in shown if entry.path in masks})
        said_of = _about(len([e for e in shown if e.path in masks]), grounds)
        day = version.effective_at.astimezone(clock.STOCKHOLM).date()
        lines = [
            [section.title, [[line.label, line.value, *line.notes] for line in section.lines]] for section in sections
        ]
        return Content(
            title=str(KINDS.get(version.kind, version.kind)),
            subtitle=_("Kopia av allmän handling · ärende %(subject)s") % {"subject": version.document.subject},
            language=language,
            sender=giver.name_on(clock.today()),
            recipient="",
            day=_day(version.effective_at, language),
            made_at=version.effective_at,
            numbers=tuple(
                Line(_("Dnr %(whose)s") % {"whose": name}, number)
                for name, number in papers.read(version, language).numbers
            ),
            blocks=(Prose("", (said_of, _from(version, day, language))), *sections),
            sha256=digest(canonical({"copy": lines})),
        )


def as_pdf(version: DocumentVersion, masks: Mapping[str, str], giver: Organisation, language: str = "sv") -> bytes:
    """The copy as PDF/A and PDF/UA. The same paper and masks give the same bytes."""
    return rendering.pdf(copy(version, masks, giver, language))


def _line(entry: Entry, masks: Mapping[str, str]) -> Line:
    ground = masks.get(entry.path)
    return Line(entry.label, entry.value) if ground is None else Line(entry.label, MASK, (ground,))


def _about(masked: int, grounds: Sequence[str]) -> str:
    if not masked:
        return _("Kopian är fullständig: inget är maskerat.")
    return _("%(masked)s uppgifter är maskerade enligt %(grounds)s.") % {
        "masked": masked,
        "grounds": ", ".join(grounds),
    }


def _from(version: DocumentVersion, day: dt.date, language: str) -> str:
    return _("Handlingen är från %(organisation)s, %(day)s, version %(number)s.") % {
        "organisation": version.document.organisation.name_on(day),
        "day": _day(version.effective_at, language),
        "number": version.number,
    }


def _day(moment: dt.datetime, language: str) -> str:
    return format_date(moment.astimezone(clock.STOCKHOLM).date(), "d MMMM y", locale=language)
