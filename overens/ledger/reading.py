# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where every krona is, now or then; and the proof that the balances are what the transfers say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from overens.rules.process import PLACES, Place


@dataclass(frozen=True)
class Holding:
    """So many whole kronor of a line at a place. ``owner`` and ``code`` are empty where nobody owns them."""

    agreement: str
    line: str
    owner: str
    code: str
    place: Place
    kronor: int


# Balances as they are, or rebuilt from the transfers that had taken effect (and were known) by a time.
NOW = "SELECT account_id, kronor FROM ledger_balance"
THEN = """
    SELECT account_id, sum(kronor)::bigint AS kronor FROM (
        SELECT t.from_account AS account_id, -t.kronor AS kronor, t.line_id, t.effective_at, t.recorded_at
        FROM ledger_transfer t
        UNION ALL SELECT t.to_account, t.kronor, t.line_id, t.effective_at, t.recorded_at FROM ledger_transfer t
    ) each_leg
    WHERE effective_at <= coalesce(%(at)s::timestamptz, 'infinity')
      AND recorded_at <= coalesce(%(known_at)s::timestamptz, 'infinity')
      AND (%(agreement)s::text IS NULL OR line_id IN (SELECT id FROM ledger_line WHERE agreement = %(agreement)s))
    GROUP BY account_id
"""


def trace(
    agreement: str | None = None,
    *,
    owner: int | None = None,
    at: dt.datetime | None = None,
    known_at: dt.datetime | None = None,
) -> list[Holding]:
    """Every place that holds money, without ``outside``, by line, place (in chain order) and owner code.

    at: what had taken effect by then; known_at: what was recorded by then. Both None: the balances now.
    """
    balances = NOW if at is None and known_at is None else THEN
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT l.agreement, l.code, coalesce(o.name, ''), coalesce(o.code, ''), a.place, b.kronor
            FROM ({balances}) b JOIN ledger_account a ON a.id = b.account_id
            JOIN ledger_line l ON l.id = a.line_id LEFT JOIN people_organisation o ON o.id = a.owner_id
            WHERE a.place <> 'outside' AND b.kronor <> 0
              AND (%(agreement)s::text IS NULL OR l.agreement = %(agreement)s)
              AND (%(owner)s::bigint IS NULL OR a.owner_id = %(owner)s)
            ORDER BY l.agreement, l.id, array_position(%(places)s::text[], a.place), o.code
            """,
            {
                "agreement": agreement,
                "owner": owner,
                "at": at,
                "known_at": known_at,
                "places": [p.value for p in PLACES],
            },
        )
        return [Holding(a, line, name, code, Place(place), kr) for a, line, name, code, place, kr in cursor.fetchall()]


def by_place(agreement: str | None = None, owner: int | None = None, line: int | None = None) -> dict[Place, int]:
    """Whole kronor at each place, in chain order; places without money are left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT b.place, sum(b.kronor)::bigint FROM ledger_balance b
            JOIN ledger_account a ON a.id = b.account_id JOIN ledger_line l ON l.id = b.line_id
            WHERE b.place <> 'outside' AND b.kronor <> 0
              AND (%(agreement)s::text IS NULL OR l.agreement = %(agreement)s)
              AND (%(owner)s::bigint IS NULL OR a.owner_id = %(owner)s)
              AND (%(line)s::bigint IS NULL OR b.line_id = %(line)s)
            GROUP BY b.place
            """,
            {"agreement": agreement, "owner": owner, "line": line},
        )
        found = dict(cursor.fetchall())
    return {place: found[place.value] for place in PLACES if place.value in found}


def by_owner(agreements: Iterable[str]) -> dict[int | None, dict[Place, int]]:
    """Whole kronor of these agreements together, by owner (None: nobody's) and place, in chain order."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT a.owner_id, a.place, sum(b.kronor)::bigint FROM ledger_line l
            JOIN ledger_account a ON a.line_id = l.id JOIN ledger_balance b ON b.account_id = a.id
            WHERE l.agreement = ANY(%s) AND a.place <> 'outside' AND b.kronor <> 0 GROUP BY a.owner_id, a.place
            """,
            [list(agreements)],
        )
        rows = cursor.fetchall()
    found: dict[int | None, dict[Place, int]] = {}
    for owner, place, kronor in sorted(rows, key=lambda row: PLACES.index(Place(row[1]))):
        found.setdefault(owner, {})[Place(place)] = kronor
    return found


def balance(line: int, place: Place, owner: int | None) -> int:
    """Whole kronor of a line at an owner's place."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT b.kronor FROM ledger_balance b JOIN ledger_account a ON a.id = b.account_id"
            " WHERE a.line_id = %s AND a.place = %s AND a.owner_id IS NOT DISTINCT FROM %s",
            [line, place.value, owner],
        )
        row = cursor.fetchone()
    return row[0] if row else 0


