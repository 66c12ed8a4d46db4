# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from overens.followup import agreeing, coded
from overens.followup.actions import codebooks, coding, second
from overens.followup.models import Coding, Judgement, Report, Sample, Text, Theme
from overens.people.models import Organisation
from overens.rules.findings import Refused
from tests.integration.followup.coded_world import SERVICE, analyst, colleague, hand_in, place_of

OTHER = (
    "Vi har ingen vårdnära service, och planerar inte att införa det under de närmaste åren.\n\n"
    "Servicevärdarna som fanns på prov har slutat, eftersom försöket inte gav mer tid till vård."
)


@pytest.fixture
def texts(report: Report) -> list[Text]:
    """Two regions' texts, read by the first coder, with one mark in each."""
    codebooks.adopt(analyst())
    other = Report.objects.get(key="2019/redogorelse/12")
    made = [
        *hand_in(report, {"answer/2.1#text": SERVICE}),
        *hand_in(other, {"answer/2.1#text": OTHER}),
    ]
    coding.mark(made[0], [place_of(made[0], "vårdnära service")], ["vns"], "does", "", analyst())
    coding.mark(made[1], [place_of(made[1], "ingen vårdnära service")], ["vns"], "does-not", "", analyst())
    for text in made:
        coding.read_to_end(text, analyst())
    return made


def draw(size: int = 10, seed: str = "frö") -> Sample:
    return second.draw("Prov", ["vns"], size, colleague(), analyst(), seed)


def test_the_same_seed_draws_the_same_paragraphs(texts: list[Text]) -> None:
    units = [
        [(each.text_id, each.start, each.end) for each in draw(3, seed).units.all()] for seed in ("a", "a", "b")
    ]  # fmt: skip
    assert units[0] == units[1] != units[2]


def test_what_the_first_has_said_is_frozen_when_it_is_drawn(texts: list[Text]) -> None:
    sample = draw()
    assert sample.population == 5
    first = Judgement.objects.filter(unit__sample=sample)
    assert sorted(each.mention for each in first if each.coded) == ["does", "does-not"]
    coding.unmark(Coding.objects.standing().first(), analyst())  # type: ignore[arg-type]
    assert first.filter(coded=True).count() == 2


def test_the_second_sees_no_marks_and_makes_none_in_the_texts_while_it_lasts(texts: list[Text]) -> None:
    sample = draw()
    agency, mate = Organisation.objects.get(code="SOS"), colleague()
    assert set(coded.blind_for(mate)) == set(texts)
    assert not coded.passages(agency, ["vns"], mate).exists()
    assert coded.passages(agency, ["vns"], analyst()).count() == 2
    with pytest.raises(Refused, match="second-coder-blind"):
        coding.mark(texts[0], [(0, 8)], ["vns"], "does", "", mate)
    for unit in sample.units.all():
        second.answer(unit, {}, mate)
    assert coded.passages(agency, ["vns"], mate).count() == 2


@pytest.mark.parametrize("who", ["you", "nobody", "another"])
def test_the_second_is_another_analyst(texts: list[Text], who: str) -> None:
    whom = {"you": analyst(), "nobody": colleague("Någon annan", "23"), "another": colleague()}[who]
    codes = {"you": "second-is-you", "nobody": "second-cannot-code"}
    if who in codes:
        with pytest.raises(Refused, match=codes[who]):
            second.draw("Prov", ["vns"], 5, whom, analyst())
    else:
        assert second.draw("Prov", ["vns"], 5, whom, analyst()).second == whom


def test_nothing_is_drawn_of_what_the_second_has_coded(texts: list[Text]) -> None:
    mate = colleague()
    for text in texts:
        coding.mark(text, [(0, 10)], ["pok"], "mentions", "", mate)
    with pytest.raises(Refused, match="sample-nothing-to-draw"):
        draw()


def answered(sample: Sample) -> None:
    """The second finds the theme in the paragraph about those who left too, and not in the first region's."""
    for unit in sample.units.all():
        said = "does-not" if "ingen vård" in unit.quote or "har slutat" in unit.quote else ""
        second.answer(unit, {"vns": said}, colleague())
    sample.refresh_from_db()


def test_how_far_they_agree_and_where_they_do_not(texts: list[Text]) -> None:
    sample = draw()
    answered(sample)
    assert sample.done_at
    (found,) = agreeing.agreements(sample)
    assert (found.both, found.first, found.second, found.neither) == (1, 1, 1, 2)
    assert found.raw == pytest.approx(3 / 5)
    assert found.kappa == pytest.approx(1 / 6)
    assert found.interval is None
    assert [each.first.coded for each in agreeing.disagreements(sample)].count(True) == 1


def test_only_the_second_answers_and_only_once(texts: list[Text]) -> None:
    sample = draw()
    unit = sample.units.first()
    assert unit
    with pytest.raises(Refused, match="not-the-second"):
        second.answer(unit, {}, analyst())
    with pytest.raises(Refused, match="mention-missing"):
        second.answer(unit, {"vns": "kanske"}, colleague())
    second.answer(unit, {}, colleague())
    with pytest.raises(Refused, match="sample-unit-answered"):
        second.answer(unit, {}, colleague())


def test_what_is_decided_is_recorded_and_the_marks_follow(texts: list[Text]) -> None:
    sample = draw()
    vns = Theme.objects.get(code="vns")
    some = sample.units.first()
    assert some
    with pytest.raises(Refused, match="sample-not-done"):
        second.resolve(some, vns, "", False, "För tidigt", analyst())
    answered(sample)
    by_first = {each.first.coded: each for each in agreeing.disagreements(sample)}
    third = colleague("Tredje utredare")
    with pytest.raises(Refused, match="resolver-is-coder"):
        second.resolve(by_first[True].unit, vns, "", False, "Inte service", analyst())
    with pytest.raises(Refused, match="resolution-reason"):
        second.resolve(by_first[True].unit, vns, "", False, " ", third)
    second.resolve(by_first[True].unit, vns, "", False, "Handlar om annat", third)
    second.resolve(by_first[False].unit, vns, "does-not", True, "Vi läste den tillsammans", analyst())
    ended = Coding.objects.get(text=texts[0], theme=vns)
    assert ended.ended_why == "resolved"
    assert Coding.objects.standing().filter(theme=vns, text=texts[1]).count() == 2
    with pytest.raises(Refused, match="resolution-made"):
        second.resolve(by_first[True].unit, vns, "", False, "Igen", third)
    assert all(each.resolution for each in agreeing.disagreements(sample))
