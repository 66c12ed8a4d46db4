# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Between a ward's rosters as they are planned and as they are exchanged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import numpy as np

from overens.exchange.rosters.rota import Cover, Person, Rota, Shift
from overens.exchange.rosters.staff import Absence, Employed, Given, Staff
from overens.planning.roster.building import counts, covered, due
from overens.planning.roster.instance import OFF, Whole
from overens.planning.roster.problem import Roster


def as_rota(ward: Roster, roster: Whole, version: str = "") -> Rota:
    """roster[P, D] of a ward, for :mod:`overens.exchange.rosters`; which version it is, if any."""
    titles = {each.id: each.title for each in ward.competences}
    cover = []
    for row in ward.cover:
        for at in covered(ward, row):
            day = ward.first + dt.timedelta(days=at)
            who = frozenset(each.id for each in ward.persons if counts(each, row, day))
            cover.append(Cover(day, row.shift, titles[row.competence], row.least, row.wanted, who))
    return Rota(
        ward.id, ward.title, ward.unit, ward.synthetic, ward.first, 7 * ward.weeks,
        tuple(Shift(each.id, each.title, each.kind, each.start, each.end, each.break_) for each in ward.shifts),
        tuple(Person(each.id, each.title, due(ward, each)) for each in ward.persons),
        {
            (who.id, ward.first + dt.timedelta(days=day)): ward.shifts[shift].id
            for who, line in zip(ward.persons, roster.tolist(), strict=True)
            for day, shift in enumerate(line)
            if shift != OFF
        },
        tuple(cover), version,
    )  # fmt: skip


def as_roster(ward: Roster, worked: Mapping[tuple[str, dt.date], str]) -> Whole:
    """roster[P, D] of what is worked, by person and day: what a file that was read back holds.

    Raises KeyError for a person, a day or a shift that the ward does not have; readers of files say so before.
    """
    persons = {each.id: at for at, each in enumerate(ward.persons)}
    shifts = {each.id: at for at, each in enumerate(ward.shifts)}
    roster = np.full((len(persons), 7 * ward.weeks), OFF, dtype=np.int64)
    for (who, day), shift in worked.items():
        at = (day - ward.first).days
        if not 0 <= at < roster.shape[1]:
            raise KeyError(day)
        roster[persons[who], at] = shifts[shift]
    return roster


def as_staff(ward: Roster) -> Staff:
    """Who works there, as :mod:`overens.exchange.rosters.staff` has it; why somebody is away is left out."""
    return Staff(
        tuple(Employed(each.id, each.title, each.share, each.contract, each.competences) for each in ward.persons),
        tuple(Absence(each.id, leave.first, leave.last) for each in ward.persons for leave in each.leave),
        tuple(Given(each.id, duty.day, duty.shift) for each in ward.persons for duty in each.duties),
    )
