# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an agreement asks of its recipients, in words and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from overens.desks.saying import figure, language
from overens.people.models import Organisation
from overens.portal import burden as known
from overens.rules.agreement import Agreement, said
from overens.rules.amounts import group_digits
from overens.rules.burden import KNOWN, Estimate, Item, Load, Overlap, load, overlaps, savings
from overens.rules.burden_minutes import Minutes

# What is counted of a load, in the order of the tables.
COUNTED: Mapping[str, Promise] = {
    "documents": gettext_lazy("Handlingar"),
    "fields": gettext_lazy("Uppgifter"),
    "known": gettext_lazy("Redan kända"),
    "signatures": gettext_lazy("Underskrifter"),
    "attestations": gettext_lazy("Intyganden"),
}
HEADER = ("document", "id", "text", "kind", "recipients", "fields", "known", "known_from", "minutes_least",
          "minutes_likely", "minutes_most", "measured_by", "also_asked_in")  # fmt: skip
MOST_NAMES = 4


def hours(minutes: Fraction) -> str:
    """Minutes as they are told: minutes below two hours, else whole hours."""
    if minutes < 120:
        return _("%(count)s min") % {"count": floor(minutes + Fraction(1, 2))}
    return _("%(count)s tim") % {"count": group_digits(floor(minutes / 60 + Fraction(1, 2)))}


def interval(estimate: Estimate) -> str:
    """Likely, with at least and at most."""
    return f"{hours(estimate.likely)} ({hours(estimate.least)}–{hours(estimate.most)})"


@dataclass(frozen=True)
class Asked:
    """An agreement with all that it asks. ``deadlines``: its last days by recipient group or agency."""

    agreement: Agreement
    items: tuple[Item, ...]
    minutes: Minutes

    @property
    def title(self) -> str:
        return said(self.agreement, "short_title", language())

    @property
    def load(self) -> Load:
        return load(self.items, self.minutes)

    def document(self, item: Item) -> str:
        """The title of the paper that an item stands on."""
        sort, _slash, id = item.document.partition("/")
        found = self.agreement.form(id) if sort == "form" else self.agreement.round(id)
        return said(found, "title", language())


def read(agreement: Agreement) -> Asked:
    return Asked(agreement, known.items_of(agreement), known.minutes())


def recipients(asked: Asked) -> dict[str, Any]:
    """A row for each group of recipients that are asked the same, and one for all."""
    codes = sorted({code for item in asked.items for code in item.papers})
    names = dict(Organisation.objects.filter(code__in=codes).values_list("code", "name"))
    stated = {r.organisation: r.name for group in asked.agreement.groups for r in group.recipients}
    alike: dict[Load, list[str]] = {}
    for code in codes:
        alike.setdefault(load(asked.items, asked.minutes, code), []).append(names.get(code) or stated.get(code, code))
    rows = [
        {"cells": [_named(who), *(getattr(each, name) for name in COUNTED), interval(each.minutes)]}
        for each, who in sorted(alike.items(), key=lambda item: -len(item[1]))
    ]
    total = asked.load
    return {
        "caption": _("Vad varje mottagare ska lämna"),
        "columns": [
            {"label": _("Mottagare")},
            *({"label": label, "kind": "number"} for label in COUNTED.values()),
            {"label": _("Tid, troligen (minst–högst)"), "kind": "text"},
        ],
        "rows": rows,
        "total": [_("Alla tillsammans"), *(getattr(total, name) for name in COUNTED), interval(total.minutes)],
    }


def _named(who: Sequence[str]) -> str:
    if len(who) > MOST_NAMES:
        return _("%(count)s mottagare, var och en") % {"count": len(who)}
    return ", ".join(who)


def dropping(asked: Asked, twice: Iterable[Overlap]) -> dict[str, Any]:
    """What each thing asked costs all recipients together, most first."""
    also, every = _also(twice), savings(asked.items, asked.minutes)
    new = [each for each in every if each.item.known < each.item.times]
    known_already = [each for each in every if each not in new]
    rows = [
        {
            "cells": [
                f"{each.item.id} {_words(each.item)}",
                asked.document(each.item),
                each.fields,
                each.item.written(None) * each.item.known,
                interval(each.minutes),
                rests_on(asked, each.item.kind),
            ],
            "marked": each.item.key in also,
        }
        for each in new
    ]
    if known_already:
        fields, minutes = sum(each.fields for each in known_already), Estimate()
        for each in known_already:
            minutes = minutes.plus(each.minutes)
        label = _("Uppgifter som är kända i förväg: de behöver bara ses över")
        rows.append({"cells": [label, "–", fields, fields, interval(minutes), rests_on(asked, KNOWN)]})
    return {
        "caption": _("Vad som sparas om det inte frågas"),
        "columns": [
            {"label": _("Det som frågas")},
            {"label": _("Handling")},
            {"label": _("Uppgifter"), "kind": "number"},
            {"label": _("Redan kända"), "kind": "number"},
            {"label": _("Tid för alla"), "kind": "text"},
            {"label": _("Mätt eller antaget")},
        ],
        "rows": rows,
    }


