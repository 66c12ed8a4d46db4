# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Choosing which regions to visit: the criteria, a balanced proposal, how it compares, and the decision."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from babel.numbers import format_decimal
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from overens.desks.access import ActingRequest
from overens.desks.analyst import visit_words
from overens.desks.analyst.visit_forms import MUST, NOT, DecideForm, SpreadForm
from overens.desks.analyst.visit_shared import acting_for, crumbs, followers_only, is_analyst
from overens.desks.exports import csv_response
from overens.followup import visits
from overens.followup.actions import visiting
from overens.followup.actions.visiting import Choosing
from overens.followup.models import VisitPlan
from overens.people.models import Organisation
from overens.rules.amounts import group_digits
from overens.rules.findings import Refused
from overens.rules.followup.spreading import GEOGRAPHY, WEIGHTS, Balance, Proposal, Region, assess

# So many regions were visited for the last follow-up before Överens (2018 report, p. 9).
USUAL = 5


@require_http_methods(["GET", "POST"])
@followers_only
def spread(request: ActingRequest, agreement: str, year: int) -> HttpResponse:
    """By GET a proposal, so that it has an address; by POST the decision."""
    organisation = acting_for(request)
    if not visits.is_known(agreement):
        raise Http404
    regions, before = visits.regions(), visits.visited(year - 1, organisation)
    asked = request.POST if request.method == "POST" else request.GET
    is_new = "wanted" not in asked
    plan = visits.plan_of(organisation, agreement, year)
    form = SpreadForm((_again(plan) if plan else _begun(year, before)) if is_new else asked, regions)
    if request.GET.get("format") == "csv":
        return _csv(plan, regions)
    choosing = _choosing(form, agreement, year)
    proposal: Proposal | None = None
    if choosing is not None:
        try:
            proposal = choosing.propose()
        except Refused as refusal:
            form.refused(refusal)
    deciding = DecideForm(request.POST if request.method == "POST" else None, regions)
    if request.method == "POST" and choosing is not None and proposal is not None:
        decided = deciding.carried_out(
            lambda typed: visiting.decide_plan(
                organisation, choosing, typed["chosen"], typed["reason"], typed["note"], request.user
            )
        )
        if decided:
            messages.success(request, gettext("Urvalet är sparat, och ett besök är planerat till varje vald region."))
            return HttpResponseRedirect(reverse("analyst-visits") + f"?ar={year}", status=303)
    basis = visits.basis(agreement)
    chosen = request.POST.getlist("chosen") if request.method == "POST" else proposal.chosen if proposal else ()
    refused = bool(form.errors or deciding.errors) and not is_new
    return render(
        request,
        "analyst/visit_plan.html",
        {
            "crumbs": crumbs(),
            "agreement": agreement,
            "year": year,
            "form": form,
            "deciding": deciding,
            "errors": [*form.summary, *deciding.summary],
            "is_analyst": is_analyst(request),
            "regions": [
                {
                    "region": regions[each.code],
                    "part": visit_words.GROUPS[each.part],
                    "population": each.population,
                    "grant": each.grant,
                    "before": each.code in before,
                    "standing": form[f"region-{each.code}"],
                    "chosen": each.code in chosen,
                    "groups": _groups(proposal, each.code),
                    "proposed": proposal is not None and each.code in proposal.chosen,
                }
                for each in sorted(basis, key=lambda each: regions[each.code].sort_key)
            ],
            "proposal": proposal,
            "balance": _balance_shown(proposal.balance) if proposal else None,
            "carried": [(name, value) for name, value in form.data.items() if name not in _TYPED] if proposal else [],
            "plan": _plan_shown(plan, regions) if plan else None,
            "past": _past(basis, choosing, regions),
        },
        status=422 if refused else 200,
    )


_TYPED = ("chosen", "reason", "note", "csrfmiddlewaretoken")


def _begun(year: int, before: dict[str, str]) -> dict[str, str]:
    """What is filled in before anybody has asked: those who were visited the year before are left out."""
    because = gettext("Besöktes för uppföljningen av %(year)s.") % {"year": year - 1} if before else ""
    return {
        "wanted": str(USUAL),
        "excluded_because": because,
        "seed": str(year),
        **{f"weight-{name}": str(weight) for name, weight in WEIGHTS.items()},
        **{f"region-{code}": NOT for code in before},
    }


def _again(plan: VisitPlan) -> dict[str, str]:
    """What the standing choice was made by."""
    return {
        "wanted": str(plan.wanted),
        "excluded_because": next(iter(plan.excluded.values()), ""),
        "seed": plan.seed,
        **{f"weight-{name}": str(weight) for name, weight in plan.criteria.items()},
        **{f"region-{code}": MUST for code in plan.included},
        **{f"region-{code}": NOT for code in plan.excluded},
    }


def _choosing(form: SpreadForm, agreement: str, year: int) -> Choosing | None:
    if not form.is_valid():
        return None
    typed = form.cleaned_data
    why = typed["excluded_because"]
    return Choosing(
        agreement, year, typed["wanted"], form.criteria(), form.standing(MUST),
        dict.fromkeys(form.standing(NOT), why), typed["seed"],
    )  # fmt: skip


