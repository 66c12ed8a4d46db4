# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Recipients' money over the years: from the ledger where it is followed, else from what was printed or agreed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Sum

from overens.agreements.models import AgreementVersion, Decision, DeclaredPart
from overens.agreements.models.decision import DecisionKind
from overens.agreements.reading import agreements_of, followed
from overens.grants.models import Clawback
from overens.grants.models.clawback import ClawbackState
from overens.ledger import reading as ledger
from overens.people.models import Organisation
from overens.rules import reading
from overens.rules.agreement import Agreement, Line
from overens.rules.annex import decided
from overens.rules.findings import Refused
from overens.rules.process import Place
from overens.rules.years.foreseeing import years_of
from overens.rules.years.money import Basis, Money, MoneyRow, less_gathered, of_places

# An agreement's code and a line's.
OfLine = tuple[str, str]


def agreements() -> dict[str, Agreement]:
    """Every agreement that is known, in order of when it began: stored here, or coming along as it was printed."""
    found = {code: reading.shipped(code) for code in reading.printed_ids()}
    found |= agreements_of(AgreementVersion.objects.values_list("code", flat=True).distinct())
    return dict(sorted(found.items(), key=lambda item: (item[1].period.first_day, item[0])))


def money_rows(recipient: str | None = None) -> tuple[MoneyRow, ...]:
    """By agreement (oldest first), year, line and recipient; with a recipient's code only its own.

    What the ledger holds of a recipient and line is in one row, so that a line's rows add up to what it has given out.
    A sum for several years stands in the first of them. A recipient of whom nothing is known still has its row.
    What an agreement gathers (:func:`overens.rules.years.money.less_gathered`) stands in the rows of the others alone.
    """
    known = agreements()
    in_ledger, given = set(followed()) & set(known), _decided_lines()
    rows = [
        *_from_ledger(known, recipient),
        *(
            row
            for code, agreement in known.items()
            for line in agreement.lines
            if (code, line.id) not in given
            for row in stated_rows(agreement, line, "agreed" if code in in_ledger else "printed")
            if recipient in (None, row.recipient)
        ),
    ]
    gathers = {code: agreement.gathers for code, agreement in known.items() if agreement.gathers}
    rows = less_gathered(rows, gathers)
    position = {code: number for number, code in enumerate(known)}
    return tuple(sorted(rows, key=lambda row: (position[row.agreement], row.year, row.line, row.recipient)))


def stated_rows(agreement: Agreement, line: Line, basis: Basis) -> Iterator[MoneyRow]:
    """What an agreement's text gives each recipient of a line: as printed, or as its key gives. ``agreed``: the
    government has not decided it, so that only the parts are known. Nothing else of it is.
    """
    try:
        found = {row.code: row for row in decided(agreement, line.id).rows}
    except Refused:  # the source does not say enough to share it out
        found = {}
    first, *_others = years = list(years_of(agreement))
    for code, organisation in _recipients(agreement, line):
        row = found.get(code)
        money = Money(decided=row.sum) if row and basis == "printed" else Money()
        parts = dict(row.kronor) if row else {}
        for year in years if line.each_year else [first]:
            last = year if line.each_year else years[-1]
            yield MoneyRow(organisation, agreement.id, line.id, year, last, basis, money, parts)


def _recipients(agreement: Agreement, line: Line) -> list[tuple[str, str]]:
    """Who the line's money is for, by code and organisation; of a channel those whom it is passed on to."""
    return [(each.code, each.organisation) for each in agreement.group(line.receives or line.recipients).recipients]


def _decided_lines() -> set[OfLine]:
    payments = Decision.objects.filter(kind=DecisionKind.PAYMENT)
    return set(payments.values_list("line__agreement", "line__code"))


def _from_ledger(known: Mapping[str, Agreement], recipient: str | None) -> Iterator[MoneyRow]:
    owner = None
    if recipient is not None:
        owner = Organisation.objects.filter(code=recipient).values_list("pk", flat=True).first()
        if owner is None:
            return
    held: dict[tuple[str, str, str], dict[Place, int]] = {}
    for each in ledger.trace(owner=owner):
        if each.code and each.agreement in known:
            held.setdefault((each.agreement, each.line, each.code), {})[each.place] = each.kronor
    reclaimed = {
        (agreement, line, code): kronor
        for agreement, line, code, kronor in Clawback.objects.filter(state=ClawbackState.DECIDED)
        .order_by()
        .values_list("case__agreement", "case__line__code", "case__recipient__code")
        .annotate(sum=Sum("kronor"))
    }
    parts = _declared(recipient)
    for (code, line, owner_code), places in held.items():
        first, *others = years_of(known[code])
        yield MoneyRow(
            owner_code,
            code,
            line,
            first,
            others[-1] if others else first,
            "ledger",
            of_places(places, reclaimed.get((code, line, owner_code), 0)),
            parts.get((code, line, owner_code), {}),
        )


def _declared(recipient: str | None) -> dict[tuple[str, str, str], dict[str, int]]:
    """What the payment decisions split by pot, by agreement, line and recipient."""
    rows = DeclaredPart.objects.filter(row__decision__kind=DecisionKind.PAYMENT)
    if recipient is not None:
        rows = rows.filter(row__recipient__code=recipient)
    found: dict[tuple[str, str, str], dict[str, int]] = {}
    summed = rows.order_by().values_list(
        "row__decision__line__agreement", "row__decision__line__code", "row__recipient__code", "pot"
    )
    for agreement, line, code, pot, kronor in summed.annotate(sum=Sum("kronor")):
        found.setdefault((agreement, line, code), {})[pot] = kronor
    return found


def of_recipients(rows: Iterable[MoneyRow]) -> dict[str, list[MoneyRow]]:
    """Rows by recipient, in their order."""
    found: dict[str, list[MoneyRow]] = {}
    for row in rows:
        found.setdefault(row.recipient, []).append(row)
    return found
