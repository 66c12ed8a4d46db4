# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an examiner is told, and when: each finding has a paper that has it and one just beside it that has not."""

from __future__ import annotations

import ast
import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from overens.rules import checks
from overens.rules.checks import Cost, ReportFacts, RequisitionFacts, report_findings, requisition_findings
from overens.rules.findings import wording

DAY = dt.date(2019, 10, 15)
DEADLINE = dt.date(2019, 12, 1)
MILLION = 1_000_000

CLEAN = RequisitionFacts(
    decided=100 * MILLION,
    asked=100 * MILLION,
    giro="191-0009",
    known_giro="191-0009",
    reference="2019/REGIONER/10",
    contact={"Telefon": "010-000 00 01", "E-post": "Registrator@region.invalid"},
    known_contact={"Telefon": "010-000 00 01", "E-post": "registrator@region.invalid"},
    received_on=DAY,
    first_received_on=DAY,
    deadline=DEADLINE,
)
HEADS = ("Bemanning", "Kompetens", "It")
COSTS = (
    Cost("Bemanning", "Grundbemanning", 60 * MILLION + 123_456),
    Cost("Kompetens", "Handledning", 30 * MILLION + 7_890),
    Cost("It", "Digitala verktyg", 15 * MILLION + 1),
)
REPORT = ReportFacts(
    received=100 * MILLION,
    costs=sum(cost.kronor for cost in COSTS),
    items=COSTS,
    heads=HEADS,
    alternative=1,
    first_received_on=dt.date(2020, 3, 31),
    deadline=dt.date(2020, 3, 31),
)


def levels(findings: tuple[Any, ...]) -> dict[str, str]:
    return {finding.code: finding.level for finding in findings}


def test_papers_in_order_have_nothing_to_say():
    assert requisition_findings(CLEAN) == ()
    assert report_findings(REPORT) == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"giro": "191-0017"}, {"giro-differs": "warning"}),
        ({"known_giro": ""}, {"giro-not-known": "note"}),
        ({"rejected_giros": frozenset({"191-0009"})}, {"giro-rejected-before": "warning"}),
        ({"rejected_giros": frozenset({"191-0017"})}, {}),
        ({"giro_of_others": ("Region Skåne",)}, {"giro-shared": "warning"}),
        ({"contact": {"Telefon": "08-123 45 67"}}, {"contact-differs": "note"}),
        (
            {"contact": {"Telefon": "08-123 45 67"}, "giro": "191-0017"},
            {"giro-differs": "warning", "contact-differs": "warning"},
        ),
        ({"known_contact": {"Telefon": ""}}, {}),
        ({"asked": 100 * MILLION - 1}, {"asked-below-decided": "note"}),
        ({"before": 100 * MILLION}, {}),
        ({"before": 99 * MILLION}, {"asked-changed": "note"}),
        ({"reference": "  "}, {"reference-missing": "note"}),
        ({"received_on": DEADLINE - dt.timedelta(days=3)}, {}),
        ({"received_on": DEADLINE - dt.timedelta(days=2)}, {"received-near-deadline": "note"}),
        ({"received_on": DEADLINE}, {"received-near-deadline": "note"}),
        ({"received_on": DEADLINE + dt.timedelta(days=1)}, {"completed-after-deadline": "note"}),
        ({"received_on": DEADLINE + dt.timedelta(days=1), "by_proof": True}, {"received-by-proof": "note"}),
        ({"received_on": DEADLINE + dt.timedelta(days=1), "deadline": None}, {}),
    ],
)
def test_a_requisition(changes: dict[str, Any], expected: dict[str, str]):
    assert levels(requisition_findings(replace(CLEAN, **changes))) == expected


