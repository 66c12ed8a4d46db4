# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stored agreements as the rules know them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

from overens.agreements.models import AgreementVersion, Decision
from overens.agreements.models.decision import DecisionKind
from overens.records import clock
from overens.rules import reading
from overens.rules.agreement import Agreement, Deadline
from overens.rules.deadlines import falls, received_in_time


def current_version(code: str) -> AgreementVersion:
    """The newest stored version. Raises AgreementVersion.DoesNotExist."""
    return AgreementVersion.objects.filter(code=code).latest("number")


def agreement_of(code: str, number: int | None = None) -> Agreement:
    """A stored version of an agreement, the newest unless a number is given, as the rules know it."""
    versions = AgreementVersion.objects.filter(code=code, **({} if number is None else {"number": number}))
    return _parsed(*versions.values_list("pk", "text").latest("number"))


def agreements_of(codes: Iterable[str]) -> dict[str, Agreement]:
    """The newest stored version of each of several agreements, by its code, in one query."""
    found = AgreementVersion.objects.current().filter(code__in=set(codes))
    return {code: _parsed(version, text) for code, version, text in found.values_list("code", "pk", "text")}


@lru_cache(maxsize=256)
def _parsed(_version: int, text: str) -> Agreement:
    """Kept by the version, which never changes."""
    return reading.stored(text)


def _deadline(agreement: Agreement, deadline: str) -> Deadline | None:
    return next((each for each in agreement.deadlines if each.id == deadline), None)


def deadline_of(code: str, deadline: str) -> Deadline | None:
    """A deadline of an agreement; None where the agreement has none by this id."""
    return _deadline(agreement_of(code), deadline)


def last_day(code: str, deadline: str) -> dt.date | None:
    """The last day that counts for a deadline; None where the agreement states none."""
    found = deadline_of(code, deadline)
    return falls(found) if found else None


def last_days(codes: Iterable[str], deadline: str) -> dict[str, dt.date | None]:
    """The same for several agreements in one query, by their codes."""
    found = {code: _deadline(agreement, deadline) for code, agreement in agreements_of(codes).items()}
    return {code: falls(each) if each else None for code, each in found.items()}


def in_time(code: str, deadline: str, moment: dt.datetime) -> bool:
    """Whether something received at a moment is in time; always where the agreement states no last day."""
    found = deadline_of(code, deadline)
    return found is None or received_in_time(moment, found)


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
