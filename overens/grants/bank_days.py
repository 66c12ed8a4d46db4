# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The bank's day: what an account moved is what its rows moved in the ledger, what met claims of interest, what is owed
back or was paid back, what is of no agreement, and what is open; always.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import Sum

from overens.bank.models import BankRow, BankStatement


@dataclass(frozen=True)
class BankDay:
    """A day of an account (``""``: rows registered by hand). Öre, positive when money came in.

    ``booked``: the account's lines. ``told``: their payments, where the bank has told them. ``transferred``: what those
    moved, read from the ledger and not from the matches. ``interest``: what met claims of interest. ``refunds``: what
    came in and goes back to its sender, less what has gone. ``elsewhere``: of no agreement. ``open``: met by nothing
    yet. ``opening``, ``closing``: of the day's statement; None without one.
    """

    day: dt.date
    account: str
    rows: int
    booked: int
    told: int
    transferred: int
    interest: int
    refunds: int
    elsewhere: int
    open: int
    opening: int | None = None
    closing: int | None = None

    @property
    def explained(self) -> int:
        return self.transferred + self.interest + self.refunds + self.elsewhere + self.open

    @property
    def agrees(self) -> bool:
        """The lines are their payments and what was made of them, and lead from one balance to the other."""
        balanced = self.opening is None or self.closing is None or self.opening + self.booked == self.closing
        return self.booked == self.told == self.explained and balanced


DAYS = """
    WITH days AS (
        SELECT booked_on, account, count(*) FILTER (WHERE part_of_id IS NULL) AS rows,
               sum(ore) FILTER (WHERE part_of_id IS NULL) AS booked
        FROM bank_bankrow WHERE %(account)s::text IS NULL OR account = %(account)s
        GROUP BY booked_on, account ORDER BY booked_on DESC, account LIMIT %(latest)s OFFSET %(offset)s
    ), bearing AS (
        SELECT r.id, r.booked_on, r.account, r.ore FROM bank_bankrow r JOIN days USING (booked_on, account)
        WHERE NOT EXISTS (SELECT 1 FROM bank_bankrow p WHERE p.part_of_id = r.id)
    ), met AS (
        SELECT m.row_id,
               sum(sign(m.ore) * 100 * (
                   coalesce((SELECT sum(t.kronor) FROM ledger_transfer t WHERE t.cause_id = m.receipt_id), 0)
                   - coalesce((SELECT sum(t.kronor) FROM ledger_transfer t WHERE t.cause_id = u.receipt_id), 0)
               )) AS transferred,
               coalesce(sum(m.ore) FILTER (WHERE u.id IS NULL AND m.way = 'interest'), 0) AS interest,
               coalesce(sum(m.ore) FILTER (WHERE u.id IS NULL AND m.way IN ('refund', 'paid-back')), 0) AS refunds,
               coalesce(sum(m.ore) FILTER (WHERE u.id IS NULL AND m.way = 'elsewhere'), 0) AS elsewhere,
               coalesce(sum(m.ore) FILTER (WHERE u.id IS NULL), 0) AS ore
        FROM grants_match m LEFT JOIN grants_undoing u ON u.match_id = m.id
        WHERE m.row_id IN (SELECT id FROM bearing) GROUP BY m.row_id
    )
    SELECT d.booked_on, d.account, d.rows, d.booked::bigint, sum(b.ore)::bigint,
           coalesce(sum(m.transferred), 0)::bigint, coalesce(sum(m.interest), 0)::bigint,
           coalesce(sum(m.refunds), 0)::bigint,
           coalesce(sum(m.elsewhere), 0)::bigint, (sum(b.ore) - coalesce(sum(m.ore), 0))::bigint
    FROM days d JOIN bearing b USING (booked_on, account) LEFT JOIN met m ON m.row_id = b.id
    GROUP BY d.booked_on, d.account, d.rows, d.booked ORDER BY d.booked_on DESC, d.account
"""


def bank_days(latest: int | None = None, offset: int = 0, account: str | None = None) -> list[BankDay]:
    """The latest days that have rows, newest first; all of them where ``latest`` is None."""
    with connection.cursor() as cursor:
        cursor.execute(DAYS, {"latest": latest, "offset": offset, "account": account})
        days = [BankDay(*row) for row in cursor.fetchall()]
    balances = _balances({day.day for day in days})
    return [BankDay(**{**vars(day), **balances.get((day.day, day.account), {})}) for day in days]


def count() -> int:
    """How many days there are to show."""
    return BankRow.objects.order_by().values("booked_on", "account").distinct().count()


def _balances(days: Iterable[dt.date]) -> dict[tuple[dt.date, str], dict[str, int]]:
    """By day and account the balances before and after it, where its statements are of that day alone and each begins
    where the one before it ended.
    """
    found: dict[tuple[dt.date, str], dict[str, int]] = {}
    apart: set[tuple[dt.date, str]] = set()
    for day, account, opening, closing in _statements_of_a_day(days):
        known = found.setdefault((day, account), {"opening": opening, "closing": opening})
        if known["closing"] != opening:
            apart.add((day, account))
        known["closing"] = closing
    return {key: balances for key, balances in found.items() if key not in apart}


def _statements_of_a_day(days: Iterable[dt.date]) -> list[tuple[dt.date, str, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT min(r.booked_on), s.account, s.opening, s.closing
            FROM bank_bankstatement s JOIN bank_bankstatement_rows sr ON sr.bankstatement_id = s.id
            JOIN bank_bankrow r ON r.id = sr.bankrow_id
            WHERE s.opening IS NOT NULL AND s.closing IS NOT NULL
              AND s.id IN (SELECT bankstatement_id FROM bank_bankstatement_rows
                           JOIN bank_bankrow ON bank_bankrow.id = bankrow_id WHERE booked_on = ANY(%s))
            GROUP BY s.id HAVING min(r.booked_on) = max(r.booked_on) ORDER BY s.id
            """,
            [list(days)],
        )
        return cursor.fetchall()  # type: ignore[no-any-return]


def first_difference() -> str | None:
    """The first day that does not come out, or statement whose lines do not lead to its closing balance, in words."""
    for day in bank_days():
        if not (day.booked == day.told == day.explained):
            return (
                f"{day.day} on account {day.account or 'by hand'}: {day.booked} öre were booked, {day.told} are told,"
                f" {day.explained} explained"
            )
    whole = BankStatement.objects.exclude(opening=None).exclude(closing=None)
    for statement in whole.annotate(ore=Sum("rows__ore")):
        if (statement.opening or 0) + (statement.ore or 0) != statement.closing:
            return f"statement {statement}: {statement.ore} öre do not lead from its opening to its closing balance"
    return None
