# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Moving money: the only way in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from overens.ledger.models import Line
from overens.records.models import DocumentVersion
from overens.rules.process import UNOWNED, Place


@dataclass(frozen=True)
class Leg:
    """So many whole kronor of a line from one place to another. Owners are organisation ids, None at unowned places."""

    line: Line
    from_place: Place
    from_owner: int | None
    to_place: Place
    to_owner: int | None
    kronor: int


def leg(line: Line, from_place: Place, to_place: Place, kronor: int, owner: int, to_owner: int | None = None) -> Leg:
    """A leg within one owner, or to another; unowned places get no owner."""
    return Leg(
        line,
        from_place,
        None if from_place in UNOWNED else owner,
        to_place,
        None if to_place in UNOWNED else (to_owner or owner),
        kronor,
    )


def post(cause: DocumentVersion, legs: Sequence[Leg], effective_at: dt.datetime | None = None) -> None:
    """Write all legs of a cause in one INSERT. Call it inside the transaction that made the cause.

    cause: the document version that moves the money; its kind says which movements it may cause.
    legs: at least one; legs of zero kronor are left out (a document may move nothing).
    Raises IntegrityError when PostgreSQL refuses: too little at a place, a movement that the kind does not
    cause, a document that has moved its money already, an owner that may not change.
    """
    legs = [each for each in legs if each.kronor]
    if not legs:
        return
    moment = effective_at or cause.effective_at
    with connection.cursor() as cursor:
        accounts = _accounts(cursor, legs)
        cursor.execute(
            """
            INSERT INTO ledger_transfer
                (cause_id, cause_kind, line_id, from_account, from_place, to_account, to_place, kronor, effective_at)
            SELECT %s, %s, line, from_account, from_place, to_account, to_place, kronor, %s
            FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::bigint[], %s::text[], %s::bigint[])
                AS t (line, from_account, from_place, to_account, to_place, kronor)
            """,
            [
                cause.pk,
                cause.kind,
                moment,
                [each.line.pk for each in legs],
                [accounts[each.line.pk, each.from_place, each.from_owner] for each in legs],
                [each.from_place.value for each in legs],
                [accounts[each.line.pk, each.to_place, each.to_owner] for each in legs],
                [each.to_place.value for each in legs],
                [each.kronor for each in legs],
            ],
        )


Key = tuple[int, str, int | None]


def _accounts(cursor: object, legs: Sequence[Leg]) -> dict[Key, int]:
    """Ids of the legs' accounts, opened where they are new, in a fixed order so that workers never interlock."""
    keys = sorted(
        {(each.line.pk, each.from_place.value, each.from_owner) for each in legs}
        | {(each.line.pk, each.to_place.value, each.to_owner) for each in legs},
        key=lambda key: (key[0], key[1], key[2] or 0),
    )
    columns = [[key[i] for key in keys] for i in range(3)]
    wanted = "unnest(%s::bigint[], %s::text[], %s::bigint[]) AS k (line_id, place, owner_id)"
    found = f"""
        SELECT a.line_id, a.place, a.owner_id, a.id FROM {wanted}
        JOIN ledger_account a ON a.line_id = k.line_id AND a.place = k.place
            AND a.owner_id IS NOT DISTINCT FROM k.owner_id
    """
    cursor.execute(found, columns)  # type: ignore[attr-defined]
    rows = cursor.fetchall()  # type: ignore[attr-defined]
    if len(rows) < len(keys):
        cursor.execute(  # type: ignore[attr-defined]
            f"INSERT INTO ledger_account (line_id, place, owner_id) SELECT line_id, place, owner_id FROM {wanted}"
            " ORDER BY line_id, place, owner_id ON CONFLICT DO NOTHING",
            columns,
        )
        cursor.execute(found, columns)  # type: ignore[attr-defined]
        rows = cursor.fetchall()  # type: ignore[attr-defined]
    return {(line, place, owner): account for line, place, owner, account in rows}