def with_costs(*items: Cost, **changes: Any) -> ReportFacts:
    return replace(REPORT, items=items, costs=sum(item.kronor for item in items), **changes)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (replace(REPORT, alternative=2, deviations="Kan inte skiljas."), {"attested-not-correct": "warning"}),
        (replace(REPORT, deviations="En mindre avvikelse."), {"deviations-stated": "note"}),
        (replace(REPORT, first_received_on=dt.date(2020, 4, 1)), {"report-late": "warning"}),
        (replace(REPORT, first_received_on=dt.date(2020, 4, 1), deadline=None), {}),
        (with_costs(Cost("Bemanning", "Resursteam, andel", 105 * MILLION + 1), *COSTS[1:]),
         {"allocation-key-missing": "warning"}),
        (with_costs(Cost("Bemanning", "Resursteam, andel", 105 * MILLION + 1, "Arbetade timmar"), *COSTS[1:]), {}),
        (with_costs(Cost("Bemanning", "Andelsföreningen", 105 * MILLION + 1), *COSTS[1:]), {}),
        (replace(REPORT, received=REPORT.costs), {"costs-equal-received": "note"}),
        (replace(REPORT, received=REPORT.costs - 1), {"costs-just-above": "note"}),
        (replace(REPORT, received=REPORT.costs * 100 // 101 + 1), {"costs-just-above": "note"}),
        (replace(REPORT, received=REPORT.costs * 100 // 101), {}),
        (replace(REPORT, received=REPORT.costs + 1), {}),
        (replace(REPORT, received=REPORT.costs * 10 // 9 + 1), {"much-unused": "note"}),
        (with_costs(COSTS[0], COSTS[1], Cost("Kompetens", "Kurser", 20 * MILLION + 3)), {"head-empty": "note"}),
        (with_costs(*COSTS, Cost("It", "digitala verktyg ", 1)), {"title-twice": "note"}),
        (with_costs(Cost("Bemanning", "A", 60 * MILLION), Cost("Kompetens", "B", 40 * MILLION + 1),
                    Cost("It", "C", 2 * MILLION)),
         {"round-sums": "note"}),
        (with_costs(Cost("Bemanning", "A", 60 * MILLION), *COSTS[1:]), {}),
        (replace(REPORT, costs_before=REPORT.costs), {}),
        (replace(REPORT, costs_before=REPORT.costs - 5 * MILLION + 1), {"costs-changed": "note"}),
        (replace(REPORT, costs_before=REPORT.costs + 5 * MILLION), {"costs-changed": "warning"}),
    ],
)  # fmt: skip
def test_a_report(facts: ReportFacts, expected: dict[str, str]):
    assert levels(report_findings(facts)) == expected


def test_warnings_come_first():
    found = requisition_findings(replace(CLEAN, asked=MILLION, giro="191-0017", reference=""))
    assert [finding.level for finding in found] == ["warning", "note", "note"]


def test_the_sums_of_the_evidence_are_those_of_the_paper():
    found = report_findings(with_costs(*COSTS, Cost("It", "Digitala verktyg", 42)))
    assert [(row.label, row.values["kronor"]) for row in found[0].evidence] == [
        ("Digitala verktyg", 15 * MILLION + 1),
        ("Digitala verktyg", 42),
    ]


def everything_found() -> dict[str, Any]:
    messy = replace(
        CLEAN, asked=MILLION, before=2, giro="1-9", reference="", rejected_giros=frozenset({"1-9"}),
        giro_of_others=("A", "B"), contact={"Telefon": "1"},
    )  # fmt: skip
    item = Cost("Bemanning", "Andel av x", MILLION)
    late = replace(with_costs(item, item, alternative=2, deviations="d", measures="m", costs_before=1),
                   first_received_on=dt.date(2020, 4, 1))  # fmt: skip
    papers = [
        messy,
        replace(messy, known_giro=""),
        replace(messy, received_on=DEADLINE),
        replace(messy, received_on=dt.date(2019, 12, 9)),
        replace(messy, by_proof=True),
    ]
    reports = [
        late,
        replace(REPORT, deviations="d"),
        replace(REPORT, received=REPORT.costs),
        replace(REPORT, received=REPORT.costs - 1),
    ]
    found = [f for paper in papers for f in requisition_findings(paper)] + [
        f for r in reports for f in report_findings(r)
    ]
    return {finding.code: finding for finding in found}


def test_every_finding_is_worded_in_both_languages_with_nothing_left_open():
    found = everything_found()
    calls = [n for n in ast.walk(ast.parse(Path(checks.__file__).read_text())) if isinstance(n, ast.Call)]
    codes = {n.args[0].value for n in calls if getattr(n.func, "id", "") == "_finding"}  # type: ignore[attr-defined]
    assert found.keys() == codes
    for finding in found.values():
        swedish, english = wording(finding, "sv"), wording(finding, "en")
        assert swedish != english
        assert finding.code not in (swedish, english)
        assert "{" not in swedish + english
