# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an Excel form that comes back would change in a draft, and what is wrong in it, cell by cell.

Nothing is written here, and the file is never what is kept: what it says becomes a draft like anything else that is
typed, through the same acts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from overens.exchange.forms.reading import FormFile
from overens.grants import forms as case_forms
from overens.grants.form_printing import about_case
from overens.grants.models import Case
from overens.people.models import Person
from overens.rules import text
from overens.rules.agreement import said
from overens.rules.amounts import AmountError, parse_amount
from overens.rules.asked import Form, FormField
from overens.rules.findings import Finding, Where, refuse
from overens.rules.printed import as_amount


@dataclass(frozen=True)
class Changed:
    """A field that a file would change; ``cell`` is where it says so, ``now`` and ``then`` are as people read them."""

    label: str
    cell: str
    now: str
    then: str


@dataclass(frozen=True)
class AtCell:
    """A finding with its cell and the label of its field, both empty for what is about the whole file."""

    cell: str
    label: str
    finding: Finding


@dataclass(frozen=True)
class Proposal:
    """What a file would make of a draft; ``typed`` is the whole draft then.

    ``stopped``: what must be mended in the file first. ``noted``: worth knowing. ``left``: what the form would still
    lack or have wrong, which may as well be mended on the page.
    """

    typed: dict[str, Any]
    changes: tuple[Changed, ...]
    stopped: tuple[AtCell, ...]
    noted: tuple[AtCell, ...]
    left: tuple[AtCell, ...]


def propose(
    case: Case, form: Form, file: FormFile, typed: Mapping[str, Any], revision: int, person: Person, language: str
) -> Proposal:
    """Compare a file with the draft as it is saved (``typed`` and ``revision``).

    Raises Refused at ``file`` for another's file: ``form-file-other-case``, ``form-file-other-agreement``,
    ``form-file-other-recipient``.
    """
    before = case_forms.filled(case, form.id, dict(typed), person)
    fields = {field.id: field for field in form.fields}
    new = {
        id: value
        for id, value in file.typed.items()
        if _normal(fields[id], value) != _normal(fields[id], _now(fields[id], typed, before.values))
    }
    # What only was suggested and stands in the file is typed now, as when the page is saved.
    whole = {**file.typed, **typed, **new}
    after = case_forms.filled(case, form.id, whole, person)
    found = [*file.findings, *_belongs(case, form, file, revision)]
    found += _as_known(form, file, after.values)
    found += text.unwritable(new)
    at = _Located(form, file, language)
    return Proposal(
        typed=whole,
        changes=tuple(_change(fields[id], new[id], _now(fields[id], typed, before.values), at) for id in new),
        stopped=tuple(at.finding(each) for each in found if each.level == "error"),
        noted=tuple(at.finding(each) for each in found if each.level != "error"),
        left=tuple(at.finding(each) for each in after.findings),
    )


def _belongs(case: Case, form: Form, file: FormFile, revision: int) -> Iterator[Finding]:
    """Refuse another's file; else what is to be said of what the file says that it is about."""
    its, ours = file.about, about_case(case, form)
    if its is None:
        return
    if its.case not in ("", case.key):
        refuse("form-file-other-case", "file", found=its.case, case=case.key)
    if (its.agreement, its.agreement_version) != (ours.agreement, ours.agreement_version):
        refuse(
            "form-file-other-agreement",
            "file",
            found=its.agreement,
            found_version=its.agreement_version,
            agreement=ours.agreement,
            version=ours.agreement_version,
        )
    if not its.case:
        yield _warning("form-file-blank", "file")
    elif 0 <= its.revision < revision:
        yield _warning("form-file-older", "file")


def _as_known(form: Form, file: FormFile, values: Mapping[str, str]) -> Iterator[Finding]:
    """Cells that were not to be filled in and say something else than what is known or computed.

    Raises Refused: ``form-file-other-recipient`` where the organisation number is another's.
    """
    has_costs = any(file.typed.get(field.id) for field in form.fields if field.items)
    for field in form.fields:
        stated, known = file.stated.get(field.id, ""), values.get(field.id, "")
        if not stated or (field.computed and not has_costs):
            continue
        said_and_known = (as_amount(stated), as_amount(known)) if field.type == "sek" else (stated, known)
        shown = {"cell": file.cells[field.id], **dict(zip(("found", "known"), said_and_known, strict=True))}
        if field.type == "orgnr":
            if re.sub(r"\D", "", stated) != re.sub(r"\D", "", known):
                refuse("form-file-other-recipient", "file", **shown)
        elif _normal(field, stated) != _normal(field, known):
            yield _warning("cell-sum-differs" if field.computed else "cell-known", field.id, **shown)


def _now(field: FormField, typed: Mapping[str, Any], values: Mapping[str, str]) -> Any:
    """What stands in the draft now: rows of costs as they were typed, anything else as it is filled in."""
    return typed.get(field.id, []) if field.items else values.get(field.id, "")


def _normal(field: FormField, value: Any) -> object:
    """A value as it is compared: kronor as a number however they are grouped, text however it is spaced."""
    if field.items:
        return [_normal_row(row) for row in value if any(str(each).strip() for each in row.values())]
    if field.type == "sek":
        return _kronor(str(value))
    if field.type == "period":
        return re.sub(r"\s", "", str(value)).replace("/", "–")
    return " ".join(str(value).split())


def _normal_row(row: Mapping[str, Any]) -> tuple[object, ...]:
    return (
        " ".join(str(row.get("title") or "").split()),
        _kronor(str(row.get("kronor") or "")),
        " ".join(str(row.get("key") or "").split()),
    )


def _kronor(raw: str) -> int | str:
    try:
        return parse_amount(raw)
    except AmountError:
        return raw.strip()


def _change(field: FormField, new: Any, now: Any, at: _Located) -> Changed:
    label = at.label(field.id)
    if not field.items:
        shown = as_amount if field.type == "sek" else str
        return Changed(label, at.cells.get(field.id, ""), shown(now), shown(new))
    first = at.cells.get(f"{field.id}.0.title", "")
    return Changed(label, first, _rows_beside(now, new), _rows_beside(new, now))


def _rows_beside(rows: Sequence[Mapping[str, Any]], others: Sequence[Mapping[str, Any]]) -> str:
    """The rows that the others do not have, a line each."""
    left = Counter(_normal_row(row) for row in rows) - Counter(_normal_row(row) for row in others)
    lines = []
    for title, kronor, key in left.elements():
        line = f"{title}: {as_amount(str(kronor))}"
        lines.append(f"{line} ({key})" if key else line)
    return "\n".join(lines)


class _Located:
    """Where in the file a finding is, by the key of its field."""

    def __init__(self, form: Form, file: FormFile, language: str) -> None:
        self.cells = file.cells
        self.labels = {field.id: said(field, "label", language) for field in form.fields}

    def label(self, key: str) -> str:
        if key in self.labels:
            return self.labels[key]
        return next((label for id, label in self.labels.items() if key.startswith(f"{id}.")), "")

    def finding(self, finding: Finding) -> AtCell:
        key = (finding.where.key if finding.where else None) or ""
        cell = str(finding.values.get("cell") or self.cells.get(key, ""))
        return AtCell(cell, self.label(key), finding)


def _warning(code: str, key: str, **values: object) -> Finding:
    return Finding(code, "warning", values, Where(key=key))
