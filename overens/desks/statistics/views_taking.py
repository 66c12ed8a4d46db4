# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Taking a table in: a file, or a question to Statistics Sweden or Kolada; and how far that has come."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from overens.desks.access import ActingRequest
from overens.desks.entry.views import person_of
from overens.desks.refusals import shown
from overens.desks.statistics.forms import FetchForm, FileForm, KoladaForm, PxwebForm
from overens.desks.statistics.shared import may, readers
from overens.records.models import Run
from overens.records.models.run import RunState
from overens.rules.finding_rows import from_rows
from overens.rules.findings import refuse
from overens.statistics import actions
from overens.statistics.fetching import Question
from overens.statistics.models import Arrival, StoredTable
from overens.web import uploads

SOURCES: dict[str, type[FetchForm]] = {"scb": PxwebForm, "kolada": KoladaForm}


def crumbs() -> list[tuple[str, str]]:
    return [(_("Statistik"), reverse("statistics-start"))]


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def file(request: ActingRequest) -> HttpResponse:
    """Read a file in: a small one at once, a large one by a worker. What is wrong is said here, and nothing is kept."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound:
        _must_may(request)
        made: list[StoredTable | Arrival] = []
        if form.carried_out(lambda typed: made.append(_taken(request, form))):
            return _on(request, made[0])
    context = {"form": form, "crumbs": crumbs(), "may": may(request)}
    return render(request, "statistics/file.html", context, status=422 if form.errors else 200)


def _taken(request: ActingRequest, form: FileForm) -> StoredTable | Arrival:
    if uploads.too_large(request):
        refuse("statistics-bytes", "file", limit=actions.LARGEST // uploads.MIB)
    file = form.cleaned_data["file"]
    if file is None:
        refuse("upload-missing", "file")
    content = file.read()
    question = form.question(content)
    person = person_of(request)
    if len(content) > actions.AT_ONCE:
        return actions.wait(question, person, content, file.name)
    return actions.receive(question, [("", content)], person, name=file.name)


@require_http_methods(["GET", "HEAD", "POST"])
@readers
def fetch(request: ActingRequest) -> HttpResponse:
    """Ask one of the sources; a worker fetches the answer."""
    name = request.GET.get("kalla", "scb")
    source = name if name in SOURCES else "scb"
    typed = request.POST if request.method == "POST" else None
    form = SOURCES[source](typed, initial={each: text for each, text in request.GET.items() if text})
    if request.method == "POST":
        _must_may(request)
        made: list[Arrival] = []
        if form.carried_out(lambda typed: made.append(actions.wait(form.question(), person_of(request)))):
            return _on(request, made[0])
    tabs = [
        {"url": f"{reverse('statistics-fetch')}?kalla={each}", "label": label, "current": each == source}
        for each, label in (("scb", _("SCB")), ("kolada", _("Kolada")))
    ]
    context = {"form": form, "tabs": tabs, "source": source, "crumbs": crumbs(), "may": may(request)}
    return render(request, "statistics/fetch.html", context, status=422 if form.errors else 200)


@require_safe
@readers
def arrival(request: ActingRequest, number: int) -> HttpResponse:
    """How far it has come; then the table, or why there is none."""
    found = get_object_or_404(Arrival.objects.select_related("table"), pk=number)
    if found.table is not None and not request.htmx:
        return redirect("statistics-table", found.table.code)
    run = Run.objects.filter(key=actions.key_of(found)).first()
    context: dict[str, Any] = {
        "arrival": found,
        "addresses": found.question["addresses"],
        "again": _again(Question.from_values(found.question)),
        "findings": shown(from_rows(found.findings)),
        "progress": run.progress if run else 0,
        "failed": bool(run and run.state == RunState.FAILED),
        "crumbs": crumbs(),
    }
    return render(request, "statistics/arrival.html", context)


def _again(question: Question) -> str:
    """The address of the form with the same question in it."""
    if question.format == "kolada":
        typed = {"kalla": "kolada", "kpi": question.table_id, "years": question.query.get("years", "")}
        return f"{reverse('statistics-fetch')}?{urlencode(typed)}"
    chosen = question.query.get("selection", {})
    typed = {
        "kalla": "scb",
        "table": question.table_id,
        "contents": question.asked.contents,
        "regions": chosen.get("Region", ""),
        "years": question.query.get("years", ""),
        "sex": "on" if "Kon" in chosen else "",
        "ages": "on" if "Alder" in chosen else "",
        "measure": question.asked.measure,
        "apart": "on" if question.query.get("apart") else "",
    }
    return f"{reverse('statistics-fetch')}?{urlencode(typed)}"


def _on(request: ActingRequest, made: StoredTable | Arrival) -> HttpResponse:
    """To the table, which waits to be looked through, or to where one sees how far it has come."""
    if isinstance(made, Arrival):
        return redirect("statistics-arrival", made.pk)
    messages.success(request, _("%(title)s är inläst. Gå igenom den innan den godkänns.") % {"title": made.title})
    return redirect("statistics-table", made.code)


def _must_may(request: ActingRequest) -> None:
    if not may(request):
        raise PermissionDenied
