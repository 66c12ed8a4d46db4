# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits for a recipient, and one case with its money, papers and history."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from overens.agreements.models import AgreementVersion
from overens.agreements.reading import agreement_of, extensions
from overens.desks import casefile, debtfile, downloads
from overens.desks.access import ActingRequest, for_desk, own_case
from overens.desks.accounts import pages
from overens.desks.asking import AskingForm
from overens.desks.books.tracing import trace
from overens.desks.editions.views_check import about_edition, has_checks
from overens.desks.entry.views import person_of
from overens.desks.refusals import at_fields
from overens.desks.region.forms import AccountsForm, CommentForm
from overens.desks.region.waiting import tasks, tasks_of
from overens.grants.actions import accounts as actions
from overens.grants.actions import clawback
from overens.grants.actions.report import FORM as REPORT
from overens.grants.models import Case
from overens.grants.papers import FORMS, signed_before
from overens.ledger.reading import balances, by_place
from overens.people.models import Notice
from overens.people.models.organisation import Kind
from overens.records import clock, documents
from overens.records.models import DocumentVersion
from overens.records.models.file import Purpose
from overens.rules.findings import Finding
from overens.rules.process import ACTS, PAID_OUT, Place, Role, Side, acts_of

recipients_only = for_desk(Kind.REGION, Kind.ASSOCIATION)


def crumbs(case: Case | None = None) -> list[tuple[str, str]]:
    found = [(_("Att göra"), reverse("region-start"))]
    if case is not None:
        found.append((case.line.title, reverse("region-case", args=where(case))))
    return found


def where(case: Case) -> list[str]:
    return [case.recipient.code, case.agreement, case.line.code]


def moved_on(request: ActingRequest, case: Case, act: str) -> HttpResponse | None:
    """Back to the case, with a word, when it no longer stands where the act can be done; else None."""
    if case.state in ACTS[act].states:
        return None
    messages.info(request, _("Det går inte att göra nu: ärendet har gått vidare."))
    return redirect("region-case", *where(case))


@require_GET
@recipients_only
def start(request: ActingRequest) -> HttpResponse:
    """What waits for the organisation, its cases and what it has been told."""
    organisation = request.acting.organisation
    assert organisation is not None
    cases = Case.objects.of(organisation).with_parties().order_by("-agreement", "line_id")
    page = Paginator(cases, 50).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    money = balances((case.line_id, case.recipient_id) for case in shown)
    titles = dict(
        AgreementVersion.objects.filter(code__in=[case.agreement for case in shown]).values_list("code", "title")
    )
    notices = [
        {
            "at": notice.at,
            "what": at_fields([Finding(notice.code, "note", {"key": notice.subject, **notice.values})])[""],
            "who": "",
            "text": "",
            "url": about_edition(notice.subject),
        }
        for notice in Notice.objects.filter(organisation=organisation)[:5]
    ]
    return render(
        request,
        "region/start.html",
        {
            "organisation": organisation.name_on(clock.today()),
            "tasks": tasks(organisation),
            "figures": _figures(by_place(owner=organisation.pk)),
            "page": page,
            "rows": [(case, titles[case.agreement], money[case.line_id, case.recipient_id]) for case in shown],
            "notices": notices,
            "has_checks": has_checks(organisation),
            "grants": reverse("portal-recipient", args=["region", organisation.code])
            if organisation.kind == Kind.REGION
            else "",
        },
    )


def _figures(money: dict[Place, int]) -> list[dict[str, Any]]:
    paid = sum(money.get(place, 0) for place in PAID_OUT)
    return [
        {"label": _("Beslutat"), "value": sum(money.values()), "kind": "kr"},
        {"label": _("Utbetalt"), "value": paid, "kind": "kr"},
        {"label": _("Använt enligt godtagen berättelse"), "value": money.get(Place.USED, 0), "kind": "kr"},
        {
            "label": _("Ska återbetalas"),
            "value": money.get(Place.TO_REPAY, 0),
            "kind": "kr",
            "marked": Place.TO_REPAY in money,
        },
    ]


