# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rounds and reports as they are written, and as facts once they are handed in."""

from overens.followup.models.attachment import ReportFile
from overens.followup.models.burden import BurdenMinutes
from overens.followup.models.call import Call, Proposal, ProposalDecision, SharingWay
from overens.followup.models.codebook import CodebookEdition, Theme
from overens.followup.models.coding import Coding, Ended, SavedSearch, TextRead
from overens.followup.models.collected import Collected, CollectedFile
from overens.followup.models.commission import Commission, Consultation, ConsultationKind, Deliverable, DeliverableForm
from overens.followup.models.counted import Answered, Certainty, CountFact
from overens.followup.models.examination import Outcome, ReportExamination
from overens.followup.models.example import ExampleConsent
from overens.followup.models.measure import Measure, MeasureMoney, MeasureParty, MeasureYear
from overens.followup.models.memo import FactCheck, MemoText, Passage
from overens.followup.models.report import Part, PartRevision, Report
from overens.followup.models.round import Round, RoundExtension, RoundVersion
from overens.followup.models.round_step import Reminder, RoundStep
from overens.followup.models.second import Judgement, Resolution, Sample, SampleTheme, SampleUnit
from overens.followup.models.signoff import Showing, Signoff
from overens.followup.models.structured import ChoiceFact, Introduction, Maturity
from overens.followup.models.submission import Submission
from overens.followup.models.suggestion import Answer, Suggestion, SuggestionRun
from overens.followup.models.talk import Message, Talk, Thread
from overens.followup.models.text import Text
from overens.followup.models.undertaking import UndertakingStep
from overens.followup.models.visit import Interview, InterviewGuide, InterviewNote, Visit, VisitPlan

__all__ = [
    "Answer",
    "Answered",
    "BurdenMinutes",
    "Call",
    "Certainty",
    "ChoiceFact",
    "CodebookEdition",
    "Coding",
    "Collected",
    "CollectedFile",
    "Commission",
    "Consultation",
    "ConsultationKind",
    "CountFact",
    "Deliverable",
    "DeliverableForm",
    "Ended",
    "ExampleConsent",
    "FactCheck",
    "Interview",
    "InterviewGuide",
    "InterviewNote",
    "Introduction",
    "Judgement",
    "Maturity",
    "Measure",
    "MeasureMoney",
    "MeasureParty",
    "MeasureYear",
    "MemoText",
    "Message",
    "Outcome",
    "Part",
    "PartRevision",
    "Passage",
    "Proposal",
    "ProposalDecision",
    "Reminder",
    "Report",
    "ReportExamination",
    "ReportFile",
    "Resolution",
    "Round",
    "RoundExtension",
    "RoundStep",
    "RoundVersion",
    "Sample",
    "SampleTheme",
    "SampleUnit",
    "SavedSearch",
    "SharingWay",
    "Showing",
    "Signoff",
    "Submission",
    "Suggestion",
    "SuggestionRun",
    "Talk",
    "Text",
    "TextRead",
    "Theme",
    "Thread",
    "UndertakingStep",
    "Visit",
    "VisitPlan",
]
