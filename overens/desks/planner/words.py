# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the parts of a scenario are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from overens.desks.saying import number
from overens.planning.supply.scenario import Parameter
from overens.rules.findings import Finding

# The parts of a scenario's file, as the form has them.
PARTS: dict[str, Promise] = {
    "": _("Förutsättningar"),
    "measure": _("Åtgärder"),
    "change": _("Förändrat behov"),
    "parameter": _("Antaganden"),
    "grant": _("Bidrag"),
}
MEASURES: dict[str, Promise] = {
    "training-posts": _("Utbildningstjänster"),
    "study-places": _("Utbildningsplatser"),
    "introduction": _("Introduktion för nyexaminerade"),
    "foreign-trained": _("Utlandsutbildade"),
    "recruit": _("Rekrytering utan utbildning"),
    "full-time": _("Från deltid till heltid"),
    "retain": _("Få fler att stanna"),
    "later-retirement": _("Senare pension"),
    "less-hired": _("Mindre inhyrd personal"),
    "less-sick-leave": _("Mindre sjukfrånvaro"),
    "supervisors": _("Handledare"),
}
CHANGES: dict[str, Promise] = {
    "productivity": _("Kortare tid per vårdtillfälle"),
    "to-primary-care": _("Från sjukhus till primärvård"),
    "digital": _("Digitala besök"),
    "task-shift": _("Uppgiftsväxling"),
    "use": _("Ändrad användning av vård"),
}
KINDS: dict[str, dict[str, Promise]] = {"measure": MEASURES, "change": CHANGES}
LABELS: dict[str, Promise] = {
    "title": _("Namn"),
    "title_en": _("Namn på engelska"),
    "note": _("Beskrivning"),
    "first_year": _("Första året"),
    "years": _("Antal år"),
    "step": _("Steg"),
    "regions": _("Regioner"),
    "runs": _("Körningar"),
    "seed": _("Slumpfrö"),
    "base": _("Bygger på"),
    "workforce": _("Uppgifter om personal"),
    "need": _("Uppgifter om behov"),
    "programme": _("Specialistutbildning"),
    "education": _("Grundutbildning"),
    "occupations": _("Yrken"),
    "amount": _("Antal om året"),
    "share": _("Andel (0 till 1)"),
    "factor": _("Faktor"),
    "months": _("Månader"),
    "per_supervisor": _("Studerande per handledare"),
    "pay": _("Ersättning"),
    "first": _("Från och med år"),
    "last": _("Till och med år"),
    "grant": _("Betalas med"),
    "cost": _("Kronor om året för var och en"),
    "to": _("Tas över av"),
    "care": _("Vårdform"),
    "source": _("Källa"),
    "value": _("Värde"),
    "low": _("Lågt"),
    "high": _("Högt"),
    "shape": _("Fördelning"),
    "status": _("Hur säkert"),
    "agreement": _("Överenskommelse"),
    "pot": _("Pott"),
}
# Where a kind needs another word than the field's own.
LABELS_OF: dict[tuple[str, str], Promise] = {
    ("training-posts", "amount"): _("Tjänster som börjar varje år"),
    ("study-places", "amount"): _("Fler som börjar varje år"),
    ("introduction", "share"): _("Andel av de nyexaminerade (0 till 1)"),
    ("introduction", "factor"): _("Faktor på hur många som slutar"),
    ("foreign-trained", "amount"): _("Personer som börjar varje år"),
    ("recruit", "amount"): _("Personer som anställs varje år"),
    ("full-time", "share"): _("Andel av de deltidsanställda om året (0 till 1)"),
    ("retain", "factor"): _("Faktor på hur många som slutar"),
    ("later-retirement", "years"): _("Så många år senare"),
    ("less-hired", "share"): _("Andel av de inhyrda som anställs om året (0 till 1)"),
    ("less-sick-leave", "factor"): _("Faktor på hur många som blir sjuka"),
    ("productivity", "share"): _("Andel kortare tid om året (0 till 1)"),
    ("to-primary-care", "share"): _("Andel av sjukhusens besök (0 till 1)"),
    ("digital", "share"): _("Andel av besöken (0 till 1)"),
    ("task-shift", "occupations"): _("Tas över från"),
    ("task-shift", "share"): _("Andel av tiden (0 till 1)"),
    ("use", "factor"): _("Faktor på användningen"),
}
# Of the regions of a measure or a change.
OF_THOSE = _("Ingen vald: alla i scenariot.")
HINTS: dict[str, Promise] = {
    "regions": _("Ingen vald: alla 21. Med några valda räknas övriga landet samman till en."),
    "occupations": _("Inget valt: alla."),
    "factor": _("1 är som i dag, 0,9 är en tiondel färre."),
    "runs": _("2 till 1 000. Fler körningar ger säkrare intervall och tar längre tid."),
    "seed": _("Samma frö ger samma slump i alla scenarier."),
    "workforce": _("Lämnas tomt: samma som i det som scenariot bygger på."),
    "need": _("Invånare, användning av vård och tid. Lämnas tomt: samma som i det som scenariot bygger på."),
    "cost": _("Lämnas tomt om priset ska tas ur antagandena."),
}
WORDS: dict[str, dict[str, Promise]] = {
    "step": {"year": _("Helår"), "half-year": _("Halvår")},
    "pay": {"full": _("Full lön"), "study": _("Studielön")},
    "shape": {
        "fixed": _("Fast"),
        "normal": _("Normal"),
        "log-normal": _("Lognormal"),
        "beta": _("Beta"),
        "triangular": _("Triangel"),
        "uniform": _("Jämn"),
    },
    "status": {
        "verified": _("Kontrollerad mot källan"),
        "data": _("Ur data"),
        "assumed": _("Antagen"),
    },
}
UNITS: dict[str, Promise] = {
    "hours a year": _("timmar om året"),
    "factor": _("faktor"),
    "years": _("år"),
    "share a year": _("andel om året"),
    "change a year": _("förändring om året, andel"),
    "share": _("andel"),
    "months": _("månader"),
    "persons a year": _("personer om året"),
    "kronor a month": _("kronor i månaden"),
    "kronor a person": _("kronor för var och en"),
    "kronor a year": _("kronor om året"),
    "per cent for one per cent": _("procent för varje procent"),
}
# What a source says that is none.
SOURCES: dict[str, Promise] = {"not stated": _("Ej angiven"), "assumed": _("Antaget.")}


def unit(parameter: Parameter) -> str:
    return str(UNITS.get(parameter.unit, parameter.unit))


def source(parameter: Parameter) -> str:
    return str(SOURCES.get(parameter.source, parameter.source))


def in_words(findings: Iterable[Finding]) -> list[Finding]:
    """The findings with keys and kinds of the file as the form calls them, and numbers as the page writes them."""
    return [replace(each, values={key: _word(value) for key, value in each.values.items()}) for each in findings]


def _word(value: object) -> object:
    if isinstance(value, Decimal):
        return number(value)
    return ALL_WORDS.get(value, value) if isinstance(value, str) else value


ALL_WORDS: dict[str, Promise] = {**LABELS, **MEASURES, **CHANGES, **WORDS["shape"]}
