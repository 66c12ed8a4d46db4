# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens sie``: what a SIE file holds, and what is wrong with it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from overens.cli.agreement import Format, FormatOption, Language, LanguageOption
from overens.exchange import sie
from overens.exchange.ore import ore_text
from overens.exchange.sie.model import SieFile
from overens.rules.findings import Finding, Where, as_json, as_text, word

app = typer.Typer(help="Read the files of accounting systems.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _group() -> None:
    """Read the files of accounting systems."""


@app.command("check")
def check_command(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="A SIE file, types 1 to 4.")],
    format: FormatOption = Format.TEXT,
    language: LanguageOption = Language.SV,
) -> None:
    """Say what a SIE file holds and what is wrong with it; exit 1 when it is not to be used. Needs no database."""
    held, findings = _checked(file)
    if format is Format.JSON:
        said = [as_json(finding, language) for finding in findings]
        typer.echo(json.dumps({"holds": held, "findings": said}, ensure_ascii=False, indent=2))
    else:
        for name, value in held.items():
            typer.echo(f"{word(f'sie-holds-{name}', language)}: {_text(value)}")
        for finding in findings:
            typer.echo(as_text(finding, language))
    raise typer.Exit(1 if any(finding.level == "error" for finding in findings) else 0)


def _checked(path: Path) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """One voucher at a time is in memory, beside the file itself; what is too large is not opened."""
    size = path.stat().st_size
    if size > sie.LARGEST:
        values = {"size": size >> 20, "largest": sie.LARGEST >> 20}
        return {}, (Finding("ledger-too-large", "error", values, Where(str(path))),)
    file = sie.stream(path.read_bytes(), str(path))
    vouchers = rows = debit = 0
    used: Counter[str] = Counter()
    for voucher in file.vouchers:
        vouchers += 1
        for row in voucher.rows:
            if row.stands:
                rows += 1
                debit += max(row.ore, 0)
                used.update(dimension for dimension, _ in row.objects)
    return _held(file, vouchers, rows, debit, used), file.findings


def _held(file: SieFile, vouchers: int, rows: int, debit: int, used: Counter[str]) -> dict[str, Any]:
    """Plain values for JSON. ``dimensions``: name, and how many rows have an object of it."""
    return {
        "type": file.type,
        "company": file.company,
        "orgnr": file.orgnr,
        "program": " ".join(file.program).strip(),
        "encoding": file.encoding,
        "year": " – ".join(day.isoformat() for day in file.year or ()),
        "accounts": len(file.accounts),
        "dimensions": {
            code: {"name": file.dimensions[code].name if code in file.dimensions else "", "rows": used[code]}
            for code in sorted({*file.dimensions, *used}, key=lambda code: (len(code), code))
        },
        "balances": len(file.balances),
        "vouchers": vouchers,
        "rows": rows,
        "debit": ore_text(debit),
    }


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{code} {each['name']} ({each['rows']})" for code, each in value.items()) or "–"
    return str(value) or "–"
