# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The rules for agreement files, one sentence each: tests/cases/agreement/*.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules import reading
from overens.rules.findings import as_text

CASES_DIR = Path(__file__).parents[2] / "cases" / "agreement"
CASES = [
    pytest.param(case, id=case["name"])
    for file in sorted(CASES_DIR.glob("*.toml"))
    for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize("case", CASES)
def test_sentence(case, small):
    text = small
    for old, new in case["replace"]:
        assert text.count(old) == 1, f"the base has {old!r} {text.count(old)} times"
        text = text.replace(old, new)
    agreement, findings = reading.read(text)
    assert [(f.code, f.where.key or "") for f in findings] == [(e["code"], e["key"]) for e in case["expect"]]
    assert (agreement is None) == bool(findings)
    for finding, expected in zip(findings, case["expect"], strict=True):
        assert expected["at"] in text.splitlines()[finding.where.line - 1]
        for language in ("sv", "en"):
            assert finding.code not in as_text(finding, language)
            assert "{" not in as_text(finding, language)


@pytest.mark.parametrize("id", reading.shipped_ids())
def test_a_shipped_agreement_has_nothing_to_mend(id):
    agreement, findings = reading.read(reading.find(id))
    assert findings == ()
    assert agreement.id == id


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b" \n\t\n", "file-empty"),
        (b'title = "\xe5"', "file-not-utf-8"),
        (b"\x00" * 100, "toml-syntax"),
        (b"x" * 10_000_000, "file-too-large"),
        (b"x = " + b"[" * 100_000, "toml-too-deep"),
        (b"x = " + b"9" * 100_000, "toml-syntax"),
        (b"total = 1e999999999999999999999", "toml-syntax"),
    ],
)
def test_a_file_of_junk_is_a_finding(content, code, tmp_path):
    path = tmp_path / "junk.toml"
    path.write_bytes(content)
    agreement, findings = reading.read(path)
    assert agreement is None
    assert code in {finding.code for finding in findings}
    assert all(finding.where.file == str(path) for finding in findings)


def test_a_file_that_cannot_be_read_is_a_finding(tmp_path):
    missing = reading.read(tmp_path / "no.toml")[1][0]
    assert (missing.code, missing.values["shipped"]) == (
        "file-missing",
        [*reading.shipped_ids(), *reading.printed_ids()],
    )
    assert [f.code for f in reading.read(tmp_path)[1]] == ["file-directory"]
    assert [f.code for f in reading.read(Path("a\0b"))[1]] == ["file-unreadable"]
    assert [f.code for f in reading.read(Path("x" * 5000))[1]] == ["file-unreadable"]


def test_a_text_may_begin_with_a_byte_order_mark_and_end_its_lines_as_windows_does(small, tmp_path):
    path = tmp_path / "small.toml"
    path.write_bytes(b"\xef\xbb\xbf" + small.replace("\n", "\r\n").encode())
    assert reading.read(path)[1] == ()


@given(st.text())
def test_any_text_is_an_agreement_or_findings(text):
    agreement, findings = reading.read(text)
    assert agreement is None
    assert findings


ODD = [
    "0",
    "-1",
    "1.5",
    "nan",
    "true",
    '""',
    '"x"',
    "2025-01-01",
    "12:00",
    "[]",
    "[1]",
    "{}",
    "[{}]",
    "{ a = { b = 1 } }",
]
ODDLY = st.sampled_from(
    [*ODD, '[{ id = "x" }]', '[["a"], [[1]]]', '"not stated"', '"2 00 kr"', "1_0", "9" * 40, "1e-50"]
)


@given(st.data())
def test_an_agreement_with_a_line_lost_or_changed_has_findings_that_can_be_said(small, data):
    lines = small.splitlines()
    number = data.draw(st.integers(0, len(lines) - 1))
    lines[number] = data.draw(
        st.just("") | ODDLY.map(lambda value: re.sub(r"= .*", f"= {value}", lines[number])) | ODDLY.map("x = {}".format)
    )
    _, findings = reading.read("\n".join(lines))
    for finding in findings:
        assert finding.where.line is None or 1 <= finding.where.line <= len(lines)
        assert as_text(finding)


def test_a_possible_reading_is_given_with_the_raw_text(small):
    finding = reading.read(small.replace("1 300 000 kr", "544 99 160"))[1][0]
    assert finding.values == {"raw": "544 99 160", "possible": 54_499_160}
    assert "54\u00a0499\u00a0160\u00a0kr" in as_text(finding)


def test_shipped_refuses_an_unknown_id():
    with pytest.raises(reading.Refused) as refusal:
        reading.shipped("1066")
    assert [finding.code for finding in refusal.value.findings] == ["file-missing"]
