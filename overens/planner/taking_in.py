# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A file that was sent, read as somebody has said so far: what it holds, what is said of it, what it would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from overens.exchange.statistics import grids
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.planner import datasets
from overens.planner.models import DataKind, DataSet, DataSetVersion, Incoming
from overens.planning.supply import reference
from overens.planning.supply.care import NeedData
from overens.planning.supply.importing import (
    comparing,
    counts,
    laying,
    need_tables,
    need_taking,
    suggesting,
    taking,
)
from overens.planning.supply.importing.counts import Counts
from overens.planning.supply.importing.mapping import TableMapping, from_values
from overens.planning.supply.importing.need_tables import NeedTables
from overens.planning.supply.importing.spreading import Shape
from overens.rules.findings import Finding, Refused
from overens.rules.statistics.grid import Grid


@dataclass(frozen=True)
class Read:
    """``findings``: of the file, of how it is read, and of what is in it. ``values``: by role what each value of the
    file holds. ``cells``: as a version keeps them; None where anything is wrong.
    """

    grid: Grid
    mapping: TableMapping
    findings: tuple[Finding, ...]
    values: Mapping[str, Mapping[str, int]]
    cells: dict[str, Any] | None


@dataclass(frozen=True)
class ReadStaff(Read):
    """``counts``: None where anything is wrong. ``shape``: what is used now."""

    counts: Counts | None
    shape: Shape


@dataclass(frozen=True)
class ReadNeed(Read):
    """``tables``: None where anything is wrong. ``now``: what is used now."""

    tables: NeedTables | None
    now: NeedData


def own(organisation: Organisation) -> str:
    """The region that its tables are of; "" where they are of the whole country."""
    return organisation.code if organisation.kind == Kind.REGION else ""


def opened(content: bytes, name: str) -> tuple[Grid | None, tuple[Finding, ...]]:
    return grids.read(content, name)


def proposed(grid: Grid, organisation: Organisation, kind: DataKind, kept: TableMapping | None) -> TableMapping:
    """A first mapping; kept: how a table like it was read before."""
    region, ships = own(organisation), reference.data()
    if kind == DataKind.NEED:
        mapping = need_taking.suggested(grid, ships.need, ships.occupations, kept)
        return mapping if mapping.head("region") else mapping.model_copy(update={"region": region})
    mapping = suggesting.suggested(grid, laying.shape(ships), kept)
    mapping = mapping if mapping.head("region") else mapping.model_copy(update={"region": region})
    if region and not mapping.head("sector") and not mapping.sector:
        mapping = mapping.model_copy(update={"sector": "region"})
    return mapping


def read(incoming: Incoming) -> ReadStaff | ReadNeed:
    """Raises Refused where the file cannot be read at all."""
    grid, said = grids.read(bytes(incoming.content), incoming.name)
    if grid is None:
        raise Refused(*said)
    mapping, code = from_values(incoming.mapping), own(incoming.organisation)
    if incoming.kind == DataKind.NEED:
        now = need_now(incoming.data_set, incoming.organisation)
        found = need_taking.take(grid, mapping, now, reference.data().occupations, own=code)
        cells = None if found.tables is None else need_tables.as_values(found.tables)
        return ReadNeed(grid, mapping, (*said, *found.findings), found.values, cells, found.tables, now)
    shape = used_now(incoming.data_set, incoming.organisation)
    taken = taking.take(grid, mapping, shape, own=code)
    odd = comparing.check(taken.counts, shape, _earlier(incoming.data_set), own=code) if taken.counts else ()
    cells = None if taken.counts is None else counts.as_values(taken.counts)
    return ReadStaff(grid, mapping, (*said, *taken.findings, *odd), taken.values, cells, taken.counts, shape)


def need_now(data_set: DataSet | None, organisation: Organisation) -> NeedData:
    """What scenarios stand on now that name a data set of need; what ships where it has nothing."""
    return datasets.need(data_set.code if data_set else datasets.SHIPPED, organisation)


def need_before(version: DataSetVersion) -> NeedData:
    """What they stood on before a version: an earlier one, or what ships."""
    before = version.data_set.versions.filter(state="approved", number__lt=version.number).first()
    if before is None or before.withdraws:
        return reference.data().need
    return datasets.need(version.data_set.code, version.data_set.owner, before.number)


def used_now(data_set: DataSet | None, organisation: Organisation) -> Shape:
    """What scenarios stand on now that name a data set; what ships where it has nothing."""
    return laying.shape(datasets.data(data_set.code if data_set else datasets.SHIPPED, organisation))


def used_before(version: DataSetVersion) -> Shape:
    """What they stood on before a version: an earlier one, or what ships."""
    before = version.data_set.versions.filter(state="approved", number__lt=version.number).first()
    if before is None or before.withdraws:
        return laying.shape(reference.data())
    owner = version.data_set.owner
    return laying.shape(datasets.data(version.data_set.code, owner, before.number))


def _earlier(data_set: DataSet | None) -> Counts | None:
    found = datasets.standing(data_set.code, data_set.owner) if data_set else None
    return datasets.read(found) if found else None
