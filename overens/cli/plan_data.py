# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens plan data``: what a table of staff would be read as, without a database."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from overens.cli.agreement import Language, LanguageOption
from overens.rules.findings import Finding, as_text, error, word


def data(
    file: Annotated[Path, typer.Argument(help="CSV, Excel, JSON-stat 2 or a reply of Kolada's.")],
    mapping: Annotated[Path | None, typer.Option(help="How it is read (JSON), as --show-mapping prints it.")] = None,
    region: Annotated[str, typer.Option(help="Two digits, for a region's own table; left out: the country's.")] = "",
    year: Annotated[int | None, typer.Option(min=1990, max=2100, help="Where no column says it.")] = None,
    sector: Annotated[str, typer.Option(help="region, municipality, private or agency; left out: all.")] = "",
    show_mapping: Annotated[bool, typer.Option(help="Print how it is read, to change and hand in again.")] = False,
    language: LanguageOption = Language.SV,
) -> None:
    """Read a table of staff, say what is wrong with it, and hold it against what ships. Keeps nothing.

    Exit 1 when the table, or how it is read, is to be mended.
    """
    from overens.exchange.statistics import grids
    from overens.planning.supply import reference
    from overens.planning.supply.importing import comparing, laying, suggesting, taking
    from overens.planning.supply.importing import mapping as mappings

    kept = None
    if mapping is not None:
        kept, findings = mappings.read(_read(mapping, language).decode("utf-8", "replace"))
        _stop_at_errors(findings, language)
    grid, findings = grids.read(_read(file, language), str(file))
    _stop_at_errors(findings, language)
    assert grid is not None
    shape = laying.shape(reference.data())
    said = {"region": region, "year": year, "sector": sector}
    how = suggesting.suggested(grid, shape, kept).model_copy(
        update={name: value for name, value in said.items() if value}
    )
    if show_mapping:
        typer.echo(mappings.as_text(how))
        return
    taken = taking.take(grid, how, shape, own=region)
    odd = comparing.check(taken.counts, shape, None, own=region) if taken.counts else ()
    for finding in (*findings, *taken.findings, *odd):
        typer.echo(as_text(finding, language), err=True)
    if taken.counts is None:
        raise typer.Exit(1)
    titles = {each.code: each.title for each in shape.occupations}
    typer.echo("\t".join(word(each, language) for each in ("staff-role-occupation", "staff-before", "staff-now")))
    for change in comparing.changes(taken.counts, shape, "occupation"):
        typer.echo(f"{titles[change.what]}\t{change.before}\t{change.now}")


def _read(path: Path, language: Language) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        _stop_at_errors([error("staff-file", str(path), problem=problem.strerror or "")], language)
        raise


def _stop_at_errors(findings: Iterable[Finding], language: Language) -> None:
    wrong = [each for each in findings if each.level == "error"]
    for finding in wrong:
        typer.echo(as_text(finding, language), err=True)
    if wrong:
        raise typer.Exit(1)
