# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which data sets an organisation may stand on, and what they hold."""

from __future__ import annotations

from django.db.models import QuerySet

from overens.people.models import Organisation
from overens.planner.models import DataSet, DataSetVersion, VersionState
from overens.planning.supply.importing import counts
from overens.planning.supply.importing.counts import Counts


def standing(code: str, organisation: Organisation | None, version: int | None = None) -> DataSetVersion | None:
    """The approved version that a data set stands on: the newest, or the one of this number. None where it has none, or
    was withdrawn.

    organisation: whose planner asks; a data set of another's is not there. Raises KeyError.
    """
    data_set = DataSet.objects.visible_to(organisation).filter(code=code).first()
    if data_set is None:
        raise KeyError(code)
    approved = data_set.versions.filter(state=VersionState.APPROVED)
    found = approved.filter(number=version).first() if version else approved.order_by("-number").first()
    if found is None and version:
        raise KeyError(f"{code} {version}")
    return None if found is None or found.withdraws else found


def read(version: DataSetVersion) -> Counts:
    """What a version counts."""
    return counts.from_values(version.cells)


def data_sets(organisation: Organisation | None) -> QuerySet[DataSet]:
    """Those that an organisation may stand on."""
    return DataSet.objects.visible_to(organisation).select_related("owner")
