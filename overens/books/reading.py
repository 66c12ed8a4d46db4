# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the books come to by a mapping, and the rows behind every sum."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db import connection
from django.db.models import F, Max, QuerySet

from overens.agreements.reading import agreement_of
from overens.books.models import LedgerImport, MappingVersion, Row
from overens.grants.models import Case
from overens.rules.asked import FormField
from overens.rules.costing import Costed, Names, Sum, cost, first_choosing, is_balance, merged
from overens.rules.mapping import Line, read_line

FORM = "financial-report"


def heads(agreement: str) -> dict[str, FormField]:
    """The cost heads of an agreement's financial report, by field id, in the form's order."""
    return {field.id: field for field in agreement_of(agreement).form(FORM).fields if field.items}


def latest(case: Case) -> MappingVersion | None:
    return case.mappings.order_by("-number").first()


def earlier(case: Case) -> QuerySet[MappingVersion]:
    """The newest version of every other case's mapping of the recipient's, the latest saved first."""
    return (
        MappingVersion.objects.filter(case__recipient=case.recipient)
        .exclude(case=case)
        .annotate(newest=Max("case__mappings__number"))
        .filter(number=F("newest"))
        .select_related("case__line")
        .order_by("-recorded_at", "-pk")
    )


@dataclass(frozen=True)
class Books:
    """A mapping with the imports that it chooses from, within the agreement's period. ``lines``: as they were saved."""

    case: Case
    lines: tuple[Line, ...]
    imports: tuple[LedgerImport, ...]

    @classmethod
    def of(cls, version: MappingVersion) -> Books:
        content = version.data
        known = {line["head"] for line in content["lines"]}
        readings = [each["reading"] for each in content["imports"]]
        imports = LedgerImport.objects.filter(organisation=version.case.recipient, reading__in=readings)
        lines = tuple(read_line(line, known) for line in content["lines"])
        return cls(version.case, lines, tuple(imports.select_related("file", "mandate__person")))

    @cached_property
    def names(self) -> Names:
        """What the codes are called, in all the imports together; the newest year's word goes."""
        found = Names({}, {}, {})
        for each in reversed(self.imports):
            found = merged(found, each.named)
        return found

    @cached_property
    def _combined(self) -> list[tuple[int, bool, Sum]]:
        """The rows added up by combination: its id, whether they are in the agreement's period, and their sum."""
        period = agreement_of(self.case.agreement).period
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.id, r.within, c.account, c.codes, r.ore, r.rows FROM books_combination c JOIN"
                " (SELECT combination_id, date BETWEEN %s AND %s AS within, sum(ore)::bigint AS ore, count(*) AS rows"
                " FROM books_row WHERE combination_id IN"
                " (SELECT id FROM books_combination WHERE ledger_import_id = ANY(%s)) GROUP BY 1, 2) r"
                " ON r.combination_id = c.id ORDER BY c.id",
                [period.first_day, period.last_day, [each.pk for each in self.imports]],
            )
            return [
                (id, within, Sum(account, json.loads(codes), ore, rows))
                for id, within, account, codes, ore, rows in cursor.fetchall()
            ]

    @property
    def within(self) -> list[Sum]:
        return [each for _, within, each in self._combined if within]

    @property
    def outside(self) -> list[Sum]:
        return [each for _, within, each in self._combined if not within]

    @cached_property
    def costed(self) -> Costed:
        return cost(self.lines, self.within, self.outside, self.names)

    def combinations(self, line: int | None) -> list[int]:
        """Ids of the combinations that a line counts (from 0), or that none does (None)."""
        return [id for id, within, each in self._combined if within and first_choosing(self.lines, each) == line]

    def rows(self, combinations: Collection[int] | None = None) -> QuerySet[Row]:
        """Rows of the imports within the agreement's period: all of them, or those of some combinations."""
        period = agreement_of(self.case.agreement).period
        found = Row.objects.filter(date__range=(period.first_day, period.last_day))
        if combinations is None:
            return found.filter(combination__ledger_import__in=self.imports)
        return found.filter(combination__in=combinations)


def object_sums(dimension: str, sums: Iterable[Sum]) -> dict[str, int]:
    """Öre by object of a dimension, of result accounts only: what an object has cost."""
    found: dict[str, int] = {}
    for each in sums:
        code = each.objects.get(dimension)
        if code is not None and not is_balance(each.account):
            found[code] = found.get(code, 0) + each.ore
    return found
