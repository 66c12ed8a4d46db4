# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is said of every file of tests/cases/forms, at which cell, in both languages; whatever is sent is answered."""

from __future__ import annotations

import tomllib
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.exchange.forms import package, reading
from overens.rules import forms, text
from overens.rules.findings import Finding, Refused, wording
from tests.unit.exchange import broken_forms
from tests.unit.exchange.filled_form import KNOWN, excel, form

TABLE = Path(__file__).parents[2] / "cases" / "forms" / "files.toml"
CASES = tomllib.loads(TABLE.read_text(encoding="utf-8"))["file"]


def read(content: bytes) -> reading.FormFile:
    return reading.read(content, form())


def said(file: reading.FormFile) -> list[Finding]:
    """All that is said of a file: by the reader, by the form's own checks, and of its characters."""
    return [*file.findings, *forms.fill(form(), KNOWN, file.typed).findings, *text.unwritable(file.typed)]


def is_answered(content: bytes) -> bool:
    """Whether a file is read, or refused at the file; anything else that is raised is a fault."""
    try:
        return read(content).sheet != ""
    except Refused as refusal:
        return all(finding.where and finding.where.key == "file" for finding in refusal.findings)


def cell_of(file: reading.FormFile, finding: Finding) -> str:
    key = (finding.where.key if finding.where else None) or ""
    return str(finding.values.get("cell") or file.cells.get(key, ""))


def typed_at(file: reading.FormFile, key: str) -> Any:
    """``E1.3``, or ``E3.2a.0.title``; False where nothing is typed there."""
    if key in file.typed:
        return file.typed[key]
    head, _, rest = next(
        ((each.id, ".", key.removeprefix(f"{each.id}.")) for each in form().fields if key.startswith(f"{each.id}.")),
        ("", "", ""),
    )
    if not head:
        return False
    number, _, part = rest.partition(".")
    return file.typed[head][int(number)][part]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["sentence"])
def test_what_is_said_of_a_file(case: dict[str, Any]) -> None:
    content = broken_forms.made(case["file"])
    if "refused" in case:
        with pytest.raises(Refused) as refusal:
            read(content)
        (finding,) = refusal.value.findings
        assert (finding.code, finding.where and finding.where.key) == (case["refused"], "file")
        found = [finding]
    else:
        file = read(content)
        found = said(file)
        assert sorted([f.code, cell_of(file, f)] for f in found) == sorted(case["finds"])
        for key, value in case.get("typed", {}).items():
            assert typed_at(file, key) == value, key
    for finding in found:
        for language in ("sv", "en"):
            words = wording(finding, language)
            assert words != finding.code, "it has its wording"
            assert str(finding.values.get("cell", "")) in words


def test_every_made_file_is_in_the_table() -> None:
    stored = {path.name for path in broken_forms.STORED.iterdir()} - {TABLE.name}
    by_itself = {"merged-all"}  # below
    assert {case["file"] for case in CASES} | by_itself == set(broken_forms.FILES) | stored


def test_a_range_merged_over_the_whole_sheet_is_not_spread_out() -> None:
    content = broken_forms.made("merged-all")
    tracemalloc.start()
    file = read(content)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 30 * package.MIB
    assert {finding.code for finding in file.findings} == {"cell-merged"}


@settings(max_examples=60)
@given(data=st.data())
def test_a_file_that_was_damaged_anywhere_is_refused_or_read(data: st.DataObject) -> None:
    content = bytearray(excel())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert is_answered(bytes(content))


@settings(max_examples=40)
@given(
    member=st.sampled_from(["xl/workbook.xml", broken_forms.SHEET, "xl/styles.xml", "xl/sharedStrings.xml",
                            "[Content_Types].xml", "xl/_rels/workbook.xml.rels"]),
    at=st.floats(0, 1, exclude_max=True),
    put=st.sampled_from([b"", b"<", b'"', b"</x>", b"0", b"-1", b"&lt;", b"99999999999", b"\x00", "å".encode()]),
    length=st.integers(0, 12),
)  # fmt: skip
def test_what_is_whole_as_a_package_and_not_inside_is_refused_or_read(
    member: str, at: float, put: bytes, length: int
) -> None:
    def change(name: str, content: bytes) -> bytes:
        if name != member:
            return content
        start = int(at * len(content))
        return content[:start] + put + content[start + length :]

    assert is_answered(broken_forms.with_members(change))
