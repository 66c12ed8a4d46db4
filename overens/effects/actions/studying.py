# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Asking what a measure did, computing it in the background, and letting others read what came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from overens.effects.models import Study, StudyResult
from overens.effects.reading import panels_of
from overens.effects.tables import by_year, table
from overens.people.models import Person
from overens.records import clock, events, runs
from overens.records.canonical import canonical, digest
from overens.records.models import Run
from overens.rules.findings import Finding, Refused, error, refuse
from overens.statistics.actions import authority

if TYPE_CHECKING:
    from overens.rules.effects.carrying import Verdict

MOST_YEARS = 60


@dataclass(frozen=True)
class Spec:
    """What is asked; fields as :class:`overens.effects.models.Study` has them."""

    title: str
    question: str
    measure: str
    outcome: str
    first_year: int
    last_year: int
    starts: Mapping[str, int | None]
    starts_from: str
    sex: str = ""
    placebo: str = ""
    matters: Decimal | None = None
    seed: int = 1


def weigh(spec: Spec) -> Verdict:
    """Whether the figures can carry a conclusion, before anybody has asked what the effect is. Nothing is stored.

    Raises Refused as :func:`ask` does, whoever asks.
    """
    from overens.rules.effects import carrying, permuting

    panel, _placebo = panels_of(_study(spec))
    ways = permuting.orders(len(panel.units), spec.seed)
    return carrying.carries(panel, ways, None if spec.matters is None else float(spec.matters))


@transaction.atomic
def ask(spec: Spec, person: Person) -> Study:
    """Settle a question, and have it computed in the background.

    Raises Refused: ``no-mandate``, ``effects-empty``, ``effects-years``, ``effects-outcome-unknown``,
    ``effects-outcome-years``, ``effects-placebo-same``, ``effects-matters``.
    """
    mandate = authority(person, "ask-effect-study")
    study = _study(spec)
    study.made_by = mandate
    study.save(force_insert=True)
    events.record(study.key, "ask-effect-study", mandate)
    runs.start("effect-study", study.key, carried_out, asked_by=person, study=study.pk)
    return study


def carried_out(run: Run, study: int) -> None:
    """The run of a study: computes it and keeps what came out, once."""
    compute(Study.objects.get(pk=study), run)


@transaction.atomic
def compute(study: Study, run: Run | None = None) -> StudyResult:
    """What comes out; the one that is there is kept."""
    from pydantic import TypeAdapter

    from overens.rules.effects import estimating, studying

    found = StudyResult.objects.filter(study=study).first()
    if found is not None:
        return found
    panel, placebo = panels_of(study)
    result = studying.study(
        panel,
        study.seed,
        None if study.matters is None else float(study.matters),
        placebo,
        (lambda percent: runs.report_progress(run, percent)) if run is not None else (lambda percent: None),
    )
    text = TypeAdapter(studying.Result).dump_json(result).decode()
    used = [panel, *([placebo] if placebo is not None else [])]
    data = canonical({
        "panels": [
            {"units": each.units, "years": each.years, "starts": each.starts,
             "values": [[repr(value) for value in row] for row in each.values]}
            for each in used
        ]
    })  # fmt: skip
    made = StudyResult.objects.create(
        study=study, content=text, sha256=digest(text), data_sha256=digest(data), versions=estimating.versions()
    )
    events.record(study.key, "compute-effect-study", papers=[made.sha256])
    return made


@transaction.atomic
def release(study: Study, person: Person) -> None:
    """Let everybody read a study. Raises Refused: ``no-mandate``, ``effects-not-computed``, ``effects-released``."""
    mandate = authority(person, "release-effect-study")
    locked = Study.objects.select_for_update().get(pk=study.pk)
    result = StudyResult.objects.filter(study=locked).first()
    if locked.released_at is not None:
        refuse("effects-released")
    if result is None:
        refuse("effects-not-computed")
    Study.objects.filter(pk=study.pk).update(released_by=mandate, released_at=clock.now())
    events.record(study.key, "release-effect-study", mandate, papers=[result.sha256])


def _study(spec: Spec) -> Study:
    """As a row that is not stored. Raises Refused."""
    if wrong := list(_wrong(spec)):
        raise Refused(*wrong)
    return Study(**{each.name: getattr(spec, each.name) for each in fields(spec)} | {"starts": dict(spec.starts)})


def _wrong(spec: Spec) -> list[Finding]:
    found = [error("effects-empty", name) for name in ("title", "question", "measure", "starts_from")
             if not getattr(spec, name).strip()]  # fmt: skip
    if not 2 <= spec.last_year - spec.first_year < MOST_YEARS:
        found.append(error("effects-years", "first_year", most=MOST_YEARS))
    if spec.placebo == spec.outcome:
        found.append(error("effects-placebo-same", "placebo"))
    if spec.matters is not None and spec.matters <= 0:
        found.append(error("effects-matters", "matters"))
    for name in ("outcome", "placebo"):
        code = getattr(spec, name)
        if not code and name == "placebo":
            continue
        try:
            years = {year for _unit, year in by_year(table(code), spec.sex)}
        except KeyError:
            found.append(error("effects-outcome-unknown", name, code=code))
            continue
        lacking = sorted({str(year) for year in range(spec.first_year, spec.last_year + 1)} - set(map(str, years)))
        if lacking and len(lacking) <= MOST_YEARS:
            known = [str(year) for year in sorted(years)] or ["–"]
            found.append(error("effects-outcome-years", name, years=lacking, first=known[0], last=known[-1]))
    return found
