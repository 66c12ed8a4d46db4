# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens burden``: what an agreement asks of its recipients, and what dropping each thing would save."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from overens.cli.agreement import Format
from overens.cli.database import with_database


@with_database
def burden(
    file: Annotated[str, typer.Argument(help="A stored or shipped id (2019, 2017-2018) or the path of a TOML file.")],
    format: Annotated[Format, typer.Option("--format", help="How to print the answer.")] = Format.TEXT,
) -> None:
    """Weigh what an agreement asks: fields, papers, signatures, minutes; then every item, most minutes first.

    Minutes are those of all recipients together: likely, with at least and at most. Exit 1 for a file to be mended.
    """
    from overens.portal.burden import items_of, minutes
    from overens.portal.money import agreements
    from overens.rules.burden import load, savings
    from overens.rules.findings import Refused
    from overens.rules.reading import find, read

    agreement = agreements().get(file)
    if agreement is None:
        agreement, findings = read(find(file))
        if agreement is None:
            raise Refused(*findings)
    items, per_unit = items_of(agreement), minutes()
    total = load(items, per_unit)
    rows = [
        {
            "document": each.item.document,
            "id": each.item.id,
            "kind": each.item.kind,
            "fields": each.fields,
            "known": each.item.written(None) * each.item.known,
            "known_from": each.item.known_from,
            "minutes": [round(float(part), 1) for part in (each.minutes.likely, each.minutes.least, each.minutes.most)],
            "measured_by": per_unit[each.item.kind].respondents,
        }
        for each in savings(items, per_unit)
    ]
    summary = {
        "agreement": agreement.id,
        "documents": total.documents,
        "fields": total.fields,
        "known": total.known,
        "signatures": total.signatures,
        "attestations": total.attestations,
        "minutes": [round(float(part), 1) for part in (total.minutes.likely, total.minutes.least, total.minutes.most)],
    }
    if format == Format.JSON:
        typer.echo(json.dumps({**summary, "items": rows}, ensure_ascii=False, indent=1))
        return
    for name, value in summary.items():
        typer.echo(f"{name:<14}{_told(value)}")
    typer.echo()
    for row in rows:
        basis = f"measured by {row['measured_by']}" if row["measured_by"] else "assumed"
        typer.echo(f"{row['document']:<24} {row['id']:<16} {row['fields']:>7}  {_told(row['minutes'])} min, {basis}")


def _told(value: object) -> str:
    if isinstance(value, list):
        likely, least, most = value
        return f"{likely:g} ({least:g}-{most:g})"
    return str(value)
