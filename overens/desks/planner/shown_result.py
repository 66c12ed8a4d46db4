# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The result of a scenario that a page is of, and what of it the reader has chosen to see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from overens.desks.access import ActingRequest
from overens.desks.planner.access import may_plan, own_scenario
from overens.desks.saying import language
from overens.followup.fact_subjects import region_names
from overens.people.models import Organisation
from overens.planner import reading, results, standing
from overens.planner.models import Computed, ProblemVersion, SavedProblem
from overens.planning.supply import reference
from overens.planning.supply.projection import Projection
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Scenario
from overens.rules.findings import Finding, Refused

# With more regions than these, the expectation takes longer than a page may.
QUICK = 4
# The code of all that is not among a scenario's regions.
REST = "rest"
UNITS: dict[str, Promise] = {
    "full-time": gettext_lazy("heltider"),
    "persons": gettext_lazy("personer"),
    "hours": gettext_lazy("timmar"),
    "kronor": gettext_lazy("kronor"),
}
SEXES: dict[str, Promise] = {"k": gettext_lazy("Kvinnor"), "m": gettext_lazy("Män")}


@dataclass(frozen=True, kw_only=True)
class Result:
    """``route``: what the names of its pages begin with, ``at``: what their addresses take. ``code``: what its files
    are called. ``number``: the version that ``projection`` is of, an earlier one than ``newest`` where that is not
    computed yet; None of what ships. ``projection``: None where it would take too long to work out while somebody
    waits, or cannot be worked out because of ``mistakes``.
    """

    route: str
    at: tuple[str, ...]
    code: str
    title: str
    number: int | None
    newest: int | None
    stored: Computed | None
    projection: Projection | None
    scenario: Scenario | None
    data: Data | None
    mistakes: tuple[Finding, ...] = ()

    def url(self, name: str = "") -> str:
        """The address of one of its pages."""
        return reverse(f"{self.route}-{name}" if name else self.route, args=self.at)

    @property
    def shown(self) -> Projection:
        assert self.projection is not None
        return self.projection

    @property
    def stands_on(self) -> tuple[Scenario, Data]:
        assert self.scenario is not None
        assert self.data is not None
        return self.scenario, self.data

    @property
    def has_runs(self) -> bool:
        return self.projection is not None and bool(self.projection.facts.runs)


@dataclass(frozen=True, kw_only=True)
class OwnResult(Result):
    """``version``: the scenario's newest. ``of``: the version that the projection is of."""

    saved: SavedProblem
    version: ProblemVersion
    of: ProblemVersion
    may_plan: bool


def result(request: ActingRequest, code: str) -> OwnResult:
    """One of the organisation's own (404 else): the last that was computed of it, else its expectation."""
    saved = own_scenario(request, code)
    found, version, of = _of(saved)
    return OwnResult(
        route="planner-result",
        at=(code,),
        saved=saved,
        version=version,
        of=of,
        may_plan=may_plan(request),
        **found,
    )


def shared(saved: SavedProblem, token: str) -> Result:
    """The same, at a secret address."""
    return Result(route="planner-shared-result", at=(token,), **_of(saved)[0])


def shipped() -> Result:
    """What ships, for the whole country: its expectation."""
    scenario, data = reference.base(), reference.data()
    return Result(
        route="planner-shipped-result",
        at=(),
        code=scenario.id,
        title=title(scenario),
        number=None,
        newest=None,
        stored=None,
        projection=_shipped(),
        scenario=scenario,
        data=data,
    )


def _of(saved: SavedProblem) -> tuple[dict[str, Any], ProblemVersion, ProblemVersion]:
    """What a result is, wherever its pages are; the newest version, and the one that it is of."""
    version, stored = reading.newest(saved), results.last_of(reading.KIND, saved)
    of = stored.of if stored else version
    scenario, mistakes = standing.read(of.text, saved.owner)
    data = standing.data(scenario, saved.owner) if scenario else None
    projection = reading.unpacked(stored) if stored else None
    if projection is None and scenario is not None and 0 < len(scenario.regions) <= QUICK:
        try:
            projection = _expectation(of.pk, standing.digest(scenario, saved.owner))
        except Refused as refusal:
            mistakes = refusal.findings
    found = {
        "code": saved.code,
        "title": saved.title,
        "number": of.number,
        "newest": version.number,
        "stored": stored,
        "projection": projection,
        "scenario": scenario,
        "data": data,
        "mistakes": mistakes,
    }
    return found, version, of


@cache
def _shipped() -> Projection:
    from overens.planning.supply.engines import project

    return project(reference.base(), reference.data(), runs=0)


