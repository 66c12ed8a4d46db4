# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the portal answers: the grants of a year, a recipient's part of them, its last days, and what has become new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Max, Min, Q, QuerySet, Sum

from overens.agreements.models import Extension
from overens.agreements.reading import agreements_of
from overens.followup.models import Report
from overens.grants.actions import report, requisition
from overens.grants.models import Case
from overens.portal import money
from overens.portal.models import Change, Grant, GrantShare, Recipient
from overens.records import clock
from overens.rules.portal.grant import Duty
from overens.rules.process import State
from overens.rules.values import NOT_STATED

# An agreement's code and a deadline's.
OfAgreement = tuple[str, str]


def years() -> list[int]:
    """From the first year that a grant is for to the last, the newest first; this year where there is none."""
    ends = Grant.objects.standing().aggregate(first=Min("first_day"), last=Max("last_day"))
    if ends["first"] is None:
        return [clock.today().year]
    return list(range(ends["last"].year, ends["first"].year - 1, -1))


def year_of(asked: str, there: list[int]) -> int:
    """The year that is asked for where there are grants of it; else this year, or the one that is nearest to it."""
    if asked.isascii() and asked.isdigit() and len(asked) == 4 and int(asked) in there:
        return int(asked)
    return min(max(clock.today().year, there[-1]), there[0])


@dataclass(frozen=True)
class Asked:
    """How grants are narrowed. What is empty narrows nothing; an unknown word finds nothing."""

    year: int | None = None
    kind: str = ""
    area: str = ""
    granter: str = ""
    certainty: str = ""
    words: str = ""


def grants(asked: Asked) -> QuerySet[Grant]:
    """The grants that stand, by title."""
    found = Grant.objects.standing()
    if asked.year is not None:
        found = found.of_year(asked.year)
    if asked.kind:
        found = found.filter(kinds__contains=[asked.kind])
    if asked.area:
        found = found.filter(areas__contains=[asked.area])
    if asked.granter:
        found = found.filter(granter=asked.granter)
    if asked.certainty:
        found = found.filter(certainty=asked.certainty)
    for word in asked.words.casefold().split()[:8]:
        found = found.filter(words__contains=word)
    return found


def granters(year: int) -> list[str]:
    """Who gives the grants of a year, by name."""
    found = Grant.objects.standing().of_year(year).order_by().values_list("granter", flat=True).distinct()
    return sorted(found)


def shares_of(recipient: Recipient, year: int | None) -> QuerySet[GrantShare]:
    """The recipient's parts of a year's grants, by title; of a municipality's county too, which are for several."""
    found = GrantShare.objects.filter(recipient__in=[recipient, *for_several(recipient)], grant__withdrawn_at=None)
    if year is not None:
        found = found.filter(grant__years__contains=[year])
    return found.select_related("grant", "recipient").order_by("grant__sort_key", "grant__code")


def for_several(recipient: Recipient) -> list[Recipient]:
    """Who gets money for the municipalities of a county together; none for others than municipalities."""
    if recipient.kind != "municipality":
        return []
    return list(Recipient.objects.filter(kind__in=["structure", "county"], county=recipient.county))


@dataclass(frozen=True)
class Got:
    """What the ledger says of a recipient's part, in whole kronor, where its money is followed. ``unused``: what lapsed
    or came to be repaid. ``left``: what can still be requisitioned.
    """

    paid: int
    used: int
    unused: int
    left: int


def got(recipient: Recipient) -> dict[str, Got]:
    """By agreement, where the recipient's money is followed here. One question to the ledger whatever it has had."""
    if recipient.organisation_id is None:
        return {}
    found: dict[str, Got] = {}
    for row in money.money_rows(recipient.code):
        if row.basis == "ledger":
            before = found.get(row.agreement, Got(0, 0, 0, 0))
            of = row.money
            found[row.agreement] = Got(
                before.paid + (of.paid or 0),
                before.used + (of.used or 0),
                before.unused + (of.unused or 0) + (of.lapsed or 0),
                before.left + (of.decided or 0) - (of.requisitioned or 0) - (of.lapsed or 0),
            )
    return found


