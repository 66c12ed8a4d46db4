# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A file that was sent, read as somebody has said so far: what it holds, what is said of it, what it would change."""

from __future__ import annotations

from dataclasses import dataclass

from overens.exchange.statistics import grids
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.planner import datasets
from overens.planner.models import DataSet, DataSetVersion, Incoming
from overens.planning.supply import reference
from overens.planning.supply.importing import comparing, laying, suggesting, taking
from overens.planning.supply.importing.counts import Counts
from overens.planning.supply.importing.mapping import TableMapping, from_values
from overens.planning.supply.importing.spreading import Shape
from overens.planning.supply.importing.taking import Taken
from overens.rules.findings import Finding, Refused
from overens.rules.statistics.grid import Grid


@dataclass(frozen=True)
class Read:
    """``findings``: of the file, of how it is read, and of what is in it. ``shape``: what is used now."""

    grid: Grid
    mapping: TableMapping
    taken: Taken
    findings: tuple[Finding, ...]
    shape: Shape


def own(organisation: Organisation) -> str:
    """The region that its tables are of; "" where they are of the whole country."""
    return organisation.code if organisation.kind == Kind.REGION else ""


def opened(content: bytes, name: str) -> tuple[Grid | None, tuple[Finding, ...]]:
    return grids.read(content, name)


def proposed(grid: Grid, organisation: Organisation, kept: TableMapping | None) -> TableMapping:
    """A first mapping; kept: how a table like it was read before."""
    mapping = suggesting.suggested(grid, laying.shape(reference.data()), kept)
    return mapping if mapping.head("region") else mapping.model_copy(update={"region": own(organisation)})


def read(incoming: Incoming) -> Read:
    """Raises Refused where the file cannot be read at all."""
    grid, said = grids.read(bytes(incoming.content), incoming.name)
    if grid is None:
        raise Refused(*said)
    mapping = from_values(incoming.mapping)
    shape = used_now(incoming.data_set, incoming.organisation)
    code = own(incoming.organisation)
    taken = taking.take(grid, mapping, shape, own=code)
    odd = comparing.check(taken.counts, shape, _earlier(incoming.data_set), own=code) if taken.counts else ()
    return Read(grid, mapping, taken, (*said, *taken.findings, *odd), shape)


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
