# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A recipient's forms as files, and an Excel form that is read back into the draft.

Reading shows what would change and stores nothing; the page's form then saves it as if it had been typed.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from overens.agreements.reading import agreement_of
from overens.desks import downloads, form_files
from overens.desks.access import ActingRequest, own_case
from overens.desks.asking import AskingForm
from overens.desks.entry.views import person_of
from overens.desks.refusals import shown
from overens.desks.region.drafting import Writing, saved_draft
from overens.desks.region.views import crumbs, moved_on, recipients_only, where
from overens.desks.saying import language
from overens.desks.uploading import Upload
from overens.exchange.forms import package, reading
from overens.grants import form_printing
from overens.grants.form_reading import AtCell, Proposal, propose
from overens.grants.models import Case
from overens.grants.papers import REQUISITION
from overens.people.models import Person
from overens.records import clock, documents
from overens.records.models import Draft
from overens.rules.agreement import said
from overens.rules.asked import Form
from overens.rules.findings import refuse
from overens.web import uploads


class ExcelForm(AskingForm):
    file = Upload(
        ".xlsx",
        label=gettext_lazy("Excel-filen"),
        help_text=gettext_lazy("Den blankett som hämtades här, ifylld. Högst 5 MB."),
    )

    def content(self, request: HttpRequest) -> bytes:
        """The file's bytes. Raises Refused at ``file``."""
        file = self.cleaned_data["file"]
        if uploads.too_large(request) or (file is not None and file.size > package.LARGEST):
            refuse("form-file-too-large", key="file", limit=package.LARGEST // package.MIB)
        if file is None:
            refuse("upload-missing", key="file")
        return bytes(file.read())


@require_GET
@recipients_only
def version(request: ActingRequest, code: str, agreement: str, line: str, version: int) -> HttpResponse:
    """A frozen version as a form."""
    case = own_case(request, code, agreement, line)
    return form_files.of_version(request, get_object_or_404(downloads.own(case), pk=version))


@require_GET
@recipients_only
def current(request: ActingRequest, code: str, agreement: str, line: str, form: str) -> HttpResponse:
    """The form as it stands: the draft, else the newest version, else with what is known."""
    case = own_case(request, code, agreement, line)
    definition = agreement_of(case.agreement).form(form_files.form_of(form))
    document = documents.find(definition.id, case.key)
    draft = Draft.objects.filter(document=document).first() if document else None
    latest = document.versions.order_by("-number").first() if document else None
    if draft is None and latest is not None:
        return form_files.of_version(request, latest)
    writing = saved_draft(case, definition)
    made_at = draft.saved_at if draft else clock.now()
    printed = form_printing.of_draft(case, definition, writing.typed, writing.revision, person_of(request), language())
    return form_files.as_file(request, printed, made_at, "utkast")


@require_http_methods(["GET", "POST"])
@recipients_only
def read_in(request: ActingRequest, code: str, agreement: str, line: str, form: str) -> HttpResponse:
    """An Excel form: what it would change in the draft, field by field, and what is wrong at which cell."""
    case = own_case(request, code, agreement, line)
    kind = form_files.form_of(form)
    is_requisition = kind == REQUISITION
    if gone := moved_on(request, case, "write-requisition" if is_requisition else "write-report"):
        return gone
    definition = agreement_of(case.agreement).form(kind)
    writing = saved_draft(case, definition)
    asked = ExcelForm(request.POST, request.FILES) if request.method == "POST" else ExcelForm()
    found: list[Proposal] = []
    if request.method == "POST":
        person = person_of(request)
        asked.carried_out(
            lambda _typed: found.append(_proposed(case, definition, asked.content(request), writing, person))
        )
    proposal = found[0] if found else None
    page = reverse("region-requisition" if is_requisition else "region-report", args=where(case))
    title = said(definition, "title", language())
    context = {
        "case": case,
        "crumbs": [*crumbs(case), (title, page)],
        "title": _("Läs in från Excel"),
        "form_title": title,
        "form": asked,
        "page": page,
        "file_url": reverse("region-form-file", args=[*where(case), form]),
        "revision": writing.revision,
        "changes": proposal.changes if proposal else (),
        "typed": _inputs(definition, proposal.typed) if proposal else [],
        "proposal": proposal,
        **({name: _in_words(getattr(proposal, name)) for name in ("stopped", "noted", "left")} if proposal else {}),
    }
    refused = bool(asked.errors) or bool(proposal and proposal.stopped)
    return render(request, "region/read_in.html", context, status=422 if refused else 200)


def _proposed(case: Case, form: Form, content: bytes, writing: Writing, person: Person) -> Proposal:
    file = reading.read(content, form)
    return propose(case, form, file, writing.typed, writing.revision, person, language())


def _in_words(found: tuple[AtCell, ...]) -> list[dict[str, Any]]:
    return [
        {"cell": each.cell, "label": each.label, **vars(words)}
        for each, words in zip(found, shown(each.finding for each in found), strict=True)
    ]


def _inputs(form: Form, typed: dict[str, Any]) -> list[tuple[str, str]]:
    """The draft as a form sends it (overens/desks/agreement_forms.typed_of reads it); what else it holds is kept."""
    found = []
    asked = [field.id for field in form.fields] + ["correction"]
    for id, value in ((id, typed[id]) for id in asked if id in typed):
        if isinstance(value, list):
            found += [(f"{id}.{part}", str(row.get(part, ""))) for row in value for part in ("title", "kronor", "key")]
        else:
            found.append((id, str(value)))
    return found
