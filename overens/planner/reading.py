# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What planning has kept, as it is asked for: scenarios, and what was computed of them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from overens.people.models import Organisation
from overens.planner.models import Projected, SavedScenario, ScenarioVersion
from overens.records.models import Run
from overens.records.models.run import RunState

if TYPE_CHECKING:
    from overens.planning.supply.projection import Projection

# Projections that are kept unpacked: a page, its figures and a comparison ask for the same ones again and again.
KEPT = 8
# What computing a scenario is called among the runs.
KIND = "supply"


def scenarios(organisation: Organisation) -> QuerySet[SavedScenario]:
    """Those that an organisation sees beside what ships: its own that are not removed."""
    return SavedScenario.objects.of(organisation).listed().select_related("owner")


def newest(scenario: SavedScenario) -> ScenarioVersion:
    return scenario.versions.select_related("person", "scenario__owner").get(number=scenario.number)


def finished(version: ScenarioVersion) -> Projected | None:
    """The newest computation of a version, without its bytes."""
    return version.projections.defer("packed").select_related("version", "run").first()


def last_finished(scenario: SavedScenario) -> Projected | None:
    """The last good one of a scenario: of its newest version that has been computed at all, without its bytes."""
    found = Projected.objects.filter(version__scenario=scenario).defer("packed").select_related("version", "run")
    return found.order_by("-version__number", "-finished_at", "-pk").first()


def run_keys(version: ScenarioVersion) -> str:
    """What the keys of all runs of a version begin with."""
    return f"{KIND}/{version.pk}/"


def last_run(version: ScenarioVersion) -> Run | None:
    return Run.objects.filter(key__startswith=run_keys(version)).first()


def unfinished_run(version: ScenarioVersion) -> Run | None:
    """What is being computed of a version, or will be."""
    going_on = Run.objects.filter(state__in=[RunState.WAITING, RunState.RUNNING])
    return going_on.filter(key__startswith=run_keys(version)).first()


def projected(version: ScenarioVersion) -> Projection | None:
    """What a version gave when it was last computed; None where it has not been."""
    found = finished(version)
    return None if found is None else unpacked(found)


def unpacked(found: Projected) -> Projection:
    return _unpacked(found.pk, found.sha256)


@lru_cache(KEPT)
def _unpacked(number: int, _sha256: str) -> Projection:
    from overens.planning.supply.files import unpack

    return unpack(bytes(Projected.objects.values_list("packed", flat=True).get(pk=number)))
