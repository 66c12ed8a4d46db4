# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Registers of editions that are stored nowhere, to ask values of."""

from __future__ import annotations

from overens.editions import values
from overens.editions.values.register import About, Register
from overens.people.models import Organisation


def register_of(year: int, language: str = "sv") -> Register:
    """An empty register of Socialstyrelsen's edition about 2017 or 2019."""
    before = year < 2019
    return values.register(
        About(
            code=f"prov-{year}",
            title="Ett prov",
            subtitle="",
            language=language,
            owner=Organisation.objects.get(code="SOS"),
            year=year,
            years=(2016, 2017) if before else (2016, 2017, 2018, 2019),
            agreements=("2017-2018",) if before else ("2017-2018", "2019"),
            called="landsting" if before else "regioner",
        )
    )
