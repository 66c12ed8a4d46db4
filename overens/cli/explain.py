# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens explain``: where a number comes from."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from overens.cli.database import language, with_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from overens.editions.explaining import Basis, Explanation


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"


@with_database
def explain(
    fact_id: Annotated[
        str,
        typer.Argument(
            metavar="FACT-ID",
            help="EDITION/KEY, such as reference-2017/stated/vns, or KEY for today's facts, such as"
            " number/training-posts,year=2017.",
        ),
    ],
    format: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TEXT,
) -> None:
    """Tell what a value says, what is counted, who is behind it with which signed report, and what it is the sum of.

    Exit 1 for what is not there, with what may have been meant.
    """
    from overens.editions import explaining

    found = explaining.explained(fact_id, language())
    if format is Format.JSON:
        typer.echo(json.dumps(explaining.as_values(found), ensure_ascii=False, indent=1))
        return
    for line in _lines(found, language()):
        typer.echo(line)


def _lines(found: Explanation, said: str) -> Iterator[str]:
    from overens.rendering.edition_html_alone import shown
    from overens.rules.edition.numerals import in_digits
    from overens.rules.findings import word

    value = found.value
    yield f"{value.title}{', ' if found.place else ''}{found.place}: {shown(value, said)}"
    yield f"  {found.edition}{'/' if found.edition else ''}{value.key}"
    for text in found.worded:
        yield f"  ”{text}”"
    yield from (f"  {note}" for note in found.notes)
    if found.definition:
        yield from ("", word("edition-explain-counted", said), f"  {found.definition.text}")
        yield from (f"  {year}: {how}" for year, how in found.definition.breaks)
    if found.regions:
        yield from ("", word("edition-explain-regions", said), f"  {', '.join(name for _code, name in found.regions)}")
    for split in found.splits:
        yield from ("", f"{word('edition-explain-parts', said)} {word(f'facts-dimension-{split.dimension}', said)}")
        width = max(len(part.name) for part in split.parts)
        for part in split.parts:
            number = (
                in_digits(part.number, said) if part.number is not None else word(f"facts-answer-{part.status}", said)
            )
            yield f"  {part.name.ljust(width)}  {number:>14}  {part.key}".rstrip()
    yield from ("", word("edition-explain-sources", said))
    for each in found.basis:
        yield from _source(each, said)
    if found.related:
        yield from ("", word("edition-explain-related", said))
        yield from (f"  {other.title}: {shown(other, said)}  {other.key}" for other in found.related)
    if found.command:
        yield from ("", word("edition-explain-question", said), f"  {found.command}", f"  {found.query}")


def _source(basis: Basis, said: str) -> Iterator[str]:
    from overens.rules.findings import Finding, word, wording

    source = basis.source
    parts = [word(f"edition-source-kind-{source.kind}", said), source.organisation, source.at]
    if source.version is not None:
        parts.append(f"v{source.version}")
    if basis.role:
        parts.append(wording(Finding("edition-signed-as", "note", {"role": basis.role}), said))
    yield f"  {source.title}"
    yield f"    {' · '.join(part for part in parts if part)}"
    if source.citation and source.citation != source.title:
        yield f"    {source.citation}"
    if source.sha256:
        yield f"    sha256 {source.sha256}"
    if source.address:
        yield f"    {source.address}"
    yield from (f"    “{line}”" for line in basis.lines)
