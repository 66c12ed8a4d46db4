# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much work a round asks of its respondents: fields, what was filled in for them, what they changed, minutes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from django.db.models import Sum

from overens.followup.models import BurdenMinutes, PartRevision, Report, Round
from overens.followup.reading import asked, own_areas
from overens.followup.written import contents_of
from overens.rules.followup import parts
from overens.rules.followup.progress import is_asked

# Fewer respondents than this are not shown as a group: one of them could be made out.
FEWEST = 3


@dataclass(frozen=True)
class Fields:
    """Of one report: questions asked of this respondent, parts written, of those filled in beforehand, and of those
    changed by a person afterwards.
    """

    asked: int
    written: int
    prefilled: int
    changed: int


@dataclass(frozen=True)
class Burden:
    """Of a round, over those who have written anything: medians; minutes are None where too few measured them.

    ``minutes`` by section: (median, how many respondents).
    """

    respondents: int
    asked: float
    written: float
    prefilled: float
    changed: float
    minutes: dict[str, tuple[float, int] | None]


def fields_of(report: Report) -> Fields:
    """How much a report asks of its respondent, and how much of that was filled in beforehand."""
    (found,) = _fields(report.round, [report])
    return found


def _fields(round: Round, reports: Sequence[Report]) -> list[Fields]:
    """The same for reports of one round, in as many queries as for one where their parts are read already."""
    definition, areas = asked(round), own_areas(round.agreement)
    of_round = PartRevision.objects.filter(part__report__in=[each.pk for each in reports]).order_by()
    filled_in = of_round.filter(prefilled=True).values_list("part", "part__report").distinct()
    firsts = dict(filled_in)
    changed = set(of_round.filter(part__in=firsts, prefilled=False).values_list("part", flat=True).distinct())
    found = []
    for report in reports:
        contents = contents_of(report.parts.all())
        count = sum(
            len(tuple(parts.fixed_parts(question, areas))) or 1
            for question in definition.questions
            if is_asked(definition, question, contents)
        )
        written = len([each for each in contents.values() if each])
        own = {part for part, of in firsts.items() if of == report.pk}
        found.append(Fields(count, written, len(own), len(own & changed)))
    return found


def burden(round: Round) -> Burden | None:
    """What a round has asked of its respondents; None while fewer than three have written anything."""
    begun = list(round.reports.filter(parts__revision__gt=0).distinct().prefetch_related("parts"))
    if len(begun) < FEWEST:
        return None
    fields = _fields(round, begun)
    minutes: dict[str, list[int]] = {section.id: [] for section in asked(round).sections}
    for section, spent in BurdenMinutes.objects.filter(report__round=round).values_list("section", "minutes"):
        minutes.setdefault(section, []).append(spent)
    return Burden(
        len(begun),
        median(each.asked for each in fields),
        median(each.written for each in fields),
        median(each.prefilled for each in fields),
        median(each.changed for each in fields),
        {id: (median(spent), len(spent)) if len(spent) >= FEWEST else None for id, spent in minutes.items()},
    )


def before_and_after(round: Round) -> Iterable[tuple[Round, Burden | None]]:
    """The round and those of the same kind and asker before it, newest first, with what each asked."""
    same = Round.objects.filter(kind=round.kind, asker=round.asker_id, about_to__lte=round.about_to)
    return [(each, burden(each)) for each in same.order_by("-about_to", "-pk")[:10]]


def minutes_of(report: Report) -> int:
    """Active minutes in a report, all who measured together; for its own respondent only."""
    return int(report.burden_minutes.aggregate(sum=Sum("minutes"))["sum"] or 0)
