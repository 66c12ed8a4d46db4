# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The mix board: tasks by competences, now and as laid; hours are typed or moved, and the checker answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from overens.desks.access import ActingRequest
from overens.desks.asking import whole
from overens.desks.entry.views import person_of
from overens.desks.planner.access import may_write, must, readers
from overens.desks.planner.mix import board as boards
from overens.desks.planner.mix.access import frame, newest
from overens.desks.planner.mix.board import CELL, Board
from overens.desks.planner.mix.words import GROUNDS, KINDS, hours, said
from overens.desks.refusals import shown
from overens.planner import mixes
from overens.planner.actions import mixing
from overens.planner.models import ProblemVersion
from overens.planning.mix.problem import May, Mix, Reservation, Task
from overens.rules.findings import Finding, Refused, error

# What the board is begun from: as it is saved, the newest computed plan, today.
FROM = ("tavla", "forslag", "idag")


@readers
@require_http_methods(["GET", "HEAD", "POST"])
def board(request: ActingRequest, code: str) -> HttpResponse:
    """Anybody who reads it may try; ``do``: move, undo, save, else what is typed is looked at."""
    saved, version, mix = newest(request, code)
    source, start = _start(request, version, mix)
    laid, findings, status = Board(start), list[Finding](), 200
    if request.method == "POST":
        laid = boards.sent(request.POST.get("kept", ""), mix, start)
        do = request.POST.get("do", "")
        new, wrong = boards.typed(request.POST, laid, mix)
        laid.change(new)
        findings += [error("mix-report-hours", name, raw=raw) for name, raw in wrong.items()]
        if do == "save" and not wrong:
            must(request, may_write(request, saved))
        try:
            if do == "undo":
                laid.undone()
            elif do == "move":
                _move(request, laid, mix)
            elif do == "save" and not wrong:
                base = whole(request.POST.get("base")) or 0
                made = mixing.save_board(saved, laid.hours, base, person_of(request))
                messages.success(request, _("Fördelningen är sparad.") if made else _("Inget hade ändrats."))
                return HttpResponseRedirect(reverse("planner-mix-board", args=[code]), status=303)
        except Refused as refusal:
            findings += refusal.findings
        status = 422 if findings else 200
    answer = _answer(version, mix, laid, findings)
    if request.htmx and not request.POST.get("do"):
        return render(request, "planner/mix/_board_answer.html", answer | {"oob": True})
    context = {
        **frame(request, version, mix),
        **answer,
        "source": source,
        "sources": _sources(version),
        "rows": _rows(mix, laid, answer["rests"], request.POST),
        "competences": [(each.id, said(each)) for each in mix.competences],
        "base": whole(request.POST.get("base")) or saved.number,
        "tasks": [(each.id, said(each)) for each in mix.tasks],
        "asked": request.POST,
    }
    return render(request, "planner/mix/board.html", context, status=status)


def _start(request: ActingRequest, version: ProblemVersion, mix: Mix) -> tuple[str, dict[tuple[str, str], float]]:
    from overens.planning.mix import by_hand, follow

    there = [name for name, _label in _sources(version)]
    source = request.GET.get("fran", "")
    source = source if source in there else there[0]
    if source == "tavla":
        found, _findings = follow.reported(version.tables[mixes.BOARD], mix)
        if found is not None:
            return source, dict(found)
    last = mixes.last(version.problem)
    if source == "forslag" and last:
        tasks, names = {each.id for each in mix.tasks}, {each.id for each in mix.competences}
        laid = by_hand.hours_of(mixes.opened(last)[1])
        return source, {(t, c): value for (t, c), value in laid.items() if t in tasks and c in names}
    return "idag", by_hand.today_hours(mix)


def _sources(version: ProblemVersion) -> list[tuple[str, str]]:
    words = {"tavla": _("Som den är sparad"), "forslag": _("Senaste förslaget"), "idag": _("Som i dag")}
    there = {"tavla": mixes.BOARD in version.tables, "forslag": mixes.last(version.problem) is not None, "idag": True}
    return [(name, words[name]) for name in FROM if there[name]]


def _move(request: ActingRequest, laid: Board, mix: Mix) -> None:
    task, giver, taker = (request.POST.get(name, "") for name in ("task", "giver", "taker"))
    tasks, names = {each.id for each in mix.tasks}, {each.id for each in mix.competences}
    for name, known in ((task, tasks), (giver, names), (taker, names)):
        if name not in known:
            raise Refused(error("mix-unknown", "task", name=name, known=sorted(known)))
    amount = boards.number(request.POST.get("amount", ""))
    if amount is None:
        raise Refused(error("mix-report-hours", "amount", raw=request.POST.get("amount", "")))
    laid.move(task, giver, taker, amount)