@dataclass(frozen=True)
class DueDay:
    """A duty of a grant with the last day that counts for a recipient. ``day`` is None where nobody has stated one.
    ``is_done``: what the recipient was to do is known here to have come in.
    """

    grant: Grant
    duty: Duty
    day: dt.date | None
    is_moved: bool
    is_done: bool


def due_days(recipient: Recipient, some: Iterable[Grant]) -> list[DueDay]:
    """What a recipient has to do for these grants, by day; what has no day comes last."""
    found = list(_due(recipient, some, _moved(recipient), _done(recipient)))
    return sorted(found, key=lambda each: (each.day is None, each.day or dt.date.max, each.grant.code, each.duty.id))


def _due(
    recipient: Recipient, some: Iterable[Grant], moved: Mapping[OfAgreement, dt.date], done: Collection[OfAgreement]
) -> Iterator[DueDay]:
    for grant in some:
        for duty in grant.described.duties:
            if recipient.kind in duty.kinds:
                stated = duty.by if duty.by != NOT_STATED else None
                later = moved.get((grant.agreement, duty.id))
                day = max((day for day in (stated, later) if day is not None), default=None)
                yield DueDay(grant, duty, day, later is not None, (grant.agreement, duty.id) in done)


def _done(recipient: Recipient) -> set[OfAgreement]:
    """What has come in of the recipient: for every line that it has a part of, and its reports of rounds."""
    if recipient.organisation_id is None:
        return set()
    found: dict[OfAgreement, bool] = {}
    for case in Case.objects.filter(recipient=recipient.organisation_id):
        is_over = case.state in (State.CLOSED, State.LAPSED)
        for deadline, is_done in (
            (requisition.FORM, case.received_at is not None),
            (report.FORM, case.reported_at is not None),
            ("repayment", False),
        ):
            key = (case.agreement, deadline)
            found[key] = found.get(key, True) and (is_done or is_over)
    reports = Report.objects.filter(respondent=recipient.organisation_id, submitted_at__isnull=False)
    handed_in = set(reports.values_list("round__agreement", "round__code"))
    for code, agreement in agreements_of({code for code, _round in handed_in}).items():
        for round in agreement.rounds:
            if round.deadline and (code, round.id) in handed_in:
                found[code, round.deadline] = True
    return {key for key, is_done in found.items() if is_done}


def _moved(recipient: Recipient) -> dict[OfAgreement, dt.date]:
    """The days that decisions have moved last days to, by agreement and deadline."""
    rows = Extension.objects.filter(Q(recipients=None) | Q(recipients=recipient.organisation_id))
    latest = rows.order_by().values_list("agreement", "deadline").annotate(day=Max("day"))
    return {(agreement, deadline): day for agreement, deadline, day in latest}


def given(grant: Grant) -> dict[str, int | None]:
    """How many recipients a grant has, and the known kronor of those that get it themselves, added up."""
    own = grant.shares.filter(through="")
    return {
        "recipients": grant.shares.count(),
        "known": own.exclude(kronor=None).count(),
        "kronor": own.aggregate(sum=Sum("kronor"))["sum"],
    }


def alike(grant: Grant) -> QuerySet[Grant]:
    """Other grants with an area in common that share a day with this one, by title."""
    others = (
        Grant.objects.standing().exclude(pk=grant.pk).filter(areas__overlap=grant.areas, kinds__overlap=grant.kinds)
    )
    return others.filter(
        years__overlap=grant.years, first_day__lte=grant.last_day, last_day__gte=grant.first_day
    )  # fmt: skip


def changes(recipient: Recipient | None = None) -> QuerySet[Change]:
    """What is new or other, the latest first; with a recipient only what it has a part of."""
    found = Change.objects.select_related("grant")
    return found.filter(grant__shares__recipient=recipient) if recipient else found
