# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo's amendment: played in order it comes into force, moves no krona, and is not done twice."""

from __future__ import annotations

from overens.agreements.reading import agreement_of, current_version
from overens.demo import amending
from overens.ledger.reading import by_place
from overens.records import clock


def test_the_amendment_of_the_spring_explains_a_question_and_moves_nothing(world: None) -> None:
    before = by_place("2019")
    for step in amending.steps():
        clock.step_to(step.at)
        step.play()
    assert current_version("2019").number == 2
    assert by_place("2019") == before
    question = agreement_of("2019").round("redogorelse").question("7.1")
    assert question.guidance == amending.EXPLAINED[0]
