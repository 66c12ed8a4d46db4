# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How the reports of an agreement are chosen for examination: the policy, the draws, every report with its reasons, and
what has come of it. Nothing here is for other eyes than the payer's.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from overens.agreements.models import AgreementVersion
from overens.desks import casefile
from overens.desks.access import ActingRequest, examined_case, for_desk, note_reading
from overens.desks.downloads import attachment
from overens.desks.exports import csv_response
from overens.desks.payer import selected
from overens.desks.payer.forms import Decided, Nothing, PolicyForm, SelectionFilter, TakeOutForm
from overens.desks.payer.views_case import address, crumbs
from overens.desks.refusals import shown
from overens.grants.actions import policy as policies
from overens.grants.actions import selecting
from overens.grants.models import Case, Draw, ExaminationPolicy, Selection
from overens.ledger.models import Line
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.rules import policy as rules
from overens.rules.process import Role, State


def _agreements() -> list[str]:
    return list(Line.objects.order_by("-agreement").values_list("agreement", flat=True).distinct())


def _known(agreement: str) -> AgreementVersion:
    found = AgreementVersion.objects.current().filter(code=agreement).first()
    if found is None or agreement not in _agreements():
        raise Http404
    return found


def _is_officer(request: ActingRequest) -> bool:
    return Role.CASE_OFFICER in request.acting.roles


def _crumbs(agreement: str = "") -> list[tuple[Any, str]]:
    found = [(gettext("Granskning"), reverse("payer-examinations"))]
    if agreement:
        found.append((agreement, reverse("payer-examination", args=[agreement])))
    return found


@require_GET
@for_desk(Kind.PAYER)
def agreements(request: ActingRequest) -> HttpResponse:
    """Every agreement with its policy, and how many reports wait."""
    titles = dict(AgreementVersion.objects.current().values_list("code", "title"))
    rows = [
        {
            "code": code,
            "title": titles.get(code, code),
            "decision": policies.standing(code),
            "waiting": Case.objects.filter(agreement=code, state=State.REPORTED).count(),
            "unsorted": len(selecting.waiting(code)),
        }
        for code in _agreements()
    ]
    return render(request, "payer/examinations.html", {"rows": rows})


@require_GET
@for_desk(Kind.PAYER)
def examination(request: ActingRequest, agreement: str) -> HttpResponse:
    """One agreement: policy, draws, statistics and the list."""
    version = _known(agreement)
    form = SelectionFilter(request.GET)
    sorted_ = _filtered(form, agreement)
    note_reading(request, policies.subject_of(agreement))
    if request.GET.get("format") == "csv":
        return _csv(agreement, sorted_)
    decision = policies.standing(agreement)
    unsorted = selecting.waiting(agreement)
    policy = decision.policy if decision else rules.read(selected.proposal())
    return render(
        request,
        "payer/examination.html",
        {
            "crumbs": _crumbs(),
            "agreement": agreement,
            "title": version.title,
            "decision": decision,
            "minutes": decision.paper.data if decision else None,
            "policy": policy,
            "policy_items": selected.policy_items(policy),
            "points": selected.point_rows(policy),
            "always": selected.always_words(policy),
            "history": ExaminationPolicy.objects.filter(agreement=agreement).select_related("paper", "mandate__person"),
            "draws": Draw.objects.filter(policy__agreement=agreement).select_related("mandate__person", "policy"),
            "unsorted": selected.live(unsorted, policy),
            "lot_drawn": decision is not None and decision.draws.filter(method="lot").exists(),
            "is_officer": _is_officer(request),
            "fields": form.shown,
            "rows": [selected.row(each) for each in sorted_],
            "result_text": ngettext("%(count)s berättelse", "%(count)s berättelser", len(sorted_))
            % {"count": len(sorted_)},
            "statistics": selected.statistics(agreement),
        },
    )


def _filtered(form: SelectionFilter, agreement: str) -> QuerySet[Selection]:
    found = Selection.objects.filter(report__case__agreement=agreement).select_related(
        "report__case__recipient", "report__case__line", "report__version", "report__taken_out", "draw__policy"
    )
    if way := form.chosen("urval"):
        found = found.filter(selected.FILTERS[way])
    if text := form.chosen("sok").strip():
        found = found.filter(report__case__recipient__name__icontains=text)
    return found.prefetch_related("report__version__examinations").order_by("-score", "report__case__key", "pk")


