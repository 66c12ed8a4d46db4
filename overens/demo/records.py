# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Made-up decisions on how long papers are kept, so that the demo shows what comes of them."""

from __future__ import annotations

import datetime as dt

from overens.archive.actions.disposing import set_rule
from overens.archive.models import RetentionRule
from overens.demo.people import person
from overens.people.models import Organisation
from overens.rules.process import Role

DECIDED = dt.date(2019, 3, 1)
# Organisation, kind of paper ("" for every kind), years (None: for ever), the decision.
RULES: tuple[tuple[str, str, int | None, str], ...] = (
    ("KAM", "", 10, "Gallringsbeslut DEMO 2019:1"),
    ("KAM", "settlement", None, "Gallringsbeslut DEMO 2019:1"),
    ("03", "", 7, "Dokumenthanteringsplan DEMO 2019"),
    ("03", "financial-report", None, "Dokumenthanteringsplan DEMO 2019"),
)


def load_retention() -> None:
    """The decisions of Kammarkollegiet and Region Uppsala, given by their administrators. May be run again."""
    for code, kind, years, reference in RULES:
        organisation = Organisation.objects.get(code=code)
        if not RetentionRule.objects.filter(organisation=organisation, kind=kind).exists():
            set_rule(organisation, kind, years, reference, DECIDED, DECIDED, person(code, Role.ADMINISTRATOR))
