# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens agreement``: check an agreement file, and say what differs between two."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any

import typer

from overens.rules.agreement import Agreement
from overens.rules.amounts import group_digits
from overens.rules.diff import Change, diff
from overens.rules.findings import Finding, as_json, as_text
from overens.rules.reading import find, read

app = typer.Typer(help="Check and compare agreement files.", no_args_is_help=True, rich_markup_mode=None)


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"


class Language(StrEnum):
    SV = "sv"
    EN = "en"


FormatOption = Annotated[Format, typer.Option("--format", help="How to print the answer.")]
LanguageOption = Annotated[Language, typer.Option(help="The language of the findings.")]
AGREEMENT = "A shipped id (2019, 2017-2018) or the path of a TOML file."


@app.command("check")
def check_command(
    file: Annotated[str, typer.Argument(help=AGREEMENT)],
    format: FormatOption = Format.TEXT,
    language: LanguageOption = Language.SV,
) -> None:
    """Say what is to be mended in an agreement file: nothing and exit 0, or findings and exit 1."""
    _, findings = read(find(file))
    _show(findings, format, language)
    raise typer.Exit(1 if findings else 0)


@app.command("diff")
def diff_command(
    a: Annotated[str, typer.Argument(help=AGREEMENT)],
    b: Annotated[str, typer.Argument(help=AGREEMENT)],
    format: FormatOption = Format.TEXT,
    language: LanguageOption = Language.SV,
) -> None:
    """Print every difference between two agreements, one a line. Exit 1 when one of them cannot be read."""
    changes = diff(_readable(a, format, language), _readable(b, format, language))
    if format is Format.JSON:
        _print_json([{"path": c.path, "kind": c.kind, "before": c.before, "after": c.after} for c in changes])
    else:
        for change in changes:
            typer.echo(_line(change))


def _readable(name: str, format: Format, language: Language) -> Agreement:
    agreement, findings = read(find(name))
    if agreement is None:
        _show(findings, format, language)
        raise typer.Exit(1)
    return agreement


def _show(findings: Iterable[Finding], format: Format, language: Language) -> None:
    if format is Format.JSON:
        _print_json([as_json(finding, language) for finding in findings])
    else:
        for finding in findings:
            typer.echo(as_text(finding, language))


def _line(change: Change) -> str:
    match change.kind:
        case "added":
            return f"+ {change.path}: {_short(change.after)}"
        case "removed":
            return f"- {change.path}: {_short(change.before)}"
        case _:
            return f"~ {change.path}: {_short(change.before)} → {_short(change.after)}"


def _short(value: Any) -> str:
    """A value on one line: amounts in groups, of a table what it goes by."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return group_digits(value)
    if isinstance(value, tuple):
        return f"[{', '.join(_short(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key} = {_short(item)}' for key, item in value.items())}}}"
    return str(value)


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
