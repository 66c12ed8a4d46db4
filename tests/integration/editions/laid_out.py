# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How makers are asked, and how what they make is read."""

from __future__ import annotations

from overens.editions import making
from overens.editions.values.register import Register
from overens.rules.edition.document import Block, Cell, Overview, Table


def table(register: Register, name: str, **said: str) -> Table:
    (found,) = making.TABLES[name].make(register, said)
    assert isinstance(found, Table)
    return found


def blocks(register: Register, name: str, **said: str) -> tuple[Block, ...]:
    return making.BLOCKS[name].make(register, said)


def overviews(register: Register, **said: str) -> dict[str, Overview]:
    return {each.region: each for each in blocks(register, "overviews", **said) if isinstance(each, Overview)}


def row(found: Table, name: str) -> tuple[Cell, ...]:
    """The cells of the row that begins with a name."""
    return next(each.cells for each in found.rows if each.cells[0].text == name)


def texts(cells: tuple[Cell, ...]) -> list[str]:
    return [each.text.replace("\u00a0", " ") for each in cells]
