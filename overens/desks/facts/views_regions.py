# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A region over the years, and beside others that it is like or that the reader chooses. Open to anybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from overens.desks.facts import asked, shown
from overens.desks.facts.views import sees_all
from overens.desks.saying import figure, language
from overens.followup import fact_subjects, similar
from overens.followup.models import Maturity
from overens.followup.profiling import profile
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.rules.amounts import group_digits
from overens.rules.findings import word
from overens.rules.followup.facts_table import REGION, YEAR

NEAREST, AT_MOST = 4, 8
ELEMENTS = Maturity.ELEMENTS


@require_safe
def region(request: HttpRequest, code: str) -> HttpResponse:
    """What a region has reported, year by year."""
    owner = get_object_or_404(Organisation, code=code, kind=Kind.REGION)
    found = profile(owner, sees_all=sees_all(request))
    said = language()
    context = {
        "owner": owner,
        "counts": [
            {
                "title": answer.asked.subject.title(said),
                "table": shown.table_of(answer),
                "chart": shown.chart_of(answer),
                "url": asked.address(
                    answer.asked.subject.id, [YEAR], ["sex"] if answer.asked.subject.splits else [], region=[code]
                ),
            }
            for answer in found.counts
        ],
        "measures": [shown.table_of(answer) for answer in found.measures if answer.years],
        "living": [
            (each, [(year, word(f"facts-status-{status}", said) if status else "–") for year, status in each.states])
            for each in found.living
        ],
        "introductions": [(each, _yes(each.compulsory), _yes(each.mentor)) for each in found.introductions],
        "maturities": [(each, [_level(getattr(each, element)) for element in ELEMENTS]) for each in found.maturities],
        "elements": [word(f"facts-element-{each}", said).capitalize() for each in ELEMENTS],
        "choices": [shown.table_of(answer) for answer in found.choices],
        "submissions": found.submissions,
        "crumbs": [(_("Fakta"), reverse("facts-start"))],
        "compare": f"{reverse('facts-compare')}?region={code}",
    }
    return render(request, "facts/region.html", context)


def _yes(value: bool | None) -> str:
    return "–" if value is None else word("facts-yes" if value else "facts-no", language())


def _level(value: int | None) -> str:
    return "–" if value is None else word(f"facts-level-{value}", language())


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """A region beside those most like it, or those that were chosen; why they are alike; what is not known."""
    names = fact_subjects.region_names()
    code = request.GET.get("region", "")
    code = code if code in names else next(iter(names), "")
    found = similar.traits()
    nearest = similar.similar_to(code, found) if code else []
    chosen = [each for each in dict.fromkeys(request.GET.getlist("med")) if each in names and each != code][:AT_MOST]
    beside = chosen or [each.region for each in nearest[:NEAREST]]
    labels = _labels(found)
    # In sentences without year and unit.
    short = {name: label.split(",")[0][:1].lower() + label.split(",")[0][1:] for name, label in labels.items()}
    context = {
        "regions": list(names.items()),
        "code": code,
        "name": names.get(code, ""),
        "chosen": chosen,
        "columns": labels.values(),
        "rows": [
            {
                "code": each,
                "name": names[each],
                "cells": [_figure(name, found.values[each].get(name)) for name in labels],
                "own": each == code,
            }
            for each in (code, *beside)
            if each
        ],
        "nearest": [
            (
                names[each.region],
                each.region,
                [short[trait.name] for trait in each.traits if trait.alike],
                [short[trait.name] for trait in each.traits if not trait.alike],
                [short[name] for name in each.missing if name in short],
            )
            for each in nearest[:NEAREST]
        ],
        "tables": [
            (each.title(language()), asked.address(each.id, [REGION], [YEAR], region=[code, *beside]))
            for each in fact_subjects.subjects().values()
            if each.id in found.years
        ],
        "crumbs": [(_("Fakta"), reverse("facts-start"))],
    }
    return render(request, "facts/compare.html", context)


def _labels(found: similar.Traits) -> dict[str, str]:
    """What each trait is called, with its year."""
    subjects = fact_subjects.subjects()
    labels = {similar.POPULATION: _("Folkmängd")}
    for id, year in found.years.items():
        title = subjects[id].title(language())
        per = "" if id == fact_subjects.MEASURES else _(", per 100 000 invånare")
        labels[id] = f"{title}{per}, {year}"
    return labels


def _figure(name: str, value: float | None) -> str | None:
    if value is None:
        return None
    if isinstance(value, int) or name in (similar.POPULATION, fact_subjects.MEASURES):
        return group_digits(int(value))
    tenths = round(value * 10)
    return figure(f"{group_digits(tenths // 10)}.{tenths % 10}")
