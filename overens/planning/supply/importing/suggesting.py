# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A first mapping of a table: what its columns seem to be, and the occupations whose label or name is the same as ours.

It is shown to whoever reads the table in, and holds when they have kept it. An occupation whose name is only like one
of ours is told of and left for them to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from overens.planning.supply.importing import words
from overens.planning.supply.importing.mapping import ColumnIs, Role, TableMapping
from overens.planning.supply.importing.spreading import Shape
from overens.planning.supply.importing.words import Suggestion
from overens.rules.statistics.grid import Grid

# By role the words that its heading begins with; one of at most four letters is a word of its own.
HEADS: Mapping[Role, tuple[str, ...]] = {
    "aid": ("aid", "aid-kod", "aid-etikett", "etikett"),
    "occupation": (
        "yrke",
        "yrkesgrupp",
        "yrkeskod",
        "befattning",
        "personalgrupp",
        "personalkategori",
        "occupation",
        "kpi",
    ),
    "age": ("ålder", "åldersgrupp", "age", "alder"),
    "sex": ("kön", "kon", "sex", "gender"),
    "region": ("region", "län", "landsting", "lanskod", "länskod", "place"),
    "year": ("år", "year", "tid", "time", "period", "mättidpunkt"),
    "sector": ("sektor", "sector", "arbetsgivar", "huvudman"),
    "situation": ("anställningsform", "sysselsättning", "status", "situation", "frånvaro"),
    "full-time": ("årsarbetare", "heltid", "omräknad", "fte", "full-time"),
}


def suggested(grid: Grid, shape: Shape, kept: TableMapping | None = None) -> TableMapping:
    """kept: how a table like it was read before; what it says holds for the columns and values that are here again."""
    taken: set[Role] = set()
    columns = []
    before = {each.head: each for each in kept.columns} if kept else {}
    for head in grid.heads:
        found = before.get(head) or _column(head, taken)
        if found.role != "persons" and not any(grid.samples(head, 2)):
            # A label that nobody has filled in says nothing, whatever its heading.
            found = ColumnIs(head=head, role="unused")
        taken.add(found.role)
        columns.append(found)
    mapping = kept.model_copy(update={"columns": tuple(columns)}) if kept else TableMapping(column=tuple(columns))
    sure = {text: each.code for text, each in proposals(grid, mapping, shape).items() if each.sure}
    return mapping.model_copy(update={"occupations": sure | dict(mapping.occupations)})


def _column(head: str, taken: set[Role]) -> ColumnIs:
    for role in HEADS:
        if role not in taken and is_headed(head, role):
            return ColumnIs(head=head, role=role)
    of = words.heading(head)
    if of is not None:
        return ColumnIs(head=head, role="persons", sex=of[0], age=of[1])
    return ColumnIs(head=head, role="unused")


def is_headed(head: str, role: Role) -> bool:
    """Whether a heading is one of those of a role."""
    said = head.casefold()
    first = said.split()[0] if said.split() else ""
    return any(first == each or (len(each) > 4 and said.startswith(each)) for each in HEADS[role])


def proposals(grid: Grid, mapping: TableMapping, shape: Shape) -> dict[str, Suggestion]:
    """What each occupation of the table, that the mapping has nothing for, seems to be."""
    return {
        text: words.occupation(text, name, shape.occupations)
        for text, name in named(grid, mapping).items()
        if text not in mapping.occupations
    }


def named(grid: Grid, mapping: TableMapping) -> dict[str, str]:
    """The occupations of the table by what the mapping goes by, with what they are called beside it."""
    key, name = mapping.head("aid"), mapping.head("occupation")
    by = key or name
    if by is None or by not in grid.heads:
        return {}
    at = grid.heads.index(by)
    beside = grid.heads.index(name) if key and name in grid.heads else None
    labels = grid.labels.get(by, {})
    found: dict[str, str] = {}
    for row in grid.rows:
        name_here = "" if beside is None else str(row.cells[beside]).strip()
        # A row without a label goes by its name.
        text = str(row.cells[at]).strip() or name_here
        if text and text not in found:
            found[text] = labels.get(text, "") if beside is None else name_here
    return found


def values(grid: Grid, head: str) -> tuple[str, ...]:
    """The different texts of a column, as they come."""
    return tuple(_different(str(row.cells[grid.heads.index(head)]).strip() for row in grid.rows))


def _different(texts: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(texts)
