# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens report``: a national report as files, from facts or as it was frozen."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from overens.cli.database import bring_up, is_up, language, with_database


class Format(StrEnum):
    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    DATA = "data"


@with_database
def report(
    edition: Annotated[str | None, typer.Argument(help="Its code, such as reference-2017; see --list.")] = None,
    more: Annotated[list[Format] | None, typer.Argument(help="Further formats, after --format.", hidden=True)] = None,
    to: Annotated[Path | None, typer.Option(help="The folder that it is put in; made where there is none.")] = None,
    format: Annotated[
        list[Format] | None, typer.Option("--format", help="pdf docx html data; all of them where none is said.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Put it in place of other files of these names.")] = False,
    list_all: Annotated[bool, typer.Option("--list", help="List the editions there are.")] = False,
) -> None:
    """Compile a national report and write it as PDF, Word, web pages and data.

    An edition that is frozen says what it said; others are compiled from today's facts, and what is wrong with them is
    told. An embedded database is made ready first. Exit 1 when nothing could be compiled or written.
    """
    from overens.editions import current, output
    from overens.rules.findings import as_text
    from overens.web import database

    if database.is_embedded() and not is_up():
        bring_up()

    if list_all:
        for code in current.codes():
            typer.echo(code)
        return
    if edition is None:
        raise typer.BadParameter("say which edition; --list tells which there are", param_hint="EDITION")
    if to is None:
        raise typer.BadParameter("say which folder it is put in", param_hint="--to")
    if more and not format:
        raise typer.BadParameter(f"{' '.join(more)}: formats are said after --format", param_hint="--format")
    typer.echo(f"{edition} …", err=True)
    made = current.current(edition)
    for finding in made.compiled.findings:
        typer.echo(as_text(finding, language()), err=True)
    formats = [*(format or ()), *(more or ())] or list(Format)
    written: dict[str, bytes] = {}
    for each in dict.fromkeys(formats):
        typer.echo(f"{each} …", err=True)
        written |= output.files(made.compiled.document, [each], made.made_at)
    _write(to, written, force)
    for name in written:
        if "/" not in name:
            typer.echo(str(to / name))
    for folder in dict.fromkeys(name.partition("/")[0] for name in written if "/" in name):
        typer.echo(f"{to / folder}/")


def _write(folder: Path, files: Mapping[str, bytes], force: bool) -> None:
    """All of them or none. Raises Refused: ``file-exists``, ``folder-unwritable``."""
    from overens.rules.findings import refuse

    if not force:
        for name, content in files.items():
            there = folder / name
            if there.exists() and not (there.is_file() and there.read_bytes() == content):
                refuse("report-file-exists", "to", file=str(there))
    try:
        for name, content in files.items():
            target = folder / name
            assert target.resolve().is_relative_to(folder.resolve()), name
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_name(f"{target.name}.new")
            draft.write_bytes(content)
            draft.replace(target)
    except OSError as problem:
        refuse("folder-unwritable", "to", folder=str(folder), why=problem.strerror or str(problem))
