# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proposals from a file or a pasted table: looked through first, then taken in, all or none."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from overens.desks.access import ActingRequest
from overens.desks.entry.views import person_of
from overens.desks.refusals import shown
from overens.desks.writing import call_files
from overens.desks.writing.call_forms import ImportForm
from overens.desks.writing.views_call import areas_of, at, crumbs, own, own_call, regions_only
from overens.followup.actions import calling
from overens.records import intake
from overens.rules.findings import Finding, Refused, refuse
from overens.rules.followup import calls
from overens.web import uploads


@require_GET
@regions_only
def template(request: ActingRequest, code: str, agreement: str) -> HttpResponse:
    """An empty workbook with the headings that are read."""
    own(request, code, agreement)
    return call_files.template()


@require_http_methods(["GET", "POST"])
@regions_only
def read_in(request: ActingRequest, code: str, agreement: str, number: int) -> HttpResponse:
    """Choose a file or paste a table; look through what was read; take it in."""
    call, about = own_call(request, code, agreement, number)
    form = ImportForm(request.POST or None, request.FILES or None)
    found: list[calls.Proposed] = []
    wrong: list[tuple[int, Finding]] = []
    text = ""
    if request.method == "POST" and form.is_valid():
        try:
            rows = _rows(request, form.cleaned_data)
            text = call_files.as_text(rows)
            found, wrong = calls.table(rows, areas_of(about))
            if request.POST.get("do") == "take" and not wrong:
                calling.propose(call, found, person_of(request))
                messages.success(request, _("%(n)s förslag är inlagda.") % {"n": len(found)})
                return redirect("writing-call", *at(call))
        except Refused as refusal:
            form.refused(refusal)
    context = {
        "call": call,
        "at": at(call),
        "crumbs": crumbs(code, agreement, call),
        "form": form,
        "found": found,
        "wrong": [(row, each.text) for (row, _f), each in zip(wrong, shown(f for _r, f in wrong), strict=True)],
        "text": text,
        "total": sum(each.kronor for each in found),
        "headings": [known[0] for known in calls.HEADINGS.values()],
    }
    return render(request, "writing/call_import.html", context, status=422 if wrong or form.errors else 200)


def _rows(request: ActingRequest, typed: dict[str, Any]) -> call_files.Rows:
    """The file's rows, or those that were pasted. Raises Refused."""
    if uploads.too_large(request):
        refuse("upload-too-large", "file", limit=intake.LARGEST // intake.MIB)
    file = typed["file"]
    if file is not None:
        return call_files.rows_of(file.read(), file.name)
    if not typed["table"].strip():
        refuse("upload-missing", "file")
    return call_files.rows_of_text(typed["table"])
