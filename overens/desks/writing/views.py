# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An organisation's reports, one report with how far it has come, one section to write in, and the whole on paper."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from overens.agreements.reading import agreement_of
from overens.desks import talk
from overens.desks.access import ActingRequest
from overens.desks.reports import own_report, respondents_only
from overens.desks.saying import language
from overens.desks.writing import found as findings
from overens.desks.writing.named import fields_of
from overens.desks.writing.shared import (
    STATES,
    anchor,
    at,
    crumbs,
    head,
    may,
    name_of,
    offered,
    section_or_404,
    title_of,
    where,
)
from overens.desks.writing.shown import around, questions
from overens.followup import written
from overens.followup.actions import attaching, handing_in, writing
from overens.followup.models import Report
from overens.followup.reading import asked, closes_on
from overens.records import clock
from overens.rules.agreement import said
from overens.rules.followup.asked import Round
from overens.rules.followup.parts import ANSWER, COUNT, ROWS
from overens.rules.followup.process import ReportState, RoundState


@require_GET
@respondents_only
def start(request: ActingRequest) -> HttpResponse:
    """Every report of the organisation: the open ones first, with last day, how far they have come and what is left."""
    organisation = request.acting.organisation
    assert organisation is not None
    reports = Report.objects.of(organisation).with_parties().prefetch_related("parts", "round__extensions")
    rows = [_row(report) for report in reports]
    rows.sort(key=lambda row: (row["done"], row["due"] or dt.date.max, row["report"].key))
    return render(
        request,
        "writing/start.html",
        {
            "organisation": organisation.name_on(clock.today()),
            "open": [row for row in rows if not row["done"]],
            "done": [row for row in rows if row["done"]],
        },
    )


def _row(report: Report) -> dict[str, Any]:
    word, kind = STATES[report.state]
    closed = report.round.state == RoundState.CLOSED
    return {
        "report": report,
        "title": title_of(report),
        "agreement": agreement_of(report.round.agreement),
        "asker": report.round.asker.name_on(clock.today()),
        "url": at("writing-report", report),
        "state": word,
        "state_kind": kind,
        "due": closes_on(report),
        "done": report.state in ("submitted", "accepted") or closed,
        "closed": closed,
        "progress": written.progress_of(report, written.contents_of(report.parts.all())),
    }


@require_GET
@respondents_only
def report(request: ActingRequest, code: str, agreement: str, round: str) -> HttpResponse:
    """One report: its sections with how far they have come, who writes, what is left and what the checks find."""
    found = own_report(request, code, agreement, round)
    definition = asked(found.round)
    parts = list(found.parts.select_related("changed_by"))
    contents = written.contents_of(parts)
    made = written.progress_of(found, contents)
    by_section, ready = written.by_section(definition, parts), written.ready(found, parts)
    waiting = {written.section_of(definition, each.part.key) for each in writing.waiting(found)}
    sections = []
    for section in definition.sections:
        inside = [part for part in by_section[section.id] if part.changed_at]
        last = max(inside, key=lambda part: part.changed_at or clock.now(), default=None)
        sections.append(
            {
                "section": section,
                "title": said(section, "title", language()),
                "by": _filled_in_by(section),
                "url": at("writing-section", found, section.id),
                "progress": made.of(section.id),
                "last": last,
                "writers": sorted({part.changed_by.name for part in inside if part.changed_by}),
                "ready": ready.get(section.id),
                "clash": section.id in waiting,
            }
        )
    organisation = found.respondent
    return render(
        request,
        "writing/report.html",
        {
            **head(request, found),
            "crumbs": crumbs(),
            "sections": sections,
            "progress": made,
            "left": [
                {"name": name_of(found, str(key)), "url": _place(found, definition, str(key))} for key in made.left
            ],
            "found": findings.found(found),
            "asker": found.round.asker.name_on(clock.today()),
            "guidance": said(definition, "guidance", language()),
            "shows": found.showings.filter(hidden_at=None).exists(),
            "may_show": may(request, "show-progress", found),
            "submit": offered("writing-submit", found),
            "measures": any(each.type == "measures" for each in definition.questions)
            and offered("writing-measures", found),
            "files": attaching.files_of(found),
            "frozen": handing_in.unsigned(found),
            "being_written": found.state in (ReportState.WRITING, ReportState.RETURNED),
            "questions": talk.questions_of(organisation, report=found).count(),
            "handed_in": found.submissions.exists(),
            "threads": found.threads.visible_to(organisation).open().count(),
        },
    )


