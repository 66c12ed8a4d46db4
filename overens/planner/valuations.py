# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the next krona is worth most, as it was computed of a version or of the scenario that ships."""

from __future__ import annotations

import hashlib
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from overens.planner import results
from overens.planner.models import Computed, ProblemVersion
from overens.planning.supply import digests, reading, reference
from overens.planning.supply.scenario import Scenario

if TYPE_CHECKING:
    from overens.planning.supply.worth import Valued

KIND = "supply-worth"
# The scenario that says what a pot does in the whole country.
NATIONAL = reference.SHIPPED / "specialist-training-2019.toml"


@cache
def national() -> Scenario:
    """The shipped scenario of a pot for specialist training, for all regions."""
    scenario, findings = reading.read(NATIONAL)
    assert scenario is not None, findings
    return scenario


@cache
def national_basis() -> str:
    """The SHA-256 of what is computed."""
    both = digests.digest(national()) + digests.digest(reference.data(national().data.workforce))
    return hashlib.sha256(both.encode()).hexdigest()


def last(version: ProblemVersion | None) -> Computed | None:
    """The newest of a version (None: of the scenario that ships, as it is now), without its bytes."""
    found = results.last(KIND, version)
    return found if version or found is None or found.basis == national_basis() else None


def unpacked(found: Computed) -> Valued:
    return _unpacked(found.pk, found.sha256)


@lru_cache(4)
def _unpacked(number: int, _sha256: str) -> Valued:
    from overens.planning.supply.worth import unpack

    return unpack(results.packed(number))
