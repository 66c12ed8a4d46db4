# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The reference follow-up: every printed figure once, what is uncertain told from what is not."""

from __future__ import annotations

import pytest
from django.db.models import Count, Sum

from overens.followup import reference
from overens.followup.models import CountFact, Measure, MeasureYear, Submission

pytestmark = pytest.mark.usefixtures("world")
# Measures of Bilaga 3 (and p. 16) by region.
MEASURES = {
    "01": 37, "03": 35, "04": 22, "05": 22, "06": 32, "07": 11, "08": 25, "09": 19, "10": 18, "12": 45, "13": 41,
    "14": 26, "17": 25, "18": 26, "19": 27, "20": 16, "21": 24, "22": 18, "23": 52, "24": 28, "25": 15,
}  # fmt: skip


def added(count: str, year: int, **more: object) -> int:
    facts = CountFact.objects.filter(count=count, year=year, number__isnull=False, **more)
    return facts.exclude(certainty="printed-total").aggregate(sum=Sum("number"))["sum"] or 0


def test_training_posts_add_up_to_the_printed_totals() -> None:
    assert (added("training-posts", 2016), added("training-posts", 2017)) == (510, 1_208)
    with_figures = CountFact.objects.filter(count="training-posts", answered="number").exclude(
        submission__organisation=None
    )
    assert with_figures.values("submission__organisation").distinct().count() == 18
    not_offered = CountFact.objects.filter(count="training-posts", answered="not-offered")
    assert set(not_offered.values_list("submission__organisation__code", flat=True)) == {"09", "13", "19"}


def test_the_rows_with_every_cell_are_certain() -> None:
    certain = CountFact.objects.filter(count="training-posts", answered="number", certainty="certain")
    assert set(certain.values_list("submission__organisation__code", flat=True)) == {"01", "08", "12", "17"}
    skane = certain.filter(submission__organisation__code="12").values_list("year", "term", "sex", "number")
    assert set(skane) == {
        (2016, "vt", "women", 55), (2016, "vt", "men", 1), (2016, "ht", "women", 66), (2016, "ht", "men", 3),
        (2017, "vt", "women", 69), (2017, "vt", "men", 4), (2017, "ht", "women", 59), (2017, "ht", "men", 10),
    }  # fmt: skip


@pytest.mark.parametrize(("year", "total", "lost", "tied"), [(2016, 1_000, 487, 166), (2017, 712, 44, 454)])
def test_study_pay_is_what_is_tied_unassigned_and_lost(year: int, total: int, lost: int, tied: int) -> None:
    assert added("study-pay", year) == total
    assert added("study-pay", year, answered="lost") == lost
    assert added("study-pay", year, submission__organisation__isnull=False) == tied
    printed = CountFact.objects.get(count="study-pay", year=year, certainty="printed-total")
    assert (printed.number, printed.submission.organisation) == (total, None)
    unassigned = CountFact.objects.filter(count="study-pay", year=year, certainty="unassigned", answered="number")
    assert all(fact.candidates and fact.raw for fact in unassigned)


def test_norrbotten_lacks_the_number_and_says_so() -> None:
    facts = CountFact.objects.filter(count="study-pay", submission__organisation__code="25")
    assert {(fact.answered, fact.number, bool(fact.reason)) for fact in facts} == {("cannot-report", None, True)}


def test_the_measures_by_region_area_and_legibility() -> None:
    rows = MeasureYear.objects.values_list("submission__organisation__code").annotate(n=Count("pk")).order_by()
    assert dict(rows) == MEASURES
    assert sum(MEASURES.values()) == 564
    by_area = MeasureYear.objects.values_list("area").annotate(n=Count("pk")).order_by()
    assert dict(by_area) == {"a": 187, "b": 92, "c": 147, "": 138}
    by_legibility = MeasureYear.objects.values_list("legibility").annotate(n=Count("pk")).order_by()
    assert dict(by_legibility) == {"ok": 474, "partly-restored": 48, "illegible": 42}
    page = Submission.objects.get(organisation__code="07", measures__isnull=False, measures__measure__number=1)
    assert page.citation == "Socialstyrelsen 2018, figur 1, s. 16"


def test_loading_again_adds_nothing() -> None:
    before = (Submission.objects.count(), CountFact.objects.count(), Measure.objects.count())
    assert reference.load() == 0
    assert (Submission.objects.count(), CountFact.objects.count(), Measure.objects.count()) == before
