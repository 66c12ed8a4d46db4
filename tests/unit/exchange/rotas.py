# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Rotas to exchange: small ones, in weeks when the clock is changed, over New Year, and in between."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from overens.exchange.rosters.rota import Cover, Person, Rota, Shift

SHIFTS = (
    Shift("D", "Dag", "day", dt.time(6, 45), dt.time(15, 30), 45),
    Shift("K", "Kväll", "evening", dt.time(13, 15), dt.time(21, 30), 30),
    Shift("N", "Natt", "night", dt.time(21), dt.time(7)),
    Shift("=U", "Utvecklingstid", "development", dt.time(8), dt.time(12)),
)
PERSONS = (
    Person("ssk01", "Sjuksköterska 1", 4800),
    Person("-9", "=1+1; ”Åsa”", 0),
    Person("usk'1", "'Undersköterska", 3000),
)
# To summer time, to winter time, New Year, a week with Midsummer, and one like any other.
MONDAYS = tuple(dt.date(*each) for each in ((2027, 3, 22), (2027, 10, 25), (2026, 12, 28), (2027, 6, 21), (2027, 2, 1)))


@st.composite
def rotas(draw: st.DrawFn) -> Rota:
    first, days = draw(st.sampled_from(MONDAYS)), 7 * draw(st.integers(1, 2))
    places = [(who.id, first + dt.timedelta(days=day)) for who in PERSONS for day in range(days)]
    shifts = draw(st.lists(st.sampled_from(["", *(each.id for each in SHIFTS)]), min_size=len(places),
                           max_size=len(places)))  # fmt: skip
    worked = {place: shift for place, shift in zip(places, shifts, strict=True) if shift}
    cover = (Cover(first, "D", "ssk", 1, 2, frozenset({"ssk01", "-9"})),)
    return Rota("prov", "Prov", "Enheten", True, first, days, SHIFTS, PERSONS, worked, cover)


def rota(first: dt.date = dt.date(2027, 3, 22), **worked: str) -> Rota:
    """worked: ``d0="D"``, what the first person has by number of the day."""
    made = {("ssk01", first + dt.timedelta(days=int(day[1:]))): shift for day, shift in worked.items()}
    return Rota("prov", "Prov", "Enheten", True, first, 7, SHIFTS, PERSONS, made)
