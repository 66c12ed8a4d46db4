# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is said about a printed annex."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from overens.rules import series
from overens.rules.agreement import Agreement
from overens.rules.annex import decided, findings
from overens.rules.findings import Finding, wording
from overens.rules.reading import find, read, shipped
from tests.unit.allocation.small_agreement import small

PRINTED = """
[annex]
title = "Bilaga"
line = "line"
totals = { a = 3, b = 2 }
rows = [{ code = "01", a = 2, b = 1 }, { code = "03", a = 1, b = 0 }]
"""
TWO_POTS = {"a": {"amount": 3, "key": "weights"}, "b": {"amount": 1, "key": "weights"}}


def said(agreement: Agreement, *pots: str) -> list[Finding]:
    return list(findings(agreement, series.shipped(), pots or None))


def codes(found: list[Finding]) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.where.key if finding.where else None) for finding in found]


def test_2019_is_two_kronor_short_one_over_five_rows_apart_and_of_another_day() -> None:
    below, above, parts, population = said(shipped("2019"))
    assert (below.code, below.values["column"], below.values["difference"]) == (
        "allocation-rows-differ",
        "insatser",
        -2,
    )
    assert (above.code, above.values["column"], above.values["difference"]) == (
        "allocation-rows-differ",
        "specialistutbildning",
        1,
    )
    assert parts.code == "allocation-parts-differ"
    assert {row.label: row.values["difference"] for row in parts.evidence} == {
        "13 Halland": 1,
        "14 Västra Götaland": -1,
        "19 Västmanland": 1,
        "21 Gävleborg": -1,
        "24 Västerbotten": -1,
    }
    assert population.code == "population-date-differs"
    assert population.values == {
        "printed": "2018-11-01",
        "reference_date": "2018-12-31",
        "series": "scb-2018-12-31",
        "equal": 8,
        "known": 8,
        "recipients": 21,
    }
    assert (population.evidence[-1].label, dict(population.evidence[-1].values)) == (
        "00 Sverige",
        {"weight": 10_230_185, "persons": 10_230_185},
    )


def test_what_an_exact_method_would_have_given_adds_up() -> None:
    below, above, parts, _ = said(shipped("2019"))
    for finding in (below, above):
        for method in ("largest-remainder", "controlled"):
            moved = sum(int(str(row.values[method])) - int(str(row.values["decided"])) for row in finding.evidence)
            assert moved == -int(str(finding.values["difference"]))
    for row in parts.evidence:
        would_be = {name.removeprefix("controlled."): value for name, value in row.values.items() if "." in name}
        assert would_be["insatser"] + would_be["specialistutbildning"] == would_be["sum"] == row.values["sum"]


def test_2017_2018_adds_up_and_has_nothing_to_be_said() -> None:
    assert said(shipped("2017-2018")) == []


def test_only_the_pots_that_are_asked_for_are_spoken_of() -> None:
    assert codes(said(shipped("2019"), "insatser")) == [
        ("allocation-rows-differ", "pot[insatser]"),
        ("population-date-differs", "population.printed_date"),
    ]
    assert said(shipped("2019"), "skl") == []


def test_what_is_decided_is_what_is_printed() -> None:
    agreement = small(TWO_POTS, {"01": 1, "03": 1}, annex=PRINTED)
    table = decided(agreement, "line")
    assert [(row.code, dict(row.kronor), row.sum) for row in table.rows] == [
        ("01", {"a": 2, "b": 1}, 3),
        ("03", {"a": 1, "b": 0}, 1),
    ]
    assert (table.totals, table.rest, table.sum) == ({"a": 3, "b": 1}, {"a": 0, "b": 0}, 4)


def test_the_amounts_of_the_shipped_agreements_are_decided_to_the_last_krona() -> None:
    for id, line, amount in (("2019", "regioner", 3_235_000_000), ("2019", "kommuner", 100_000_000)):
        assert decided(shipped(id), line).sum == amount


