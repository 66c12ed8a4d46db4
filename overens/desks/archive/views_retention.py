# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long papers are kept; what is due; proposing, confirming and declining a disposal."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from overens.archive import retaining
from overens.archive.actions import disposing
from overens.archive.actions.authority import CONFIRMERS, DECIDERS
from overens.archive.models import Disposal, RetentionRule
from overens.desks import words
from overens.desks.access import ActingRequest
from overens.desks.archive.forms import DeclineForm, ProposalForm, RuleForm
from overens.desks.archive.shared import acting_for, keepers_only, rows, tabs
from overens.desks.asking import whole
from overens.desks.entry.views import person_of
from overens.desks.refusals import shown as shown_findings
from overens.records import clock
from overens.records.models import Tombstone
from overens.rules.findings import Refused
from overens.rules.process import Role
from overens.rules.retention import standing

PAGE = 100
VERDICTS = {
    "due": _("Kan gallras"),
    "not-yet": _("Tiden har inte gått ut"),
    "for-ever": _("Bevaras för alltid"),
    "no-rule": _("Utan beslut hos alla"),
    "open": _("Ärendet pågår"),
}


def _holds(request: ActingRequest, roles: tuple[Role, ...]) -> bool:
    return bool(set(roles) & {Role(role) for role in request.acting.roles})


@require_GET
@keepers_only
def retention(request: ActingRequest) -> HttpResponse:
    """The organisation's decisions, what is due by them, and its proposals."""
    organisation = acting_for(request)
    today = clock.today()
    given = list(RetentionRule.objects.filter(organisation=organisation).select_related("mandate__person"))
    followed = {
        kind: standing([row.rule for row in sorted(given, key=lambda row: row.pk)], kind, today)
        for kind in {row.kind for row in given}
    }
    verdicts = Counter(str(each.verdict.why) for each in retaining.kept(organisation))
    due = retaining.due(organisation)
    page = Paginator(due, PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    proposals = Disposal.objects.filter(organisation=organisation).select_related("mandate__person", "outcome")
    return render(
        request,
        "archive/retention.html",
        {
            "organisation": organisation.name_on(today),
            "tabs": tabs(request, "archive-retention"),
            "rules": [(row, words.PAPERS.get(row.kind), followed[row.kind] == row.rule) for row in given],
            "figures": [{"label": label, "value": verdicts[why], "kind": "number"} for why, label in VERDICTS.items()],
            "all_ticked": request.GET.get("markera") == "alla",
            "page": page,
            "due": list(zip(shown, rows(organisation, [each.version for each in shown]), strict=True)),
            "due_text": ngettext("%(count)s handling", "%(count)s handlingar", len(due)) % {"count": len(due)},
            "proposals": [(each, *_state(each)) for each in proposals[:50]],
            "decides": _holds(request, DECIDERS),
        },
    )


def _state(disposal: Disposal) -> tuple[Any, str]:
    outcome = getattr(disposal, "outcome", None)
    if outcome is None:
        return _("Väntar på en andra person"), "warn"
    if outcome.decision_id is None:
        return _("Avslaget, handlingarna är kvar"), "neutral"
    if Tombstone.objects.filter(decision=outcome.decision_id).exists():
        return _("Gallrat"), "good"
    return _("Beslutat, utförs av driften"), "info"


@require_http_methods(["GET", "POST"])
@keepers_only
def new_rule(request: ActingRequest) -> HttpResponse:
    """Record a decision on how long a kind of paper is kept."""
    organisation = acting_for(request)
    form = RuleForm(request.POST or None)
    if request.method == "POST" and form.carried_out(
        lambda typed: disposing.set_rule(organisation, **typed, person=person_of(request))
    ):
        messages.success(request, gettext("Beslutet är infört."))
        return redirect("archive-retention")
    return render(
        request,
        "archive/rule.html",
        {
            "crumbs": [(gettext("Gallring"), reverse("archive-retention"))],
            "form": form,
            "decides": _holds(request, DECIDERS),
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@keepers_only
def propose(request: ActingRequest) -> HttpResponse:
    """The ticked papers with reason and decision (GET), and proposing them (POST)."""
    organisation = acting_for(request)
    asked = request.POST if request.method == "POST" else request.GET
    chosen = {each for each in map(whole, asked.getlist("paper")) if each is not None}
    found = [each for each in retaining.due(organisation) if each.version.pk in chosen]
    form = ProposalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        made: list[Disposal] = []
        if form.carried_out(
            lambda typed: made.append(
                disposing.propose(organisation, sorted(chosen), typed["reason"], typed["reference"], person_of(request))
            )
        ):
            messages.success(request, gettext("Förslaget är lagt. En annan person hos er bekräftar det."))
            return redirect("archive-disposal", made[0].pk)
    return render(
        request,
        "archive/propose.html",
        {
            "crumbs": [(gettext("Gallring"), reverse("archive-retention"))],
            "form": form,
            "due": list(zip(found, rows(organisation, [each.version for each in found]), strict=True)),
            "decides": _holds(request, DECIDERS),
        },
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@keepers_only
def disposal(request: ActingRequest, number: int) -> HttpResponse:
    """A proposal with its papers and hashes; another person confirms (do=confirm) or declines it (do=decline)."""
    organisation = acting_for(request)
    proposals = Disposal.objects.filter(organisation=organisation)
    found = get_object_or_404(proposals.select_related("mandate__person", "organisation"), pk=number)
    form = DeclineForm(request.POST if request.POST.get("do") == "decline" else None)
    refused: list[Any] = []
    if request.method == "POST" and request.POST.get("do") == "confirm":
        try:
            disposing.confirm(found, person_of(request))
        except Refused as refusal:
            refused = shown_findings(refusal.findings)
        else:
            messages.success(request, gettext("Gallringen är beslutad. Driften utför den."))
            return redirect("archive-disposal", found.pk)
    elif request.method == "POST" and form.carried_out(
        lambda typed: disposing.decline(found, typed["reason"], person_of(request))
    ):
        messages.success(request, gettext("Förslaget är avslaget. Handlingarna är kvar."))
        return redirect("archive-disposal", found.pk)
    items = list(found.items.select_related("version__document__organisation"))
    state, look = _state(found)
    return render(
        request,
        "archive/disposal.html",
        {
            "crumbs": [(gettext("Gallring"), reverse("archive-retention"))],
            "found": found,
            "outcome": getattr(found, "outcome", None),
            "state": state,
            "look": look,
            "items": list(zip(items, rows(organisation, [item.version for item in items]), strict=True)),
            "form": form,
            "refused": refused,
            "own": found.mandate.person_id == request.user.pk,
            "confirms": _holds(request, CONFIRMERS),
        },
        status=422 if refused or form.errors else 200,
    )
