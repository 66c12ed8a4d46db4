# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stored agreements as the rules know them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

from django.db.models import Max, Q, QuerySet

from overens.agreements.models import AgreementVersion, Decision, Extension
from overens.agreements.models.decision import DecisionKind
from overens.records import clock
from overens.rules import reading
from overens.rules.agreement import Agreement, Deadline
from overens.rules.deadlines import falls, is_by
from overens.rules.findings import Finding
from overens.statistics.reading import approved


def read(text: str) -> tuple[Agreement | None, tuple[Finding, ...]]:
    """The agreement in a text, and what is to be mended in it. It may share by any table of statistics that is
    approved here.
    """
    return reading.read(text, approved().values_list("code", flat=True))


def current_version(code: str) -> AgreementVersion:
    """The version that is computed with: the newest in force, or of an agreement that is not approved the newest
    that is stored. Raises AgreementVersion.DoesNotExist.
    """
    return AgreementVersion.objects.current().get(code=code)


def versions_held(code: str) -> list[AgreementVersion]:
    """The versions that are or have been in force, oldest first; of an agreement that is not approved, the one that is
    computed with.
    """
    versions = AgreementVersion.objects.filter(code=code).order_by("number")
    return list(versions.filter(decisions__kind=DecisionKind.APPROVAL)) or [current_version(code)]


def agreement_of(code: str, number: int | None = None) -> Agreement:
    """A version of an agreement as the rules know it: the one that is computed with, unless a number is given."""
    versions = AgreementVersion.objects
    found = versions.current().filter(code=code) if number is None else versions.filter(code=code, number=number)
    return _parsed(*found.values_list("pk", "text").get())


def agreements_of(codes: Iterable[str]) -> dict[str, Agreement]:
    """The version that is computed with of each of several agreements, by its code, in one query."""
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


# An agreement's code and a recipient's number; None for whoever has no day of their own.
Concerned = tuple[str, int | None]


def last_day(code: str, deadline: str, recipient: int | None = None) -> dt.date | None:
    """The last day that counts for a recipient, as it is moved by decision; None where the agreement states none.

    recipient: an organisation's number; None for those who have no extension of their own.
    """
    return last_days([(code, recipient)], deadline)[code, recipient]


def last_days(whom: Iterable[Concerned], deadline: str) -> dict[Concerned, dt.date | None]:
    """The same for several recipients and agreements, in two queries for any number."""
    asked = set(whom)
    stated: dict[str, dt.date | None] = {
        code: falls(found) if (found := _deadline(agreement, deadline)) else None
        for code, agreement in agreements_of(code for code, _recipient in asked).items()
    }
    moved = moved_days(stated, deadline)
    days = {}
    for code, recipient in asked:
        known = (stated.get(code), moved.get((code, None)), moved.get((code, recipient)))
        days[code, recipient] = max((day for day in known if day), default=None)
    return days


def moved_days(codes: Iterable[str], deadline: str) -> dict[Concerned, dt.date]:
    """The latest day that a deadline is moved to, by agreement and recipient (None: for all)."""
    rows = Extension.objects.filter(agreement__in=set(codes), deadline=deadline)
    latest = rows.order_by().values_list("agreement", "recipients").annotate(day=Max("day"))
    return {(code, recipient): day for code, recipient, day in latest}


def in_time(code: str, deadline: str, moment: dt.datetime, recipient: int | None = None) -> bool:
    """Whether something received at a moment is in time; always where the agreement states no last day."""
    return is_by(moment, last_day(code, deadline, recipient))


def extensions(code: str, recipient: int | None = None) -> QuerySet[Extension]:
    """What has been moved in an agreement, oldest first; with a recipient only what is for it."""
    found = Extension.objects.filter(agreement=code).select_related("paper").prefetch_related("recipients")
    return found.filter(Q(recipients=None) | Q(recipients=recipient)) if recipient else found


def payment_decision(agreement: str, line: int) -> Decision | None:
    """The newest payment decision of a line."""
    return Decision.objects.filter(agreement=agreement, line=line, kind=DecisionKind.PAYMENT).last()


def approval(agreement: str) -> Decision | None:
    """The approval of the version in force."""
    found = Decision.objects.filter(agreement=agreement, kind=DecisionKind.APPROVAL)
    return found.order_by("version__number").last()


def followed() -> list[str]:
    """Codes, newest first, of the agreements whose money is in the ledger, or will be when they are approved.

    One whose period is over without a recorded approval is left out: its money moved elsewhere, before Överens, and
    only what it shared out is known.
    """
    approved = set(Decision.objects.filter(kind=DecisionKind.APPROVAL).values_list("agreement", flat=True))
    today = clock.today()
    codes = AgreementVersion.objects.current().values_list("code", flat=True)
    return [code for code in codes if code in approved or agreement_of(code).period.last_day >= today]