def balances(pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], dict[Place, int]]:
    """Whole kronor by place for many (line id, owner id) at once."""
    wanted = list(pairs)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT a.line_id, a.owner_id, a.place, b.kronor
            FROM unnest(%s::bigint[], %s::bigint[]) AS k (line_id, owner_id)
            JOIN ledger_account a USING (line_id, owner_id) JOIN ledger_balance b ON b.account_id = a.id
            WHERE b.kronor <> 0
            """,
            [[line for line, _ in wanted], [owner for _, owner in wanted]],
        )
        rows = cursor.fetchall()
    result: dict[tuple[int, int], dict[Place, int]] = {pair: {} for pair in wanted}
    for line, owner, place, kronor in rows:
        result[line, owner][Place(place)] = kronor
    return result


@dataclass(frozen=True)
class Step:
    """One transfer as a reader sees it."""

    line: str
    from_place: Place
    from_owner: str
    to_place: Place
    to_owner: str
    kronor: int
    cause_kind: str
    cause_id: int
    effective_at: dt.datetime
    recorded_at: dt.datetime


def journey(agreement: str, owner: int | None = None) -> list[Step]:
    """The transfers of an agreement (and those that touch one owner), in the order of their effect."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT l.code, t.from_place, coalesce(fo.name, ''), t.to_place, coalesce(too.name, ''), t.kronor,
                   t.cause_kind, t.cause_id, t.effective_at, t.recorded_at
            FROM ledger_transfer t JOIN ledger_line l ON l.id = t.line_id
            JOIN ledger_account fa ON fa.id = t.from_account JOIN ledger_account ta ON ta.id = t.to_account
            LEFT JOIN people_organisation fo ON fo.id = fa.owner_id
            LEFT JOIN people_organisation too ON too.id = ta.owner_id
            WHERE l.agreement = %(agreement)s
              AND (%(owner)s::bigint IS NULL OR %(owner)s IN (fa.owner_id, ta.owner_id))
            ORDER BY t.effective_at, t.id
            """,
            {"agreement": agreement, "owner": owner},
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return [Step(r[0], Place(r[1]), r[2], Place(r[3]), *r[4:]) for r in rows]


@dataclass(frozen=True)
class Change:
    """By how many kronor a transfer changed a place, and the paper that caused it."""

    kronor: int
    cause_id: int
    cause_kind: str
    effective_at: dt.datetime


def changes(pairs: Iterable[tuple[int, int]], place: Place) -> dict[tuple[int, int], list[Change]]:
    """Every change of a place for many (line id, owner id) at once, in the order of their effect."""
    wanted = list(pairs)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT a.line_id, a.owner_id, CASE WHEN t.to_account = a.id THEN t.kronor ELSE -t.kronor END,
                   t.cause_id, t.cause_kind, t.effective_at
            FROM unnest(%s::bigint[], %s::bigint[]) AS k (line_id, owner_id)
            JOIN ledger_account a USING (line_id, owner_id)
            JOIN ledger_transfer t ON a.id IN (t.from_account, t.to_account)
            WHERE a.place = %s ORDER BY t.effective_at, t.id
            """,
            [[line for line, _ in wanted], [owner for _, owner in wanted], place.value],
        )
        rows = cursor.fetchall()
    found: dict[tuple[int, int], list[Change]] = {pair: [] for pair in wanted}
    for line, owner, *change in rows:
        found[line, owner].append(Change(*change))
    return found


@dataclass(frozen=True)
class Leg:
    """One transfer as a bookkeeper sees it. ``owner``, ``code``: whose money it is, after the movement or before."""

    agreement: str
    owner: str
    code: str
    from_place: Place
    to_place: Place
    kronor: int
    cause_kind: str
    cause_id: int
    effective_at: dt.datetime


