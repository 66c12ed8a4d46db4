# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""overens form blank and overens form check, as somebody types them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from overens.cli.form import app
from overens.exchange.forms import reading
from overens.rules.printed import About
from tests.unit.exchange import broken_forms
from tests.unit.exchange.filled_form import SHORT, excel, form


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.mark.parametrize(("ending", "sign"), [("pdf", b"%PDF-1.7"), ("docx", b"PK"), ("xlsx", b"PK")])
def test_a_blank_form_is_written_and_never_written_over(tmp_path: Path, ending: str, sign: bytes) -> None:
    file = tmp_path / f"blankett.{ending}"
    assert run("blank", "2019", "financial-report", file, "--language", "en").exit_code == 0
    made = file.read_bytes()
    assert made.startswith(sign)
    again = run("blank", "2019", "financial-report", file)
    assert (again.exit_code, file.read_bytes()) == (2, made)


def test_a_blank_form_knows_its_agreement(tmp_path: Path) -> None:
    file = tmp_path / "blankett.xlsx"
    run("blank", "2019", "financial-report", file, "--version", "3")
    assert reading.read(file.read_bytes(), form()).about == About("financial-report", 1, "2019", 3)


@pytest.mark.parametrize("arguments", [("2019", "requisition", "x.txt"), ("2017-2018", "requisition", "x.pdf")])
def test_what_cannot_be_written_says_why(tmp_path: Path, arguments: tuple[str, str, str]) -> None:
    agreement, kind, name = arguments
    result = run("blank", agreement, kind, tmp_path / name)
    assert result.exit_code == 2
    assert not (tmp_path / name).exists()


def test_a_good_file_is_silence(tmp_path: Path) -> None:
    for kind, content in (("report", excel()), ("requisition", excel(SHORT, "requisition"))):
        file = tmp_path / f"{kind}.xlsx"
        file.write_bytes(content)
        result = run("check", file)
        assert (result.exit_code, result.output) == (0, "")


def test_a_finding_names_file_and_cell(tmp_path: Path) -> None:
    file = tmp_path / "berattelse.xlsx"
    file.write_bytes(broken_forms.made("sum-text"))
    result = run("check", file, "--language", "en")
    assert result.exit_code == 1
    assert result.output.startswith("berattelse.xlsx: C31: error: ")
    file.write_bytes(broken_forms.made("text"))
    refused = run("check", file)
    assert (refused.exit_code, refused.output.startswith("berattelse.xlsx: fel: Filen är ingen Excel-fil")) == (1, True)


def test_a_note_alone_is_no_fault(tmp_path: Path) -> None:
    file = tmp_path / "berattelse.xlsx"
    file.write_bytes(broken_forms.made("saved-by-libreoffice.xlsx"))
    result = run("check", file)
    assert result.exit_code == 0
    assert "C33" in result.output
