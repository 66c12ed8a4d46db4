# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A debt as the payer and the debtor read it: what is left and late, what comes next and when, and the interest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from overens.agreements.reading import agreements_of, last_days
from overens.desks.refusals import shown
from overens.grants import debts, references
from overens.grants.models import Case
from overens.grants.paper_tables import ShownTable, interest_table
from overens.grants.paper_words import LEVELS
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.rules import interest, owing
from overens.rules.agreement import Claims
from overens.rules.deadlines import working_days_after
from overens.rules.findings import Refused
from overens.rules.interest import Stretch
from overens.rules.owing import Debt, Due
from overens.rules.process import Place


@dataclass(frozen=True)
class Next:
    """What comes next in the collection, and its day (None where no day is set)."""

    what: str
    on: dt.date | None


@dataclass(frozen=True)
class DebtFile:
    """``unknown`` says in words why the interest cannot be counted; then there are no ``stretches``."""

    case: Case
    debt: Debt
    rules: Claims
    today: dt.date
    last_day: dt.date | None
    stretches: tuple[Stretch, ...]
    unknown: str

    @property
    def ocr(self) -> str:
        return references.of_debt(self.case)

    @property
    def owed(self) -> int:
        return max(self.debt.owed, 0)

    @property
    def overdue(self) -> int:
        return self.debt.overdue(self.today)

    @property
    def late_since(self) -> dt.date | None:
        return self.debt.late_since(self.today)

    @property
    def days_late(self) -> int:
        return (self.today - self.late_since).days if self.late_since else 0

    @property
    def due(self) -> dt.date | None:
        """The day to pay by: the oldest that has passed, else the next, else the agreement's own last day."""
        coming = self.debt.next_due(self.today)
        return self.late_since or (coming.due_on if coming else self.last_day)

    @property
    def planned(self) -> bool:
        return any(due.deferred is not None for due in self.debt.open)

    @property
    def interest(self) -> int:
        """Whole kronor through today."""
        return interest.demanded(self.stretches)

    @property
    def interest_table(self) -> ShownTable | None:
        return interest_table(self.stretches) if self.stretches else None

    @property
    def next(self) -> Next | None:
        """The next step by rule."""
        if not self.owed:
            return None
        if since := self.late_since:
            coming = owing.next_reminder(self.rules, since, self.today)
            if coming is None:
                return Next(_("Alla påminnelser är skickade: bedöm om fordran ska lämnas till indrivning"), None)
            return Next(str(LEVELS[coming[0].level]), coming[1])
        if coming_due := self.debt.next_due(self.today):
            return Next(_("Nästa del förfaller") if self.planned else _("Kravet förfaller"), coming_due.due_on)
        if self.last_day is None or self.last_day < self.today:
            return Next(_("Krav ställs"), self.today + interest.DAY)
        return Next(_("Ska återbetalas av sig själv"), self.last_day)

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Each part of the debt with its day, and what nobody has claimed last."""
        rows = [
            {"due": due, "what": _what(due), "late": due.left > 0 and due.due_on < self.today} for due in self.debt.dues
        ]
        if self.debt.unclaimed > 0:
            own = Due(self.last_day or self.today, self.debt.unclaimed, self.debt.unclaimed)
            rows.append({"due": own, "what": _("Inte krävt än"), "late": False})
        return rows


def _what(due: Due) -> str:
    return _("Krav %(number)s") % {"number": due.claim} if due.claim is not None else _("Enligt plan")


def files(cases: Collection[Case]) -> list[DebtFile]:
    """The debts of several cases, in their order."""
    today = clock.today()
    happened = debts.happenings(cases)
    last = last_days(((case.agreement, case.recipient_id) for case in cases), "repayment")
    agreements = agreements_of(case.agreement for case in cases)
    found = []
    for case in cases:
        rules = agreements[case.agreement].claims
        stretches, unknown = _interest(rules, happened[case.pk], today)
        debt = owing.standing(happened[case.pk], today)
        found.append(DebtFile(case, debt, rules, today, last[case.agreement, case.recipient_id], stretches, unknown))
    return found


def file_of(case: Case) -> DebtFile:
    return files([case])[0]


def _interest(rules: Claims, happened: Any, today: dt.date) -> tuple[tuple[Stretch, ...], str]:
    try:
        return debts.interest(rules, happened, today), ""
    except Refused as refusal:
        return (), " ".join(each.text for each in shown(refusal.findings))


def how_to_pay(file: DebtFile) -> list[dict[str, Any]]:
    """What a recipient needs to repay, claim or no claim, as components/facts.html shows it."""
    payer = Organisation.objects.get(kind=Kind.PAYER)
    return [
        {"label": _("Belopp"), "value": file.owed, "kind": "kr"},
        {"label": _("Betalas till"), "value": payer.name_on(file.today)},
        {"label": _("Konto"), "value": payer.giro or None},
        {"label": _("OCR-nummer"), "value": file.ocr},
        {"label": _("Ska vara betalt"), "value": file.due, "kind": "date"},
    ]


def has_debt(money: Mapping[Place, int], case: Case) -> bool:
    """Whether there is, or has been, something owed in a case: then its debt has a page."""
    places = (Place.TO_REPAY, Place.RETURNED, Place.WRITTEN_OFF, Place.REMITTED)
    return any(money.get(place) for place in places) or case.claims.exists() or case.interest_claims.exists()


def reminders(file: DebtFile) -> list[dict[str, Any]]:
    """What the agreement's file says of reminders, with the days that they come on while something is late."""
    rows = []
    for each in file.rules.reminders:
        on = working_days_after(file.late_since, each.working_days) if file.late_since else None
        sent = on is not None and on <= file.today
        rows.append({"what": LEVELS[each.level], "working_days": each.working_days, "on": on, "sent": sent})
    return rows
