# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What planning keeps."""

from overens.planner.models.dataset import (
    DataKind,
    DataSet,
    DataSetVersion,
    Incoming,
    SavedMapping,
    VersionState,
)
from overens.planner.models.scenario import Projected, SavedScenario, ScenarioLink, ScenarioVersion, Tried

__all__ = [
    "DataKind",
    "DataSet",
    "DataSetVersion",
    "Incoming",
    "Projected",
    "SavedMapping",
    "SavedScenario",
    "ScenarioLink",
    "ScenarioVersion",
    "Tried",
    "VersionState",
]
