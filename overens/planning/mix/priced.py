# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What :mod:`.prices` finds, as it is kept: kronor a week at least cost. Read without any solver."""

from __future__ import annotations

from overens.rules.values import Slug, Table


class Hour(Table):
    """``kronor`` saved by one more hour of a competence, its own cost taken off."""

    competence: Slug
    kronor: float


class Permission(Table):
    """``kronor`` more without the ``row``-th ``may`` of the file."""

    row: int
    competence: Slug
    tasks: tuple[str, ...]
    decision: str
    kronor: float


class NewDecision(Table):
    """``kronor`` saved if a competence might do a task too, alone and in the task's own time."""

    task: Slug
    competence: Slug
    kronor: float


class Reserved(Table):
    """``kronor`` that a reservation costs at most."""

    reservation: Slug
    kronor: float


class Shortage(Table):
    """``kronor`` that the ``hours`` of a task that nobody does are priced at, and one more of them."""

    task: Slug
    hours: float
    kronor: float


class Pays(Table):
    """``saved`` kronor a week for ``cost`` kronor: ``per_krona`` saved for each. Of ``hours`` a week."""

    id: Slug
    hours: float
    cost: float
    saved: float
    per_krona: float


class Prices(Table):
    hours: tuple[Hour, ...]
    permissions: tuple[Permission, ...]
    decisions: tuple[NewDecision, ...]
    reservations: tuple[Reserved, ...]
    shortages: tuple[Shortage, ...]
    posts: tuple[Pays, ...]
    trainings: tuple[Pays, ...]
