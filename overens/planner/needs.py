# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was computed of the need for capacity of production problems."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from overens.planner import results
from overens.planner.models import Computed

if TYPE_CHECKING:
    from overens.planning.production.need import Need

# What computing it is called among the runs.
KIND = "production-need"
KEPT = 8


def need(found: Computed) -> Need:
    return _need(found.pk, found.sha256)


@lru_cache(KEPT)
def _need(number: int, _sha256: str) -> Need:
    from overens.planning.production.need import unpack

    return unpack(results.packed(number))
