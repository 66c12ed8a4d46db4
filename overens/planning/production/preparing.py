# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables of the outcome with the rows of a week to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from overens.planning.production.problem import week_text
from overens.planning.production.reading import Given


def outcome_rows(given: Given) -> tuple[str, str]:
    """The rows of the first week without an outcome, for the tables ``outcome`` and ``worked``, with headings; what is
    to be filled in is empty. Without rows where all weeks have one.
    """
    problem = given.problem
    passed = len(given.outcome.begun) if given.outcome else 0
    weeks = [week_text(problem.mondays[passed])] if passed < problem.weeks else []
    named = bool(problem.priorities)

    def outcome() -> Iterator[Sequence[str]]:
        yield "week", "service", "step", *(["priority"] if named else []), "referred", "begun", "waiting"
        for week in weeks:
            for service, step in problem.every_step:
                for priority in problem.every_priority:
                    yield week, service.id, step.id, *([priority] if named else []), "", "", ""

    def worked() -> Iterator[Sequence[str]]:
        yield "week", "competence", "hours"
        for week in weeks:
            for competence in problem.competences:
                yield week, competence.id, ""

    first, second = ("".join(f"{','.join(row)}\n" for row in rows) for rows in (outcome(), worked()))
    return first, second
