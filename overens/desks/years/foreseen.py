# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How foreseeable the money was, in words: notice, changed terms, what came and went, how lasting it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from overens.agreements.models import Decision
from overens.agreements.models.decision import DecisionKind
from overens.agreements.reading import last_day
from overens.desks.agreement_words import DURATIONS
from overens.desks.negotiator.differences import Group, differences
from overens.desks.negotiator.keys import SECTIONS
from overens.desks.saying import language
from overens.desks.years.shown import cell, purpose_names
from overens.rules.agreement import Agreement, said
from overens.rules.deadlines import falls
from overens.rules.values import NOT_STATED
from overens.rules.years.foreseeing import Notice, before, presence, purposes, stated_decision
from overens.rules.years.money import MoneyRow, by_purpose, by_year

# The terms that a recipient plans by; the rest of an agreement's file is told in the full comparison.
TERMS = ("period", "line", "pot", "condition", "deadline", "form", "round", "count", "allocation", "population")


@dataclass(frozen=True)
class NoticeRow:
    """One line of an agreement and how long before it was decided."""

    agreement: Agreement
    line: str
    notice: Notice

    @property
    def title(self) -> str:
        line = said(self.agreement.line(self.line), "title", language())
        return f"{said(self.agreement, 'short_title', language())}: {line}"

    @property
    def start(self) -> str:
        days = self.notice.to_start
        if days is None:
            return _("beslutets dag är inte känd")
        if days >= 0:
            return ngettext(
                "beslutat %(count)s dag före periodens början", "beslutat %(count)s dagar före periodens början", days
            ) % {"count": days}
        return ngettext(
            "beslutat %(count)s dag efter periodens början", "beslutat %(count)s dagar efter periodens början", -days
        ) % {"count": -days}

    @property
    def requisition(self) -> str:
        days = self.notice.to_requisition
        if days is None:
            return _("inte känt") if self.notice.requisition_by is None else _("beslutets dag är inte känd")
        return ngettext("%(count)s dag att rekvirera", "%(count)s dagar att rekvirera", days) % {"count": days}


def notices(rows: Iterable[MoneyRow], agreements: Mapping[str, Agreement], stored: set[str]) -> list[NoticeRow]:
    """For each line that some rows are of. stored: agreements whose last days may have been moved."""
    decisions = Decision.objects.filter(kind=DecisionKind.PAYMENT).order_by("-decided_on", "-pk")
    first = {
        (each.agreement, each.line.code): each.decided_on for each in decisions.select_related("line") if each.line
    }
    found = []
    for code, line_id in dict.fromkeys((row.agreement, row.line) for row in rows):
        agreement = agreements[code]
        line = agreement.line(line_id)
        by = None
        if line.requisition_by != NOT_STATED:
            by = (
                last_day(code, line.requisition_by)
                if code in stored
                else falls(agreement.deadline(line.requisition_by))
            )
        decided = first.get((code, line_id)) or stated_decision(agreement, line_id)
        found.append(NoticeRow(agreement, line_id, Notice(decided, agreement.period.first_day, by)))
    return found


@dataclass(frozen=True)
class Changed:
    """What an agreement changed of the terms of the one it went on from, by part of the file."""

    earlier: Agreement
    later: Agreement
    groups: tuple[Group, ...]

    @property
    def summary(self) -> str:
        return ", ".join(f"{group.title.lower()}: {len(group.differences)}" for group in self.groups)


def changes(codes: Sequence[str], agreements: Mapping[str, Agreement]) -> list[Changed]:
    """For each agreement of a list that went on from another of it."""
    known = [agreements[code] for code in codes]
    wanted = {str(SECTIONS[key]) for key in TERMS}
    found = []
    for later in known:
        if earlier := before(later, known):
            groups = tuple(group for group in differences(earlier, later) if group.title in wanted)
            found.append(Changed(earlier, later, groups))
    return found


def breaks(rows: Sequence[MoneyRow], agreements: Mapping[str, Agreement]) -> list[dict[str, str]]:
    """Each purpose with the years that it was given money, and what that says."""
    known, names = {row.year for row in rows}, purpose_names(agreements)
    found = []
    for purpose, years in by_purpose(rows, purposes(agreements)).items():
        there = presence(years, known)
        said_of = []
        if there.came:
            said_of.append(_("kom till %(year)s") % {"year": there.years[0]})
        if there.without:
            said_of.append(_("avbrott %(years)s") % {"years": ", ".join(map(str, there.without))})
        if there.went:
            said_of.append(_("sista året är %(year)s") % {"year": there.years[-1]})
        found.append(
            {
                "name": names[purpose],
                "years": ", ".join(map(str, there.years)),
                "text": "; ".join(said_of) or _("alla år som är kända"),
            }
        )
    return found


def lasting(rows: Sequence[MoneyRow], agreements: Mapping[str, Agreement]) -> dict[str, Any]:
    """What was decided by year, split by how long it was said to last."""
    years = sorted({row.year for row in rows})
    kinds: dict[str, list[MoneyRow]] = {}
    for row in rows:
        kinds.setdefault(agreements[row.agreement].duration, []).append(row)
    found = []
    for kind in (*DURATIONS, NOT_STATED):
        if kind in kinds:
            by = by_year(kinds[kind], "decided")
            label = _("Varaktigheten är inte angiven") if kind == NOT_STATED else DURATIONS[kind]
            found.append({"cells": [label, *(cell(by[year]) if year in by else "–" for year in years)]})
    return {
        "caption": _("Engångsmedel och varaktiga medel: beslutat, kronor i löpande priser"),
        "columns": [{"label": _("Varaktighet")}, *({"label": str(year), "kind": "number"} for year in years)],
        "rows": found,
    }
