# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What planning keeps."""

from overens.planner.models.action_plan import Plan, PlanRevision
from overens.planner.models.adopted import ActionFollowUp, Adopted, DecisionKind, PlanningDecision
from overens.planner.models.dataset import (
    DataKind,
    DataSet,
    DataSetVersion,
    Incoming,
    SavedMapping,
    VersionState,
)
from overens.planner.models.entry import Answer, AnswerState, AnswerStep, Entry, EntryKind, EntryRevision
from overens.planner.models.local import Ground, LocalDecision
from overens.planner.models.problem import Computed, ProblemKind, ProblemLink, ProblemVersion, SavedProblem
from overens.planner.models.roster import RosterDraft
from overens.planner.models.staff import StaffLink, StaffWishes
from overens.planner.models.unit import Unit

__all__ = [
    "ActionFollowUp",
    "Adopted",
    "Answer",
    "AnswerState",
    "AnswerStep",
    "Computed",
    "DataKind",
    "DataSet",
    "DataSetVersion",
    "DecisionKind",
    "Entry",
    "EntryKind",
    "EntryRevision",
    "Ground",
    "Incoming",
    "LocalDecision",
    "Plan",
    "PlanRevision",
    "PlanningDecision",
    "ProblemKind",
    "ProblemLink",
    "ProblemVersion",
    "RosterDraft",
    "SavedMapping",
    "SavedProblem",
    "StaffLink",
    "StaffWishes",
    "Unit",
    "VersionState",
]
