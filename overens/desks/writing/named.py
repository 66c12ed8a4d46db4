# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The fields of structured parts in words, for reading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _

from overens.desks.saying import language
from overens.desks.writing.counted import called
from overens.desks.writing.shared import area_name
from overens.desks.writing.structure_words import CHOICES, LABELS, PARTIES
from overens.followup.models import Report
from overens.followup.reading import agreement_at, asked
from overens.rules.agreement import Agreement, said
from overens.rules.amounts import format_amount
from overens.rules.followup import parts
from overens.rules.followup.count_cells import SEXES, TERMS
from overens.rules.followup.merging import PROSE


class Named(NamedTuple):
    label: str
    value: str
    is_prose: bool = False


def fields_of(report: Report, key: str, content: Mapping[str, str]) -> list[Named]:
    """A count's or a row's fields in the order of their form, as label and value."""
    parsed, agreement = parts.parse(key), agreement_at(report.round)
    if parsed.kind == parts.COUNT:
        return _count(report, agreement, parsed, content)
    found = []
    for name, (label, _help) in LABELS.get(parsed.kind, {}).items():
        if content.get(name):
            found.append(Named(str(label), _value(report, agreement, name, content[name]), name in PROSE))
    for name, value in sorted(content.items()):
        prefix, _dot, what = name.partition(".")
        if prefix == "area" and what:
            found.append(Named(_("Även område"), area_name(report, what)))
        elif prefix == "money":
            pot = next((pot for pot in agreement.pots if pot.id == what), None)
            found.append(Named(said(pot, "title", language()) if pot else what, _kronor(value)))
        elif prefix == "party":
            who, _dot, how = what.partition(".")
            if how or not content.get(f"{name}.how"):
                found.append(Named(_("Medverkade"), f"{PARTIES.get(who, who)}{f': {value}' if how else ''}"))
    return found


def _count(report: Report, agreement: Agreement, key: parts.PartKey, content: Mapping[str, str]) -> list[Named]:
    question = asked(report.round).question(key.what)
    count = agreement.count(question.count or "")
    found = []
    for name, value in sorted(content.items(), key=lambda field: _in_time(field[0])):
        prefix, _dot, year = name.partition(".")
        if prefix == "reason":
            found.append(Named(_("Förklaring, %(year)s") % {"year": year}, value))
        elif label := called(name, count, language()):
            found.append(Named(label, _("kan inte redovisas: %(why)s") % {"why": value} if "#" in name else value))
    return found


def _in_time(name: str) -> tuple[object, ...]:
    """A count's cells by year, spring before autumn and the whole year last; then what is not a cell."""
    cell = name.partition("#")[0].split(".")
    if len(cell) != 4:
        return (1, name)
    year, term, sex, speciality = cell
    return (0, year, not term, term != TERMS[0], speciality, not sex, sex != SEXES[0])


def _value(report: Report, agreement: Agreement, name: str, value: str) -> str:
    if name == "area":
        return area_name(report, value)
    if name == "consent":
        return _("Ja")
    if name == "use":
        use = next((each for each in agreement.uses if each.id == value), None)
        return said(use, "title", language()) if use else value
    return str(CHOICES.get(name, {}).get(value, value))


def _kronor(value: str) -> str:
    return format_amount(int(value)) if value.isdigit() else value
