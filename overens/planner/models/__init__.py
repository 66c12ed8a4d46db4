# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What planning keeps."""

from overens.planner.models.action_plan import Plan, PlanRevision
from overens.planner.models.adopted import ActionFollowUp, Adopted
from overens.planner.models.dataset import (
    DataKind,
    DataSet,
    DataSetVersion,
    Incoming,
    SavedMapping,
    VersionState,
)
from overens.planner.models.entry import Answer, AnswerState, AnswerStep, Entry, EntryKind, EntryRevision, Unit
from overens.planner.models.scenario import Projected, SavedScenario, ScenarioLink, ScenarioVersion, Tried
from overens.planner.models.valuation import Valuation

__all__ = [
    "ActionFollowUp",
    "Adopted",
    "Answer",
    "AnswerState",
    "AnswerStep",
    "DataKind",
    "DataSet",
    "DataSetVersion",
    "Entry",
    "EntryKind",
    "EntryRevision",
    "Incoming",
    "Plan",
    "PlanRevision",
    "Projected",
    "SavedMapping",
    "SavedScenario",
    "ScenarioLink",
    "ScenarioVersion",
    "Tried",
    "Unit",
    "Valuation",
    "VersionState",
]
