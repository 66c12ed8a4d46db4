# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region's plan while it is written: its words, its scenario, what differs from the adopted one; adopt it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from overens.desks import agreement_texts, together
from overens.desks.access import ActingRequest
from overens.desks.asking import AskingForm, Day, Reason, whole
from overens.desks.downloads import attachment
from overens.desks.entry.views import person_of
from overens.desks.planner.access import heads_only, may_plan, own, planners, readers, readers_of_all
from overens.desks.planner.entries_shown import plan_or_404, require_region
from overens.desks.refusals import shown
from overens.desks.saying import language
from overens.people.models.organisation import Kind
from overens.planner import plans, reading, results
from overens.planner.actions import adopting
from overens.planner.models import AnswerState, Plan, PlanRevision, ProblemKind, ProblemVersion, SavedProblem
from overens.planning.supply.bottomup.document import document
from overens.planning.supply.bottomup.facts import Changed, differences
from overens.records import clock
from overens.records.together import Saved
from overens.rules.edition.document import Document
from overens.rules.findings import Finding

FORMATS = ("pdf", "docx")


class TextForm(AskingForm):
    abstract = Reason(
        label=gettext_lazy("Sammanfattning"), help_text=gettext_lazy("Vad planen säger, för den som beslutar.")
    )
    conclusions = Reason(
        label=gettext_lazy("Slutsatser"),
        help_text=gettext_lazy("Vad regionen drar för slutsatser och vad som ska ske."),
    )


