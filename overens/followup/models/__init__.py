# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounds and reports as they are written, and as facts once they are handed in."""

from overens.followup.models.collected import Collected, CollectedFile
from overens.followup.models.counted import Answered, Certainty, CountFact
from overens.followup.models.measure import Measure, MeasureMoney, MeasureParty, MeasureYear
from overens.followup.models.memo import FactCheck, MemoText, Passage
from overens.followup.models.report import Part, PartRevision, Report
from overens.followup.models.round import Round, RoundExtension, RoundVersion
from overens.followup.models.structured import ChoiceFact, Introduction, Maturity
from overens.followup.models.submission import Submission
from overens.followup.models.text import Text
from overens.followup.models.visit import Interview, InterviewGuide, InterviewNote, Visit, VisitPlan

__all__ = [
    "Answered",
    "Certainty",
    "ChoiceFact",
    "Collected",
    "CollectedFile",
    "CountFact",
    "FactCheck",
    "Interview",
    "InterviewGuide",
    "InterviewNote",
    "Introduction",
    "Maturity",
    "Measure",
    "MeasureMoney",
    "MeasureParty",
    "MeasureYear",
    "MemoText",
    "Part",
    "PartRevision",
    "Passage",
    "Report",
    "Round",
    "RoundExtension",
    "RoundVersion",
    "Submission",
    "Text",
    "Visit",
    "VisitPlan",
]
