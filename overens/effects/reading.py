# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Studies and baselines as the rules know them, and which regions began with something when."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import Q

from overens.effects.models import Study, StudyResult
from overens.effects.tables import by_year, table
from overens.followup.fact_subjects import region_names
from overens.followup.models import MeasureYear, Submission
from overens.people.models.organisation import Kind
from overens.rules.effects.panel import Panel, panel_of

if TYPE_CHECKING:
    from overens.rules.effects.studying import Result


def panels_of(study: Study) -> tuple[Panel, Panel | None]:
    """What a study is asked of, and the same regions and starts with the figures that should not move."""
    years = range(study.first_year, study.last_year + 1)
    codes = tuple(region_names())

    def panel(code: str) -> Panel:
        values = {at: None if value is None else float(value) for at, value in by_year(table(code), study.sex).items()}
        return panel_of(values, study.starts, codes, years)

    return panel(study.outcome), panel(study.placebo) if study.placebo else None


def result_of(found: StudyResult) -> Result:
    """What came out of a study."""
    return _parsed(found.pk, found.content)


@lru_cache(maxsize=64)
def _parsed(_result: int, content: str) -> Result:
    """Kept by the row, which never changes."""
    from pydantic import TypeAdapter

    from overens.rules.effects.studying import Result

    return TypeAdapter(Result).validate_json(content)


def starts_of_area(agreement: str, area: str) -> dict[str, int | None]:
    """When regions began with measures in an area, by what they have handed in.

    Not there: who has handed in nothing, and who does not say when. None: handed in, and nothing in the area.
    """
    submissions = Submission.objects.standing().filter(agreement=agreement, organisation__kind=Kind.REGION)
    measures = MeasureYear.objects.filter(submission__in=submissions).filter(Q(area=area) | Q(areas__contains=[area]))
    began: dict[str, list[int | None]] = {}
    for code, day in measures.values_list("submission__organisation__code", "began_on"):
        began.setdefault(code, []).append(day.year if day else None)
    found: dict[str, int | None] = {}
    for code in submissions.values_list("organisation__code", flat=True).distinct():
        years = began.get(code)
        if years is None:
            found[code] = None
        elif (first := _earliest(years)) is not None:
            found[code] = first
    return found


def _earliest(years: Iterable[int | None]) -> int | None:
    """None where any is unknown: an earlier start may hide behind it."""
    listed = list(years)
    return None if None in listed else min(year for year in listed if year is not None)
