# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must hold between the parts of a competence-mix problem before anything is computed from it.

That who supervises a task may do it without being supervised, and that a decision states number, by whom and when, is
assumed to be what is meant by a head of operations' decision.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter

from overens.planning.mix.problem import May, Mix
from overens.rules.agreement_checks import duplicates
from overens.rules.findings import Finding, Where, error

# So much the shares of today may be from 1: written with three decimals.
ROUNDED = Decimal("0.005")
# No number of a week, an hour's cost or a task's minutes is more.
LARGEST = Decimal(1_000_000)


def check(mix: Mix) -> tuple[Finding, ...]:
    """Everything to be mended. Where two things have one name, only that is said."""
    if found := tuple(duplicates(mix.model_dump(by_alias=True, exclude_none=True))):
        return found
    return (*_known(mix), *_numbers(mix)) or (
        *_tasks(mix), *_twice(mix), *_decisions(mix), *_supervision(mix), *_reserved(mix), *_assumed(mix),
    )  # fmt: skip


def notes(mix: Mix) -> tuple[Finding, ...]:
    """What is odd in how it is done today, and stops nothing: tasks done on no ground, more hours than there are."""
    tasks = {each.id: {"sv": each.title, "en": each.title_en or each.title} for each in mix.tasks}
    found = []
    for who in mix.competences:
        name, hours = {"sv": who.title, "en": who.title_en or who.title}, Decimal(0)
        for task in mix.tasks:
            share, may = task.today.get(who.id, Decimal(0)), _for(mix, task.id)
            if share and who.id not in may:
                at = Where(key=f"task[{task.id}].today")
                found.append(Finding("mix-today-may-not", "warning", {"competence": name, "task": tasks[task.id]}, at))
            done = task.number * task.minutes / 60
            hours += done * share * (may[who.id].factor if who.id in may else 1)
            for other, under in may.items():
                hours += done * task.today.get(other, Decimal(0)) * under.supervision * (under.supervised_by == who.id)
        if hours > who.hours:
            values = {"competence": name, "hours": round(hours), "there": round(who.hours)}
            found.append(Finding("mix-today-over", "warning", values, Where(key=f"competence[{who.id}].hours")))
    return tuple(found)


def _unknown(names: Iterable[str], key: str, known: Collection[str]) -> Iterator[Finding]:
    for name in names:
        if name not in known:
            yield error("mix-unknown", key, name=name, known=sorted(known))


def _known(mix: Mix) -> Iterator[Finding]:
    tasks, competences = {each.id for each in mix.tasks}, {each.id for each in mix.competences}
    for name in ("competence", "task", "may"):
        if not getattr(mix, {"competence": "competences", "task": "tasks", "may": "may"}[name]):
            yield error("mix-none", name, name=name)
    for task in mix.tasks:
        yield from _unknown(task.today, f"task[{task.id}].today", competences)
    for row, may in enumerate(mix.may, start=1):
        yield from _unknown(may.tasks, f"may[#{row}].tasks", tasks)
        yield from _unknown([may.competence], f"may[#{row}].competence", competences)
        yield from _unknown(filter(None, [may.supervised_by]), f"may[#{row}].supervised_by", competences)
    for each in mix.reservations:
        yield from _unknown(each.tasks, f"reservation[{each.id}].tasks", tasks)
        yield from _unknown(each.only, f"reservation[{each.id}].only", competences)
    for training in mix.trainings:
        yield from _unknown([training.of], f"training[{training.id}].of", competences)
        yield from _unknown([training.to], f"training[{training.id}].to", competences)


def _numbers(mix: Mix) -> Iterator[Finding]:
    """Below nought, nought where there is no answer to it, or no share of a whole."""
    least: list[tuple[str, Decimal | None, bool]] = [("missing", mix.missing, True)]
    for one in mix.competences:
        at = f"competence[{one.id}]"
        least += [(f"{at}.hours", one.hours, False), (f"{at}.cost", one.cost, True), (f"{at}.more", one.more, False)]
        least.append((f"{at}.more_cost", one.more_cost, True))
    for task in mix.tasks:
        at = f"task[{task.id}]"
        least += [(f"{at}.number", task.number, False), (f"{at}.minutes", task.minutes, True)]
        least.append((f"{at}.times", task.times, True))
    for row, may in enumerate(mix.may, start=1):
        least.append((f"may[#{row}].factor", may.factor, True))
        for name in ("supervision", "up_to"):
            if not _share(value := getattr(may, name)):
                yield error("mix-share", f"may[#{row}].{name}", value=value)
    for training in mix.trainings:
        at = f"training[{training.id}]"
        least += [(f"{at}.hours", training.hours, True), (f"{at}.cost", training.cost, True)]
    for key, value, some in least:
        if value is None:
            continue
        if value > LARGEST:
            yield error("mix-too-large", key, value=value, most=LARGEST)
        elif value < 0 or (some and value == 0):
            yield error("mix-nought" if value == 0 else "mix-negative", key, value=value)


def _share(value: Decimal) -> bool:
    return 0 <= value <= 1


