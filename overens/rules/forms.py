# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Filling in a form of an agreement: what is known, what is typed, what is computed, and what is wrong.

A form's sections are filled in at three stages: writing (by preparers), the review (the head of finance's own part) and
the signature. Only the first is typed into a draft.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from overens.rules import identifiers
from overens.rules.amounts import AmountError, parse_amount
from overens.rules.asked import Form, FormField, Section
from overens.rules.findings import Finding, Refused, Where, error

# Known, but the recipient's to change; everything else that is known is shown as it is.
SUGGESTED = frozenset(
    {"organisation.postal_address", "organisation.telephone", "organisation.email", "organisation.giro", "person.name"}
)
LONGEST = 4000
# What goes with a payment has to fit there.
LONGEST_BY_MEANING = {"payment-reference": 100}
LONGEST_TITLE = 200


@dataclass(frozen=True)
class CostRow:
    """One cost item under a head; ``key`` explains how a shared cost was split, where one was."""

    head: str
    title: str
    kronor: int
    key: str


@dataclass(frozen=True)
class Filled:
    """``values``: field id -> text in normal form (kronor as digits). Whole only when there are no findings."""

    values: Mapping[str, str]
    costs: tuple[CostRow, ...]
    findings: tuple[Finding, ...]

    @property
    def kronor(self) -> dict[str, int]:
        return {key: int(value) for key, value in self.values.items() if re.fullmatch(r"\d{1,18}", value, re.ASCII)}


def stage(section: Section) -> Literal["writing", "review", "signature"]:
    sources = {field.prefill or "" for field in section.fields}
    if any(source.startswith("attester.") for source in sources):
        return "review"
    if any(field.type in ("declaration", "signature") for field in section.fields):
        return "signature"
    return "writing"


def is_asked(field: FormField) -> bool:
    """True where the recipient may type: nothing is known, or what is known is only suggested."""
    if field.computed or field.type in ("declaration", "signature"):
        return False
    return field.prefill is None or field.prefill in SUGGESTED or field.means == "requested-sum"


def fill(form: Form, known: Mapping[str, str], typed: Mapping[str, Any]) -> Filled:
    """Fill in the sections that are written.

    known: value by prefill source, such as "organisation.name". typed: by field id what was typed, raw; for a field
    with items a list of {"title", "kronor", "key"}. A sum that is computed may be typed as a check.
    """
    values: dict[str, str] = {}
    costs: list[CostRow] = []
    findings: list[Finding] = []
    fields = [field for section in form.sections if stage(section) == "writing" for field in section.fields]
    for field in fields:
        source = known.get(field.prefill, "") if field.prefill else ""
        if field.items:
            rows, wrong = _cost_rows(field, typed.get(field.id) or [])
            costs += rows
            findings += wrong
            values[field.id] = str(sum(row.kronor for row in rows))
        elif field.computed:
            continue
        elif is_asked(field):
            value, wrong = _value(field, str(typed.get(field.id, source) or ""))
            values[field.id] = value
            findings += wrong
        else:
            values[field.id] = source
    for field in fields:
        if field.computed:
            total = field.computed.value(Filled(values, (), ()).kronor)
            values[field.id] = str(total)
            findings += _check_sum(field, total, str(typed.get(field.id) or ""))
    if any(field.items for field in fields) and not costs and not findings:
        findings.append(error("no-costs", next(field.id for field in fields if field.items)))
    return Filled(values, tuple(costs), tuple(findings))


def _value(field: FormField, raw: str) -> tuple[str, list[Finding]]:
    text = raw.strip()
    if not text:
        return "", [error("field-required", field.id, label=field.label)] if field.required else []
    longest = LONGEST_BY_MEANING.get(field.means or "", LONGEST)
    if len(text) > longest:
        return text, [error("field-too-long", field.id, longest=longest, length=len(text))]
    if reader := READERS.get(field.type):
        try:
            return reader(text), []
        except AmountError as problem:
            values = {"raw": text} if problem.possible is None else {"raw": text, "possible": str(problem.possible)}
            return text, [error(problem.code, field.id, **values)]
        except Refused as refusal:
            return text, [Finding(f.code, f.level, f.values, Where(key=field.id)) for f in refusal.findings]
    return text, []


def _sum(text: str) -> str:
    return str(parse_amount(text))


def _telephone(text: str) -> str:
    """A number that could be dialled; how it is grouped is left as it is written."""
    if not re.fullmatch(r"\+?[\d\s()/-]{5,30}", text, re.ASCII) or sum(c.isdigit() for c in text) < 5:
        raise Refused(error("telephone-form", raw=text))
    return text


def _email(text: str) -> str:
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", text):
        raise Refused(error("email-form", raw=text))
    return text


def _date(text: str) -> str:
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise Refused(error("date-unreadable", raw=text)) from None


READERS: Mapping[str, Callable[[str], str]] = {
    "sek": _sum,
    "orgnr": identifiers.organisation_number,
    "giro": identifiers.giro,
    "phone": _telephone,
    "email": _email,
    "date": _date,
}


def _cost_rows(field: FormField, raw: Sequence[Mapping[str, Any]]) -> tuple[list[CostRow], list[Finding]]:
    rows: list[CostRow] = []
    findings: list[Finding] = []
    for number, row in enumerate(raw):
        title, kronor, key = (str(row.get(name) or "").strip() for name in ("title", "kronor", "key"))
        if not (title or kronor or key):
            continue
        at = f"{field.id}.{number}"
        if not title:
            findings.append(error("cost-title-missing", f"{at}.title"))
        for name, text, longest in (("title", title, LONGEST_TITLE), ("key", key, LONGEST)):
            if len(text) > longest:
                findings.append(error("field-too-long", f"{at}.{name}", longest=longest, length=len(text)))
        amount = 0
        if not kronor:
            findings.append(error("cost-sum-missing", f"{at}.kronor", title=title))
        else:
            try:
                amount = parse_amount(kronor)
            except AmountError as problem:
                values = (
                    {"raw": kronor} if problem.possible is None else {"raw": kronor, "possible": str(problem.possible)}
                )
                findings.append(error(problem.code, f"{at}.kronor", **values))
        rows.append(CostRow(field.id, title, amount, key))
    return rows, findings


def _check_sum(field: FormField, total: int, typed: str) -> list[Finding]:
    """A sum that was typed beside the computed one must be it."""
    if not typed.strip():
        return []
    try:
        wanted = parse_amount(typed)
    except AmountError as problem:
        return [error(problem.code, field.id, raw=typed)]
    if wanted == total:
        return []
    return [error("sum-differs", field.id, typed=wanted, computed=total, difference=wanted - total)]
