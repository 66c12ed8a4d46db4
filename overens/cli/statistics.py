# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens statistics``: say what a file of statistics holds and what is wrong with it, take it in, approve it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from overens.cli.agreement import Format, FormatOption, Language, LanguageOption
from overens.cli.database import with_database
from overens.exchange import statistics
from overens.rules.findings import Finding, Refused, as_json, as_text
from overens.rules.statistics.asked import Asked, Read
from overens.rules.statistics.checks import check

if TYPE_CHECKING:
    from overens.people.models import Person
    from overens.statistics.models import StoredTable

app = typer.Typer(help="Tables of statistics.", no_args_is_help=True, rich_markup_mode=None)
FileArgument = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="json-stat2, a reply of Kolada's, or CSV with code, time, value.")]  # fmt: skip  # noqa: E501
As = Annotated[str, typer.Option("--as", help="The e-mail address of the person whose act it is.")]
Contents = Annotated[str, typer.Option(help="The code of what is to be read, where there are several.")]
Times = Annotated[str, typer.Option(help="The times that must be there, such as 2018 or 2015-2018.")]
Measure = Annotated[str, typer.Option(help="What a value is, such as persons; otherwise as the file says.")]
Title = Annotated[str, typer.Option(help="Needed for CSV that is kept.")]
Source = Annotated[str, typer.Option(help="Needed for CSV that is kept.")]


@app.callback()
def _group() -> None:
    """Population and key figures, as their sources publish them."""


@app.command("check")
def check_command(
    file: FileArgument,
    contents: Contents = "",
    measure: Measure = "",
    format: FormatOption = Format.TEXT,
    language: LanguageOption = Language.SV,
) -> None:
    """Say what a file holds and what is wrong with it; exit 1 when it is not to be used. Needs no database."""
    asked = Asked(contents=contents, measure=measure)
    content = file.read_bytes()
    form = statistics.format_of(content)
    held: dict[str, Any] = {}
    try:
        read = statistics.read(form, [content], asked)
        held, found = _held(read), (*read.findings, *check(read.table, asked, whole=form != "kolada"))
    except Refused as refusal:
        found = refusal.findings
    if format is Format.JSON:
        said = [as_json(finding, language) for finding in found]
        typer.echo(json.dumps({"holds": held, "findings": said}, ensure_ascii=False, indent=2))
    else:
        for name, value in held.items():
            typer.echo(f"{name}: {value}")
        for finding in found:
            typer.echo(as_text(Finding(finding.code, finding.level, finding.values), language))
    raise typer.Exit(1 if any(finding.level == "error" for finding in found) else 0)


def _held(read: Read) -> dict[str, Any]:
    table = read.table
    return {
        "title": table.title,
        "source": table.source,
        "subject": read.subject,
        "measure": table.measure,
        "level": table.level,
        "units": len(table.units),
        "times": f"{table.times[0]} – {table.times[-1]}" if table.times else "",
        "ages": len(table.ages),
        "values": len(table.values),
    }


@app.command("list")
@with_database
def list_command(format: FormatOption = Format.TEXT) -> None:
    """The tables that can be used, by code, and those that wait to be approved."""
    from overens.statistics import reading
    from overens.statistics.models import StoredTable, TableState

    rows = [
        {"code": each.code, "state": "ships" if each.ships else "approved", "times": list(each.times),
         "fetched_on": each.fetched_on, "title": each.title}
        for each in reading.tables()
    ]  # fmt: skip
    for stored in StoredTable.objects.exclude(state=TableState.APPROVED):
        value = reading.as_table(stored)
        rows.append(
            {"code": stored.code, "state": stored.state, "times": list(value.times), "fetched_on": value.fetched_on,
             "title": value.title}
        )  # fmt: skip
    if format is Format.JSON:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    width = max(len(str(row["code"])) for row in rows)
    for row in rows:
        times = row["times"]
        typer.echo(f"{row['code']!s:<{width}}  {row['state']!s:<9} {times[0]}–{times[-1]}  {row['title']}")


@app.command("read")
@with_database
def read_command(
    file: FileArgument,
    by: As,
    times: Times = "",
    contents: Contents = "",
    measure: Measure = "",
    title: Title = "",
    source: Source = "",
) -> None:
    """Keep a table with the file's bytes, to be approved; exit 1 where it cannot be read."""
    from overens.statistics import actions, fetching

    content = file.read_bytes()
    asked = Asked(fetching.times_of(times, "times") if times else (), contents, title, measure, source)
    question = actions.file_question(statistics.format_of(content), asked)
    _tell(actions.receive(question, [("", content)], _person(by), name=file.name))


@app.command("fetch")
@with_database
def fetch_command(
    table: Annotated[
        str, typer.Argument(help="A table of Statistics Sweden's (TAB638) or a key figure of Kolada's (N61907).")
    ],
    years: Annotated[str, typer.Option(help="Such as 2018 or 2015-2018.")],
    by: As,
    select: Annotated[
        list[str] | None, typer.Option(help="Codes of a dimension: Region=??, Kon=1,2, Alder=*. Again for more.")
    ] = None,
    contents: Contents = "",
    measure: Measure = "",
    apart: Annotated[bool, typer.Option("--apart", help="One question for each year.")] = False,
) -> None:
    """Ask the source now, and keep its answer, to be approved."""
    from overens.rules.findings import refuse
    from overens.statistics import actions, fetching

    chosen = {}
    for text in select or ("Region=??",):
        name, equals, codes = text.partition("=")
        if not (name and equals and codes):
            refuse("statistics-selection", text=text)
        chosen[name] = codes
    if table[:1].upper() in ("N", "U"):
        question = fetching.key_figure(table, years)
    else:
        question = fetching.pxweb(table, years, chosen, contents=contents, measure=measure, apart=apart)
    _tell(actions.fetch_now(question, _person(by)))


@app.command("approve")
@with_database
def approve_command(code: Annotated[str, typer.Argument(help="As the list has it.")], by: As) -> None:
    """From now on the table may be shared out by."""
    from overens.statistics import actions

    _known(code)
    actions.approve(code, _person(by))
    typer.echo(f"{code}: approved")


@app.command("reject")
@with_database
def reject_command(
    code: Annotated[str, typer.Argument(help="As the list has it.")],
    reason: Annotated[str, typer.Option(help="Stays with the table.")],
    by: As,
) -> None:
    """The table stays, with the reason, and is not used."""
    from overens.statistics import actions

    _known(code)
    actions.reject(code, reason, _person(by))
    typer.echo(f"{code}: rejected")


def _known(code: str) -> None:
    from overens.rules.findings import refuse
    from overens.statistics.models import StoredTable

    if not StoredTable.objects.filter(code=code).exists():
        refuse("statistics-code", code=code)


def _person(email: str) -> Person:
    from overens.people.models import Person
    from overens.rules.findings import refuse

    found = Person.objects.filter(email=email).first()
    if found is None:
        refuse("statistics-person", email=email)
    return found


def _tell(stored: StoredTable) -> None:
    from overens.cli.database import language
    from overens.rules.finding_rows import from_rows

    for finding in from_rows(stored.findings):
        typer.echo(as_text(Finding(finding.code, finding.level, finding.values), language()), err=True)
    typer.echo(f"{stored.code}: {stored.title}; overens statistics approve {stored.code}")
