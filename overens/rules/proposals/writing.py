# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A proposal as a file: its own, or as the tables of an agreement's file that it would become."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import tomlkit
from tomlkit.items import Array, InlineTable, Item

from overens.rules.agreement import Agreement
from overens.rules.proposals.proposal import GROUP, LINE, Proposal
from overens.rules.values import Table

# What of an agreement a proposal says; the rest of the file (parties, deadlines, forms) is written by other hands.
OF_AN_AGREEMENT = ("allocation", "basis", "group", "line", "pot", "condition")
GROUPED = 10_000


def as_toml(proposal: Proposal) -> str:
    """The proposal's own file. Reading it gives the same proposal."""
    data = _plain(proposal)
    data["pot"] = [{k: v for k, v in pot.items() if (k, v) not in (("line", LINE), ("recipients", GROUP))}
                   for pot in data["pot"]]  # fmt: skip
    return _document(data)


def as_agreement_toml(resolved: Agreement) -> str:
    """A resolved proposal as those tables of an agreement's file, with the figures in it."""
    data = _plain(resolved)
    return _document({name: data[name] for name in OF_AN_AGREEMENT if data.get(name)})


def _plain(table: Table) -> dict[str, Any]:
    """What is not the default, since a file says no more than it has to."""
    return table.model_dump(by_alias=True, exclude_defaults=True, exclude_none=True)


def _document(data: dict[str, Any]) -> str:
    """Values first, then tables; a thing in a list of figures is a line."""
    document = tomlkit.document()
    for name, value in data.items():
        if not _is_tables(name, value):
            document.add(name, _item(value))
    for name, value in data.items():
        if _is_tables(name, value):
            things = tomlkit.aot()
            for thing in value:
                table = tomlkit.table()
                for key, inner in thing.items():
                    table.add(key, _item(inner))
                things.append(table)
            document.add(name, things)
    return tomlkit.dumps(document)


def _is_tables(name: str, value: object) -> bool:
    return name != "recipient" and isinstance(value, list | tuple) and all(isinstance(each, dict) for each in value)


def _item(value: Any) -> Item:
    if isinstance(value, dict):
        inline: InlineTable = tomlkit.inline_table()
        for key, inner in value.items():
            inline.add(key, _item(inner))
        return inline
    if isinstance(value, list | tuple):
        array: Array = tomlkit.array()
        for each in value:
            array.append(_item(each))
        return array.multiline(any(isinstance(each, dict) for each in value))
    if isinstance(value, int) and value >= GROUPED:
        return tomlkit.value(f"{value:_}")
    if isinstance(value, Decimal):
        return tomlkit.value(f"{value:f}")
    item: Item = tomlkit.item(value)
    return item
