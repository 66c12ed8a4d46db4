# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What all commands that plan need: a folder of their own to write in, and a way to stop and to show."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import typer

from overens.cli.agreement import Language
from overens.rules.findings import Finding, as_text, error, refuse


def needs(language: Language, *libraries: str) -> None:
    """Stops where a library of the extra that plans is not installed."""
    if any(find_spec(each) is None for each in libraries):
        stop([error("planning-not-installed")], language)


def make_folder(out: Path) -> None:
    """Refused where it is there with something in it, or cannot be made."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        if next(out.iterdir(), None):
            refuse("supply-folder-not-empty", "out", folder=str(out))
    except OSError as problem:
        refuse("supply-folder-not-made", "out", folder=str(out), message=problem.strerror or str(problem))


def columns(lines: list[list[str]], texts: int) -> list[str]:
    """Lines under their head, the first columns of words and the rest of figures."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    shown = [
        "  ".join(
            cell.ljust(width) if at < texts else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    ]
    return [*shown[:1], "  ".join("-" * width for width in widths), *shown[1:]]


def stop(findings: Iterable[Finding], language: Language) -> NoReturn:
    for finding in findings:
        typer.echo(as_text(finding, language), err=True)
    raise typer.Exit(1)


class Shown:
    """How far it has come, on a terminal that shows it."""

    def __enter__(self) -> Shown:
        from rich.console import Console
        from rich.progress import Progress

        self.bar = Progress(console=Console(stderr=True), transient=True)
        self.task = self.bar.add_task("")
        self.bar.start()
        return self

    def __call__(self, done: int, of: int, said: str = "") -> None:
        self.bar.update(self.task, completed=done, total=of, description=said)

    def __exit__(self, *_: object) -> None:
        self.bar.stop()
