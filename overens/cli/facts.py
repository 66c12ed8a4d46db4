# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens facts``: the questions of the pages, asked from the command line."""

from __future__ import annotations

import csv
import json
import sys
from typing import Annotated

import typer

from overens.cli.database import language, with_database
from overens.cli.money import Format, FormatOption

Only = Annotated[list[str] | None, typer.Option("--only", help="Only this value: region=23. Again for more.")]


@with_database
def facts(
    subject: Annotated[str | None, typer.Argument(help="Such as training-posts; see --list.")] = None,
    by: Annotated[str, typer.Option(help="Dimensions to split by: year,term,sex,region …")] = "year",
    only: Only = None,
    year: Annotated[list[int] | None, typer.Option(help="Only this year. Again for more.")] = None,
    agreement: Annotated[str | None, typer.Option(help="Only what was reported under it, such as 2019.")] = None,
    format: FormatOption = Format.TABLE,
    list_all: Annotated[bool, typer.Option("--list", help="List what can be asked about, and by what.")] = False,
) -> None:
    """Answer a question from what has been reported, or printed. A cell without a number says why.

    Figures that are tied to no region, or not split so far, have rows of their own. Exit 1 for what is not there.
    """
    from overens.followup import exploring, fact_subjects
    from overens.rules.agreement import said as agreement_said

    said = language()
    if list_all or subject is None:
        for known in fact_subjects.subjects().values():
            years = fact_subjects.values_of(known)["year"]
            shown = f"{years[0]}-{years[-1]}" if len(years) > 1 else "".join(years) or "-"
            typer.echo(f"{known.id:<26} {shown:<10} {','.join(known.dimensions)}")
            typer.echo(f"{'':<26} {known.title(said)}")
        return
    chosen: dict[str, list[str]] = {"year": [str(each) for each in year or ()]}
    for text in only or ():
        name, equals, value = text.partition("=")
        if not equals:
            raise typer.BadParameter(f"{text!r}: write a dimension and a value, such as region=23", param_hint="--only")
        chosen.setdefault(name, []).append(value)
    found = fact_subjects.subject(subject)
    rows = [part.strip() for part in by.split(",") if part.strip()]
    answer = exploring.answer(exploring.ask(found, rows or ["year"], (), chosen, agreement or ""))
    if format == Format.JSON:
        typer.echo(json.dumps(exploring.as_values(answer, said), ensure_ascii=False, indent=1))
        return
    values = exploring.as_values(answer, said)
    header = [*values["by"], "number", "status", "certainty", "reported", "asked"]
    lines = [
        [*(row["at"][each] for each in values["by"]), row["number"], row["status"], row["certainty"], row["reported"],
         row["asked"]]
        for row in values["rows"]
    ]  # fmt: skip
    if format == Format.CSV:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(lines)
        return
    labelled = [
        [
            *(values["labels"][each][at] for each, at in zip(values["by"], line, strict=False)),
            *_figure(line, len(rows)),
        ]
        for line in lines
    ]
    _print([*values["by"], "", "", ""], labelled)
    if values["total"] and values["total"]["number"] is not None:
        typer.echo(f"{values['title']}: {values['total']['number']}")
    for each in answer.breaks:
        typer.echo(f"{each.from_year}: {agreement_said(each, 'how', said)}")


def _figure(line: list[object], places: int) -> list[str]:
    """The number or the word in its place; how sure; how many of those asked."""
    from overens.rules.findings import word

    number, status, certainty, reported, asked = line[places:]
    said = language()
    shown = str(number) if number is not None else word(f"facts-answer-{status}", said)
    sure = word(f"facts-certainty-{certainty}", said) if certainty and number is not None else ""
    return [shown, sure, f"{reported}/{asked}" if asked else ""]


def _print(header: list[str], rows: list[list[str]]) -> None:
    widths = [max(len(str(row[at])) for row in (header, *rows)) for at in range(len(header))]
    for row in (header, *rows):
        typer.echo("  ".join(str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