@require_GET
@recipients_only
def case(request: ActingRequest, code: str, agreement: str, line: str) -> HttpResponse:
    """One case: where it stands, its money, what to do, its papers and its history."""
    found = own_case(request, code, agreement, line)
    roles = frozenset(Role(role) for role in request.acting.roles)
    money = found.money
    debt = debtfile.file_of(found) if debtfile.has_debt(money, found) else None
    return render(
        request,
        "region/case.html",
        {
            "case": found,
            "crumbs": crumbs(),
            "agreement": agreement_of(found.agreement),
            "steps": casefile.steps(found),
            "tasks": list(tasks_of(found, money, documents.find(REPORT, found.key) is not None)),
            "money": money,
            "acts": {act.name for act in acts_of(Side.RECIPIENT, roles, found.state)},  # type: ignore[arg-type]
            "passes_on": agreement_of(found.agreement).line(found.line.code).channel is not None,
            "versions": downloads.own(found).order_by("-effective_at", "-pk"),
            "forms": FORMS,
            "moved": extensions(found.agreement, found.recipient_id),
            "report": found.reports.filter(superseded=False).first(),
            "clawbacks": found.clawbacks.select_related("decision"),
            "debt": debt,
            "how_to_pay": debtfile.how_to_pay(debt) if debt and debt.owed else (),
            "interest_claims": found.interest_claims.all(),
            "asked": found.accounts_requests.select_related("asked_by", "answer"),
            "by_rule": found.settlements.filter(version__person=None, report__superseded=False).last(),
            "where": where(found),
            "entries": casefile.history(found, own=True),
            "books": found.mappings.exists(),
        },
    )


@require_GET
@recipients_only
def paper(request: ActingRequest, code: str, agreement: str, line: str, version: int) -> HttpResponse:
    """A version as it was frozen, with review and signature, and what it changed. Reads well on paper."""
    found = own_case(request, code, agreement, line)
    shown = get_object_or_404(downloads.own(found), pk=version)
    before = shown.document.versions.filter(number=shown.number - 1).first()
    return render(
        request,
        "region/paper.html",
        {
            "case": found,
            "crumbs": crumbs(found),
            "where": where(found),
            "paper": casefile.read(shown, before),
            "is_form": shown.kind in FORMS,
            "books": trace(found, shown.data.get("typed", {})),
            "corrected": signed_before(shown) if shown.kind in FORMS else None,
            "outside": _outside(found, shown),
            "download": downloads.offered(
                shown, lambda version, page: reverse(f"region-paper-{page}", args=[*where(found), version.pk])
            ),
        },
    )


def _outside(case: Case, version: DocumentVersion) -> str:
    """Where a version that was sent out to be signed is handed in; empty for any other."""
    if not version.renditions.filter(purpose=Purpose.TO_SIGN).exists():
        return ""
    return reverse("region-paper-outside", args=[*where(case), version.pk])


@require_http_methods(["GET", "POST"])
@recipients_only
def comment(request: ActingRequest, code: str, agreement: str, line: str) -> HttpResponse:
    """The recipient's word on a proposed clawback."""
    found = own_case(request, code, agreement, line)
    proposal = found.clawbacks.filter(state="proposed").first()
    if proposal is None:
        raise Http404
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.carried_out(
        lambda typed: clawback.comment(proposal, typed["comment"], person_of(request))
    ):
        messages.success(request, _("Yttrandet är lämnat. Regeringen får det innan den beslutar."))
        return redirect("region-case", *where(found))
    return asking(
        request, found, form, _("Yttra er över förslaget om återkrav"), proposal.reasons, _("Lämna yttrandet"),
        due=proposal.comment_by,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@recipients_only
def accounts(request: ActingRequest, code: str, agreement: str, line: str, request_id: int) -> HttpResponse:
    """A request for copies of accounts, and the answer to it with files."""
    found = own_case(request, code, agreement, line)
    asked = get_object_or_404(found.accounts_requests.select_related("asked_by", "answer__person"), pk=request_id)
    form = AccountsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.carried_out(
        lambda typed: actions.answer(asked, typed["answer"], person_of(request), form.sent(request))
    ):
        messages.success(request, _("Svaret är lämnat."))
        return redirect("region-accounts", *where(found), asked.pk)
    context = {
        "case": found,
        "crumbs": crumbs(found),
        "asked": asked,
        "steps": asked.steps.select_related("mandate__person"),
        "answer": asked.answer.data.get("answer") if asked.answer else None,
        "files": pages.files_of(
            asked, lambda file: reverse("region-accounts-file", args=[*where(found), asked.pk, file.pk])
        ),
        "form": None if asked.answer_id or asked.closed_at else form,
    }
    return render(request, "region/accounts.html", context, status=422 if form.errors else 200)


@require_GET
@recipients_only
def accounts_file(
    request: ActingRequest, code: str, agreement: str, line: str, request_id: int, file: int
) -> HttpResponse:
    """A file of the recipient's own answer."""
    found = own_case(request, code, agreement, line)
    return pages.file_of(get_object_or_404(found.accounts_requests.all(), pk=request_id), file)


def asking(
    request: ActingRequest, case: Case, form: AskingForm, title: str, lead: str, label: str, due: dt.date | None = None
) -> HttpResponse:
    """A page that asks one thing of the recipient."""
    context = {
        "case": case,
        "crumbs": crumbs(case),
        "form": form,
        "title": title,
        "lead": lead,
        "label": label,
        "due": due,
    }
    return render(request, "region/asking.html", context, status=422 if form.errors else 200)
