# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which data sets an organisation may stand on, and the data that a scenario which names one stands on."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np
from django.db.models import QuerySet

from overens.people.models import Organisation
from overens.planner.models import (
    DataKind,
    DataSet,
    DataSetVersion,
    ProblemKind,
    ProblemVersion,
    SavedProblem,
    VersionState,
)
from overens.planning.supply import reference
from overens.planning.supply.care import NeedData
from overens.planning.supply.importing import counts, laying, need_tables
from overens.planning.supply.importing.counts import Counts, Place
from overens.planning.supply.importing.need_tables import NeedTables
from overens.planning.supply.problem import Whole
from overens.planning.supply.reference import Data

# What ships, and every organisation may stand on.
SHIPPED = "synthetic"
STAFF, NEED = (DataKind.WORKFORCE, DataKind.HISTORY), (DataKind.NEED,)


def data(code: str, organisation: Organisation | None = None, version: int | None = None) -> Data:
    """The shipped data with an approved table of staff laid over them; those alone, by its code, where nothing of it is
    approved, or it is withdrawn.

    organisation: whose planner asks; a data set of another's is not there. Raises KeyError.
    """
    if code == SHIPPED:
        return reference.data()
    found = standing(code, organisation, version, of=STAFF)
    return replace(reference.data(), code=code) if found is None else _laid(found.pk)


def need(code: str, organisation: Organisation | None = None, version: int | None = None) -> NeedData:
    """What the need is computed from, with approved tables laid over what ships. As :func:`data`."""
    if code == SHIPPED:
        return reference.data().need
    found = standing(code, organisation, version, of=NEED)
    return replace(reference.data().need, code=code) if found is None else _laid_need(found.pk)


@lru_cache(8)
def _laid(pk: int) -> Data:
    """Of one approved version, which never changes."""
    version = DataSetVersion.objects.select_related("data_set").get(pk=pk)
    code, title = version.data_set.code, version.data_set.title
    return laying.laid(reference.data(), read(version), code=code, title=title)


@lru_cache(8)
def _laid_need(pk: int) -> NeedData:
    version = DataSetVersion.objects.select_related("data_set").get(pk=pk)
    return need_tables.laid(reference.data().need, read_need(version), version.data_set.code)


def standing(
    code: str,
    organisation: Organisation | None,
    version: int | None = None,
    *,
    of: tuple[DataKind, ...] = tuple(DataKind),
) -> DataSetVersion | None:
    """The approved version that a data set of these kinds stands on: the newest, or the one of this number. None where
    it has none, or was withdrawn. Raises KeyError.
    """
    data_set = DataSet.objects.visible_to(organisation).filter(code=code, kind__in=of).first()
    if data_set is None:
        raise KeyError(code)
    approved = data_set.versions.filter(state=VersionState.APPROVED)
    found = approved.filter(number=version).first() if version else approved.order_by("-number").first()
    if found is None and version:
        raise KeyError(f"{code} {version}")
    return None if found is None or found.withdraws else found


def fingerprint(code: str, organisation: Organisation | None = None) -> str:
    """What tells whether the data that a scenario stands on have changed: ``code``, or ``code/3/<SHA-256>``."""
    found = None if code == SHIPPED else standing(code, organisation)
    return code if found is None else f"{code}/{found.number}/{found.sha256}"


def read(version: DataSetVersion) -> dict[Place, Whole]:
    """What a version of tables of staff counts."""
    return counts.from_values(version.cells)


def read_need(version: DataSetVersion) -> NeedTables:
    """What a version of tables of need has, and of what it has not what those approved before it have, until one that
    withdraws.
    """
    found = need_tables.from_values(version.cells)
    approved = version.data_set.versions.filter(state=VersionState.APPROVED, number__lt=version.number)
    for each in approved.order_by("-number"):
        if each.withdraws:
            break
        found = found.over(need_tables.from_values(each.cells))
    return found


def history(code: str, organisation: Organisation | None = None) -> Mapping[int, Counts]:
    """By year what an approved table of several years counts, to hold a projection against. Raises KeyError."""
    found = standing(code, organisation)
    by_year: dict[int, dict[Place, Whole]] = {}
    for place, persons in (read(found) if found else {}).items():
        by_year.setdefault(place.year, {})[place] = persons
    return dict(sorted(by_year.items()))


def data_sets(organisation: Organisation | None) -> QuerySet[DataSet]:
    """Those that an organisation may stand on."""
    return DataSet.objects.visible_to(organisation).select_related("owner")


def codes(organisation: Organisation | None, of: tuple[DataKind, ...]) -> tuple[str, ...]:
    """What a scenario of the organisation's may name for data of these kinds, what ships first."""
    approved = data_sets(organisation).filter(versions__state="approved", kind__in=of)
    return (SHIPPED, *approved.distinct().values_list("code", flat=True))


def scenarios_on(code: str, organisation: Organisation) -> tuple[SavedProblem, ...]:
    """The organisation's scenarios whose newest version names a data set."""
    listed = {each.pk: each for each in SavedProblem.objects.of(organisation).kind(ProblemKind.SUPPLY).listed()}
    newest = (
        ProblemVersion.objects.filter(problem__in=listed.values())
        .order_by("problem_id", "-number")
        .distinct("problem_id")
    )
    return tuple(listed[each.problem_id] for each in newest if code in _named(each.text))


def _named(text: str) -> set[str]:
    said = tomllib.loads(text).get("data", {})
    return {each for each in said.values() if isinstance(each, str)} if isinstance(said, dict) else set()


def made_up(found: Data) -> tuple[int, int]:
    """How many cells (occupation × region) are made up, at least in part, and how many there are."""
    return int(np.count_nonzero(found.synthetic)), int(found.synthetic.size)
