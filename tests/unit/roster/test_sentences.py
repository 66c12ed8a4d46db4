# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every sentence of tests/cases/roster/bad.toml, and what is asked of the whole file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from overens.planning.roster import reading
from overens.planning.roster.checks import check
from overens.rules.findings import wording
from tests.unit.roster.wards import CASES, SOUND, ward

BAD = tomllib.loads((CASES / "bad.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", BAD, ids=[case["rule"] for case in BAD])
def test_sentence(case: dict[str, Any]) -> None:
    text = SOUND
    for old, new in case.get("replace", {}).items():
        assert old in text
        text = text.replace(old, new)
    roster, findings = reading.read(text + case.get("more", ""))
    assert [finding.code for finding in findings] == case["finds"]
    assert (roster is None) == (bool(findings) and not case.get("warns"))
    assert {finding.level for finding in findings} <= {"warning" if case.get("warns") else "error"}
    if findings:
        assert findings[0].where is not None
        assert findings[0].where.line
        assert findings[0].where.key == case.get("at", findings[0].where.key)
        assert case.get("says", "") in wording(findings[0])
    for finding in findings:
        assert wording(finding, "sv") != finding.code != wording(finding, "en")


@pytest.mark.parametrize("name", ["competence", "shift", "contract", "person", "cover"])
def test_a_problem_without_something_to_plan_is_said(name: str) -> None:
    left_out = name if name == "cover" else f"{name}s"
    found = check(ward().model_copy(update={left_out: ()}))
    assert ("roster-none", name) in [(each.code, each.where and each.where.key) for each in found]
    assert f"[[{name}]]" in wording(found[0])


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    roster, findings = reading.read(tmp_path / "none.toml")
    assert roster is None
    assert [finding.code for finding in findings] == ["file-missing"]
