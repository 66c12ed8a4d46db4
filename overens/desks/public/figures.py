# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sums that the public pages show: by place, by recipient, and per inhabitant. Whole kronor."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from overens.agreements.models import AgreementVersion
from overens.agreements.reading import agreement_of, followed
from overens.agreements.tracing import ORDER, UNDECIDED
from overens.ledger import reading
from overens.ledger.models import Line
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.rules.process import PAID_OUT, Place

# Money that has been paid out at some time and has not been paid out anew since.


@dataclass(frozen=True)
class Stored:
    """An agreement as the lists show it; whether its money is followed is agreements.reading.followed's word."""

    version: AgreementVersion
    followed: bool

    @property
    def code(self) -> str:
        return self.version.code


def stored() -> list[Stored]:
    """The newest version of every agreement, newest first."""
    known = set(followed())
    return [Stored(version, version.code in known) for version in AgreementVersion.objects.current().defer("text")]


@dataclass(frozen=True)
class Figure:
    label: str | Promise
    kronor: int
    note: str | Promise = ""


def key_figures(places: Mapping[str, int], *, of_recipient: bool = False) -> list[Figure]:
    """What was agreed (for a recipient: given to it), and what has become of it."""
    agreed = (
        (_("Tilldelat"), _("beslutat av regeringen, eller förmedlat"))
        if of_recipient
        else (_("Överenskommet"), _("det som parterna har kommit överens om"))
    )
    paid = sum(places.get(place, 0) for place in PAID_OUT)
    return [
        Figure(agreed[0], sum(places.values()), agreed[1]),
        Figure(_("Utbetalt"), paid, _("det som staten har betalat ut hittills")),
        Figure(_("Använt"), places.get(Place.USED, 0), _("redovisat och godtaget")),
        Figure(_("Ska återbetalas"), places.get(Place.TO_REPAY, 0), _("inte utnyttjat, eller återkrävt")),
        Figure(_("Återbetalat"), places.get(Place.RETURNED, 0), _("åter hos staten")),
        Figure(_("Förfallet"), places.get(Place.LAPSED, 0), _("inte rekvirerat i tid; lämnade aldrig staten")),
    ]


@dataclass(frozen=True)
class RecipientRow:
    """A recipient's money. ``code`` is empty for what nobody owns yet, and for the structures taken together."""

    code: str
    name: str | Promise
    places: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.places.values())


@dataclass(frozen=True)
class Money:
    """Where the money of some agreements is: ``places`` in chain order, ``rows`` by recipient; both add up the same."""

    places: Mapping[str, int]
    rows: tuple[RecipientRow, ...]


def money_of(agreements: Collection[str]) -> Money:
    """The regions by name come first, then the association, the structures together, and what is nobody's yet."""
    by_owner = reading.by_owner(agreements)
    owners = Organisation.objects.filter(pk__in=[pk for pk in by_owner if pk]).order_by("sort_key")
    regions: list[RecipientRow] = []
    others: list[RecipientRow] = []
    structures: list[RecipientRow] = []
    for owner in owners:
        row = RecipientRow(owner.code, owner.name, _plain(by_owner[owner.pk]))
        {Kind.REGION: regions, Kind.STRUCTURE: structures}.get(Kind(owner.kind), others).append(row)
    rows = [*regions, *others]
    if structures:
        rows.append(RecipientRow("", _("Samverkansstrukturerna i länen"), together(structures)))
    nobodys = _plain(by_owner.get(None, {}))
    agreed = Line.objects.filter(agreement__in=agreements).aggregate(kronor=Sum("kronor"))["kronor"] or 0
    if undecided := agreed - sum(sum(places.values()) for places in by_owner.values()):
        nobodys = {UNDECIDED: undecided, **nobodys}
    if nobodys:
        rows.append(RecipientRow("", _("Ännu ingen mottagare"), nobodys))
    return Money(together(rows), tuple(rows))


def together(rows: Iterable[RecipientRow]) -> dict[str, int]:
    """The places of several rows added up, in chain order."""
    found: dict[str, int] = {}
    for row in rows:
        for place, kronor in row.places.items():
            found[place] = found.get(place, 0) + kronor
    return {place: found[place] for place in ORDER if place in found}


def _plain(places: Mapping[Place, int]) -> dict[str, int]:
    return {place.value: kronor for place, kronor in places.items()}


def inhabitants(agreements: Collection[str]) -> dict[str, int]:
    """Persons by county code, as the newest of these agreements states them; none where it shares by other weights."""
    for code in sorted(agreements, reverse=True):
        agreement = agreement_of(code)
        for pot in agreement.pots:
            if pot.by_population:
                recipients = agreement.group(pot.recipients).recipients
                return {r.organisation: r.weight for r in recipients if isinstance(r.weight, int) and r.weight}
    return {}


def per_inhabitant(kronor: int, persons: int) -> int:
    """Kronor per inhabitant, to the nearest krona."""
    return (2 * kronor + persons) // (2 * persons)
