# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The mix in the chain of plans: volumes from a production plan, minutes back to it, shifts of tasks to a scenario."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from overens.desks import exports
from overens.desks.access import ActingRequest
from overens.desks.asking import AskingForm
from overens.desks.entry.views import person_of
from overens.desks.planner.access import may_plan, may_write, must, own, readers
from overens.desks.planner.mix.access import frame, newest
from overens.desks.planner.mix.words import said
from overens.desks.saying import number
from overens.planner import mixes, production, reading
from overens.planner.actions import problems
from overens.planner.models import ProblemKind, ProblemVersion, SavedProblem
from overens.planning.mix.problem import Mix
from overens.planning.supply.scenario import Change as NeedChange
from overens.records import clock
from overens.rules.diff import Change
from overens.rules.findings import refuse
from overens.rules.studio.editing import changed, steps_of
from overens.rules.studio.writing import block

FIRST_YEAR, LAST_YEAR = 2000, 2100


class FromForm(AskingForm):
    problem = forms.ChoiceField(label=gettext_lazy("Produktionsplan"))

    def __init__(self, found: list[SavedProblem], data: Any = None) -> None:
        super().__init__(data)
        self.fields["problem"].choices = [(each.code, each.title) for each in found]  # type: ignore[attr-defined]


class ToForm(AskingForm):
    scenario = forms.ChoiceField(label=gettext_lazy("Scenario"))
    first = forms.IntegerField(label=gettext_lazy("Börjar år"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    last = forms.IntegerField(label=gettext_lazy("Helt genomfört år"), min_value=FIRST_YEAR, max_value=LAST_YEAR)

    def __init__(self, found: list[SavedProblem], data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["scenario"].choices = [(each.code, each.title) for each in found]  # type: ignore[attr-defined]


@readers
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: ActingRequest, code: str) -> HttpResponse:
    """``do``: volumes, scenario; ``format``: the minutes as a table."""
    saved, version, mix = newest(request, code)
    last = mixes.last(saved)
    opened = mixes.opened(last) if last else None
    planned, scenarios = _planned(request), list(reading.problems(own(request), ProblemKind.SUPPLY))
    year = clock.today().year
    coming, going = FromForm(planned), ToForm(scenarios, initial={"first": year + 1, "last": year + 2})
    minutes = _minutes(*opened[:2]) if opened else []
    if request.method == "POST":
        do = request.POST.get("do", "")
        must(request, may_write(request, saved) if do == "volumes" else may_plan(request))
        act: Callable[[dict[str, Any]], object]
        form: AskingForm
        if do == "volumes":
            coming, form, done = (used := FromForm(planned, request.POST)), used, _("Volymerna är införda.")
            act = lambda typed: _volumes(request, version, mix, planned, typed["problem"])  # noqa: E731
        elif do == "scenario" and opened:
            going, form, done = (
                (sent := ToForm(scenarios, request.POST)),
                sent,
                _("Ändringarna är införda i scenariot."),
            )
            act = lambda typed: _shifts(request, opened, scenarios, typed)  # noqa: E731
        else:
            raise Http404(do)
        if form.carried_out(act):
            messages.success(request, done)
            return HttpResponseRedirect(reverse("planner-mix-links", args=[code]), status=303)
    if (format := request.GET.get("format", "")) in exports.FORMATS:
        made_up = "yes" if mix.synthetic else "no"
        rows = [(step, who, each, made_up) for step, who, each in minutes]
        return exports.table_response(
            format, f"{saved.code}-minuter", ("step", "competence", "minutes", "synthetic"), rows
        )
    names = {each.id: said(each) for each in mix.competences}
    context = {
        **frame(request, version, mix),
        "last": last,
        "planned": planned,
        "steps": [(said(each), each.step, number(each.number)) for each in mix.tasks if each.step],
        "minutes": [(step, names.get(who, who), number(round(each, 1))) for step, who, each in minutes],
        "shifts": [_shown(each) for each in _changes(opened, year + 1, year + 2)],
        "scenarios": scenarios,
        "coming": coming,
        "going": going,
        "formats": exports.FORMATS,
    }
    return render(request, "planner/mix/links.html", context, status=422 if coming.errors or going.errors else 200)


def _planned(request: ActingRequest) -> list[SavedProblem]:
    """Production problems of the organisation's own that have a plan."""
    found = reading.problems(own(request), ProblemKind.PRODUCTION).filter(versions__computed__kind=production.KIND)
    return list(found.distinct())


def _minutes(mix: Mix, plan: Any) -> list[tuple[str, str, Decimal]]:
    from overens.planning.mix import linking

    return [(step, who, each) for step, of in linking.minutes(mix, plan).items() for who, each in of.items()]


def _changes(opened: Any, first: int, last: int) -> tuple[NeedChange, ...]:
    if not opened:
        return ()
    from overens.planning.mix import linking

    names = {each.id: said(each) for each in opened[0].competences}
    return tuple(
        each.model_copy(update={"title": " → ".join(names.get(part, part) for part in each.title.split(" → "))})
        for each in linking.changes(opened[0], opened[1], first, last)
    )


def _shown(each: NeedChange) -> tuple[str, str, str]:
    share, factor = each.share or Decimal(0), each.factor or Decimal(1)
    return each.title, number(round(100 * share, 1)), number(round(factor, 2))


def _volumes(
    request: ActingRequest, version: ProblemVersion, mix: Mix, planned: list[SavedProblem], code: str
) -> None:  # fmt: skip
    """The number of each task with a step as the plan has it, as a new version. Raises Refused."""
    from overens.planning.mix import linking

    problem = next(each for each in planned if each.code == code)
    found = production.last(problem)
    assert found is not None
    if not any(each.step for each in mix.tasks):
        refuse("mix-no-steps", "problem")
    kept = production.plan(found)
    then = linking.with_volumes(mix, kept.flow, kept.plan)
    text = changed(version.text, [
        Change(steps_of(f"task[{new.id}].number"), "changed", old.number, new.number.normalize() + 0)
        for old, new in zip(mix.tasks, then.tasks, strict=True) if old.number != new.number
    ])  # fmt: skip
    problems.save(version.problem, text, version.number, person_of(request), note=problem.title)


def _shifts(request: ActingRequest, opened: Any, scenarios: list[SavedProblem], typed: dict[str, Any]) -> None:
    """The shifts of tasks as changes of a scenario, as a new version of it. Raises Refused."""
    scenario = next(each for each in scenarios if each.code == typed["scenario"])
    found = _changes(opened, typed["first"], typed["last"])
    if not found:
        refuse("mix-no-shifts", "scenario")
    text = reading.newest(scenario).text.rstrip()
    for each in found:
        table = {name: value for name, value in each.model_dump(exclude_unset=True).items() if value is not None}
        text += "\n\n" + block(("change",), table, listed=True)
    problems.save(scenario, text, scenario.number, person_of(request), note=opened[0].title)