@lru_cache(maxsize=8)
def _expectation(version: int, _data: str) -> Projection:
    """What is expected of a version on data of this hash, without runs."""
    from overens.planning.supply.engines import project

    found = ProblemVersion.objects.select_related("problem__owner").get(pk=version)
    owner: Organisation = found.problem.owner
    scenario, _findings = standing.read(found.text, owner)
    assert scenario is not None
    return project(scenario, standing.data(scenario, owner), runs=0)


@dataclass(frozen=True)
class Chosen:
    """``rows``: the occupations, by index; ``regions`` likewise. ``year``: one whose beginning is counted;
    ``other``: one to compare it with, or None. ``sex``: k, m or "".
    """

    occupation: str
    region: str
    unit: str
    year: int
    other: int | None
    sex: str
    rows: tuple[int, ...]
    regions: tuple[int, ...]

    @property
    def unit_name(self) -> str:
        return str(UNITS[self.unit])

    def of(self, row: int) -> Chosen:
        """The same of one occupation."""
        return replace(self, rows=(row,))


def chosen(query: QueryDict, projection: Projection, data: Data) -> Chosen:
    """From the query string. What is not there, or is nothing that can be chosen, is as if it were not asked for."""
    facts = projection.facts
    groups = {each.code: each.occupations for each in data.groups}
    codes = [each.code for each in facts.occupations]
    occupation = query.get("yrke", "")
    named = groups.get(occupation, (occupation,))
    rows = tuple(at for at, code in enumerate(codes) if code in named)
    region = query.get("region", "")
    own = tuple(at for at, code in enumerate(facts.regions) if code != REST)
    regions = (facts.regions.index(region),) if region in facts.regions else own
    unit = query.get("enhet", "")
    years = projection.years
    sex = query.get("kon", "")
    return Chosen(
        occupation=occupation if rows else "",
        region=region if region in facts.regions else "",
        unit=unit if unit in UNITS else "full-time",
        year=_year(query.get("ar", ""), years) or years[-1],
        other=_year(query.get("mot", ""), years),
        sex=sex if sex in SEXES else "",
        rows=rows or tuple(range(len(codes))),
        regions=regions,
    )


def _year(text: str, years: tuple[int, ...]) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 and int(text) in years else None


def title(named: Any) -> str:
    """Of an occupation, a group, a programme, a parameter or a measure."""
    english: str = named.title_en
    return english if language() == "en" and english else str(named.title)


def region_titles(projection: Projection) -> dict[str, str]:
    """The regions of a projection, by code, with their names."""
    names = region_names()
    return {code: _("Övriga landet") if code == REST else names.get(code, code) for code in projection.facts.regions}


def occupation_options(projection: Projection, data: Data) -> list[tuple[str, str]]:
    """All, each group, each occupation."""
    groups = [(each.code, _("Alla %(group)s") % {"group": title(each).lower()}) for each in data.groups]
    return [("", _("Alla yrken")), *groups, *((each.code, title(each)) for each in projection.facts.occupations)]


def filters(
    names: str, projection: Projection, data: Data, picked: Chosen, spans: bool = False
) -> list[dict[str, Any]]:
    """The fields of a page's filter: those of ``names``, with spaces between, in that order. spans: the page is of what
    happens from one year to another, not of one year beside another.
    """
    titles = region_titles(projection)
    every = _("Alla regioner") if len(titles) > 2 or REST not in titles else _("Den egna regionen")
    years = [(str(year), str(year)) for year in projection.years]
    fields: dict[str, tuple[str, str, list[tuple[str, str]]]] = {
        "yrke": (_("Yrke"), picked.occupation, occupation_options(projection, data)),
        "region": (_("Region"), picked.region, [("", every), *titles.items()]),
        "enhet": (_("Enhet"), picked.unit, [(code, str(name).capitalize()) for code, name in UNITS.items()]),
        "ar": (_("Till år") if spans else _("År"), str(picked.year), years),
        "mot": (_("Från år"), str(picked.other or years[0][0]), years)
        if spans
        else (_("Jämför med"), str(picked.other or ""), [("", _("Inget år")), *years]),
        "kon": (_("Kön"), picked.sex, [("", _("Båda")), *((code, str(name)) for code, name in SEXES.items())]),
    }
    return [
        {"name": name, "label": label, "value": value, "type": "select", "options": options}
        for name in names.split()
        for label, value, options in [fields[name]]
    ]


def subject(projection: Projection, data: Data, picked: Chosen) -> str:
    """What is chosen, in words: "Barnmorska, Region Uppsala"."""
    occupations = dict(occupation_options(projection, data))
    titles = region_titles(projection)
    where = titles[projection.facts.regions[picked.regions[0]]] if len(picked.regions) == 1 else ""
    return ", ".join(filter(None, (occupations[picked.occupation], where)))