def legs(after: dt.datetime, until: dt.datetime) -> list[Leg]:
    """The transfers of all agreements that took effect after one time and until another, paper by paper."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT l.agreement, coalesce(too.name, fo.name, ''), coalesce(too.code, fo.code, ''),
                   t.from_place, t.to_place, t.kronor, t.cause_kind, t.cause_id, t.effective_at
            FROM ledger_transfer t JOIN ledger_line l ON l.id = t.line_id
            JOIN ledger_account fa ON fa.id = t.from_account JOIN ledger_account ta ON ta.id = t.to_account
            LEFT JOIN people_organisation fo ON fo.id = fa.owner_id
            LEFT JOIN people_organisation too ON too.id = ta.owner_id
            WHERE t.effective_at > %s AND t.effective_at <= %s
            ORDER BY t.cause_id, t.id
            """,
            [after, until],
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return [Leg(r[0], r[1], r[2], Place(r[3]), Place(r[4]), *r[5:]) for r in rows]


def turnover(until: dt.datetime) -> dict[tuple[Place, Place, str], int]:
    """Whole kronor that have gone from place to place because of a kind of paper, until a time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT from_place, to_place, cause_kind, sum(kronor)::bigint FROM ledger_transfer"
            " WHERE effective_at <= %s GROUP BY from_place, to_place, cause_kind",
            [until],
        )
        return {(Place(a), Place(b), cause): kronor for a, b, cause, kronor in cursor.fetchall()}


def first_difference() -> str | None:
    """Derive every balance and invariant from the transfers alone; the first that does not hold, in words."""
    checks = (
        (
            "account {0}: the balance says {1} kronor, the transfers say {2}",
            f"""
            SELECT b.account_id, b.kronor, coalesce(t.kronor, 0) FROM ledger_balance b
            LEFT JOIN ({THEN}) t USING (account_id) WHERE b.kronor <> coalesce(t.kronor, 0) ORDER BY 1 LIMIT 1
            """,
        ),
        (
            "account {0}: it has no balance",
            "SELECT a.id FROM ledger_account a LEFT JOIN ledger_balance b ON b.account_id = a.id"
            " WHERE b.account_id IS NULL ORDER BY 1 LIMIT 1",
        ),
        (
            "account {0}: it went below zero, to {1} kronor, at transfer {2}",
            """
            SELECT account_id, running, id FROM (
                SELECT account_id, id, last_of_cause,
                       sum(kronor) OVER (PARTITION BY account_id ORDER BY id) AS running
                FROM (
                    SELECT t.id, x.account_id, x.kronor, x.place,
                           row_number() OVER (PARTITION BY x.account_id, t.cause_id ORDER BY t.id DESC) = 1
                               AS last_of_cause
                    FROM ledger_transfer t CROSS JOIN LATERAL (VALUES
                        (t.from_account, t.from_place, -t.kronor), (t.to_account, t.to_place, t.kronor)
                    ) AS x (account_id, place, kronor) WHERE x.place <> 'outside'
                ) each_leg
            ) running_sum WHERE last_of_cause AND running < 0 ORDER BY id LIMIT 1
            """,
        ),
        (
            "line {0}: its places hold {1} kronor, the decisions put in {2}",
            """
            SELECT l.agreement || '/' || l.code, sum(b.kronor) FILTER (WHERE b.place <> 'outside'),
                   -sum(b.kronor) FILTER (WHERE b.place = 'outside')
            FROM ledger_line l JOIN ledger_balance b ON b.line_id = l.id GROUP BY l.id
            HAVING sum(b.kronor) <> 0 ORDER BY 1 LIMIT 1
            """,
        ),
        (
            "line {0}: {1} kronor were decided, its sum is {2}",
            """
            SELECT l.agreement || '/' || l.code, -b.kronor, l.kronor FROM ledger_line l
            JOIN ledger_balance b ON b.line_id = l.id AND b.place = 'outside'
            WHERE -b.kronor <> l.kronor ORDER BY 1 LIMIT 1
            """,
        ),
        (
            "transfer {0}: {1} does not move money from {2} to {3}",
            """
            SELECT t.id, d.kind, t.from_place, t.to_place FROM ledger_transfer t
            JOIN records_documentversion d ON d.id = t.cause_id
            LEFT JOIN ledger_movement m ON (m.from_place, m.to_place, m.cause_kind) = (t.from_place, t.to_place, d.kind)
            WHERE m.cause_kind IS NULL ORDER BY 1 LIMIT 1
            """,
        ),
    )
    with connection.cursor() as cursor:
        for words, query in checks:
            cursor.execute(query, {"at": None, "known_at": None, "agreement": None} if "%(" in query else None)
            if row := cursor.fetchone():
                return words.format(*row)
    return None
