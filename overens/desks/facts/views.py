# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What one can ask, the table that answers, and where a figure comes from. Open to anybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from overens.desks import exports, refusals
from overens.desks.facts import asked, files, shown
from overens.desks.saying import language
from overens.followup import exploring, fact_subjects
from overens.followup.models import MeasureYear, Submission
from overens.followup.sourcing import source_of
from overens.people.models.organisation import Kind
from overens.rules.findings import Refused, word
from overens.rules.followup.facts_table import REGION, YEAR

POSTS = asked.FIRST
# Those who follow up see the small counts that are not made public.
SEE_ALL = (Kind.FOLLOWUP, Kind.MINISTRY)


def sees_all(request: HttpRequest) -> bool:
    acting = getattr(request, "acting", None)
    return bool(acting and acting.organisation and acting.organisation.kind in SEE_ALL)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What can be asked, with a table of each as a start."""
    said = language()
    found = []
    for each in fact_subjects.subjects().values():
        values = fact_subjects.values_of(each)
        rows, columns = asked.DEFAULTS.get(each.kind, ((REGION,), (YEAR,)))
        found.append(
            {
                "title": each.title(said),
                "meaning": each.meaning(said),
                "years": values[YEAR],
                "kind": each.kind,
                "url": asked.address(each.id, rows, columns),
                "command": f"overens facts {each.id} --by {','.join((*rows, *columns))}",
            }
        )
    examples = [
        (_("Hur många har börjat på en utbildningstjänst, år för år?"), asked.address(POSTS, [YEAR], ["sex"])),
        (_("Vilka regioner har redovisat studielön, och vad saknas?"), asked.address("study-pay", [REGION], [YEAR])),
        (_("Vilka områden gäller åtgärderna?"), asked.address("measures", ["area"], [YEAR])),
        (_("Hur många åtgärder har varje region redovisat?"), asked.address("measures", [REGION], [YEAR])),
    ]
    context = {
        "subjects": [each for each in found if each["years"]],
        "waiting": [each for each in found if not each["years"]],
        "examples": examples,
        "api": reverse("api:facts"),
        "crumbs": [(_("Startsidan"), reverse("home"))],
    }
    return render(request, "facts/start.html", context)


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """A table by the address: the address is the question, so it can be shared. ``format``: as a file."""
    findings: list[refusals.Shown] = []
    answer: exploring.Answer | None
    try:
        question = asked.read(request.GET)
        answer = exploring.answer(question, sees_all=sees_all(request))
    except Refused as refusal:
        findings = refusals.shown(refusal.findings)
        answer = None
        question = exploring.ask(fact_subjects.subject(asked.FIRST), [REGION], [YEAR])
    if (format := request.GET.get("format")) in exports.FORMATS and answer is not None:
        return files.file_of(answer, format)
    context: dict[str, Any] = {
        "findings": findings,
        "form": asked.form_of(question),
        "subject": question.subject,
        "title": question.subject.title(language()),
        "meaning": question.subject.meaning(language()),
        "downloads": [(each, f"?{_with_format(request, each)}") for each in exports.FORMATS],
        "crumbs": [(_("Fakta"), reverse("facts-start"))],
    }
    if answer is not None:
        context |= {
            "table": shown.table_of(answer),
            "chart": shown.chart_of(answer),
            "chart_title": shown.chart_title(answer),
        }
    return render(request, "facts/table.html", context, status=422 if findings else 200)


def _with_format(request: HttpRequest, format: str) -> str:
    query = request.GET.copy()
    query["format"] = format
    return query.urlencode()


def _areas(measures: Sequence[MeasureYear], under: str, said: str) -> list[str]:
    """The areas of measures of one agreement in words; of an uncertain reading what it may be."""
    labels = fact_subjects.area_labels({f"{under}/{each.area or each.area_guess}" for each in measures}, said)
    found = []
    for each in measures:
        label = labels[f"{under}/{each.area or each.area_guess}"]
        if not each.area:
            label = _("osäkert, kanske %(area)s") % {"area": label} if each.area_guess else ""
        found.append(label or word("facts-not-stated", said))
    return found


@require_safe
def source_of_key(request: HttpRequest, key: str) -> HttpResponse:
    """The same by what a source is called in every installation, as editions have it."""
    submission = Submission.objects.of_key(key)
    if submission is None:
        raise Http404
    return _source(request, submission)


@require_safe
def source(request: HttpRequest, number: int) -> HttpResponse:
    """Where figures come from: the printed page, or the report that was handed in, with all its public facts."""
    return _source(request, get_object_or_404(Submission.objects.with_source(), pk=number))


def _source(request: HttpRequest, submission: Submission) -> HttpResponse:
    said = language()
    found = source_of(submission, said, sees_all=sees_all(request))
    context = {
        "submission": submission,
        "counts": [
            (each, [word(f"facts-dimension-{dimension}", said).capitalize() for dimension in each.dimensions])
            for each in found.counts
        ],
        "measures": list(zip(found.measures, _areas(found.measures, submission.agreement, said), strict=True)),
        "crumbs": [(_("Fakta"), reverse("facts-start"))],
        "later": Submission.objects.standing().filter(report=submission.report).first()
        if submission.superseded and submission.report_id
        else None,
    }
    return render(request, "facts/source.html", context)
