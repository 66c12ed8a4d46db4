# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The reference follow-up: what the 2018 report prints of 2016 and 2017, as facts that later years compare with.

Shipped in overens/reference/followup. Sources: 2018 report, Tabell 1 (p. 30), Tabell 2 (p. 31), Bilaga 3 (pp. 41-60)
and p. 16. What the scanned print ties to no region stays so, on a submission without an organisation.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from itertools import groupby

from django.db import transaction

from overens.followup.models import CountFact, Measure, MeasureYear, Submission
from overens.followup.models.counted import Answered, Certainty
from overens.people.models import Organisation

AGREEMENT, YEAR = "2017-2018", 2017
COUNTS = {
    "training-posts": "Socialstyrelsen 2018, tabell 1, s. 30",
    "study-pay": "Socialstyrelsen 2018, tabell 2, s. 31",
}
MEASURES = "Socialstyrelsen 2018, bilaga 3, s. {pages}"
FIGURE = "Socialstyrelsen 2018, figur 1, s. {pages}"  # the one region whose picture stands in the text
BILAGA_3 = 41
ANSWERED = {
    "not-offered": Answered.NOT_OFFERED,
    "missing": Answered.CANNOT_REPORT,
    "lost": Answered.LOST,
}
CERTAINTY = {"not-offered": Certainty.CERTAIN, "missing": Certainty.CERTAIN, "lost": Certainty.UNASSIGNED}


@transaction.atomic
def load() -> int:
    """What is not there yet of it; how many submissions were made. May be run again. The organisations are there."""
    organisations = {each.code: each for each in Organisation.objects.all()}
    there = set(Submission.objects.exclude(citation="").values_list("organisation__code", "citation"))
    lines = [
        (code, citation, rows)
        for code, citation, rows in [*_counted(), *_measured()]
        if (code or None, citation) not in there and (not code or code in organisations)
    ]
    made = Submission.objects.bulk_create(
        Submission(
            organisation=organisations[code] if code else None, agreement=AGREEMENT, year=YEAR, citation=citation
        )
        for code, citation, _rows in lines
    )
    counts: list[CountFact] = []
    measures: list[tuple[Submission, Mapping[str, str]]] = []
    for submission, (_code, citation, rows) in zip(made, lines, strict=True):
        count = next((id for id, printed in COUNTS.items() if printed == citation), None)
        if count is None:
            measures += [(submission, row) for row in rows]
        else:
            counts += [fact for row in rows for fact in _facts(submission, count, row)]
    CountFact.objects.bulk_create(counts)
    _add_measures(measures)
    return len(made)


Line = tuple[str, str, list[dict[str, str]]]


def _counted() -> Iterator[Line]:
    """(organisation's code, citation, rows) of the two tables."""
    for count, citation in COUNTS.items():
        yield from ((code, citation, rows) for code, rows in _by_code(f"{count}.csv"))


def _measured() -> Iterator[Line]:
    """The same of the measures, cited by their pages."""
    for code, rows in _by_code("measures.csv"):
        pages = sorted({int(row["page"]) for row in rows})
        shown = f"{pages[0]}" if len(pages) == 1 else f"{pages[0]}–{pages[-1]}"
        yield code, (MEASURES if pages[0] >= BILAGA_3 else FIGURE).format(pages=shown), rows


def _facts(submission: Submission, count: str, row: Mapping[str, str]) -> Iterator[CountFact]:
    """A printed line: a row for each sex where it has them, else its total; what has no figure as the answer it is."""
    said = row["assignment"]
    common = {
        "submission": submission,
        "count": count,
        "year": int(row["year"]),
        "term": row["term"],
        "certainty": CERTAINTY.get(said, said),
        "raw": row["raw"],
        "candidates": row["candidates"],
        "note": row["note"],
    }
    answered = ANSWERED.get(said, Answered.NUMBER)
    if answered in (Answered.NOT_OFFERED, Answered.CANNOT_REPORT):
        reason = row["note"] if answered == Answered.CANNOT_REPORT else ""
        yield CountFact(**common, answered=answered, reason=reason)
        return
    by_sex = {sex: row[sex] for sex in ("women", "men") if row[sex] != ""}
    for sex, number in (by_sex or {"": row["total"]}).items():
        yield CountFact(**common, answered=answered, sex=sex, number=int(number))


def _add_measures(rows: Iterable[tuple[Submission, Mapping[str, str]]]) -> None:
    """Each with an identity of its own, so that the same measure can go on in later years."""
    taken: dict[int, int] = {}
    for organisation, number in Measure.objects.values_list("organisation", "number"):
        taken[organisation] = max(taken.get(organisation, 0), number)
    measures, years = [], []
    for submission, row in rows:
        owner = submission.organisation_id
        assert owner is not None
        taken[owner] = taken.get(owner, 0) + 1
        measures.append(Measure(organisation_id=owner, number=taken[owner]))
        years.append((submission, row))
    Measure.objects.bulk_create(measures)
    MeasureYear.objects.bulk_create(
        MeasureYear(
            submission=submission,
            measure=measure,
            name=row["name"],
            area=row["area"],
            area_guess=row["area_guess"],
            legibility=row["legibility"],
            raw=row["raw"],
            page=int(row["page"]),
            kind=row["kind"],
        )
        for measure, (submission, row) in zip(measures, years, strict=True)
    )


def _by_code(name: str) -> Iterator[tuple[str, list[dict[str, str]]]]:
    with resources.files("overens.reference.followup").joinpath(name).open(encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row["code"])  # stable: the order of print within each
    for code, found in groupby(rows, key=lambda row: row["code"]):
        yield code, list(found)
