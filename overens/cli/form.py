# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens form``: write an agreement's blank forms, and say what is wrong in an Excel form. Needs no database."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from overens.cli.agreement import AGREEMENT, Language, LanguageOption
from overens.exchange.forms import reading, workbook
from overens.rendering import form_pdf, form_word
from overens.rules import forms, text
from overens.rules.agreement import Agreement
from overens.rules.asked import Form
from overens.rules.findings import Finding, Refused, as_text
from overens.rules.printed import blank
from overens.rules.reading import find, read

app = typer.Typer(help="Write blank forms, and check Excel forms.", no_args_is_help=True, rich_markup_mode=None)
WRITERS = {".pdf": form_pdf.pdf, ".docx": form_word.write, ".xlsx": workbook.write}


class Kind(StrEnum):
    REQUISITION = "requisition"
    REPORT = "financial-report"


@app.command("blank")
def blank_command(
    agreement: Annotated[str, typer.Argument(help=AGREEMENT)],
    form: Kind,
    file: Annotated[Path, typer.Argument(help="The file to make; its ending says the format: .pdf, .docx, .xlsx.")],
    language: LanguageOption = Language.SV,
    version: Annotated[int, typer.Option(help="The number that the agreement is stored under.")] = 1,
) -> None:
    """Write a blank form with what the agreement says of itself."""
    found = _agreement(agreement, language)
    write = WRITERS.get(file.suffix.lower())
    if write is None:
        raise typer.BadParameter(f"{file}: the file must end in {', '.join(WRITERS)}")
    if file.exists():
        raise typer.BadParameter(f"{file} is there already: name another file")
    definition = next((each for each in found.forms if each.id == form), None)
    if definition is None:
        raise typer.BadParameter(f"{agreement} has no form {form.value}")
    # A blank form is as old as the agreement's period: the same file each time.
    made_at = dt.datetime.combine(found.period.first_day, dt.time(), dt.UTC)
    file.write_bytes(write(blank(definition, found, version, language.value), made_at))


@app.command("check")
def check_command(
    file: Annotated[Path, typer.Argument(help="An Excel form that was filled in.")],
    agreement: Annotated[str, typer.Option(help=AGREEMENT)] = "2019",
    language: LanguageOption = Language.SV,
) -> None:
    """Say what is wrong in an Excel form, one line a cell: nothing and exit 0, or findings and exit 1."""
    found = _agreement(agreement, language)
    if not found.forms:
        raise typer.BadParameter(f"{agreement} has no forms")
    if not file.is_file():
        raise typer.BadParameter(f"{file} is no file")
    try:
        definition, read_in = _read(file.read_bytes(), found)
    except Refused as refusal:
        _say(file, refusal.findings, {}, language)
        raise typer.Exit(1) from None
    findings = [*read_in.findings, *forms.fill(definition, {}, read_in.typed).findings, *text.unwritable(read_in.typed)]
    _say(file, findings, read_in.cells, language)
    raise typer.Exit(1 if any(finding.level == "error" for finding in findings) else 0)


def _agreement(name: str, language: Language) -> Agreement:
    found, findings = read(find(name))
    if found is None:
        for finding in findings:
            typer.echo(as_text(finding, language.value), err=True)
        raise typer.Exit(1)
    return found


def _read(content: bytes, agreement: Agreement) -> tuple[Form, reading.FormFile]:
    """The file as the form of the agreement that it is. Raises Refused as :func:`reading.read` does."""
    refused = Refused()
    for form in agreement.forms:
        try:
            return form, reading.read(content, form)
        except Refused as refusal:
            refused = refusal
            if refusal.findings[0].code not in ("form-file-other-form", "form-sheet-missing"):
                break
    raise refused


def _say(file: Path, findings: list[Finding] | tuple[Finding, ...], cells: dict[str, str], language: Language) -> None:
    for finding in findings:
        key = (finding.where.key if finding.where else None) or ""
        cell = str(finding.values.get("cell") or cells.get(key, ""))
        words = as_text(Finding(finding.code, finding.level, finding.values), language.value)
        typer.echo(f"{file.name}: {cell}: {words}" if cell else f"{file.name}: {words}")
