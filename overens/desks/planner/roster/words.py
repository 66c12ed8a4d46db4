# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The words of the rotas' pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from overens.desks.saying import language
from overens.planning.roster.problem import Roster
from overens.rules.findings import Finding

SHIFT_KINDS: dict[str, Promise] = {
    "day": _("Dag"),
    "evening": _("Kväll"),
    "night": _("Natt"),
    "on-call": _("Jour"),
    "development": _("Utvecklingstid"),
}
RULE_KINDS: dict[str, Promise] = {
    "contract-hours": _("Avtalad arbetstid, timmar ifrån"),
    "daily-rest": _("Dygnsvila, timmar"),
    "weekly-rest": _("Veckovila, timmar"),
    "longest-shift": _("Längsta pass, timmar"),
    "week-hours": _("Timmar i veckan i genomsnitt"),
    "most-running": _("Dagar i följd, högst"),
    "least-running": _("Dagar i följd, minst"),
    "least-off": _("Lediga dagar i följd, minst"),
    "most-shifts": _("Pass på några veckor, högst"),
    "most-weekends": _("Helger på några veckor, högst"),
    "whole-weekends": _("Hela helger"),
    "rest-between": _("Timmar mellan pass"),
    "forward": _("Passen roterar framåt"),
    "supervised": _("Handledare på samma pass"),
    "secure": _("Handledda pass av varje slag"),
    "development": _("Utvecklingstid, timmar"),
    "fair-nights": _("Nätter över sin andel, högst"),
    "fair-weekends": _("Helger över sin andel, högst"),
}
WEEKDAYS: tuple[Promise, ...] = (_("må"), _("ti"), _("on"), _("to"), _("fr"), _("lö"), _("sö"))
# What the checker counts, as sums of a rota are told.
COSTS: dict[str, Promise] = {
    "wish-on": _("Önskade pass som inte blev av"),
    "wish-off": _("Önskad ledighet som inte blev av"),
    "under": _("Färre än önskad bemanning"),
    "over": _("Fler än önskad bemanning"),
    "weekly-rest": _("Kortare veckovila än önskat"),
    "rest-between": _("Kortare vila mellan pass än önskat"),
    "most-running": _("För många dagar i följd"),
    "least-running": _("För få dagar i följd"),
    "least-off": _("För få lediga dagar i följd"),
    "most-shifts": _("För många pass på några veckor"),
    "most-weekends": _("För många helger"),
    "split-weekends": _("Delade helger"),
    "forward": _("Bakåtrotation"),
    "supervised": _("Pass utan handledare"),
    "least-shifts": _("För få handledda pass"),
    "least-shift-minutes": _("För lite utvecklingstid"),
    "fair": _("Mer än sin andel"),
    "most-minutes": _("Mer tid än avtalat"),
    "least-minutes": _("Mindre tid än avtalat"),
    "daily-rest": _("Kortare dygnsvila"),
    "shift-minutes": _("Längre pass"),
    "average-minutes": _("Fler timmar i veckan"),
}


def said(thing: object) -> str:
    """A title in the page's language."""
    title, english = getattr(thing, "title", ""), getattr(thing, "title_en", "")
    return str((language() == "en" and english) or title)


def titles(roster: Roster) -> dict[str, Mapping[str, str]]:
    """By what findings call them: titles by id."""
    return {
        "person": {each.id: said(each) for each in roster.persons},
        "shift": {each.id: said(each) for each in roster.shifts},
        "competence": {each.id: said(each) for each in roster.competences},
        "rule": {each.id: said(each) for each in roster.rules},
    }


def named(findings: Iterable[Finding], roster: Roster) -> list[Finding]:
    """With titles for ids, in lists too."""
    known = titles(roster)
    lists = {"by": "person", "shifts": "shift", "after": "shift"}

    def title(key: str, value: object) -> object:
        names = known.get(lists.get(key, key), {})
        if isinstance(value, list | tuple):
            return [names.get(str(each), each) for each in value]
        return names.get(str(value), value)

    return [replace(each, values={k: title(k, v) for k, v in each.values.items()}) for each in findings]
