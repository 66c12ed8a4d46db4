# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reading the benchmark's files: the sound one, the sentences of tests/cases/roster/benchmark.toml, any garbling."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.planning.roster import benchmark
from overens.rules.findings import wording

CASES = Path(__file__).parents[2] / "cases" / "roster"
SMALL = (CASES / "small.txt").read_text("utf-8")
BAD = tomllib.loads((CASES / "benchmark.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", BAD, ids=[case["rule"] for case in BAD])
def test_sentence(case: dict[str, Any]) -> None:
    text = SMALL
    for old, new in case.get("replace", {}).items():
        assert old in text
        text = text.replace(old, new)
    if "until" in case:
        assert case["until"] in text
        text = text[: text.index(case["until"])]
    instance, findings = benchmark.read(text)
    assert [finding.code for finding in findings] == case["finds"]
    assert (instance is None) == bool(findings)
    if "line" in case:
        assert findings[0].where is not None
        assert text.splitlines()[(findings[0].where.line or 0) - 1].startswith(case["line"])
    for finding in findings:
        assert wording(finding, "sv") != finding.code != wording(finding, "en")


def test_what_is_read() -> None:
    instance, findings = benchmark.read(SMALL.replace("\n", "\r\n"))
    assert findings == ()
    assert instance is not None
    assert (instance.days, instance.shifts, instance.persons) == (14, ("E", "L"), ("A", "B", "C"))
    assert instance.minutes.tolist() == [480, 480]
    assert instance.forbidden.tolist() == [[False, False], [True, False]]
    assert instance.most.tolist() == [[14, 14], [14, 2], [0, 14]]
    assert instance.most_minutes.tolist() == [4320, 4320, 2160]
    assert instance.least_minutes.tolist() == [1440, 0, 0]
    assert (instance.most_running[0], instance.least_running[0], instance.least_off[0]) == (3, 2, 2)
    assert instance.off.sum(axis=1).tolist() == [1, 2, 0]
    assert (instance.wanted[0, 0, 0], instance.wanted[2, 4, 1], instance.unwanted[1, 0, 1]) == (2, 3, 5)
    assert instance.cover[:, 0].tolist() == [1] * 14


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    instance, findings = benchmark.read(tmp_path / "none.txt")
    assert instance is None
    assert [finding.code for finding in findings] == ["file-absent"]


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, len(SMALL) - 1), much=st.integers(0, 40), by=st.text(max_size=4))
def test_whatever_is_garbled_is_read_or_said(at: int, much: int, by: str) -> None:
    instance, findings = benchmark.read(SMALL[:at] + by + SMALL[at + much :])
    assert (instance is None) == bool(findings)
    for finding in findings:
        assert wording(finding)


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, SMALL.index("\n13,L")))
def test_whatever_is_cut_off_is_said(at: int) -> None:
    assert benchmark.read(SMALL[:at])[0] is None
