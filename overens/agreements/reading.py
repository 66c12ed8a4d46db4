# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stored agreements as the rules know them."""

from __future__ import annotations

from functools import lru_cache

from overens.agreements.models import AgreementVersion, Decision
from overens.agreements.models.decision import DecisionKind
from overens.records import clock
from overens.rules import reading
from overens.rules.agreement import Agreement, Deadline


def current_version(code: str) -> AgreementVersion:
    """The newest stored version. Raises AgreementVersion.DoesNotExist."""
    return AgreementVersion.objects.filter(code=code).latest("number")


def agreement_of(code: str, number: int | None = None) -> Agreement:
    """A stored version of an agreement, the newest unless a number is given, as the rules know it."""
    versions = AgreementVersion.objects.filter(code=code, **({} if number is None else {"number": number}))
    return _parsed(*versions.values_list("pk", "text").latest("number"))


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


def followed() -> list[str]:
    """Codes, newest first, of the agreements whose money is in the ledger, or will be when they are approved.

    One whose period is over without a recorded approval is left out: its money moved elsewhere, before Överens, and
    only what it shared out is known.
    """
    approved = set(Decision.objects.filter(kind=DecisionKind.APPROVAL).values_list("agreement", flat=True))
    today = clock.today()
    codes = AgreementVersion.objects.current().values_list("code", flat=True)
    return [code for code in codes if code in approved or agreement_of(code).period.last_day >= today]