def test_a_pot_without_a_stated_amount_has_no_column_yet() -> None:
    table = decided(shipped("2017-2018"), "skl")
    assert (table.pots, table.rows, table.sum) == ((), (), 0)


def test_a_misprint_is_said_to_the_krona_and_still_outranks_the_computation() -> None:
    misprint = PRINTED.replace('code = "03", a = 1', 'code = "03", a = 4')
    agreement = small(TWO_POTS, {"01": 1, "03": 1}, annex=misprint)
    found = said(agreement)
    assert codes(found) == [
        ("annex-amount-differs", "annex.rows[03].a"),
        ("annex-total-differs", "annex.totals.b"),
        ("allocation-rows-differ", "pot[a]"),
    ]
    assert [finding.values["difference"] for finding in found] == [3, 1, 3]
    assert decided(agreement, "line").totals == {"a": 6, "b": 1}


def test_a_printed_sum_of_its_own_is_compared_too() -> None:
    printed = PRINTED.replace("b = 2 }", "b = 1, sum = 4 }").replace("b = 1 },", "b = 1, sum = 4 },")
    agreement = small(TWO_POTS, {"01": 1, "03": 1}, annex=printed)
    assert codes(said(agreement)) == [
        ("annex-amount-differs", "annex.rows[01].sum"),
        ("allocation-rows-differ", "line[line]"),
        ("allocation-parts-differ", "line[line]"),
    ]
    assert decided(agreement, "line").rows[0].sum == 4


def test_when_a_condition_is_not_met_the_amounts_are_computed() -> None:
    unmet = [{"unmet": "withhold", "not_met": ["03"]}]
    agreement = small(TWO_POTS, {"01": 1, "03": 1}, conditions=unmet, annex=PRINTED)
    assert [dict(row.kronor) for row in decided(agreement, "line").rows] == [{"a": 2, "b": 1}, {"a": 0, "b": 0}]
    assert said(agreement) == []  # what is withheld is no rounding


def test_without_an_annex_the_computed_rows_are_spoken_of() -> None:
    agreement = small({"a": {"amount": 1, "key": "weights"}}, {"01": 1, "03": 1}, "half-up")
    (finding,) = said(agreement)
    assert finding.values == {
        "column": "a",
        "total": 2,
        "amount": 1,
        "difference": 1,
        "largest_remainder": 1,
        "controlled": 1,
    }


@pytest.mark.parametrize(
    ("weight", "printed_date", "expected"),
    [
        (461_583, "2018-12-31", []),
        (461_583, "2018-11-01", ["population-date-differs"]),
        (461_584, "2018-12-31", ["population-weight-differs"]),
        (461_584, "2018-11-01", ["population-date-differs", "population-weight-differs"]),
        (461_584, '"not stated"', ["population-weight-differs"]),
    ],
)
def test_the_population_basis(weight: int, printed_date: str, expected: list[str]) -> None:
    pot: dict[str, Any] = {"amount": 1, "key": "population-share"}
    agreement = small({"a": pot}, {"05": weight}, printed_date=printed_date)
    assert [finding.code for finding in said(agreement)] == expected


def test_weights_that_are_no_population_are_not_compared_with_one() -> None:
    assert said(small({"a": {"amount": 1, "key": "weights"}}, {"05": 1}, printed_date="2018-11-01")) == []


def test_a_series_of_the_printed_day_leaves_nothing_to_say() -> None:
    known = series.shipped()["scb-2018-12-31"]
    moved = {known.id: replace(known, reference_date=dt.date(2018, 11, 1))}
    assert "population-date-differs" not in [finding.code for finding in findings(shipped("2019"), moved)]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_finding_has_its_wording(language: str) -> None:
    misprint = PRINTED.replace('code = "03", a = 1', 'code = "03", a = 4')
    other = small(TWO_POTS, {"01": 1, "03": 1}, annex=misprint)
    agreement, _ = read(find("2019"))
    assert agreement is not None
    for finding in (*said(agreement), *said(other)):
        words = wording(finding, language)
        assert words != finding.code
        assert "{" not in words
