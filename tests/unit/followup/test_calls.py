# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables of proposals as they are sent in, and what may be granted."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from overens.rules.findings import wording
from overens.rules.followup import calls

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "followup" / "calls.toml").read_text(encoding="utf-8"))
AREAS = {"4.1.2": "Smartare användning av medarbetarnas kompetens", "4.2.1": "Ledarskap"}


@pytest.mark.parametrize("case", CASES["table"], ids=lambda case: case["name"])
def test_a_table_of_proposals(case: dict[str, Any]) -> None:
    rows = [(number, [cell.strip() for cell in row.split("|")]) for number, row in enumerate(case["rows"], 1)]
    found, wrong = calls.table(rows, AREAS)
    assert [[row, finding.code] for row, finding in wrong] == case.get("wrong", [])
    for _row, finding in wrong:
        assert "{" not in wording(finding, "sv") + wording(finding, "en")
    if "reads" in case:
        assert len(found) == case["reads"]
    assert [each.area for each in found] == case.get("areas", [each.area for each in found])
    assert [each.unit_kind for each in found] == case.get("kinds", [each.unit_kind for each in found])


@pytest.mark.parametrize("case", CASES["grant"], ids=lambda case: case["name"])
def test_what_is_granted_stays_within_the_sum(case: dict[str, Any]) -> None:
    wrong = calls.may_grant(case["kronor"], case["granted"], case["sum"])
    assert [each.code for each in wrong] == ([case["refused"]] if "refused" in case else [])
    if "says" in case:
        assert case["says"] in wording(wrong[0]).replace("\xa0", " ")


def test_a_granted_proposal_becomes_a_measure_with_what_is_known() -> None:
    proposal = calls.Proposed("Nattpatrull", "Vård AB", calls.PRIVATE, "Chef", "4.1.2", "Avlasta", "Från mars", 900)
    assert calls.measure_of(proposal, 500, "insatser") == {
        "name": "Nattpatrull",
        "area": "4.1.2",
        "status": "planned",
        "purpose": "Avlasta\n\nFrån mars",
        "units": "Vård AB",
        "money.insatser": "500",
        "party.private-providers": "yes",
        "party.private-providers.how": "Vård AB",
    }


def test_a_table_of_thousands_is_refused() -> None:
    rows = [(1, ["Åtgärd", "Enhet"]), *((number, ["A", "X"]) for number in range(2, 2100))]
    assert [finding.code for _row, finding in calls.table(rows, AREAS)[1]] == ["import-too-many"]
