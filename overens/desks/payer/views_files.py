# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files from the bank: taking one in after having seen what it would do, and those that have come."""

from __future__ import annotations

import base64
import binascii
import zlib
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.core.signing import BadSignature, TimestampSigner
from django.db.models import Count
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from overens.bank.models import BankFile, BankRow
from overens.desks.access import ActingRequest, for_desk
from overens.desks.payer import banking
from overens.desks.payer.bank_words import COUNTED, FILES
from overens.desks.payer.forms import BankFileForm
from overens.desks.payer.views_rows import MATCHED, PAGE, crumbs, may
from overens.desks.refusals import shown
from overens.grants.actions import reconcile
from overens.grants.actions.reconcile import Outcome
from overens.grants.models import Payment
from overens.grants.suggesting import open_ore
from overens.people.models.organisation import Kind
from overens.rules.findings import Finding, Refused, refuse

# Rows that a preview shows; the counts are of all of them.
SHOWN = 200
# A file goes with its preview, packed and signed, so that nothing is kept before somebody has said yes. Characters;
# what a form may hold is Django's DATA_UPLOAD_MAX_MEMORY_SIZE.
MOST_HELD = 2_000_000
HOUR = 3600


@require_http_methods(["GET", "POST"])
@for_desk(Kind.PAYER)
def take_in(request: ActingRequest) -> HttpResponse:
    """Choose a file (GET), see what it would do (POST of the file), take it in (POST of what was seen)."""
    posted = request.method == "POST"
    form = BankFileForm(request.POST if posted else None, request.FILES if posted else None)
    found: list[Finding] = []
    if posted:
        try:
            if held := request.POST.get("held"):
                return _taken(request, *_unpacked(held))
            if form.is_valid():
                return _preview(request, *form.taken(request))
        except Refused as refusal:
            found = list(refusal.findings)
    context = {"crumbs": crumbs(), "form": form, "findings": shown(found), "may": may(request)}
    return render(request, "payer/bank_import.html", context, status=422 if posted else 200)


def _preview(request: ActingRequest, content: bytes, name: str) -> HttpResponse:
    held = _packed(content, name)
    would = reconcile.preview(content, name, request.user)
    if not would.new and not any(outcome.done for outcome in would.outcomes):
        known = BankFile.objects.get(sha256=would.file.sha256)
        messages.info(request, gettext("Filen är redan inläst. Inget nytt att göra i den."))
        return HttpResponseRedirect(reverse("payer-bank-file", args=[known.pk]), status=303)
    return render(
        request,
        "payer/bank_preview.html",
        {
            "crumbs": crumbs(),
            "name": name,
            "held": held,
            "kind": FILES[would.file.kind],
            "notes": shown(would.notes),
            "counts": _counts(would.counts),
            "lines": [banking.line(outcome) for outcome in would.outcomes[:SHOWN]],
            "more": max(0, len(would.outcomes) - SHOWN),
        },
    )


def _taken(request: ActingRequest, content: bytes, name: str) -> HttpResponse:
    done = reconcile.take_in(content, name, request.user)
    matched = sum(number for way, number in done.counts.items() if way)
    text = gettext("Filen är inläst. Avprickade rader: %(matched)s. Öppna: %(open)s.")
    messages.success(request, text % {"matched": matched, "open": done.counts.get("", 0)})
    return HttpResponseRedirect(reverse("payer-bank-file", args=[done.file.pk]), status=303)


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="overens.bank-file")


def _packed(content: bytes, name: str) -> str:
    """Raises Refused (``bank-file-for-command``) for what a form cannot hold."""
    held = _signer().sign(
        f"{base64.b64encode(zlib.compress(content, 9)).decode()}|{base64.b64encode(name.encode()).decode()}"
    )
    if len(held) > MOST_HELD:
        refuse("bank-file-for-command", key="file")
    return held


def _unpacked(held: str) -> tuple[bytes, str]:
    """Raises Refused (``bank-preview-old``) for what we have not packed within the hour."""
    try:
        content, name = _signer().unsign(held, max_age=HOUR).split("|")
        return zlib.decompress(base64.b64decode(content)), base64.b64decode(name).decode()
    except (BadSignature, ValueError, zlib.error, binascii.Error):
        refuse("bank-preview-old", key="file")


def _counts(counts: dict[str, int]) -> list[dict[str, Any]]:
    return [{"label": label, "count": counts[way]} for way, label in COUNTED.items() if counts.get(way)]


@require_GET
@for_desk(Kind.PAYER)
def files(request: ActingRequest) -> HttpResponse:
    """Every file that has come, the latest first."""
    listed = (
        BankFile.objects.select_related("file", "mandate__person")
        .annotate(count=Count("statements__rows", distinct=True), said=Count("answers", distinct=True))
        .order_by("-pk")
    )
    page = Paginator(listed.defer("file__content"), PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "payer/bank_files.html",
        {
            "tabs": banking.tabs("payer-bank-files"),
            "page": page,
            "rows": [(file, FILES[file.kind]) for file in page.object_list],
            "may": may(request),
        },
    )


@require_http_methods(["GET", "POST"])
@for_desk(Kind.PAYER)
def file_page(request: ActingRequest, number: int) -> HttpResponse:
    """One file: what it tells, and what became of it. Trying its open rows once more (POST)."""
    file = get_object_or_404(
        BankFile.objects.select_related("file", "mandate__person").defer("file__content"), pk=number
    )
    if request.method == "POST" and may(request):
        met = sum(bool(outcome.done) for outcome in reconcile.reconcile(file))
        messages.info(request, gettext("%(count)s rader kunde prickas av.") % {"count": met})
        return HttpResponseRedirect(reverse("payer-bank-file", args=[file.pk]), status=303)
    page = Paginator(BankRow.objects.told_by(file).order_by("booked_on", "pk"), PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    matches: dict[int, list[dict[str, Any]]] = {}
    for each in banking.with_words(MATCHED.filter(row__in=rows)):
        matches.setdefault(each["match"].row_id, []).append(each)
    left = open_ore(rows)
    return render(
        request,
        "payer/bank_file.html",
        {
            "crumbs": [*crumbs(), (gettext("Filer"), reverse("payer-bank-files"))],
            "file": file,
            "kind": FILES[file.kind],
            "statements": file.statements.all(),
            "page": page,
            "rows": [(row, matches.get(row.pk, ()), left[row.pk]) for row in rows],
            "answers": [banking.line(_standing(answer)) for answer in file.answers.all()[:SHOWN]],
            "may": may(request),
        },
    )


def _standing(answer: Any) -> Outcome:
    payment = Payment.objects.filter(end_to_end_id=answer.end_to_end_id).select_related("case__recipient").first()
    return Outcome(answer=answer, payment=payment)


@require_GET
@for_desk(Kind.PAYER)
def original(request: ActingRequest, number: int) -> HttpResponse:
    """The file as it came."""
    file = get_object_or_404(BankFile.objects.select_related("file"), pk=number)
    response = HttpResponse(bytes(file.file.content), content_type="application/xml")
    response["Content-Disposition"] = f'attachment; filename="{file.kind}-{file.pk}.xml"'
    return response
