# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every sentence of tests/cases/proposals/sentences.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from overens.rules.allocation import allocate
from overens.rules.findings import Refused, wording
from overens.rules.proposals.reading import read
from overens.rules.proposals.simulating import resolved, simulate
from tests.unit.proposals.small import CODES, TABLES, text

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "proposals" / "sentences.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])
def test_sentence(case: dict[str, Any]) -> None:
    parts = {name: case[name] for name in ("pot", "basis", "more", "recipients") if name in case}
    proposal, findings = read(text(**parts))
    if proposal is not None:
        try:
            outcome = simulate(proposal, TABLES)
        except Refused as refusal:
            findings = refusal.findings
        else:
            assert outcome.sums == {CODES[letter]: kronor for letter, kronor in case["gives"].items()}
            assert allocate(resolved(proposal, TABLES)) == outcome.table
            return
    assert [finding.code for finding in findings] == case["refused"]
    for finding in findings:
        assert wording(finding, "sv") != finding.code != wording(finding, "en")
