# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stored agreements as the rules know them."""

from __future__ import annotations

from functools import lru_cache

from overens.agreements.models import AgreementVersion, Decision
from overens.agreements.models.decision import DecisionKind
from overens.rules import reading
from overens.rules.agreement import Agreement, Deadline


def current_version(code: str) -> AgreementVersion:
    """The newest stored version. Raises AgreementVersion.DoesNotExist."""
    return AgreementVersion.objects.filter(code=code).latest("number")


def agreement_of(code: str) -> Agreement:
    """The newest stored version of an agreement, as the rules know it."""
    version = AgreementVersion.objects.filter(code=code).values_list("pk", "text").latest("number")
    return _parsed(*version)


@lru_cache(maxsize=256)
def _parsed(version: int, text: str) -> Agreement:
    agreement, findings = reading.read(text)
    assert agreement is not None, f"stored agreement version {version} cannot be read: {findings}"
    return agreement


def deadline_of(code: str, deadline: str) -> Deadline:
    return agreement_of(code).deadline(deadline)


def payment_decision(agreement: str, line: int) -> Decision | None:
    """The newest payment decision of a line."""
    return Decision.objects.filter(agreement=agreement, line=line, kind=DecisionKind.PAYMENT).last()


def approval(agreement: str) -> Decision | None:
    return Decision.objects.filter(agreement=agreement, kind=DecisionKind.APPROVAL).last()