class ScenarioForm(AskingForm):
    scenario = forms.CharField(label=gettext_lazy("Scenario"), required=False)

    def __init__(self, found: list[SavedProblem], data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        choices = [("", _("Inget")), *((each.code, each.title) for each in found)]
        self.fields["scenario"].widget = forms.Select(choices=choices)


class AdoptForm(AskingForm):
    body = forms.CharField(
        label=gettext_lazy("Beslutat av"), help_text=gettext_lazy("Till exempel regionfullmäktige."), required=False
    )
    decided_on = Day(label=gettext_lazy("Beslutsdag"))
    registration_number = forms.CharField(label=gettext_lazy("Diarienummer"), required=False)


@require_safe
@readers
def start(request: ActingRequest) -> HttpResponse:
    """Every year's plan, and what is adopted."""
    if own(request).kind != Kind.REGION:
        return render(request, "planner/plan/no_region.html", {})
    context = {
        "plans": plans.plans(own(request)),
        "sees_all": heads_only(request) is None,
        "adopted": plans.adopted(own(request)),
        "may": may_plan(request),
    }
    return render(request, "planner/plan/plans.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@readers_of_all
def plan(request: ActingRequest, year: int) -> HttpResponse:
    """Write the words, choose the scenario, adopt (``do``)."""
    require_region(request)
    found = plan_or_404(request, year)
    scenarios = _computed(request)
    chosen = found.scenario.problem.code if found.scenario else ""
    text, base = TextForm(initial=found.content), found.revision
    picking = ScenarioForm(scenarios, initial={"scenario": chosen})
    adopting_form = AdoptForm(initial={"decided_on": clock.today()})
    if request.method == "POST":
        if not may_plan(request):
            raise PermissionDenied
        do = request.POST.get("do", "")
        if do == "write":
            text, base = TextForm(request.POST), whole(request.POST.get("base")) or 0
            if (answer := _write(request, found, text, base)) is not None:
                return answer
        elif do == "scenario":
            picking = ScenarioForm(scenarios, request.POST)
            versions = {each.code: each for each in scenarios}
            if picking.carried_out(
                lambda typed: adopting.stand_on(found, _version(versions.get(typed["scenario"])), person_of(request))
            ):
                messages.success(request, _("Scenariot står nu bredvid det som enheterna har fyllt i."))
                return redirect("planner-plan", year)
        elif do == "adopt":
            adopting_form = AdoptForm(request.POST)
            if adopting_form.carried_out(lambda typed: adopting.adopt(found, person=person_of(request), **typed)):
                messages.success(
                    request, _("Planen är antagen. Den ändras inte mer, och går att hämta som PDF och Word.")
                )
                return redirect("planner-adopted", year, plans.plans(own(request)).get(year=year).number)
        else:
            raise Http404(do)
        found = plan_or_404(request, year)
    facts = plans.plan_facts(found)
    before = plans.adopted_before(found)
    context = {
        "plan": found,
        "facts": facts,
        "text": text,
        "base": base,
        "picking": picking,
        "adopting": adopting_form,
        "stale": _stale(found),
        "waits": plans.answers(found).filter(state=AnswerState.SENT),
        "set_aside": found.revisions.waiting().select_related("person"),
        "before": before,
        "changes": said(differences(plans.facts_of(before), facts)) if before else [],
        "files": [(each, reverse("planner-plan-file", args=[year, each])) for each in FORMATS],
        "adopted": found.adoptions.all(),
        "may": may_plan(request),
        "real": not (facts.computed and facts.computed.synthetic),
        "entered": facts.computed is None,
        "crumbs": [(_("Plan"), reverse("planner-plans"))],
    }
    wrong = text.errors or picking.errors or adopting_form.errors
    return render(request, "planner/plan/plan.html", context, status=422 if wrong else 200)


@require_safe
@readers_of_all
def file(request: ActingRequest, year: int, format: str) -> HttpResponse:
    """The plan as it is now, to read: PDF/A or Word."""
    require_region(request)
    found = plan_or_404(request, year)
    today = clock.today()
    return printed(document(plans.plan_facts(found), today, language=language()), f"plan-{year}-utkast", format)


@require_http_methods(["GET", "HEAD", "POST"])
@planners
def choose(request: ActingRequest, year: int, number: int) -> HttpResponse:
    """Two people changed the same passage: both texts, to choose between or to write a third."""
    require_region(request)
    found = plan_or_404(request, year)
    revision = get_object_or_404(found.revisions.select_related("part__owner", "person"), number=number)
    if not revision.set_aside or revision.chosen_at:
        messages.info(request, _("Det är redan valt."))
        return redirect("planner-plan", year)
    fields, error = together.choices(found, revision, plans.TEXTS, {}), ""
    if request.method == "POST":
        saved = together.chosen(request, fields, lambda typed: adopting.choose(revision, typed, person_of(request)))
        if isinstance(saved, str):
            error = saved
        elif saved.set_aside and saved.revision:
            return redirect("planner-plan-choose", year, saved.revision.number)
        else:
            messages.success(request, _("Det du valde står nu."))
            return redirect("planner-plan", year)
    context = {
        "crumbs": [(_("Plan"), reverse("planner-plans")), (str(year), reverse("planner-plan", args=[year]))],
        "name": _("Plan"),
        "fields": fields,
        "revision": revision,
        "theirs_by": together.who_stands(found, revision),
        "stands": _("Det står nu."),
        "error": error,
        "back": reverse("planner-plan", args=[year]),
    }
    return render(request, "together/choose.html", context, status=422 if error else 200)


def printed(made: Document, name: str, format: str) -> HttpResponse:
    """A document as a file. 404 for a format that there is none of."""
    if format not in FORMATS:
        raise Http404(format)
    media_type, draw = agreement_texts.FORMATS[format]
    return attachment(draw(made, clock.now()), media_type, f"{name}.{format}")


def said(changes: tuple[Changed, ...]) -> list[dict[str, str]]:
    """What differs, in words."""
    words = shown([Finding(each.what, "note", {}) for each in changes])
    return [
        {"of": each.of, "what": word.text, "before": each.before or "–", "now": each.now or "–"}
        for each, word in zip(changes, words, strict=True)
    ]


def _write(request: ActingRequest, found: Plan, form: TextForm, base: int) -> HttpResponse | None:
    saves: list[Saved[Plan, PlanRevision]] = []
    if not form.carried_out(lambda typed: saves.append(adopting.write(found, typed, base, person_of(request)))):
        return None
    together.tell_saved(request, saves[0])
    if saves[0].set_aside and saves[0].revision:
        return redirect("planner-plan-choose", found.year, saves[0].revision.number)
    return redirect("planner-plan", found.year)


def _computed(request: ActingRequest) -> list[SavedProblem]:
    """Those that have been run in some version."""
    return [each for each in reading.problems(own(request), ProblemKind.SUPPLY) if results.last_of(reading.KIND, each)]


def _version(scenario: SavedProblem | None) -> ProblemVersion | None:
    """The newest that is computed."""
    found = results.last_of(reading.KIND, scenario) if scenario else None
    return found.of if found else None


def _stale(found: Plan) -> bool:
    """Whether the scenario has been changed since the version that the plan stands on."""
    return found.scenario is not None and found.scenario.number < found.scenario.problem.number
