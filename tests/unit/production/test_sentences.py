# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every sentence of tests/cases/production/bad.toml."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from overens.planning.production.reading import read
from overens.rules.findings import wording
from tests.unit.production.small import CASES, SOUND, TABLES, files

SENTENCES = tomllib.loads((CASES / "bad.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", SENTENCES, ids=[case["rule"] for case in SENTENCES])
def test_sentence(case: dict[str, Any]) -> None:
    texts = {"problem": SOUND, **TABLES}
    into = case.get("into", "problem")
    for old, new in case.get("put", ()):
        assert old in texts[into]
        texts[into] = texts[into].replace(old, new) if len(old) == 1 else texts[into].replace(old, new, 1)
    problem = texts.pop("problem")
    given, findings = read(problem, files(**texts))
    assert [finding.code for finding in findings if finding.code != "production-banded"] == case["finds"]
    assert (given is None) == any(finding.level == "error" for finding in findings)
    first = next((finding for finding in findings if finding.code != "production-banded"), None)
    if first is not None:
        assert first.where is not None
        assert first.where.key == case.get("at")
        assert first.where.file == (None if into == "problem" else f"{into}.csv")
        assert into != "problem" or first.where.line
        if "line" in case:
            assert first.where.line == case["line"]
        assert wording(first, "sv") != first.code != wording(first, "en")
