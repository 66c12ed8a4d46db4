# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A study: first whether the figures can carry a conclusion, then what came out and all that speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from overens.agreements.models import AgreementVersion
from overens.agreements.reading import agreement_of
from overens.desks import exports
from overens.desks.access import ActingRequest
from overens.desks.downloads import attachment
from overens.desks.effects import shown
from overens.desks.effects.forms import StudyForm
from overens.desks.effects.views import workers, works
from overens.desks.refusals import tell
from overens.desks.saying import language, picture
from overens.effects import reading
from overens.effects.actions import studying
from overens.effects.models import Study
from overens.effects.tables import is_made_up, outcomes, table
from overens.followup.fact_subjects import region_names
from overens.records import runs
from overens.records.models import Run
from overens.rules.agreement import said
from overens.rules.edition.charts import Bar, Intervals, Point
from overens.rules.effects.checked import checked
from overens.rules.effects.trial import OUTCOME, PLACEBO, TRUE_EFFECT, trial_starts
from overens.rules.effects.typed import as_text
from overens.rules.findings import Refused

if TYPE_CHECKING:
    from overens.rules.effects.carrying import Verdict
    from overens.rules.effects.permuting import Interval
    from overens.rules.effects.studying import Result

POOR = 93  # per cent; intervals that hold the truth less often are marked


@require_safe
def study(request: HttpRequest, number: int) -> HttpResponse:
    """One study, for everybody once it is released. ``format``: the result as JSON, the years as a table."""
    found = get_object_or_404(Study.objects.with_result(), pk=number)
    if found.released_at is None and not works(request):
        raise Http404
    stored = getattr(found, "result", None)
    names = region_names()
    context: dict[str, Any] = {
        "study": found,
        "made_up": is_made_up(found.outcome),
        "true_effect": shown.number(TRUE_EFFECT) if found.outcome == OUTCOME and found.starts == trial_starts() else "",
        "may": works(request),
        "run": Run.objects.filter(key=found.key).first(),
        "outcome": shown.title_of(found.outcome),
        "placebo": shown.title_of(found.placebo) if found.placebo else "",
        "starts": _starts(found, names),
        "matters": "" if found.matters is None else shown.number(found.matters.normalize()),
        "crumbs": [(_("Effekter"), reverse("effects-start"))],
    }
    if stored is not None:
        result = reading.result_of(stored)
        form = request.GET.get("format")
        if form == "json":
            return attachment(stored.content.encode(), "application/json; charset=utf-8", f"studie-{number}.json")
        if form in exports.FORMATS:
            header = [_("År efter starten"), _("Regioner"), _("Skillnad"), _("Från"), _("Till"), "p"]
            rows = [
                [each.after, each.rests_on, each.found.estimate, each.found.low, each.found.high, each.found.p]
                for each in result.path
            ]
            return exports.table_response(form, f"studie-{number}", header, rows)
        measure = table(found.outcome).measure
        context |= _shown(result, names) | {
            "stored": stored,
            "unit": shown.unit(measure, of_difference=True),
            "chart": _chart(result, shown.unit(measure, of_difference=True)),
            "downloads": [(each, f"?format={each}") for each in exports.FORMATS],
            "checked": _checked(),
        }
    return render(request, "effects/study.html", context)


@workers
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ActingRequest) -> HttpResponse:
    """Ask a question. It is weighed first (``do=weigh``): can the figures carry a conclusion at all?"""
    names, english = region_names(), language() == "en"
    known = {code: titles[english] for code, titles in outcomes().items()}
    form = StudyForm(request.POST if request.method == "POST" else None, known, names, initial=_initial(request, names))
    context: dict[str, Any] = {"form": form, "crumbs": [(_("Effekter"), reverse("effects-start"))], "areas": _areas()}
    if request.method == "POST" and request.POST.get("do") == "ask":
        made: list[Study] = []
        if form.carried_out(lambda _typed: made.append(studying.ask(form.spec(), request.user))):
            messages.success(request, _("Studien räknas i bakgrunden."))
            return redirect("effects-study", made[0].pk)
    elif request.method == "POST":
        weighed: list[Verdict] = []
        if form.carried_out(lambda _typed: weighed.append(studying.weigh(form.spec()))):
            measure = table(form.cleaned_data["outcome"]).measure
            context |= {"verdict": _verdict(weighed[0], names), "unit": shown.unit(measure, of_difference=True)}
    return render(request, "effects/new.html", context, status=422 if form.errors else 200)


@require_POST
@workers
def act(request: ActingRequest, number: int) -> HttpResponse:
    """Release a study, or cancel or retry the computing of it."""
    found = get_object_or_404(Study, pk=number)
    run = Run.objects.filter(key=found.key).first()
    match request.POST.get("do"):
        case "release":
            try:
                studying.release(found, request.user)
                messages.success(request, _("Studien kan nu läsas av alla."))
            except Refused as refusal:
                tell(request, refusal)
        case "cancel" if run is not None:
            runs.cancel(run)
        case "retry" if run is not None:
            runs.retry(run)
        case _:
            raise Http404
    return redirect("effects-study", number)


# What the made-up worlds of bench/effects.py are.
WORLDS: dict[str, Promise] = {
    "none": gettext_lazy("Ingen effekt"),
    "constant": gettext_lazy("Samma effekt överallt"),
    "uneven": gettext_lazy("Effekten skiljer sig mellan regioner och växer med åren"),
    "sticky": gettext_lazy("Ingen effekt; avvikelser stannar länge"),
    "few": gettext_lazy("Ingen effekt; bara fyra regioner börjar"),
    "few-effect": gettext_lazy("Samma effekt; bara fyra regioner börjar"),
    "most": gettext_lazy("Ingen effekt; bara tre regioner är utan insatsen"),
    "all": gettext_lazy("Ingen effekt; alla börjar till slut"),
    "noisy-first": gettext_lazy("Ingen effekt; de som svänger mest börjar först"),
}


