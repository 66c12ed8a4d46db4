# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What it would cost if: other hours, longer tasks, a decision more; answered in a moment, and in the address."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from overens.desks.access import ActingRequest
from overens.desks.planner.access import readers
from overens.desks.planner.mix import board as boards
from overens.desks.planner.mix.access import frame, newest
from overens.desks.planner.mix.words import said
from overens.desks.refusals import shown
from overens.planner.models import ProblemVersion
from overens.planning.mix.problem import Mix
from overens.rules.findings import Finding, Refused, error

if TYPE_CHECKING:
    from overens.planning.mix.whatif import Start, WhatIf

# Least-cost plans that answers walk from are kept: a page asks for the same one again and again.
KEPT = 8


@readers
@require_safe
def whatif(request: ActingRequest, code: str) -> HttpResponse:
    _saved, version, mix = newest(request, code)
    asked = request.GET
    context: dict[str, Any] = {
        **frame(request, version, mix),
        "asked": asked,
        "competences": [(each.id, said(each)) for each in mix.competences],
        "tasks": [(each.id, said(each)) for each in mix.tasks],
        "reserved": _reserved(mix, asked.get("ny_uppgift", ""), asked.get("ny_kompetens", "")),
    }
    status = 200
    try:
        known = _start(version)
        context["kronor"] = round(known.kronor)
        if (found := _asked(asked, mix)) is not None:
            from overens.planning.mix.whatif import answers

            then = float(answers(known, [found])[0])
            context |= {"then": round(then), "change": round(then - known.kronor)}
    except Refused as refusal:
        context["mistakes"], status = shown(refusal.findings), 422
    return render(request, "planner/mix/whatif.html", context, status=status)


def _asked(asked: Any, mix: Mix) -> WhatIf | None:
    """None where nothing is. Raises Refused."""
    from overens.planning.mix.whatif import Decision, WhatIf

    names, tasks = {each.id for each in mix.competences}, {each.id for each in mix.tasks}
    wrong: list[Finding] = []

    def chosen(name: str, known: set[str]) -> str:
        value = asked.get(name, "")
        if value and value not in known:
            wrong.append(error("mix-unknown", name, name=value, known=sorted(known)))
        return value if value in known else ""

    def number(name: str, sign: bool = False) -> float:
        raw = asked.get(name, "").strip()
        minus = sign and raw[:1] in ("-", "\u2212")
        found = boards.number(raw[1:] if minus else raw.removeprefix("+"))
        if found is None:
            wrong.append(error("mix-report-hours", name, raw=raw))
        return -(found or 0.0) if minus else found or 0.0

    who, hours = chosen("kompetens", names), number("timmar", sign=True)
    posts, task = number("tjanster"), chosen("uppgift", tasks)
    times = number("ganger") if asked.get("ganger", "").strip() else 1.0
    new_task, new_who = chosen("ny_uppgift", tasks), chosen("ny_kompetens", names)
    factor = number("faktor") if asked.get("faktor", "").strip() else 1.0
    if (asked.get("ganger", "").strip() and times == 0) or factor == 0:
        wrong.append(error("mix-nought", "ganger", value=0))
    if wrong:
        raise Refused(*wrong)
    decisions = (Decision(new_task, new_who, factor=factor),) if new_task and new_who else ()
    found = WhatIf(
        hours={who: hours} if who and hours else {},
        posts={who: posts} if who and posts else {},
        minutes={task: times} if task and times != 1 else {},
        decisions=decisions,
    )
    return found if found != WhatIf() else None


def _reserved(mix: Mix, task: str, who: str) -> list[Any]:
    """The rules that reserve a task from a competence."""
    return [each for each in mix.reservations if task in each.tasks and who and who not in each.only]


@lru_cache(KEPT)
def _start(version: ProblemVersion) -> Start:
    """Of a version, which never changes; one that can be planned from."""
    from overens.planner.mixes import mix_of
    from overens.planning.mix.ways import ways
    from overens.planning.mix.whatif import start

    mix, _findings = mix_of(version)
    assert mix is not None
    return start(ways(mix))
