# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens costs``: what a mapping makes of ledger files, computed without the service that filled the report in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from overens.cli.agreement import Language, LanguageOption
from overens.exchange.entries import Ledger
from overens.rules import reading
from overens.rules.agreement import said
from overens.rules.amounts import group_digits
from overens.rules.costing import Costed, Names, Sum, by_account, cost, is_balance, merged
from overens.rules.findings import Refused, as_text, refuse
from overens.rules.mapping import read_line


def costs(
    mapping: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A mapping, as it was downloaded.")],
    ledgers: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help="The ledger files it names.")],
    agreement: Annotated[str | None, typer.Option(help="Id or file; the mapping's own when left out.")] = None,
    language: LanguageOption = Language.SV,
) -> None:
    """Compute the costs of a financial report from a mapping and its ledger files. Needs no database.

    The first line is the mapping's SHA-256, which the signed report names. Exit 1 when something is wrong.
    """
    try:
        text = mapping.read_text(encoding="utf-8")
        content = _parsed(text)
        found, heads = _computed(content, ledgers, agreement or content["case"].split("/")[0])
    except (Refused, UnicodeDecodeError) as problem:
        findings = problem.findings if isinstance(problem, Refused) else ()
        for finding in findings:
            typer.echo(as_text(finding, language), err=True)
        if not findings:
            typer.echo(f"overens: {mapping}: {problem}", err=True)
        raise typer.Exit(1) from None
    typer.echo(hashlib.sha256(text.encode()).hexdigest())
    for item in found.items:
        head = said(heads[item.line.head], "label", language) if item.line.head in heads else "–"
        typer.echo(f"{group_digits(item.kronor):>20}  {head}: {item.line.item}")
    typer.echo(f"{group_digits(found.kronor):>20}")
    left = [each for each in by_account(found.left) if not is_balance(each.account)]
    typer.echo(f"{group_digits((sum(each.ore for each in left) + 50) // 100):>20}  –")
    for finding in found.findings:
        typer.echo(as_text(finding, language), err=True)
    raise typer.Exit(1 if found.errors else 0)


def _parsed(text: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
        assert isinstance(content["case"], str)
        assert all(isinstance(line, dict) for line in content["lines"])
        assert all(isinstance(each["file"], str) for each in content["imports"])
    except (ValueError, KeyError, TypeError, AssertionError):
        refuse("mapping-unreadable")
    return dict(content)


def _computed(content: Mapping[str, Any], ledgers: list[Path], agreement: str) -> tuple[Costed, Mapping[str, Any]]:
    from overens.books.formats import names_of, read  # reads spreadsheets: slow to import

    read_agreement, findings = reading.read(reading.find(agreement))
    if read_agreement is None:
        raise Refused(*findings)
    period = read_agreement.period
    heads = {field.id: field for field in read_agreement.form("financial-report").fields if field.items}
    layouts = {each["file"]: each.get("layout") or {} for each in content["imports"]}
    sums: dict[bool, dict[Any, Sum]] = {True: {}, False: {}}
    names = Names({}, {}, {})
    for path in ledgers:
        held = path.read_bytes()
        sha256 = hashlib.sha256(held).hexdigest()
        if sha256 not in layouts:
            refuse("ledger-not-of-mapping", file=path.name, sha256=sha256)
        ledger = read(held, layouts.pop(sha256), path.name)
        if any(finding.level == "error" for finding in ledger.findings):
            raise Refused(*ledger.findings)
        names = merged(names, Names(**names_of(ledger)))
        _add(ledger, sums, period.first_day, period.last_day)
    if layouts:
        refuse("ledger-of-mapping-missing", files=sorted(layouts))
    known = {line.get("head", "") for line in content["lines"]}
    lines = [read_line(line, known) for line in content["lines"]]
    return cost(lines, sums[True].values(), sums[False].values(), names), heads


def _add(ledger: Ledger, sums: dict[bool, dict[Any, Sum]], first_day: Any, last_day: Any) -> None:
    """Add rows up by account and objects, apart in and outside the period."""
    for entry in ledger.entries:
        at = sums[first_day <= entry.date <= last_day]
        key = (entry.account, tuple(sorted(entry.objects.items())))
        before = at.get(key)
        ore, rows = (before.ore, before.rows) if before else (0, 0)
        at[key] = Sum(entry.account, entry.objects, ore + entry.ore, rows + 1)
