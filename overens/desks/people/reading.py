# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the pages show of who holds what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from overens.agreements.models import AgreementVersion
from overens.agreements.reading import agreements_of
from overens.desks.people import words
from overens.people.actions.administering import subject_of
from overens.people.actions.proof import of_ending, of_giving
from overens.people.models import Mandate, Organisation
from overens.people.models.organisation import swedish_sort_key
from overens.planner.models import Unit
from overens.records.models import Event
from overens.rules.agreement import Agreement, RoleTitle
from overens.rules.process import Role


@dataclass(frozen=True)
class Titled:
    """What an agreement calls a role at an organisation; ``title`` carries the citation."""

    agreement: Agreement
    title: RoleTitle


@dataclass(frozen=True)
class Row:
    """A mandate as a list shows it: with what the agreements that it is for call it, how it stands on a day, and the
    unit that it is held at, if it is at one.
    """

    mandate: Mandate
    titles: tuple[Titled, ...]
    standing: Promise
    kind: str
    unit: str = ""


def agreements() -> dict[str, Agreement]:
    """Every stored agreement, newest first, by its code."""
    codes = list(AgreementVersion.objects.current().values_list("code", flat=True))
    found = agreements_of(codes)
    return {code: found[code] for code in codes}


def titles(known: Iterable[Agreement], organisation: Organisation) -> list[Titled]:
    """What the agreements call the roles of an organisation that takes part in them."""
    found: list[Titled] = []
    for agreement in known:
        groups = {group.id for group in agreement.groups if organisation.code in group.codes}
        stated = agreement.roles.titles if agreement.roles else ()
        found += [Titled(agreement, title) for title in stated if groups & set(title.groups)]
    return found


def rows(mandates: Iterable[Mandate], known: Iterable[Agreement], day: dt.date) -> list[Row]:
    """By name as Swedish sorts, then by role and first day. The mandates come with person and organisation."""
    mandates, agreements_ = list(mandates), list(known)
    units = unit_titles(mandates)
    by_organisation: dict[int, list[Titled]] = {}
    found = []
    for mandate in mandates:
        titled = by_organisation.get(mandate.organisation_id)
        if titled is None:
            titled = by_organisation[mandate.organisation_id] = titles(agreements_, mandate.organisation)
        mine = [t for t in titled if t.title.role == mandate.role and mandate.agreement in ("", t.agreement.id)]
        unit = units.get((mandate.organisation_id, mandate.unit), mandate.unit)
        found.append(Row(mandate, tuple(mine), *words.standing(mandate, day), unit))
    order = list(Role)
    return sorted(
        found,
        key=lambda row: (
            swedish_sort_key(row.mandate.person.name),
            row.mandate.person_id,
            order.index(Role(row.mandate.role)),
            row.mandate.valid_from,
        ),
    )


def unit_titles(mandates: Iterable[Mandate]) -> dict[tuple[int, str], str]:
    """What the units are called that mandates are held at, by organisation and code."""
    codes = {each.unit for each in mandates if each.unit}
    found = Unit.objects.filter(code__in=codes) if codes else ()
    return {(each.owner_id, each.code): each.title for each in found}


def happened(organisation: Organisation, events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events of an organisation with the mandate that each gave or ended, as components/history.html shows them."""
    by_hash: dict[str, Mandate] = {}
    for mandate in Mandate.objects.filter(organisation=organisation).select_related("person"):
        by_hash[of_giving(mandate)] = by_hash[of_ending(mandate)] = mandate
    return [
        {
            "event": event,
            "mandate": next((by_hash[paper] for paper in event.papers if paper in by_hash), None),
        }
        for event in events
    ]


def events_of(organisation: Organisation) -> Any:
    """What has happened at an organisation, newest first."""
    found = Event.objects.filter(subject=subject_of(organisation)).select_related("person", "cause")
    return found.order_by("-number")
