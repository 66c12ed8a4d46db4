# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stored agreements, the population they share by, who signed them, and what the government decided."""

from overens.agreements.models.agreement import AgreementVersion
from overens.agreements.models.decision import Decision, DecisionRow, DeclaredPart
from overens.agreements.models.extension import Extension
from overens.agreements.models.population import PopulationSeries, PopulationValue
from overens.agreements.models.recall import Recall
from overens.agreements.models.signature import PartySignature

__all__ = [
    "AgreementVersion",
    "Decision",
    "DecisionRow",
    "DeclaredPart",
    "Extension",
    "PartySignature",
    "PopulationSeries",
    "PopulationValue",
    "Recall",
]