def _csv(agreement: str, rows: QuerySet[Selection]) -> HttpResponse:
    return csv_response(
        f"granskning-{agreement}",
        [gettext("Ärende"), gettext("Mottagare"), gettext("Berättelsens kontrollsumma"), gettext("Poäng"),
         gettext("Skäl"), gettext("Hur den sorterades"), gettext("Passerar"), gettext("Utfall")],
        (
            [
                each.report.case.key,
                each.report.case.recipient.name,
                each.report.version.sha256,
                each.score,
                "; ".join(f"{reason.code} {reason.points}" for reason in each.shown_reasons),
                str(selected.way_of(each)),
                each.passes_on.isoformat() if each.passes_on else "",
                str(selected.outcome_of(each)[0]),
            ]
            for each in rows
        ),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_desk(Kind.PAYER)
def adopt(request: ActingRequest, agreement: str) -> HttpResponse:
    """Decide on a policy: the shipped proposal, or a file of the payer's own."""
    _known(agreement)
    posted = request.method == "POST"
    form = PolicyForm(
        request.POST if posted else None, request.FILES if posted else None, initial={"decided_on": clock.today()}
    )
    if posted and form.carried_out(
        lambda typed: policies.adopt(agreement, form.text(request), form.minutes(), request.user)
    ):
        messages.success(
            request, gettext("Policyn gäller. Det som inte väljs ut passerar enligt regel när stickprovet är draget.")
        )
        return HttpResponseRedirect(reverse("payer-examination", args=[agreement]), status=303)
    proposal = rules.read(selected.proposal())
    return _asking(
        request,
        agreement,
        form,
        _("Besluta om granskningspolicy"),
        _("Från beslutet väljs berättelser ut för granskning enligt policyn. Resten godtas enligt regel, utan "
          "handläggare, när tiden för att ta ut dem har gått. Ett frö till dragningen skapas med beslutet och är "
          "hemligt till dess."),
        _("Besluta"),
        policy_items=selected.policy_items(proposal),
        points=selected.point_rows(proposal),
        always=selected.always_words(proposal),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_desk(Kind.PAYER)
def end(request: ActingRequest, agreement: str) -> HttpResponse:
    """Decide that nothing passes by rule any more."""
    _known(agreement)
    form = Decided(request.POST if request.method == "POST" else None, initial={"decided_on": clock.today()})
    if request.method == "POST" and form.carried_out(
        lambda _typed: policies.end(agreement, form.minutes(), request.user)
    ):
        messages.success(request, gettext("Policyn gäller inte längre. Inget passerar enligt regel."))
        return HttpResponseRedirect(reverse("payer-examination", args=[agreement]), status=303)
    return _asking(
        request,
        agreement,
        form,
        _("Stäng av policyn"),
        _("Inget passerar längre enligt regel: handläggare granskar allt som väntar. Det som redan är godtaget "
          "påverkas inte. En policy kan beslutas på nytt."),
        _("Stäng av"),
        kind="is-danger",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@for_desk(Kind.PAYER)
def draw(request: ActingRequest, agreement: str) -> HttpResponse:
    """Sort what waits and draw the sample, once for each decision."""
    _known(agreement)
    form = Nothing(request.POST if request.method == "POST" else None)
    made: list[Draw] = []
    if request.method == "POST" and form.carried_out(
        lambda _typed: made.append(selecting.draw(agreement, request.user))
    ):
        messages.success(request, gettext("Stickprovet är draget."))
        return HttpResponseRedirect(reverse("payer-draw", args=[agreement, made[0].pk]), status=303)
    count = len(selecting.waiting(agreement))
    items = [{"label": gettext("Berättelser som väntar och sorteras nu"), "value": count, "kind": "number"}]
    if decision := policies.standing(agreement):
        first = selected.first_day(decision.policy)
        items.append({"label": gettext("Det som inte väljs ut passerar tidigast"), "value": first, "kind": "date"})
    return _asking(
        request,
        agreement,
        form,
        _("Dra stickprovet"),
        _("Alla berättelser som väntar sorteras: det som policyns regler eller poängen väljer, och ett stickprov ur "
          "resten. Det görs en gång för varje beslut om policy och kan inte göras om. Det som kommer senare dras ett i "
          "taget med samma frö."),
        _("Dra"),
        items=items,
    )  # fmt: skip


def _asking(
    request: ActingRequest, agreement: str, form: Any, title: Any, lead: Any, label: Any, **more: Any
) -> HttpResponse:
    return render(
        request,
        "payer/examination_act.html",
        {
            "crumbs": _crumbs(agreement),
            "agreement": agreement,
            "kicker": agreement,
            "form": form,
            "title": title,
            "lead": lead,
            "label": label,
            "back": reverse("payer-examination", args=[agreement]),
            **more,
            "allowed": (_is_officer(request) and more.get("is_open", True)) or form.errors,
        },
        status=422 if form.errors else 200,
    )


@require_GET
@for_desk(Kind.PAYER)
def draw_page(request: ActingRequest, agreement: str, number: int) -> HttpResponse:
    """A draw as its paper has it, drawn again on every visit."""
    drawn = get_object_or_404(
        Draw.objects.select_related("paper", "policy__paper", "mandate__person"),
        pk=number,
        policy__agreement=agreement,
    )
    note_reading(request, policies.subject_of(agreement))
    names = dict(Case.objects.filter(agreement=agreement).values_list("key", "recipient__name"))
    data = drawn.paper.data
    rows = sorted(data.get("reports", ()), key=lambda row: (not row["mark"], row["mark"], row["case"]))
    if request.GET.get("format") == "csv":
        return csv_response(
            f"dragning-{drawn.pk}",
            ["case", "report", "way", "score", "mark"],
            ([row["case"], row["report"], row["way"], int(row["score"]), row["mark"]] for row in rows),
        )
    return render(
        request,
        "payer/draw.html",
        {
            "crumbs": _crumbs(agreement),
            "agreement": agreement,
            "draw": drawn,
            "paper": casefile.read(drawn.paper),
            "example": rows[0] if rows and rows[0]["mark"] else None,
            "seed": data.get("seed"),
            "rows": [{**row, "name": names.get(row["case"], ""), "said": selected.WAYS[row["way"]]} for row in rows],
            "differences": shown(selected.redrawn(drawn)),
            "policy": drawn.policy.policy,
        },
    )


@require_GET
@for_desk(Kind.PAYER)
def policy_file(request: ActingRequest, agreement: str, number: int) -> HttpResponse:
    """A decided policy, word for word; number 0 is the proposal that comes with Överens."""
    text = selected.proposal() if number == 0 else get_object_or_404(
        ExaminationPolicy.objects.exclude(text=""), agreement=agreement, number=number
    ).text  # fmt: skip
    return attachment(text.encode(), "application/toml", f"granskningspolicy-{agreement}-{number}.toml")


@require_http_methods(["GET", "POST"])
@for_desk(Kind.PAYER)
def take_out(request: ActingRequest, agreement: str, line: str, recipient: str) -> HttpResponse:
    """An officer examines what would have passed by rule."""
    case = examined_case(request, agreement, line, recipient)
    form = TakeOutForm(request.POST if request.method == "POST" else None)
    back = address("payer-case", case)
    if request.method == "POST" and form.carried_out(
        lambda typed: selecting.take_out(case, typed["reason"], request.user)
    ):
        messages.success(request, gettext("Berättelsen passerar inte enligt regel. Den väntar på granskning."))
        return HttpResponseRedirect(back, status=303)
    selection = selecting.passing_of(case)
    items = []
    if selection:
        items = [
            {"label": gettext("Passerar enligt regel"), "value": selection.passes_on, "kind": "date"},
            {"label": gettext("Poäng"), "value": selection.score, "kind": "number"},
        ]
    return _asking(
        request,
        agreement,
        form,
        _("Ta ut för granskning"),
        _("Berättelsen passerar då inte enligt regel, utan väntar på en handläggare. Valet kan inte tas tillbaka, men "
          "berättelsen kan godtas när den är granskad. Mottagaren ser inte valet."),
        _("Ta ut"),
        crumbs=crumbs(case),
        kicker=case.recipient.name,
        items=items,
        is_open=selection is not None,
        back=back,
    )  # fmt: skip
