# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a table of staff, or of need, is read: what its columns are, and what their values are with us. Kept as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal, get_args

from pydantic import Field, ValidationError

from overens.planning.supply.problem import SECTORS
from overens.rules.findings import Finding, error
from overens.rules.values import Table

Role = Literal[
    "occupation", "aid", "age", "sex", "region", "year", "sector", "situation", "persons", "full-time", "unused",
    "care", "inhabitants", "uses", "minutes",
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)
# What a table of staff has columns of, and a table of need.
STAFF: tuple[Role, ...] = (
    "occupation", "aid", "age", "sex", "region", "year", "sector", "situation", "persons", "full-time", "unused"
)  # fmt: skip
NEED: tuple[Role, ...] = (
    "care", "occupation", "age", "sex", "region", "year", "inhabitants", "uses", "minutes", "unused"
)  # fmt: skip
# What is counted, of which a table has several columns where it is wide.
COUNTED: tuple[Role, ...] = ("persons", "inhabitants", "uses")
SEVERAL = (*COUNTED, "unused")


class ColumnIs(Table):
    """What one column is. A column of what is counted may be of one ``sex`` and ``age``, as in "Kvinnor 20–24"."""

    head: str
    role: Role
    sex: str = ""
    age: str = ""


class TableMapping(Table):
    """``region``, ``year`` and ``sector`` are those of the whole table, where no column says them; an empty ``sector``
    is every employer. ``occupations`` and its like: by what the file says, a code of ours, ``-`` (left out) or ``*``
    (the whole, which is checked and not counted). ``secret``: as how many persons each secret cell is counted.
    """

    format: Literal[1] = 1
    kind: Literal["staff-table"] = "staff-table"
    columns: tuple[ColumnIs, ...] = Field(alias="column", default=())
    region: str = ""
    year: int | None = Field(default=None, ge=1990, le=2100)
    sector: str = ""
    secret: int | None = Field(default=None, ge=0, le=20)
    occupations: dict[str, str] = Field(default_factory=dict)
    regions: dict[str, str] = Field(default_factory=dict)
    sectors: dict[str, str] = Field(default_factory=dict)
    situations: dict[str, str] = Field(default_factory=dict)
    sexes: dict[str, str] = Field(default_factory=dict)
    ages: dict[str, str] = Field(default_factory=dict)
    cares: dict[str, str] = Field(default_factory=dict)

    def heads(self, role: Role) -> tuple[ColumnIs, ...]:
        return tuple(each for each in self.columns if each.role == role)

    def head(self, role: Role) -> str | None:
        """Of the one column that is this."""
        return next((each.head for each in self.columns if each.role == role), None)

    def as_values(self) -> dict[str, Any]:
        """As JSON keeps it: without what is not said."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True) | {"format": 1, "kind": self.kind}


def from_values(values: Mapping[str, Any]) -> TableMapping:
    """A mapping that was kept. Raises pydantic's ValidationError."""
    columns = tuple(ColumnIs(**each) for each in values.get("column", ()))
    return TableMapping.model_validate({**values, "column": columns})


def as_text(mapping: TableMapping) -> str:
    """As a file (JSON), which :func:`read` reads again."""
    return json.dumps(mapping.as_values(), ensure_ascii=False, indent=1)


def read(text: str) -> tuple[TableMapping | None, tuple[Finding, ...]]:
    """A mapping's file, or what is wrong with it, by key."""
    try:
        return from_values(json.loads(text)), ()
    except json.JSONDecodeError as problem:
        return None, (error("staff-mapping-json", "mapping", line=problem.lineno, column=problem.colno),)
    except (ValidationError, TypeError, AttributeError) as problem:
        wrong = problem.errors() if isinstance(problem, ValidationError) else []
        keys = [".".join(map(str, each["loc"])) for each in wrong] or ["column"]
        return None, tuple(error("staff-mapping-key", key, place=key) for key in keys)


def roles_twice(mapping: TableMapping, heads: tuple[str, ...]) -> list[Finding]:
    """Columns that are not there, and what only one column can be."""
    gone = [each.head for each in mapping.columns if each.head not in heads]
    found = [error("staff-column-gone", "column", head=head, known=list(heads)) for head in gone]
    for role in ROLES:
        named = [each.head for each in mapping.columns if each.role == role]
        if len(named) > 1 and role not in SEVERAL:
            found.append(error("staff-role-twice", "column", role=f"staff-role-{role}", heads=named))
    return found


def roles_wrong(mapping: TableMapping, heads: tuple[str, ...]) -> tuple[Finding, ...]:
    """What keeps a table of staff of these columns from being read."""
    found = roles_twice(mapping, heads)
    if not mapping.heads("persons"):
        found.append(error("staff-no-persons", "column"))
    if not mapping.head("occupation") and not mapping.head("aid"):
        found.append(error("staff-no-occupation", "column"))
    if not mapping.head("year") and mapping.year is None:
        found.append(error("staff-no-year", "year"))
    if mapping.sector and mapping.sector not in SECTORS:
        found.append(error("staff-sector-unknown", "sector", sector=mapping.sector, known=list(SECTORS)))
    return tuple(found)
