# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A batch: its frozen control list, the two approvals of it, its release, its files to the bank, the bank's answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q, QuerySet, Sum
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from overens.bank.actions import outgoing
from overens.bank.models import OutgoingFile
from overens.bank.models.outgoing import FileState
from overens.desks.access import ActingRequest, for_desk, note_reading
from overens.desks.downloads import attachment
from overens.desks.refusals import shown
from overens.exchange import payment_list
from overens.exchange.orders import Order
from overens.grants import control
from overens.grants.actions import payment
from overens.grants.models import Batch, Payment
from overens.grants.models.payment import PaymentState
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.rules.amounts import format_amount
from overens.rules.findings import Refused
from overens.rules.process import Role

PAGE = 50
ANSWERS = {
    PaymentState.PREPARED: (_("Ej släppt"), "neutral"),
    PaymentState.RELEASED: (_("Väntar på banken"), "info"),
    PaymentState.CONFIRMED: (_("Betald"), "good"),
    PaymentState.REJECTED: (_("Avvisad av banken"), "bad"),
    PaymentState.DISSOLVED: (_("Betalas inte"), "neutral"),
}
FILES = {
    FileState.WRITTEN: (_("Inte hämtad än"), "warn"),
    FileState.FETCHED: (_("Hämtad"), "info"),
    FileState.ACCEPTED: (_("Mottagen av banken"), "good"),
    FileState.REJECTED: (_("Avvisad av banken"), "bad"),
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def state_of(batch: Batch) -> tuple[Any, str]:
    """What a batch's state is called, and how its pill looks."""
    if batch.dissolved_at:
        return _("Upplöst"), "neutral"
    if batch.released_at:
        return _("Släppt"), "info"
    if batch.second_at:
        return _("Att släppa"), "warn"
    return (_("Väntar på andra attesten"), "warn") if batch.first_at else (_("Väntar på första attesten"), "warn")


def with_sums() -> QuerySet[Any]:
    """Batches, newest first, with how many payments of how much are in each, and what the bank has answered."""
    answered = {
        name: Count("payments", filter=Q(payments__state=state))
        for name, state in (("confirmed", PaymentState.CONFIRMED), ("rejected", PaymentState.REJECTED))
    }
    # What was taken out before the release is not in the batch; in one that was dissolved everything was.
    counted = ~Q(payments__state=PaymentState.DISSOLVED) | Q(dissolved_at__isnull=False)
    found = Batch.objects.select_related("prepared_by", "first_by", "second_by", "released_by").order_by("-pk")
    return found.annotate(
        total=Sum("payments__kronor", filter=counted), count=Count("payments", filter=counted), **answered
    )


@require_GET
@for_desk(Kind.PAYER)
def batch_page(request: ActingRequest, number: int) -> HttpResponse:
    batch = get_object_or_404(with_sums(), pk=number)
    note_reading(request, f"batch/{batch.pk}")
    kind = request.GET.get("format")
    if kind in ("csv", "excel") and batch.control:
        return _as_list(batch, kind)
    return _batch(request, batch)


def _as_list(batch: Batch, kind: str) -> HttpResponse:
    """The control list as a file: for paying by hand, or to go through on paper."""
    files = OutgoingFile.objects.filter(batch=batch.pk)
    order = Order(
        message_id=", ".join(file.message_id for file in files) or str(batch.pk),
        created_at=batch.released_at or batch.prepared_at,
        execute_on=files[0].execute_on if files else None,
        payer=None,
        transfers=tuple(control.transfers(batch)),
    )
    language = (get_language() or "sv")[:2]
    if kind == "csv":
        content = payment_list.as_csv(order, batch.control_sha256, language)
        return attachment(content, "text/csv; charset=utf-8", f"kontrollista-{batch.pk}.csv")
    content = payment_list.as_excel(order, batch.control_sha256, language)
    return attachment(content, XLSX, f"kontrollista-{batch.pk}.xlsx")


def _batch(request: ActingRequest, batch: Any, refused: Any = (), status: int = 200) -> HttpResponse:
    roles, person = request.acting.roles, request.user.pk
    payments = batch.payments.select_related("case__recipient", "case__line").order_by(
        "case__recipient__sort_key", "pk"
    )
    page = Paginator(payments, PAGE).get_page(request.GET.get("page"))
    is_open = not (batch.released_at or batch.dissolved_at)
    context = {
        "crumbs": [(gettext("Utbetalningar"), reverse("payer-batches"))],
        "batch": batch,
        "state": state_of(batch),
        "steps": _steps(batch),
        "page": page,
        "rows": list(_rows(batch, list(page.object_list))),
        "marked": sum(1 for row in batch.control.get("rows", ()) if differences(row)),
        "files": [(file, *FILES[FileState(file.state)]) for file in OutgoingFile.objects.filter(batch=batch.pk)],
        "is_open": is_open,
        "next": _next(batch, roles, person) if is_open else None,
        "may_dissolve": is_open and bool(roles & {Role.PAYER, Role.SECOND_PAYER}),
        "refused": refused,
    }
    return render(request, "payer/batch.html", context, status=status)


def _steps(batch: Any) -> list[dict[str, Any]]:
    """The batch's way, as components/steps.html shows it."""
    answered = batch.confirmed + batch.rejected
    last = batch.payments.aggregate(at=Max("answered_at"))["at"] if answered and answered == batch.count else None
    way: list[tuple[Any, dt.datetime | None]] = [
        (gettext("Förberedd"), batch.prepared_at),
        (gettext("Första attesten"), batch.first_at),
        (gettext("Andra attesten"), batch.second_at),
        (gettext("Släppt"), batch.released_at),
        (gettext("Besvarad av banken"), last),
    ]
    at = next((number for number, (_label, done) in enumerate(way) if not done), len(way))
    stopped = bool(batch.dissolved_at)
    return [
        {
            "label": label,
            "state": "done" if number < at else ("stopped" if stopped else "current") if number == at else "todo",
            "on": done.astimezone(clock.STOCKHOLM).date() if done else None,
            "note": gettext("Upplöst") if stopped and number == at else "",
        }
        for number, (label, done) in enumerate(way)
    ]


def _rows(batch: Batch, payments: list[Payment]) -> Iterator[dict[str, Any]]:
    listed = {row["id"]: row for row in batch.control.get("rows", ())}
    for each in payments:
        row = listed.get(each.end_to_end_id, {})
        answer, look = ANSWERS[PaymentState(each.state)]
        yield {"payment": each, "listed": row, "differences": differences(row), "answer": answer, "look": look}


def differences(row: dict[str, Any]) -> list[str]:
    """What is to be looked at in a row of the control list, in words; empty when it is as the time before."""
    if not row:
        return []
    said, before = [], row["before"]
    if before is None:
        said.append(gettext("Första betalningen till mottagaren."))
    elif before["giro"] != row["giro"]:
        said.append(gettext("Annat konto än %(day)s: då %(giro)s.") % {"day": before["on"], "giro": before["giro"]})
    elif before["kronor"] != row["kronor"]:
        said.append(
            gettext("Förra gången, %(day)s: %(sum)s.") % {"day": before["on"], "sum": format_amount(before["kronor"])}
        )
    for meant, written in (("name", "payee"), ("asked_reference", "reference")):
        if row[meant] != row[written]:
            said.append(gettext("Banken får ”%(text)s”.") % {"text": row[written]})
    return said


def _next(batch: Batch, roles: frozenset[str], person: int) -> dict[str, Any]:
    """The next step of an open batch: what it is, whether the person may take it, and if not, who does."""
    first_ones = {batch.prepared_by_id, batch.first_by_id}
    if batch.first_by_id is None:
        return {"step": "first", "may": Role.PAYER in roles, "own": False}
    own = person in first_ones
    step = "second" if batch.second_by_id is None else "release"
    return {"step": step, "may": Role.SECOND_PAYER in roles and not own, "own": own}


def _done(
    request: ActingRequest, number: int, act: Callable[[Batch], object], said: Callable[[Any], str]
) -> HttpResponse:
    """Do an act on a batch and say so on its page; or show the page with why it was refused."""
    batch = get_object_or_404(with_sums(), pk=number)
    try:
        act(batch)
    except Refused as refusal:
        return _batch(request, with_sums().get(pk=number), shown(refusal.findings), 422)
    messages.success(request, said(batch))
    return HttpResponseRedirect(reverse("payer-batch", args=[number]), status=303)


@require_POST
@for_desk(Kind.PAYER)
def approve_first(request: ActingRequest, number: int) -> HttpResponse:
    """A payer has gone through the list whose hash the form carries."""
    seen = request.POST.get("list", "")
    return _done(
        request,
        number,
        lambda batch: payment.approve_first(batch, seen, request.user),
        lambda batch: gettext("Du har gett den första attesten. En annan person ger den andra."),
    )


@require_POST
@for_desk(Kind.PAYER)
def approve_second(request: ActingRequest, number: int) -> HttpResponse:
    """Another person has gone through the same list."""
    seen = request.POST.get("list", "")
    return _done(
        request,
        number,
        lambda batch: payment.approve_second(batch, seen, request.user),
        lambda batch: gettext("Du har gett den andra attesten. Betalningsfilen kan nu släppas."),
    )


@require_POST
@for_desk(Kind.PAYER)
def release(request: ActingRequest, number: int) -> HttpResponse:
    """The files to the bank are written, and the money is on its way."""

    def said(batch: Any) -> str:
        text = ngettext(
            "%(count)s betalning är släppt till banken. Bankens svar visas här när det kommer.",
            "%(count)s betalningar är släppta till banken. Bankens svar visas här när de kommer.",
            batch.count,
        )
        return text % {"count": batch.count}

    return _done(request, number, lambda batch: payment.release(batch, request.user), said)


@require_POST
@for_desk(Kind.PAYER)
def take_out(request: ActingRequest, number: int, payment_id: int) -> HttpResponse:
    """Take one payment out of a batch that is not released; its list is drawn up anew."""
    found = get_object_or_404(Payment.objects.select_related("batch"), pk=payment_id, batch=number)
    return _done(
        request,
        number,
        lambda batch: payment.take_out(found, request.user),
        lambda batch: gettext(
            "Betalningen är tagen ur filen och ärendet kan tas med i en ny. Kontrollistan är gjord på nytt, och ingen "
            "attest gäller längre."
        ),
    )


@require_POST
@for_desk(Kind.PAYER)
def dissolve(request: ActingRequest, number: int) -> HttpResponse:
    """Give the batch up before it is released."""
    return _done(
        request,
        number,
        lambda batch: payment.dissolve(batch, request.user),
        lambda batch: gettext("Betalningsfilen är upplöst. Ärendena är godkända och kan tas med i en ny fil."),
    )


@require_POST
@for_desk(Kind.PAYER)
def file(request: ActingRequest, number: int, part: int) -> HttpResponse:
    """One of the batch's files to the bank: the same bytes every time; that it was fetched is noted."""
    found = get_object_or_404(OutgoingFile, batch=number, part=part)
    media_type = "text/csv; charset=utf-8" if found.name.endswith(".csv") else "application/xml"
    return attachment(outgoing.fetch(found), media_type, found.name)