def _checked() -> list[dict[str, Any]]:
    """How the intervals did where the truth is known."""
    return [
        {
            "world": WORLDS[each.world],
            "panels": each.panels,
            "holds": shown.number(each.holds),
            "finds": "" if each.true_effect else shown.number(each.finds),
            "library_holds": shown.number(each.library_holds),
            "poor": each.holds < POOR,
        }
        for each in checked()
    ]


def _initial(request: HttpRequest, names: dict[str, str]) -> dict[str, Any]:
    """What the form begins with: the made-up table (``?prov``), or when regions began with an area (``?omrade``)."""
    if "prov" in request.GET:
        return {
            "title": _("Övning: minskar en påhittad insats sjukfrånvaron?"),
            "question": _("Har sjukfrånvaron utvecklats annorlunda i de regioner som började med insatsen?"),
            "measure": _("En påhittad insats"),
            "starts": as_text(trial_starts(), names),
            "starts_from": _("Påhittade för övningen"),
            "outcome": OUTCOME,
            "placebo": PLACEBO,
            "first_year": 2008,
            "last_year": 2019,
            "matters": shown.number("0.5"),
        }
    agreement, _slash, area = request.GET.get("omrade", "").partition("/")
    if not area:
        return {}
    return {
        "starts": as_text(reading.starts_of_area(agreement, area), names),
        "starts_from": _("Redogörelserna enligt %(agreement)s: första åtgärden inom område %(area)s")
        % {"agreement": agreement, "area": area},
    }


def _areas() -> list[tuple[str, str]]:
    """Areas whose measures tell when regions began."""
    found = []
    for code in AgreementVersion.objects.current().values_list("code", flat=True):
        agreement = agreement_of(code)
        headings = {each.parent for each in agreement.areas}
        found += [
            (f"{code}/{each.id}", f"{code}: {said(each, 'title', language())}")
            for each in agreement.areas
            if each.id not in headings
        ]
    return found


def _starts(found: Study, names: dict[str, str]) -> list[tuple[str, str]]:
    """By year, with the regions that began then; those that never did and those that are unknown last."""
    by_year: dict[int, list[str]] = {}
    for code, start in found.starts.items():
        if start is not None:
            by_year.setdefault(start, []).append(names.get(code, code))
    listed = [(str(year), ", ".join(by_year[year])) for year in sorted(by_year)]
    never = [names.get(code, code) for code, start in found.starts.items() if start is None]
    unknown = [name for code, name in names.items() if code not in found.starts]
    return [
        *listed,
        *([(_("Har inte börjat"), ", ".join(never))] if never else []),
        *([(_("Inte känt"), ", ".join(unknown))] if unknown else []),
    ]


def _verdict(verdict: Verdict, names: dict[str, str]) -> dict[str, Any]:
    return {
        "answer": verdict.answer,
        "reasons": shown.findings(verdict.reasons, names),
        "units": verdict.units,
        "began": verdict.began,
        "not_begun": verdict.not_begun,
        "cohorts": [f"{year}: {size}" for year, size in verdict.cohorts],
        "years_before": verdict.years_before,
        "smallest_found": _rounded(verdict.smallest_found),
        "serial": shown.number(verdict.serial, 2),
        "restless": shown.number(verdict.restless, 2),
    }


def _rounded(value: float | None) -> str:
    """Three figures that count."""
    from overens.rules.effects.carrying import number as counted

    return "–" if value is None else shown.number(counted(value))


def _interval(found: Interval | None) -> dict[str, str] | None:
    if found is None:
        return None
    return {"estimate": _rounded(found.estimate), "low": _rounded(found.low), "high": _rounded(found.high),
            "p": _rounded(found.p)}  # fmt: skip


def _shown(result: Result, names: dict[str, str]) -> dict[str, Any]:
    without = [(names.get(each.unit, each.unit), _rounded(each.estimate)) for each in result.without]
    return {
        "verdict": _verdict(result.verdict, names),
        "says": shown.findings(result.says, names),
        "effect": _interval(result.effect),
        "path": [
            {"label": _after(each.after), "rests_on": each.rests_on, **(_interval(each.found) or {})}
            for each in result.path
        ],
        "trends": {"p": _rounded(result.trends.p), "slope": _rounded(result.trends.slope_found)}
        if result.trends
        else None,
        "placebo_time": _interval(result.placebo_time),
        "placebo_outcome": _interval(result.placebo_outcome),
        "without": [without[0], without[-1]] if without else [],
        "without_all": without,
        "beside": [
            {"method": each.method, "estimate": _rounded(each.estimate), "low": _rounded(each.low),
             "high": _rounded(each.high)}
            for each in result.beside
        ],
    }  # fmt: skip


def _after(after: int) -> str:
    if after == 0:
        return _("Startåret")
    if after < 0:
        return ngettext("%(n)s år före", "%(n)s år före", -after) % {"n": -after}
    return ngettext("%(n)s år efter", "%(n)s år efter", after) % {"n": after}


def _chart(result: Result, unit: str) -> object:
    """The difference year by year around the start, each with its interval; None where nothing was estimated."""
    if not result.path:
        return None
    rows = tuple(
        Bar(
            label=_after(each.after),
            points=(Point(number=each.found.estimate, low=each.found.low, high=each.found.high),),
        )
        for each in result.path
    )
    chart = Intervals(series=(_("Skillnad"),), rows=rows, reference=0.0, reference_name=_("Ingen skillnad"), unit=unit)
    return picture(chart, _("Skillnaden år för år kring starten, med 95 procents intervall"))