def _tasks(mix: Mix) -> Iterator[Finding]:
    there = {each.id for each in mix.competences if each.hours + each.more > 0}
    for task in mix.tasks:
        shares = task.today.values()
        if not all(map(_share, shares)) or abs(sum(shares, Decimal(0)) - 1) > ROUNDED:
            yield error("mix-shares", f"task[{task.id}].today", sum=sum(shares, Decimal(0)))
        able = {may.competence for may in mix.may if task.id in may.tasks and may.up_to > 0}
        if not able:
            yield error("mix-nobody-may", f"task[{task.id}]", task=task.title)
        elif not able & there:
            yield error("mix-nobody-there", f"task[{task.id}]", task=task.title, able=sorted(able))


def _twice(mix: Mix) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for row, may in enumerate(mix.may, start=1):
        for task in may.tasks:
            if (task, may.competence) in seen:
                yield error("mix-may-twice", f"may[#{row}].tasks", task=task, competence=may.competence)
            seen.add((task, may.competence))


def _decisions(mix: Mix) -> Iterator[Finding]:
    """What is not of the occupation is decided on, and the decision is in force on the problem's day."""
    for row, may in enumerate(mix.may, start=1):
        at = f"may[#{row}]"
        if may.decided_on is not None and may.valid_until is not None and may.valid_until < may.decided_on:
            yield error("mix-decision-order", f"{at}.valid_until", first=may.decided_on.isoformat(),
                        last=may.valid_until.isoformat())  # fmt: skip
        elif may.valid_until is not None and may.valid_until < mix.on:
            yield error("mix-run-out", f"{at}.valid_until", competence=may.competence, decision=may.decision,
                        last=may.valid_until.isoformat(), on=mix.on.isoformat())  # fmt: skip
        elif may.decided_on is not None and may.decided_on > mix.on:
            yield error("mix-not-yet", f"{at}.decided_on", competence=may.competence, decision=may.decision,
                        first=may.decided_on.isoformat(), on=mix.on.isoformat())  # fmt: skip
        if may.ground == "occupation":
            continue
        for name in ("decision", "decided_by", "decided_on"):
            if not getattr(may, name):
                yield error(
                    "mix-no-decision",
                    f"{at}.{name}",
                    competence=may.competence,
                    ground=f"mix-ground-{may.ground}",
                    name=name,
                )
        if may.ground == "delegation" and may.valid_until is None:
            yield error("mix-no-last-day", f"{at}.valid_until", competence=may.competence)


def _supervision(mix: Mix) -> Iterator[Finding]:
    for row, may in enumerate(mix.may, start=1):
        at = f"may[#{row}].supervised_by"
        if may.supervision and not may.supervised_by:
            yield error("mix-no-supervisor", at, competence=may.competence)
        elif may.supervised_by and not may.supervision:
            yield error("mix-no-supervision", f"may[#{row}].supervision", competence=may.competence)
        elif may.supervised_by:
            lacking = [task for task in may.tasks if not _alone(mix, task, may.supervised_by)]
            for task in lacking[:1]:
                circle = _circle(mix, task)
                code = "mix-supervision-circle" if circle else "mix-supervisor-may-not"
                yield error(code, at, task=task, supervisor=may.supervised_by, circle=" → ".join(circle))


def _for(mix: Mix, task: str) -> dict[str, May]:
    return {may.competence: may for may in mix.may if task in may.tasks}


def _alone(mix: Mix, task: str, competence: str) -> bool:
    may = _for(mix, task).get(competence)
    return may is not None and not may.supervised_by


def _circle(mix: Mix, task: str) -> tuple[str, ...]:
    """Who supervise each other at a task, from one and back to the same; empty where nobody does."""
    under = {who: [may.supervised_by] for who, may in _for(mix, task).items() if may.supervised_by}
    try:
        TopologicalSorter(under).prepare()
    except CycleError as found:
        return tuple(reversed(found.args[1]))
    return ()


def _reserved(mix: Mix) -> Iterator[Finding]:
    for each in mix.reservations:
        for row, may in enumerate(mix.may, start=1):
            given = [task for task in may.tasks if task in each.tasks]
            if given and may.competence not in each.only and not (each.delegable and may.ground == "delegation"):
                yield error("mix-reserved", f"may[#{row}].tasks", tasks=given, competence=may.competence,
                            law=each.law, passage=each.passage)  # fmt: skip


def _assumed(mix: Mix) -> Iterator[Finding]:
    """Where the figures are somebody's own, so is the ground that they stand on; and what is read is cited."""
    for each in mix.reservations:
        if each.status == "verified" and not (each.address and each.read_on):
            yield error("mix-not-cited", f"reservation[{each.id}].status", law=each.law)
        elif each.status != "verified" and not mix.synthetic:
            yield error("mix-assumed-reservation", f"reservation[{each.id}].status", law=each.law)
    for row, may in enumerate(mix.may, start=1):
        if may.status == "assumed" and not mix.synthetic:
            yield error("mix-assumed-may", f"may[#{row}].status", competence=may.competence)