def _answer(version: ProblemVersion, mix: Mix, laid: Board, refused: Sequence[Finding]) -> dict[str, Any]:
    """What the checker says of the hours as they are laid, and what they come to."""
    from overens.planning.mix import by_hand

    plan = by_hand.plan(mix, laid.hours)
    # What a save was refused for is what the checker says: once.
    wrong = mixes.judged(version.problem, mix, plan)
    names = {each.id: said(each) for each in mix.competences}
    tasks = {each.id: said(each) for each in mix.tasks}
    sums: dict[str, float] = dict.fromkeys(tasks, 0.0)
    for (task, _who), found in laid.hours.items():
        sums[task] += found
    wanted = {each.id: float(each.number * each.minutes) / 60 for each in mix.tasks}
    return {
        "wrong": shown(_named(wrong, names, tasks)),
        "refused": shown(each for each in refused if each not in wrong),
        "kept": laid.kept,
        "can_undo": bool(laid.undo),
        "plan": plan,
        "kronor": round(plan.kronor),
        "kronor_today": round(plan.kronor_today),
        "freed": hours(plan.freed),
        "undone": [(tasks[each.task], hours(each.hours)) for each in plan.undone],
        "rests": {task: _rest(wanted[task] - sums[task]) for task in tasks},
        "staff": [
            (each.competence, names[each.competence], hours(each.used),
             hours(float(who.hours) + each.added),
             hours(each.added), each.used > float(who.hours) + float(who.more) + 1e-3)
            for each, who in zip(plan.staff, mix.competences, strict=True)
        ],
    }  # fmt: skip


def _named(wrong: Sequence[Finding], names: Mapping[str, str], tasks: Mapping[str, str]) -> list[Finding]:
    """With titles for ids."""

    def title(key: str, value: object) -> object:
        known = tasks if key == "task" else names if key in ("competence", "supervisor") else {}
        return known.get(str(value), value)

    return [Finding(e.code, e.level, {k: title(k, v) for k, v in e.values.items()}, e.where) for e in wrong]


def _rest(left: float) -> str:
    if abs(left) < 0.005:
        return ""
    if left > 0:
        return _("%(hours)s h gör ingen") % {"hours": boards.shown(left)}
    return _("%(hours)s h för mycket") % {"hours": boards.shown(-left)}


def _rows(mix: Mix, laid: Board, rests: Mapping[str, str], posted: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "task": task,
            "title": said(task),
            "kind": KINDS[task.kind],
            "wanted": hours(float(task.number * task.minutes) / 60),
            "rest": rests[task.id],
            "cells": [_cell(mix, task, each.id, laid, posted) for each in mix.competences],
            "may": [
                (said(next(c for c in mix.competences if c.id == each.competence)), GROUNDS[each.ground], each,
                 next((said(c) for c in mix.competences if c.id == each.supervised_by), ""))
                for each in mix.may if task.id in each.tasks
            ],
            "reservations": [
                (each, [said(c) for c in mix.competences if c.id in each.only]) for each in _reserved(mix, task)
            ],
        }
        for task in mix.tasks
    ]  # fmt: skip


def _cell(mix: Mix, task: Task, who: str, laid: Board, posted: Mapping[str, str]) -> dict[str, Any]:
    may = next((each for each in mix.may if task.id in each.tasks and each.competence == who), None)
    now = float(task.number * task.minutes * task.today.get(who, 0)) / 60
    there = laid.hours.get((task.id, who), 0.0)
    reserved = any(who not in each.only for each in _reserved(mix, task))
    name = f"{CELL}{task.id}/{who}"
    value = boards.shown(there) if there else ""
    if (typed := posted.get(name)) is not None and boards.number(typed) is None:
        value = typed
    return {
        "who": who,
        "name": name,
        "id": f"cell-{task.id}-{who}",
        "open": may is not None or now > 0 or there > 0 or value,
        "value": value,
        "now": hours(now) if now else "",
        "mark": _mark(may, reserved),
        "moved": abs(there - now) > 0.005,
    }


def _mark(may: May | None, reserved: bool) -> str:
    """What a cell says of the ground: nothing where it is the occupation's."""
    if may is None:
        return "§" if reserved else _("får inte")
    if may.ground == "occupation":
        return ""
    return _("till %(day)s") % {"day": may.valid_until} if may.valid_until else _("beslut")


def _reserved(mix: Mix, task: Task) -> list[Reservation]:
    return [each for each in mix.reservations if task.id in each.tasks]
