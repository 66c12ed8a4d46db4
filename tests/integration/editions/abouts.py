# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the two editions of the tests are about, and how a maker is asked."""

from __future__ import annotations

from dataclasses import replace

from overens.editions import making, values
from overens.editions.values.register import About, Register
from overens.people.models import Organisation
from overens.rules.edition.document import Block, Cell, Overview, Table


def reference(language: str = "sv") -> Register:
    """The reference edition: what was printed of 2016 and 2017."""
    return values.register(
        About(
            "reference-2017", "Uppföljning", "", language, Organisation.objects.get(code="SOS"), 2017, (2016, 2017),
            ("2017-2018",), "landsting",
        )
    )  # fmt: skip


def of_2019(year: int = 2019) -> Register:
    """The edition of 2019."""
    about = replace(
        reference().about, code="2019", year=year, years=(2016, 2017, 2018, 2019), called="regioner",
        agreements=("2017-2018", "2019"),
    )  # fmt: skip
    return values.register(about)


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
