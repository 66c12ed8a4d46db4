# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens plan data``: what a table of staff, or of need, would be read as, without a database."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from overens.cli.agreement import Language, LanguageOption
from overens.rules.findings import Finding, as_text, error, word

if TYPE_CHECKING:
    from overens.planning.supply.importing.need_tables import NeedTables
    from overens.planning.supply.reference import Data


def data(
    file: Annotated[Path, typer.Argument(help="CSV, Excel, JSON-stat 2 or a reply of Kolada's.")],
    mapping: Annotated[Path | None, typer.Option(help="How it is read (JSON), as --show-mapping prints it.")] = None,
    region: Annotated[str, typer.Option(help="Two digits, for a region's own table; left out: the country's.")] = "",
    year: Annotated[int | None, typer.Option(min=1990, max=2100, help="Where no column says it.")] = None,
    sector: Annotated[str, typer.Option(help="region, municipality, private or agency; left out: all.")] = "",
    need: Annotated[bool, typer.Option(help="A table of need: inhabitants, uses of care, or minutes.")] = False,
    show_mapping: Annotated[bool, typer.Option(help="Print how it is read, to change and hand in again.")] = False,
    language: LanguageOption = Language.SV,
) -> None:
    """Read a table of staff or of need, say what is wrong with it, and hold it against what ships. Keeps nothing.

    Exit 1 when the table, or how it is read, is to be mended.
    """
    from overens.exchange.statistics import grids
    from overens.planning.supply import reference
    from overens.planning.supply.importing import comparing, laying, need_taking, suggesting, taking
    from overens.planning.supply.importing import mapping as mappings

    kept = None
    if mapping is not None:
        kept, findings = mappings.read(_read(mapping, language).decode("utf-8", "replace"))
        _stop_at_errors(findings, language)
    grid, findings = grids.read(_read(file, language), str(file))
    _stop_at_errors(findings, language)
    assert grid is not None
    ships = reference.data()
    said = {name: each for name, each in (("region", region), ("year", year), ("sector", sector)) if each}
    if need:
        how = need_taking.suggested(grid, ships.need, ships.occupations, kept).model_copy(update=said)
    else:
        shape = laying.shape(ships)
        how = suggesting.suggested(grid, shape, kept).model_copy(update=said)
    if show_mapping:
        typer.echo(mappings.as_text(how))
        return
    if need:
        found = need_taking.take(grid, how, ships.need, ships.occupations, own=region)
        _say((*findings, *found.findings), language)
        rows = _of_need(found.tables, ships) if found.tables else None
    else:
        taken = taking.take(grid, how, shape, own=region)
        odd = comparing.check(taken.counts, shape, None, own=region) if taken.counts else ()
        _say((*findings, *taken.findings, *odd), language)
        titles = {each.code: each.title for each in ships.occupations}
        changed = comparing.changes(taken.counts, shape, "occupation") if taken.counts else ()
        rows = [(titles[each.what], str(each.before), str(each.now)) for each in changed] if taken.counts else None
    if rows is None:
        raise typer.Exit(1)
    heads = ("staff-text" if need else "staff-role-occupation", "staff-before", "staff-now")
    for line in (tuple(word(each, language) for each in heads), *rows):
        typer.echo("\t".join(line))
    # What it is held against ships with Överens; the table itself is data.
    typer.echo(f"{word('staff-before', language)}: {word('supply-synthetic', language)}", err=True)


def _of_need(tables: NeedTables, ships: Data) -> list[tuple[str, str, str]]:
    from overens.planning.supply.importing import need_tables

    titles = {each.code: each.title for each in ships.need.care}
    return [
        (titles.get(each.what, each.what), f"{each.before:.2f}", f"{each.now:.2f}")
        for each in need_tables.changes(tables, ships.need)
    ]


def _say(findings: Iterable[Finding], language: Language) -> None:
    for finding in findings:
        typer.echo(as_text(finding, language), err=True)


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
