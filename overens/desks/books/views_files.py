# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Taking in a ledger: the file, a table's columns, and how far a large one has been read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from overens.books import formats, reading
from overens.books.actions import importing, mapping
from overens.books.models import LedgerImport, Upload
from overens.desks.access import ActingRequest, own_case
from overens.desks.asking import whole
from overens.desks.books.shared import crumbs, to
from overens.desks.books.views import may_write
from overens.desks.entry.views import person_of
from overens.desks.refusals import shown, tell
from overens.desks.region.views import recipients_only
from overens.exchange.ledger_table import Column
from overens.grants.models import Case
from overens.people.models import Person
from overens.records.models import Run
from overens.records.models.run import RunState
from overens.rules.finding_rows import from_rows
from overens.rules.findings import Refused, refuse
from overens.web import uploads

COLUMNS = {
    Column.UNUSED: gettext_lazy("Används inte"),
    Column.ACCOUNT: gettext_lazy("Konto"),
    Column.DATE: gettext_lazy("Datum"),
    Column.AMOUNT: gettext_lazy("Belopp (debet plus, kredit minus)"),
    Column.DEBIT: gettext_lazy("Debet"),
    Column.CREDIT: gettext_lazy("Kredit"),
    Column.VOUCHER: gettext_lazy("Verifikationsnummer"),
    Column.SERIES: gettext_lazy("Verifikationsserie"),
    Column.TEXT: gettext_lazy("Text"),
    Column.COST_CENTRE: gettext_lazy("Kostnadsställe (ansvar)"),
    Column.PROJECT: gettext_lazy("Projekt"),
    Column.DIMENSION: gettext_lazy("Annan koddel"),
    Column.NAME: gettext_lazy("Namn på koden till vänster"),
    Column.CURRENCY: gettext_lazy("Valuta"),
}


@require_http_methods(["GET", "POST"])
@recipients_only
def receive(request: ActingRequest, code: str, agreement: str, line: str) -> HttpResponse:
    """Send a file: a small one is read at once, and what is wrong with it is said here; nothing of it is kept then."""
    case = own_case(request, code, agreement, line)
    found: list[Any] = []
    if request.method == "POST":
        try:
            content, name = _sent(request)
            upload = importing.receive(case, content, name, person_of(request))
        except Refused as refusal:
            found = shown(refusal.findings)
        else:
            if upload.ready and len(content) > importing.AT_ONCE:
                importing.read_later(upload, person_of(request))
            if not upload.ready or len(content) > importing.AT_ONCE:
                return redirect(to(case, "books-upload", upload.pk))
            if kept := importing.read(upload):
                return done(request, case, kept, person_of(request))
            upload.refresh_from_db()
            found = shown(from_rows(upload.findings))
            importing.discard(case, upload, person_of(request))
    context = {
        "case": case,
        "crumbs": crumbs(case),
        "may": may_write(request),
        "findings": found,
        "largest": uploads.LARGEST_LEDGER // uploads.MIB,
    }
    return render(request, "books/file.html", context, status=422 if found else 200)


def _sent(request: ActingRequest) -> tuple[bytes, str]:
    if uploads.too_large(request):
        refuse("upload-too-large", key="file", limit=uploads.LARGEST_LEDGER // uploads.MIB)
    file = request.FILES.get("file")
    if file is None:
        refuse("upload-missing", key="file")
    return file.read(), file.name or ""


def done(request: ActingRequest, case: Case, kept: LedgerImport, person: Person) -> HttpResponse:
    """A file was read: the case's cost items are taken from it too, unless they have been told otherwise."""
    version = reading.latest(case)
    if version is None or not version.data["imports"]:
        try:
            mapping.choose_imports(case, [kept], version.number if version else 0, person)
        except Refused as refusal:  # somebody saved in between
            tell(request, refusal)
    messages.success(request, _("%(name)s är inläst: %(rows)s rader.") % {"name": kept.file.name, "rows": kept.rows})
    return redirect(to(case, "books"))


def own_upload(case: Case, number: int) -> Upload | None:
    return Upload.objects.filter(organisation=case.recipient, pk=number).first()


@require_http_methods(["GET", "POST"])
@recipients_only
def upload(request: ActingRequest, code: str, agreement: str, line: str, upload: int) -> HttpResponse:
    """A file that waits: its columns are named, its turn comes, or it says why it could not be read."""
    case = own_case(request, code, agreement, line)
    waiting = own_upload(case, upload)
    if waiting is None:  # it has been read, or thrown away
        return redirect(to(case, "books"))
    is_table = formats.is_table(bytes(waiting.content))
    if request.method == "POST" and is_table and not waiting.ready:
        try:
            importing.name_columns(case, waiting, _layout(request), person_of(request))
        except Refused as refusal:
            tell(request, refusal)
            return redirect(to(case, "books-upload", waiting.pk))
        if len(waiting.content) > importing.AT_ONCE:
            importing.read_later(waiting, person_of(request))
        else:
            if kept := importing.read(waiting):
                return done(request, case, kept, person_of(request))
            waiting.refresh_from_db()
    run = Run.objects.filter(key=importing.key_of(waiting)).first()
    context = {
        "case": case,
        "crumbs": crumbs(case),
        "upload": waiting,
        "findings": shown(from_rows(waiting.findings)),
        "progress": run.progress if run else 0,
        "failed": bool(run and run.state == RunState.FAILED),
        "may": may_write(request),
        "columns": _columns(waiting) if is_table and not waiting.ready else [],
    }
    return render(request, "books/upload.html", context, status=422 if waiting.findings else 200)


def _layout(request: ActingRequest) -> dict[str, str]:
    """What each column was said to be; what is no kind of column is not used."""
    known = set(Column)
    names = [name for name in request.POST if name.startswith("column.") and whole(name[7:]) is not None]
    return {name[7:]: request.POST[name] if request.POST[name] in known else "" for name in names}


def _columns(upload: Upload) -> list[dict[str, Any]]:
    """Each column with its first rows and what it is taken for."""
    headings = importing.columns(bytes(upload.content), upload.name).headings
    options = [(column.value, COLUMNS[column]) for column in Column]
    return [
        {
            "name": f"column.{heading.number}",
            "label": f"{heading.letter}: {heading.text}",
            "samples": heading.samples,
            "options": options,
            "value": upload.layout.get(str(heading.number), heading.proposed.value),
        }
        for heading in headings
    ]


@require_POST
@recipients_only
def discard(request: ActingRequest, code: str, agreement: str, line: str, upload: int) -> HttpResponse:
    case = own_case(request, code, agreement, line)
    if waiting := own_upload(case, upload):
        try:
            importing.discard(case, waiting, person_of(request))
        except Refused as refusal:
            tell(request, refusal)
    return redirect(to(case, "books"))