def _words(item: Item) -> str:
    text = (language() == "en" and item.text_en) or item.text
    return text if len(text) <= 90 else f"{text[:89].rstrip()}…"


def rests_on(asked: Asked, kind: str) -> str:
    """Whether minutes of a kind are measured, and by how many, or assumed."""
    per_unit = asked.minutes[kind]
    if per_unit.assumed:
        return _("antaget")
    return _("mätt av %(count)s") % {"count": per_unit.respondents}


def twice_asked(asked: Asked) -> tuple[Overlap, ...]:
    return overlaps(asked.items, known.items_of_others(asked.agreement))


def _also(twice: Iterable[Overlap]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in twice:
        found.setdefault(each.item.key, []).append(f"{each.other.agreement}/{each.other.key}")
    return found


def overlap_rows(twice: Iterable[Overlap], titles: Mapping[str, str]) -> list[dict[str, str]]:
    """Each thing that another agreement asks for too, and why it is held to be the same."""
    whys = {"count": _("samma antal"), "words": _("samma fråga med samma ord")}
    return [
        {
            "text": f"{each.item.id} {_words(each.item)}",
            "other": titles.get(each.other.agreement, each.other.agreement),
            "why": whys[each.why] + (f": {', '.join(map(str, each.years))}" if each.years else ""),
        }
        for each in twice
    ]


def kinds(asked: Asked) -> list[dict[str, str]]:
    """The kinds that are asked for, with minutes for one of them and what these rest on."""
    used = {item.kind for item in asked.items} | ({"known"} if any(item.known for item in asked.items) else set())
    return [
        {
            "title": each.title_en if language() == "en" else each.title,
            "minutes": f"{_decimal(each.likely)} ({_decimal(each.least)}–{_decimal(each.most)})",
            "rests_on": rests_on(asked, id),
        }
        for id, each in asked.minutes.items()
        if id in used
    ]


def _decimal(minutes: Fraction) -> str:
    tenths = floor(minutes * 10 + Fraction(1, 2))
    return f"{tenths // 10}" if tenths % 10 == 0 else figure(f"{tenths // 10}.{tenths % 10}")


def compared(a: Asked, b: Asked) -> dict[str, Any]:
    """Two agreements' loads beside each other, and the difference."""
    one, two = a.load, b.load
    rows: list[dict[str, Any]] = [
        {"cells": [label, getattr(one, name), getattr(two, name), f"{getattr(two, name) - getattr(one, name):+d}"]}
        for name, label in COUNTED.items()
    ]
    more = two.minutes.likely - one.minutes.likely
    sign = "+" if more >= 0 else "−"
    difference = f"{sign}{hours(abs(more))}"
    rows.append(
        {"cells": [_("Tid för alla, troligen"), hours(one.minutes.likely), hours(two.minutes.likely), difference]}
    )
    return {
        "caption": _("Jämförelse"),
        "columns": [
            {"label": _("Alla mottagare tillsammans")},
            {"label": a.title, "kind": "number"},
            {"label": b.title, "kind": "number"},
            {"label": _("Skillnad"), "kind": "text"},
        ],
        "rows": rows,
    }


def file_rows(asked: Asked, twice: Iterable[Overlap]) -> list[list[object]]:
    """As :data:`HEADER`; minutes are those of all recipients together."""
    also = _also(twice)
    return [
        [
            each.item.document, each.item.id, each.item.text, each.item.kind, len(each.item.papers), each.fields,
            each.item.written(None) * each.item.known, each.item.known_from,
            *(round(float(m), 1) for m in (each.minutes.least, each.minutes.likely, each.minutes.most)),
            asked.minutes[each.item.kind].respondents, " ".join(also.get(each.item.key, ())),
        ]
        for each in savings(asked.items, asked.minutes)
    ]  # fmt: skip