def _groups(proposal: Proposal | None, code: str) -> str:
    """What a proposed region stands for, in words."""
    if proposal is None or code not in proposal.groups:
        return ""
    found = []
    for name, group in proposal.groups[code].items():
        word = str(visit_words.GROUPS[group])
        found.append(word if name == GEOGRAPHY else f"{visit_words.CRITERIA[name]}: {word[:1].lower()}{word[1:]}")
    return "; ".join(found)


def _balance_shown(balance: Balance) -> dict[str, Any]:
    return _figures_shown(visiting.figures(balance))


def _figures_shown(figures: dict[str, Any]) -> dict[str, Any]:
    """The figures of a balance, as a plan keeps them, in words and rows."""
    values = {
        "deviation": format_decimal(
            round(float(Fraction(figures["deviation"])), 1), locale=get_language() or "sv", format="0.0"
        ),
        "compared": group_digits(figures["compared"]),
        "better": group_digits(figures["better"]),
        "equal": group_digits(figures["equal"] - (1 if figures["exact"] else 0)),
    }
    if figures["exact"]:
        said = gettext("Avvikelse %(deviation)s. Av alla %(compared)s möjliga urval av lika många regioner är "
                       "%(better)s bättre och %(equal)s till lika bra.")  # fmt: skip
    else:
        said = gettext("Avvikelse %(deviation)s. Av %(compared)s slumpvis dragna urval av lika många regioner är "
                       "%(better)s bättre och %(equal)s lika bra.")  # fmt: skip
    all_ = {name: sum(each for criterion, _g, each, _c in figures["shares"] if criterion == name)
            for name, *_rest in figures["shares"]}  # fmt: skip
    rows = []
    for name, group, regions, chosen in figures["shares"]:
        total = sum(c for criterion, _g, _a, c in figures["shares"] if criterion == name)
        share = Fraction(total * regions, all_[name])
        rows.append(
            {
                "criterion": visit_words.CRITERIA[name],
                "group": visit_words.GROUPS[group],
                "all": regions,
                "chosen": chosen,
                "proportion": format_decimal(round(float(share), 1), locale=get_language() or "sv", format="0.0"),
            }
        )
    return {"said": said % values, "rows": rows, **values}


def _by_reason(excluded: Mapping[str, str]) -> list[tuple[str, str]]:
    """(why, the names of those that it is of)."""
    found: dict[str, list[str]] = {}
    for name, why in excluded.items():
        found.setdefault(why, []).append(name)
    return [(why, ", ".join(names)) for why, names in found.items()]


def _plan_shown(plan: VisitPlan, regions: dict[str, Organisation]) -> dict[str, Any]:
    return {
        "plan": plan,
        "chosen": [regions[code].name for code in plan.chosen if code in regions],
        "excluded": _by_reason({regions[code].name: why for code, why in plan.excluded.items() if code in regions}),
        "criteria": [
            (word, dict(visit_words.WEIGHTS).get(str(plan.criteria.get(name, 0)), ""))
            for name, word in visit_words.CRITERIA.items()
        ],
        "balance": _figures_shown(plan.figures["chosen"]),
        "proposed": _figures_shown(plan.figures["proposed"]),
        "follows": plan.chosen == plan.proposed,
    }


def _past(basis: list[Region], choosing: Choosing | None, regions: dict[str, Organisation]) -> list[dict[str, Any]]:
    """The visits of earlier follow-ups, weighed by the same criteria."""
    weights = tuple((choosing.criteria if choosing else WEIGHTS).items())
    found = []
    for year in sorted({each.year for each in visits.past()}):
        codes = tuple(each.region for each in visits.past() if each.year == year and each.what == visits.VISITED)
        citation = next(each.citation for each in visits.past() if each.year == year)
        try:
            balance = _weighed(tuple(basis), codes, weights)
        except Refused:  # by criteria that nothing can be weighed by; that is said at the field
            continue
        names = ", ".join(regions[code].name for code in codes if code in regions)
        found.append({"year": year, "names": names, "source": citation, "balance": _balance_shown(balance)})
    return found


@lru_cache(maxsize=64)
def _weighed(basis: tuple[Region, ...], chosen: tuple[str, ...], weights: tuple[tuple[str, int], ...]) -> Balance:
    return assess(basis, chosen, dict(weights), "")


def _csv(plan: VisitPlan | None, regions: dict[str, Organisation]) -> HttpResponse:
    """The standing plan, region by region, with what it was chosen by."""
    if plan is None:
        raise Http404
    header = (
        gettext("Region"), gettext("Vald"), gettext("Föreslagen"), gettext("Inte med, därför att"),
        gettext("Del av landet"), gettext("Befolkning"), gettext("Bidrag, kronor"),
    )  # fmt: skip
    yes, no = gettext("ja"), gettext("nej")
    rows = (
        [
            regions[code].name if code in regions else code,
            yes if code in plan.chosen else no,
            yes if code in plan.proposed else no,
            plan.excluded.get(code, ""),
            str(visit_words.GROUPS[known["part"]]),
            known["population"],
            known["grant"] if known["grant"] is not None else "",
        ]
        for code, known in plan.basis.items()
    )
    return csv_response(f"urval-{plan.agreement}-{plan.year}-{plan.number}", header, rows)
