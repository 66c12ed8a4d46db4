# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a TOML file to a :class:`Scenario`, whole with what its base says, or to findings that name file, line, key."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

from overens.planning.supply import reference
from overens.planning.supply.checks import check
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Scenario
from overens.rules import reading
from overens.rules.findings import Finding, Refused, Where, refuse


def read(
    source: Path | str, bases: Mapping[str, Scenario] | None = None, data: Data | None = None
) -> tuple[Scenario | None, tuple[Finding, ...]]:
    """The scenario in a file (a Path) or a text (a str), and what is to be mended; None where anything is.

    bases: whole scenarios by id that it may build on, beside the one that ships and, for a file, those in the same
    folder in files named by their id. data: what it stands on, else what ships.
    """
    file = str(source) if isinstance(source, Path) else None
    scenario, findings = _read(source, bases or {}, data, (source,) if isinstance(source, Path) else ())
    return scenario, tuple(replace(each, where=replace(each.where or Where(), file=file)) for each in findings)


def _read(
    source: Path | str, bases: Mapping[str, Scenario], data: Data | None, above: tuple[Path, ...]
) -> tuple[Scenario | None, tuple[Finding, ...]]:
    text = reading.text_of(source, (reference.base().id,)) if isinstance(source, Path) else source
    if isinstance(text, Finding):
        return None, (text,)
    whole: list[Scenario] = []

    def checks(own: Scenario, keys: Collection[str]) -> tuple[Finding, ...]:
        try:
            whole.append(own.over(_base(own, bases, data, above)))
        except Refused as refusal:
            return refusal.findings
        return check(whole[0], data, own=own, keys=keys)

    own, findings = reading.read_as(text, Scenario, checks)
    return (None, findings) if own is None else (whole[0], ())


def _base(own: Scenario, bases: Mapping[str, Scenario], data: Data | None, above: tuple[Path, ...]) -> Scenario:
    """What a scenario builds on. Refused where that is unknown, is to be mended, or builds on the scenario itself.

    above: the files that are being read, each of which builds on the next.
    """
    shipped = reference.base()
    if own.base in ("", shipped.id):
        return shipped
    file = above[-1].with_name(f"{own.base}.toml") if above else None
    if _leads_to(own.id, own.base, bases) or file in above:
        refuse("supply-base-cyclic", "base", name=own.base)
    if own.base in bases:
        return bases[own.base]
    if file is None or not file.exists():
        refuse("supply-unknown", "base", name=own.base, known=sorted({shipped.id, *bases}))
    base, _ = _read(file, bases, data, (*above, file))
    return base or refuse("supply-base-broken", "base", name=own.base)


def _leads_to(id: str, base: str, bases: Mapping[str, Scenario]) -> bool:
    seen: set[str] = set()
    while base != id and base in bases and base not in seen:
        seen.add(base)
        base = bases[base].base
    return base == id
