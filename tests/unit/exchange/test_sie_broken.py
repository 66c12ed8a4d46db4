# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is said of SIE files that real systems get wrong: tests/cases/sie/broken.toml."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from overens.cli.main import app
from overens.exchange import noting, sie
from overens.exchange.sie import reading
from overens.rules.findings import wording

CASES = Path(__file__).parents[2] / "cases" / "sie"
WHOLE = (CASES / "whole.se").read_text(encoding="utf-8").replace("\n", "\r\n")


def content(case: dict[str, Any]) -> bytes:
    text = WHOLE
    for before, after in case.get("replace", ()):
        assert before in text, f"{before!r} is not in whole.se"
        text = text.replace(before, after, 1)
    text = text * (2 if case.get("twice") else 1) + case.get("append", "")
    text = text[: len(text) - case.get("cut", 0)].replace("\r\n", case.get("newline", "\r\n"))
    return text.encode(case.get("encoding", "cp437"))


def cases() -> list[Any]:
    found = tomllib.loads((CASES / "broken.toml").read_text(encoding="utf-8"))["case"]
    return [pytest.param(case, id=case["name"]) for case in found]


@pytest.mark.parametrize("case", cases())
def test_what_is_wrong_is_said_where_it_is(case: dict[str, Any]) -> None:
    findings = sie.read(content(case), "export.se").findings
    said = sorted([f.code, f.level, (f.where and f.where.line) or 0] for f in findings)
    assert said == sorted(case["expect"])
    for finding in findings:
        assert finding.where is not None
        assert finding.where.file == "export.se"
        for language in ("sv", "en"):
            assert wording(finding, language) != finding.code


@pytest.mark.parametrize("case", cases())
def test_the_command_ends_with_1_where_there_is_an_error(case: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "export.se"
    file.write_bytes(content(case))
    answer = CliRunner().invoke(app, ["sie", "check", str(file), "--format", "json"])
    assert answer.exit_code == int(any(level == "error" for _, level, _ in case["expect"])), answer.output
    assert sorted(f["code"] for f in json.loads(answer.output)["findings"]) == sorted(c for c, _, _ in case["expect"])


def test_every_message_about_a_file_has_a_case_that_gives_it() -> None:
    """But these: each has a test of its own, here or beside the writer."""
    written = {code for path in Path(reading.__file__).parent.glob("*.py") for code in codes(path)}
    tried = {code for case in cases() for code, _, _ in case.values[0]["expect"]}
    elsewhere = {"ledger-too-large", "ledger-undecodable", "ledger-no-rows", "sie-unencodable", "sie-no-vouchers"}
    assert written - tried == elsewhere | {"sie-empty-voucher"}


def codes(path: Path) -> set[str]:
    found = set(re.findall(r'"((?:sie|ledger)-[a-z-]+)"', path.read_text(encoding="utf-8")))
    return found | ({"sie-balance-ub", "sie-balance-res"} if 'f"sie-balance-' in path.read_text("utf-8") else set())


def test_the_text_says_what_the_file_holds_and_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "export.se"
    file.write_bytes(WHOLE.replace("#VALUTA SEK", "#VALUTA EUR").encode("cp437"))
    answer = CliRunner().invoke(app, ["sie", "check", str(file)])
    assert answer.exit_code == 1
    lines = answer.output.splitlines()
    assert "Företag: Region Västergötland" in lines
    assert "Dimensioner (rader): 1 Ansvar (1), 6 Projekt (2), 21 Delprojekt (0)" in lines
    assert "Summa debet: 1250.50" in lines
    assert lines[-1].startswith(f"{file}: #VALUTA: fel: Bokföringen är i EUR.")


def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sie, "LARGEST", 1 << 20)
    file = tmp_path / "large.se"
    file.write_bytes(b" " * ((1 << 20) + 1))
    answer = CliRunner().invoke(app, ["sie", "check", str(file), "--language", "en"])
    assert answer.exit_code == 1
    assert "at most 1 MB is taken" in answer.output


def test_so_is_content_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 100)
    assert [f.code for f in sie.read(WHOLE.encode("cp437")).findings] == ["ledger-too-large"]


def test_a_byte_that_is_no_letter_is_an_error() -> None:
    content = WHOLE.encode("cp1252").replace(b"#KPTYP L-BAS", b"#KPTYP L\x8dBAS")
    found = {f.code: f for f in sie.read(content).findings}
    assert found["ledger-undecodable"].where.line == 8
    assert found["ledger-undecodable"].level == "error"


def test_a_file_of_balances_makes_no_ledger() -> None:
    head = WHOLE[: WHOLE.index("#VER")].replace("#SIETYP 4", "#SIETYP 2")
    ledger = sie.ledger(sie.read(head.encode("cp437")))
    assert ledger.format == "sie-2"
    assert [f.code for f in ledger.findings] == ["ledger-no-rows"]


def test_a_file_of_type_4_without_vouchers_is_an_error() -> None:
    head = WHOLE[: WHOLE.index("#IB")]
    assert [f.code for f in sie.read(head.encode("cp437")).findings] == ["sie-no-vouchers"]


def test_a_voucher_without_rows_is_noted() -> None:
    empty = "#VER A 2 20190131\r\n{\r\n}\r\n"
    assert [f.code for f in sie.read((WHOLE + empty).encode("cp437")).findings] == ["sie-empty-voucher"]


def test_one_habit_on_every_line_is_said_a_readable_number_of_times() -> None:
    vouchers = "".join(f"#VER B {n} 20200101\r\n{{\r\n#TRANS 1930 {{}} 0.00\r\n}}\r\n" for n in range(100))
    findings = sie.read((WHOLE + vouchers).encode("cp437")).findings
    assert [f.code for f in findings] == ["sie-outside-year"] * noting.EACH + ["ledger-more-of-the-same"]
    assert findings[-1].values["count"] == 100 - noting.EACH
