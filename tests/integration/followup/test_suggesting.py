# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from overens.followup import suggesting
from overens.followup.actions import codebooks, coding
from overens.followup.actions import suggesting as acts
from overens.followup.models import Coding, Report, Suggestion, SuggestionRun
from overens.records import runs
from overens.rules.findings import Refused
from overens.rules.followup.passages import paragraphs
from tests.integration.followup.coded_world import analyst, hand_in

SERVICE = "Servicevärdar sköter städning och förråd på avdelning {n}, så att vårdpersonalen får tid."
OTHER = "Chefer i område {n} har gått en utbildning om ledning och förändring under våren och hösten."


@pytest.fixture
def half_read(open_rounds: list[object]) -> list[Report]:
    """Six regions with four paragraphs each, half about service; the first four are read and coded."""
    codebooks.adopt(analyst())
    reports = list(Report.objects.filter(round__code="redogorelse").order_by("key")[:6])
    for number, report in enumerate(reports):
        body = "\n\n".join(each.format(n=10 * number + at) for at in (1, 2) for each in (SERVICE, OTHER))
        (text,) = hand_in(report, {"answer/2.1#text": body})
        if number < 4:
            pieces = [each for each in paragraphs(body) if "Servicevärdar" in each.of(body)]
            coding.mark(text, pieces, ["vns"], "does", "", analyst())
            coding.read_to_end(text, analyst())
    return reports


def test_it_finds_what_is_like_the_coded_and_says_why(half_read: list[Report]) -> None:
    made = acts.ask("vns", analyst())
    assert made.done_at
    assert (made.coded, made.not_coded, made.looked_through) == (8, 8, 8)
    waiting = acts.waiting(made, analyst())
    best = [each.text.body[each.start : each.end] for each in waiting[:4]]
    assert all("Servicevärdar" in each for each in best)
    passage = waiting[0].text.body[waiting[0].start : waiting[0].end].casefold()
    assert waiting[0].why
    assert all(term.split()[0] in passage for term in waiting[0].why)
    assert not Coding.objects.filter(text__in=[each.text for each in waiting]).exists()


def test_with_few_examples_nothing_is_said_of_how_good_it_is(half_read: list[Report]) -> None:
    assert acts.ask("vns", analyst()).measured == {}


def test_with_more_it_is_measured_on_regions_that_it_has_not_learned_from(half_read: list[Report]) -> None:
    known = suggesting.material(acts.coder(analyst()).organisation, "vns", coding.in_force())
    known.coded *= 2
    known.not_coded *= 2
    measured = suggesting.suggest(known).measured
    assert measured["low"] <= measured["ap"] <= measured["high"]
    assert measured["ap"] > 0.9 > measured["chance"]
    assert measured["groups"] == 4


def test_only_a_yes_makes_a_mark_and_a_no_is_remembered(half_read: list[Report]) -> None:
    yes, no, later, *_rest = acts.waiting(acts.ask("vns", analyst()), analyst())
    with pytest.raises(Refused, match="mention-missing"):
        acts.answer(yes, "yes", "", analyst())
    made = acts.answer(yes, "yes", "plans", analyst())
    assert made
    assert (made.quote, made.mention) == (yes.text.body[yes.start : yes.end], "plans")
    assert acts.answer(no, "no", "", analyst()) is None
    assert acts.answer(later, "later", "", analyst()) is None
    with pytest.raises(Refused, match="suggestion-answered"):
        acts.answer(no, "yes", "does", analyst())
    again = acts.ask("vns", analyst())
    places = {(each.text_id, each.start) for each in again.suggestions.all()}
    assert (no.text_id, no.start) not in places
    assert (yes.text_id, yes.start) not in places
    assert (later.text_id, later.start) in places
    assert (again.coded, again.not_coded) == (9, 9)


def test_too_few_to_learn_from(half_read: list[Report]) -> None:
    with pytest.raises(Refused, match="suggesting-too-few"):
        acts.ask("distans", analyst())
    assert not SuggestionRun.objects.exists()


def test_what_takes_long_is_done_in_the_background(half_read: list[Report], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts, "INLINE", 1)
    monkeypatch.setattr(runs, "report_progress", lambda run, percent: None)
    made = acts.ask("vns", analyst())
    assert made.run
    assert not made.done_at
    runs.carry_out.call(made.run.pk)
    made.refresh_from_db()
    assert made.run.state == "done"
    assert made.done_at
    assert Suggestion.objects.filter(made_by=made).exists()
