# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages of a report share: where it is, who may do what, and what its states are called."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from overens.desks.access import ActingRequest
from overens.desks.saying import language
from overens.followup.models import Part, Report
from overens.followup.reading import agreement_at, asked, closes_on
from overens.rules.agreement import said
from overens.rules.followup import parts
from overens.rules.followup.asked import Round, Section
from overens.rules.followup.process import REPORT_ACTS, ReportState, RoundState

# The word and the look of a report's state.
STATES: dict[str, tuple[Promise, str]] = {
    ReportState.WRITING: (gettext_lazy("Under arbete"), "info"),
    ReportState.SUBMITTED: (gettext_lazy("Inlämnad"), "good"),
    ReportState.RETURNED: (gettext_lazy("Tillbakalämnad"), "warn"),
    ReportState.ACCEPTED: (gettext_lazy("Godtagen"), "good"),
}


def where(report: Report) -> list[str]:
    """The report's place in the addresses: code, agreement, round."""
    return [report.respondent.code, report.round.agreement, report.round.code]


def at(name: str, report: Report, *more: object) -> str:
    return reverse(name, args=[*where(report), *more])


def offered(name: str, report: Report, *more: object) -> str:
    """The same for a page that may not be there; empty then."""
    try:
        return at(name, report, *more)
    except NoReverseMatch:
        return ""


def title_of(report: Report) -> str:
    return said(asked(report.round), "title", language())


def crumbs(report: Report | None = None, section: Section | None = None) -> list[tuple[str, str]]:
    found = [(_("Redogörelser"), reverse("writing-start"))]
    if report is not None:
        found.append((title_of(report), at("writing-report", report)))
        if section is not None:
            found.append((said(section, "title", language()), at("writing-section", report, section.id)))
    return found


def may(request: ActingRequest, act: str, report: Report) -> bool:
    """Whether somebody with these roles can do an act as the report stands."""
    found = REPORT_ACTS[act]
    return report.state in found.states and bool(set(found.roles) & set(request.acting.roles))


def head(request: ActingRequest, report: Report) -> dict[str, Any]:
    """What every page of a report says of it."""
    word, kind = STATES[report.state]
    return {
        "report": report,
        "round": asked(report.round),
        "where": where(report),
        "title": title_of(report),
        "state": word,
        "state_kind": kind,
        "due": closes_on(report),
        "returned": report.examinations.last() if report.state == ReportState.RETURNED else None,
        "closed": report.round.state == RoundState.CLOSED,
        "may_write": may(request, "write-part", report),
        "may_talk": may(request, "discuss-part", report),
    }


def section_or_404(definition: Round, id: str) -> Section:
    try:
        return definition.section(id)
    except KeyError:
        raise Http404 from None


def part_or_404(report: Report, key: str) -> Part:
    """A part that has been written in."""
    found = report.parts.filter(key=key, revision__gt=0).select_related("changed_by").first()
    if found is None:
        raise Http404
    return found


def name_of(report: Report, key: str) -> str:
    """What a part is called on the pages: its question, and the area or the row where there are several."""
    definition = asked(report.round)
    try:
        parsed = parts.parse(key)
        question = parts.question_of(definition, parsed)
    except (KeyError, ValueError):
        return key
    text = said(question, "text", language())
    if parsed.area:
        return f"{area_name(report, parsed.area)}: {text}"
    return f"{text} ({parsed.what})" if parsed.kind in parts.ROWS.values() and parsed.what.isdigit() else text


def area_name(report: Report, area: str) -> str:
    found = next((each for each in agreement_at(report.round).areas if each.id == area), None)
    return f"{area} {said(found, 'title', language())}" if found else area


def anchor(key: str) -> str:
    """A part's id on the page."""
    return "part-" + "".join(c if c.isalnum() else "-" for c in key)
