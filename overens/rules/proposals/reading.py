# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a TOML file to a :class:`Proposal`, or to findings that name file, line and key. An agreement's file is taken
too: then the proposal is what its first decision line shares out.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from overens.rules import pots, reading
from overens.rules.agreement import Agreement
from overens.rules.allocation import default_pots, stated
from overens.rules.findings import Finding, Refused, Where, refuse
from overens.rules.proposals.checks import NAMING, check
from overens.rules.proposals.proposal import GROUP, LINE, Basis, Pot, Proposal, Recipient
from overens.rules.values import NOT_STATED


def read(source: Path | str) -> tuple[Proposal | None, tuple[Finding, ...]]:
    """The proposal in a file (a Path) or a text (a str), and what is to be mended; None where anything is."""
    file = str(source) if isinstance(source, Path) else None
    text = (
        reading.text_of(source, (*reading.shipped_ids(), *reading.printed_ids()))
        if isinstance(source, Path)
        else source
    )
    proposal, found = (None, (text,)) if isinstance(text, Finding) else _read(text)
    return proposal, tuple(replace(finding, where=replace(finding.where or Where(), file=file)) for finding in found)


def _read(text: str) -> tuple[Proposal | None, tuple[Finding, ...]]:
    if not is_agreement(text):
        return reading.read_as(text, Proposal, check)
    found, findings = reading.read(text)
    if found is None:
        return None, findings
    try:
        return from_agreement(found), ()
    except Refused as refusal:
        return None, refusal.findings


def is_agreement(text: str) -> bool:
    """What does not say what it is is read as a proposal, unless it has what only an agreement has."""
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError):
        return False
    return "kind" not in data and ("line" in data or "group" in data)


def from_agreement(agreed: Agreement, pots: Sequence[str] | None = None) -> Proposal:
    """The pots with these ids (else those of the first line), with the weights of their group as a basis.

    Refused where an amount or a key is not stated, or the pots are shared among different groups.
    """
    chosen = [pot for pot in agreed.pots if pot.id in (default_pots(agreed) if pots is None else pots)]
    for pot in chosen:
        if pot.amount == NOT_STATED:
            refuse("allocation-amount-not-stated", f"pot[{pot.id}].amount", pot=pot.id)
        if pot.key == NOT_STATED:
            refuse("allocation-key-not-stated", f"pot[{pot.id}].key", pot=pot.id)
    groups = list(dict.fromkeys(pot.recipients for pot in chosen))
    if len(groups) != 1:
        refuse("proposal-groups-differ", "pot", groups=groups)
    group = agreed.group(groups[0])
    named = {id for pot in chosen for name in NAMING if (id := getattr(pot, name)) is not None}
    bases = [
        Basis.model_validate(
            basis.model_dump(exclude={"values"})
            | {"values": tuple(figure for figure in basis.values if figure.code in group.codes)}
        )
        for basis in agreed.bases
        if basis.id in named
    ]
    if any(pot.basis is None and pot.key != "stated" for pot in chosen):
        weights = ((each.code, each.weight) for each in group.recipients if each.weight is not None)
        bases.append(_basis(group.id, group.title, group.source, weights))
    bases += [
        _basis(pot.id, pot.title, pot.source, stated(agreed, pot, group.codes).items())
        for pot in chosen
        if pot.basis is None and pot.key == "stated"
    ]
    return Proposal(
        format=1,
        kind="proposal",
        id=agreed.id,
        title=agreed.short_title,
        title_en=agreed.short_title_en,
        period=agreed.period,
        recipients="listed",
        recipient=tuple(Recipient(code=each.code, name=each.name) for each in group.recipients),
        allocation=agreed.allocation,
        basis=tuple(bases),
        pot=tuple(
            Pot.model_validate(
                pot.model_dump(exclude_none=True)
                | {
                    "line": LINE,
                    "recipients": GROUP,
                    "basis": pot.basis or (pot.id if pot.key == "stated" else group.id),
                }
            )
            for pot in chosen
        ),
        condition=tuple(
            condition.model_copy(update={"pots": met})
            for condition in agreed.conditions
            if (met := tuple(pot.id for pot in chosen if pot.id in condition.pots))
        ),
    )


def _basis(id: str, title: str, source: str, figures: Iterable[tuple[str, Any]]) -> Basis:
    values = tuple(pots.Figure(code=code, value=value) for code, value in figures)
    return Basis(id=id, title=title, values=values, source=source)
