# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a TOML file to a :class:`Mix`, or to findings that name file, line and key."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from overens.planning.mix.checks import check
from overens.planning.mix.problem import Mix
from overens.rules import reading
from overens.rules.findings import Finding, Where

SHIPPED = Path(__file__).parents[2] / "reference" / "planning" / "mix"


def shipped_ids() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.toml")))


def find(name: str) -> Path:
    """The file of a shipped problem by its id, or else the path itself (which need not exist)."""
    return SHIPPED / f"{name}.toml" if name in shipped_ids() else Path(name)


def read(source: Path | str) -> tuple[Mix | None, tuple[Finding, ...]]:
    """The problem in a file (a Path) or a text (a str), and what is to be mended; None where anything is."""
    text = reading.text_of(source, shipped_ids()) if isinstance(source, Path) else source
    if isinstance(text, Finding):
        return None, (text,)
    mix, findings = reading.read_as(text, Mix, lambda read, _: check(read))
    file = str(source) if isinstance(source, Path) else None
    return mix, tuple(replace(each, where=replace(each.where or Where(), file=file)) for each in findings)
