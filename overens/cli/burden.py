# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens burden``: what an agreement asks of its recipients, and what dropping each thing would save."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Annotated

import typer

from overens.cli.agreement import Format, FormatOption, Language, LanguageOption
from overens.rules.agreement import Agreement
from overens.rules.burden import Estimate, Item, asked, load, savings
from overens.rules.burden_minutes import Minutes, assumptions, rows
from overens.rules.findings import Finding, Refused, as_text, word, wording
from overens.rules.reading import find, read


@dataclass(frozen=True)
class _Weighed:
    agreement: Agreement
    items: tuple[Item, ...]
    minutes: Minutes


def burden(
    file: Annotated[str, typer.Argument(help="A stored or shipped id (2019, 2017-2018) or the path of a TOML file.")],
    format: FormatOption = Format.TEXT,
    language: LanguageOption = Language.SV,
) -> None:
    """Weigh what an agreement asks: fields, papers, signatures, minutes; then every item, most minutes first.

    Minutes are those of all recipients together: likely, with at least and at most. Without a prepared database all are
    assumed, and nothing is known to be reported already; that is said. Exit 1 for a file to be mended.
    """
    try:
        found = _by_database(file)
        if found is None:
            typer.echo(as_text(Finding("burden-without-database", "note"), language), err=True)
            agreement = _of_file(file)
            found = _Weighed(agreement, asked(agreement, {}, rows()), assumptions())
    except Refused as refusal:
        for finding in refusal.findings:
            typer.echo(as_text(finding, language), err=True)
        raise typer.Exit(1) from None
    if format is Format.JSON:
        typer.echo(json.dumps({**_summary(found), "items": _rows(found)}, ensure_ascii=False, indent=1))
    else:
        typer.echo(_text(found, language))


def _by_database(name: str) -> _Weighed | None:
    """With what is stored, measured and reported; None where there is no database that is set up. None is made."""
    from overens.web import database

    if database.is_embedded() and not database.data_dir().exists():
        return None
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "overens.web.settings")
    import django
    from django.db import OperationalError, ProgrammingError

    django.setup()
    from overens.portal.burden import items_of, minutes
    from overens.portal.money import agreements

    with database.running():
        try:
            agreement = agreements().get(name) or _of_file(name)
            return _Weighed(agreement, items_of(agreement), minutes())
        except (OperationalError, ProgrammingError):
            return None


def _of_file(name: str) -> Agreement:
    """Refused, with file and line, where anything in it is to be mended."""
    agreement, findings = read(find(name))
    if agreement is None:
        raise Refused(*findings)
    return agreement


def _summary(found: _Weighed) -> dict[str, object]:
    total = load(found.items, found.minutes)
    return {
        "agreement": found.agreement.id,
        "documents": total.documents,
        "fields": total.fields,
        "known": total.known,
        "signatures": total.signatures,
        "attestations": total.attestations,
        "minutes": _tenths(total.minutes),
    }


def _rows(found: _Weighed) -> list[dict[str, object]]:
    return [
        {
            "document": each.item.document,
            "id": each.item.id,
            "kind": each.item.kind,
            "fields": each.fields,
            "known": each.item.written(None) * each.item.known,
            "known_from": each.item.known_from,
            "minutes": _tenths(each.minutes),
            "measured_by": found.minutes[each.item.kind].respondents,
        }
        for each in savings(found.items, found.minutes)
    ]


def _tenths(minutes: Estimate) -> list[float]:
    return [round(float(part), 1) for part in (minutes.likely, minutes.least, minutes.most)]


def _text(found: _Weighed, language: Language) -> str:
    """For a screen: the sums, then a line for each thing asked."""
    summary = {word(f"burden-{name}", language): value for name, value in _summary(found).items()}
    width = max(map(len, summary)) + 2
    lines = [f"{title:<{width}}{_told(value)}" for title, value in summary.items()]
    lines.append("")
    for row in _rows(found):
        by = row["measured_by"]
        rests_on = Finding("burden-measured" if by else "burden-assumed", "note", {"respondents": by})
        told = f"{_told(row['minutes'])} min, {wording(rests_on, language)}"
        lines.append(f"{row['document']:<24} {row['id']:<16} {row['fields']:>7}  {told}")
    return "\n".join(lines)


def _told(value: object) -> str:
    if isinstance(value, list):
        likely, least, most = value
        return f"{likely:g} ({least:g}-{most:g})"
    return str(value)
