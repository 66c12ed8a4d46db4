# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The books of a case in one view: its files, its cost items, what is to be checked and what is not counted."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from overens.books import reading
from overens.books.actions import mapping
from overens.books.models import LedgerImport, MappingVersion, Upload
from overens.desks.access import ActingRequest, own_case
from overens.desks.asking import whole
from overens.desks.books.shared import crumbs, items, mending, to
from overens.desks.entry.views import person_of
from overens.desks.refusals import shown, tell
from overens.desks.region.views import recipients_only
from overens.grants.models import Case
from overens.rules.costing import by_account, is_balance
from overens.rules.finding_rows import from_rows
from overens.rules.findings import Refused
from overens.rules.process import ACTS

WRITERS = frozenset(ACTS["write-report"].roles)


def may_write(request: ActingRequest) -> bool:
    return bool(WRITERS & request.acting.roles)


@require_GET
@recipients_only
def start(request: ActingRequest, code: str, agreement: str, line: str) -> HttpResponse:
    case = own_case(request, code, agreement, line)
    version = reading.latest(case)
    books = reading.Books.of(version) if version else None
    used = {each.pk for each in books.imports} if books else set()
    context = {
        "case": case,
        "crumbs": crumbs(case, inside=False),
        "may": may_write(request),
        "imports": [
            (each, each.pk in used, shown(from_rows(each.findings)))
            for each in _imports(case).defer("names").select_related("mandate__person", "file")
        ],
        "uploads": Upload.objects.filter(organisation=case.recipient).defer("content"),
        "version": version,
        "number": version.number if version else 0,
        "earlier": [] if version and version.data["lines"] else list(reading.earlier(case)[:10]),
        "demo": settings.DEMO,
    }
    if version and books:
        result = books.costed
        left = [each for each in by_account(result.left) if not is_balance(each.account)]
        context |= {
            "items": items(case, version, books),
            "total": result.kronor,
            "findings": mending(case, result.findings),
            "left": {"accounts": len(left), "kronor": (sum(each.ore for each in left) + 50) // 100},
            "compare": reading.earlier(case).exists(),
        }
    return render(request, "books/start.html", context)


def _imports(case: Case) -> QuerySet[LedgerImport]:
    return LedgerImport.objects.filter(organisation=case.recipient)


@require_POST
@recipients_only
def choose(request: ActingRequest, code: str, agreement: str, line: str) -> HttpResponse:
    """Which of the imports the cost items are taken from."""
    case = own_case(request, code, agreement, line)
    numbers = [number for text in request.POST.getlist("import") if (number := whole(text)) is not None]
    chosen = list(_imports(case).filter(pk__in=numbers).select_related("file"))
    try:
        mapping.choose_imports(case, chosen, whole(request.POST.get("based_on")) or 0, person_of(request))
    except Refused as refusal:
        tell(request, refusal)
    else:
        count = len(chosen)
        messages.success(
            request,
            ngettext("Kostnaderna tas nu ur %(count)s fil.", "Kostnaderna tas nu ur %(count)s filer.", count)
            % {"count": count},
        )
    return redirect(to(case, "books"))


@require_POST
@recipients_only
def copy(request: ActingRequest, code: str, agreement: str, line: str) -> HttpResponse:
    """Begin with another year's cost items."""
    case = own_case(request, code, agreement, line)
    other = reading.earlier(case).filter(pk=whole(request.POST.get("from")) or 0).first()
    if other is None:
        raise Http404
    try:
        mapping.copy(case, other, person_of(request))
    except Refused as refusal:
        tell(request, refusal)
    else:
        messages.success(request, _("Kostnadsposterna är hämtade. Kontrollera vad som inte finns i årets fil."))
    return redirect(to(case, "books"))


@require_GET
@recipients_only
def mapping_file(request: ActingRequest, code: str, agreement: str, line: str) -> HttpResponse:
    """A version of the mapping as the file that ``overens costs`` reads, and whose SHA-256 a report names."""
    case = own_case(request, code, agreement, line)
    version = version_asked(request, case)
    if version is None:
        raise Http404
    response = HttpResponse(version.content, content_type="application/json; charset=utf-8")
    name = f"mappning-{case.agreement}-{case.recipient.code}-{version.number}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def version_asked(request: ActingRequest, case: Case) -> MappingVersion | None:
    """The version of the mapping that the address names; the newest where it names none. 404 for one there is not."""
    if not request.GET.get("version"):
        return reading.latest(case)
    found = case.mappings.filter(number=whole(request.GET["version"]) or 0).first()
    if found is None:
        raise Http404
    return found
