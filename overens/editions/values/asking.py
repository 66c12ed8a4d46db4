# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the families have in common: how a question is refused, what can be asked, and whom the answers are of."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

from django.db.models import Q

from overens.editions.values.register import Register
from overens.people.models import Organisation, OrganisationName
from overens.people.models.organisation import Kind
from overens.rules.edition.keys import Question
from overens.rules.edition.wording import joined
from overens.rules.findings import Finding, refuse, wording

NEAREST = 5


@dataclass(frozen=True)
class Bindable:
    """Something that a text may bind: ``dimensions`` by name with the values that each may have."""

    family: str
    subject: str
    title: str
    dimensions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def unknown(question: Question, known: Iterable[str]) -> NoReturn:
    """Raises Refused (``value-unknown-subject``), which says what may have been meant."""
    codes = list(known)
    near = difflib.get_close_matches(question.subject, codes, NEAREST, 0.4) or codes[:NEAREST]
    refuse("value-unknown-subject", "key", family=question.family, subject=question.subject[:60], near=near)


def check(question: Question, known: Mapping[str, Sequence[str]]) -> None:
    """That a question has no other dimensions than these, with no other values. Raises Refused:
    ``value-unknown-dimension``, ``value-unknown-place``.
    """
    for name, value in question.at.items():
        if name not in known:
            refuse("value-unknown-dimension", "key", family=question.family, dimension=name[:60], known=list(known))
        if value not in known[name]:
            refuse("value-unknown-place", "key", dimension=name, value=value[:60], known=list(known[name])[:30])


def said(register: Register, code: str, /, **values: object) -> str:
    """Words of the catalogue in the edition's language, filled in."""
    return wording(Finding(code, "note", values), register.about.language)


def names(register: Register) -> dict[str, str]:
    """The regions by code, as they were called at the end of the year that the edition is about."""
    return register.once("region names", lambda: names_in(register.about.year))


def names_in(year: int) -> dict[str, str]:
    """The regions by code, as they were called at the end of a year."""
    day = dt.date(year, 12, 31)
    names = dict(Organisation.objects.filter(kind=Kind.REGION).order_by("code").values_list("code", "name"))
    dated = OrganisationName.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)
    rows = dated.filter(organisation__kind=Kind.REGION).values_list("organisation__code", "name")
    return {**names, **dict(rows)}


def listed(register: Register, codes: Iterable[str]) -> str:
    """Names in a row: "A, B och C", in the order of the codes."""
    known = names(register)
    return joined([known.get(code, code) for code in codes], register.about.language)
