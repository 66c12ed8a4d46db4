# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How what findings are about is named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from overens.planning.roster.rules import Case
from overens.planning.values import Named


def named(of: Named) -> Mapping[str, str]:
    """By language; without a title by its id."""
    return {"sv": of.title or of.id, "en": of.title_en or of.title or of.id}


def day_of(case: Case, column: int) -> str:
    """A date; in the benchmark, which has none, the number of the day."""
    if case.first is None:
        return str(column - case.before)
    return (case.first + timedelta(days=column - case.before)).isoformat()