def _filled_in_by(section: Any) -> str:
    by = said(section, "filled_in_by", language())
    return "" if by == "not stated" else by


def _place(report: Report, definition: Round, key: str) -> str:
    """Where a part is written: an answer in its section, another on its own page."""
    if not key.startswith(f"{ANSWER}/"):
        return findings.place(report, key)
    return f"{at('writing-section', report, written.section_of(definition, key))}#{anchor(key)}"


@require_GET
@respondents_only
def section(request: ActingRequest, code: str, agreement: str, round: str, section: str) -> HttpResponse:
    """A section to write in."""
    return section_page(request, own_report(request, code, agreement, round), section)


def section_page(
    request: ActingRequest, found: Report, section: str, typed: dict[str, dict[str, str]] | None = None,
    errors: dict[str, str] | None = None,
) -> HttpResponse:  # fmt: skip
    """The section with, for parts that were refused, what was typed and why."""
    definition = asked(found.round)
    chosen = section_or_404(definition, section)
    organisation = found.respondent
    known = around(found, organisation, written.texts_before(found))
    contents = written.contents_of(known.found.values())
    shown_questions = questions(found, definition, chosen, contents, known)
    for question in shown_questions:
        for part in question.parts:
            if typed and part.key in typed:
                part.text, part.choice = typed[part.key].get("text", ""), typed[part.key].get("choice", "")
                part.revision = int(typed[part.key].get("base", part.revision))
                part.error = (errors or {}).get(part.key, "")
    sections = list(definition.sections)
    place = sections.index(chosen)
    made = written.progress_of(found, contents)
    ready = written.ready(found, known.found.values()).get(section)
    context = {
        **head(request, found),
        "crumbs": crumbs(found),
        "section": chosen,
        "section_title": said(chosen, "title", language()),
        "guidance": said(chosen, "guidance", language()),
        "filled_in_by": _filled_in_by(chosen),
        "questions": shown_questions,
        "progress": made.of(section),
        "ready": ready,
        "changed": [name_of(found, part.key) for part in ready.changed] if ready else [],
        "may_sign_off": may(request, "sign-off-section", found),
        "before": sections[place - 1] if place else None,
        "after": sections[place + 1] if place + 1 < len(sections) else None,
        "sections": [
            {
                "url": at("writing-section", found, each.id),
                "label": said(each, "title", language()),
                "current": each is chosen,
            }
            for each in sections
        ],
        "errors": [
            {"id": f"{part.id}-text", "label": part.title, "text": part.error}
            for question in shown_questions
            for part in question.parts
            if part.error
        ],
        "person": request.user.pk,
    }
    return render(request, "writing/section.html", context, status=422 if errors else 200)


@require_GET
@respondents_only
def on_paper(request: ActingRequest, code: str, agreement: str, round: str) -> HttpResponse:
    """The whole report as it stands, to read and print; a draft is marked as one."""
    found = own_report(request, code, agreement, round)
    definition = asked(found.round)
    known = around(found, found.respondent, {})
    contents = written.contents_of(known.found.values())
    sections: list[dict[str, Any]] = [
        {
            "title": said(each, "title", language()),
            "questions": [q for q in questions(found, definition, each, contents, known) if q.asked],
        }
        for each in definition.sections
    ]
    for shown_section in sections:
        for question in shown_section["questions"]:
            for part in question.parts:
                if part.key.startswith(f"{COUNT}/"):
                    part.fields = fields_of(found, part.key, contents.get(part.key, {}))
            for row in question.rows:
                row["fields"] = fields_of(found, f"{ROWS[question.type]}/{row['number']}", row["content"])
    return render(
        request,
        "writing/on_paper.html",
        {
            **head(request, found),
            "crumbs": crumbs(found),
            "sections": sections,
            "respondent": found.respondent.name_on(clock.today()),
            "files": attaching.files_of(found),
            "where": where(found),
            "is_draft": found.state in ("writing", "returned"),
            "heading": _("Redogörelsen som den är nu"),
        },
    )
