# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The data that a scenario stands on, and those that ship: synthetic but plausible (docs/supply-data.md).

What ships is worked out from the small tables under ``overens/reference/planning``: how many there are of an occupation
in the country, shared between the regions by population, the sexes and the ages by the shares of the tables. Nothing is
drawn at random: the same tables give the same persons. Real tables replace what they hold.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import numpy as np

from overens.planning.supply import care
from overens.planning.supply.care import NeedData
from overens.planning.supply.problem import (
    AGES,
    MEN,
    OLDEST,
    SECTORS,
    SEXES,
    WOMEN,
    YOUNGEST,
    Education,
    Floats,
    Occupation,
    Programme,
)
from overens.planning.supply.scenario import Parameter, Scenario
from overens.planning.values import Status
from overens.rules.statistics import shipped

SHIPPED = Path(__file__).parents[2] / "reference" / "planning"
FOLLOWUP = Path(__file__).parents[2] / "reference" / "followup"
# Whose shares of the country the synthetic figures are spread by.
POPULATION = "scb-2019-11-01"
# The year that the shipped counts of begun training posts are of.
POSTS_YEAR = "2017"


@dataclass(frozen=True)
class Group:
    """Occupations that go by one name: it may stand wherever an occupation's code may."""

    code: str
    title: str
    title_en: str
    occupations: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """Where the figures of a row come from."""

    status: Status
    text: str


@dataclass(frozen=True)
class Data:
    """What a scenario stands on, by the year. Axes as in :mod:`problem <overens.planning.supply.problem>`.

    ``programmes`` and ``educations`` are as there but that their ``periods`` are half-years, probabilities are those of
    a
    year and ``placed`` is left out: 21 regions are gathered first. counts[O, R, S, A]: employed persons, those in
    specialisation and away included. synthetic[O, R]: which of them are made up. sectors[O, R, 4]: where they
    are employed.
    posts[P, R] and intake[E, R]: who begins in a year. ``profiles``: [S, A] by name. retirement[A] by years from the
    norm
    age, which stands in the middle (index AGES). ``sources``: by the code of an occupation, education or programme, and
    of AID labels ("aid:" and the code). ``need``: what the need is computed from.
    """

    code: str
    title: str
    title_en: str
    year: int
    regions: tuple[str, ...]
    population: Floats
    occupations: tuple[Occupation, ...]
    groups: tuple[Group, ...]
    programmes: tuple[Programme, ...]
    educations: tuple[Education, ...]
    counts: Floats
    synthetic: np.ndarray[tuple[int, int], np.dtype[np.bool_]]
    sectors: Floats
    posts: Floats
    intake: Floats
    profiles: Mapping[str, Floats]
    retirement: Floats
    abroad_ages: Floats
    parameters: tuple[Parameter, ...]
    sources: Mapping[str, Source]
    need: NeedData

    @property
    def is_synthetic(self) -> bool:
        """Whether any of the persons or of what they are needed for is made up."""
        return bool(self.synthetic.any() or self.need.synthetic)

    def named(self, names: Iterable[str]) -> tuple[int, ...]:
        """The indices of occupations by code or group; all of them where nothing is named. Raises KeyError."""
        codes = [each.code for each in self.occupations]
        groups = {each.code: each.occupations for each in self.groups}
        chosen: set[str] = set()
        for name in names:
            chosen.update(groups.get(name, (name,)))
        if unknown := chosen.difference(codes):
            raise KeyError(min(unknown))
        return tuple(at for at, code in enumerate(codes) if code in chosen or not chosen)


@cache
def data(code: str = "synthetic") -> Data:
    """The data set that ships. Raises KeyError for another code: those of an organisation are found by the planner."""
    if code != "synthetic":
        raise KeyError(code)
    regions, population = _regions()
    shapes = _shapes()
    rows = _rows("occupations")
    occupations = tuple(
        Occupation(
            code=row["code"],
            title=row["title"],
            title_en=row["title_en"],
            aid=tuple(filter(None, row["aid"].split(";"))),
            licensed=row["licensed"] == "yes",
            parent=row["parent"],
        )
        for row in rows
    )
    index = {each.code: at for at, each in enumerate(occupations)}
    groups = tuple(
        Group(**row, occupations=tuple(each["code"] for each in rows if each["group"] == row["code"]))
        for row in _rows("groups")
    )
    named: dict[str, tuple[int, ...]] = {code: (at,) for code, at in index.items()}
    named |= {group.code: tuple(index[each] for each in group.occupations) for group in groups}
    share = population / population.sum()
    return Data(
        code=code,
        title="Syntetiska, påhittade men rimliga uppgifter",
        title_en="Synthetic data, made up but plausible",
        year=2019,
        regions=regions,
        population=population,
        occupations=occupations,
        groups=groups,
        programmes=tuple(_programme(row, index) for row in _rows("programmes")),
        educations=tuple(_education(row, index, named, shapes) for row in _rows("educations")),
        counts=np.stack([_counted(row, share, shapes) for row in rows]),
        synthetic=np.ones((len(rows), len(regions)), bool),
        sectors=np.array([[[float(row[sector]) for sector in SECTORS]] * len(regions) for row in rows]),
        posts=_posts(regions, share),
        intake=_intake(regions, share),
        profiles=_profiles(),
        retirement=_retirement(),
        abroad_ages=shapes["abroad"],
        parameters=(
            *supply_parameters(),
            *_parameters(care.SHIPPED / "parameters.toml"),
            *_parameters(SHIPPED / "prices.toml"),
        ),
        sources=_sources(),
        need=care.shipped(),
    )


@cache
def base() -> Scenario:
    """The reference scenario that ships."""
    text = (SHIPPED / "reference.toml").read_text(encoding="utf-8")
    return Scenario.model_validate(tomllib.loads(text, parse_float=Decimal))


def _rows(table: str) -> list[dict[str, str]]:
    with (SHIPPED / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _regions() -> tuple[tuple[str, ...], Floats]:
    persons = {cell.unit: value for cell, value in shipped.shipped()[POPULATION].values.items() if cell.unit != "00"}
    regions = tuple(sorted(persons))
    return regions, np.array([float(persons[region] or 0) for region in regions])


def ages(first: int, last: int) -> slice:
    """Where the ages from first to last stand on the axis A, as far as it reaches."""
    return slice(max(first, YOUNGEST) - YOUNGEST, min(last, OLDEST) - YOUNGEST + 1)


def _shapes() -> dict[str, Floats]:
    """Ages of the table by single year, the same share for each year of a span; each shape sums to 1."""
    shapes: dict[str, Floats] = {}
    for row in _rows("ages"):
        span = ages(int(row["from"]), int(row["to"]))
        shapes.setdefault(row["shape"], np.zeros(AGES))[span] += float(row["weight"]) / (span.stop - span.start)
    return {name: shape / shape.sum() for name, shape in shapes.items()}


def _counted(row: dict[str, str], share: Floats, shapes: Mapping[str, Floats]) -> Floats:
    """Persons of an occupation [R, S, A], whole."""
    women = float(row["women"])
    sexes = np.zeros(len(SEXES))
    sexes[WOMEN], sexes[MEN] = women, 1 - women
    spread = float(row["persons"]) * share[:, None, None] * sexes[:, None] * shapes[row["ages"]]
    return whole(spread, axes=3)


def whole(spread: Floats, axes: int) -> Floats:
    """Whole persons: each sum from the start along the last ``axes`` axes is rounded, so no sum is off by more than
    one. Deterministic.
    """
    flat = spread.reshape(*spread.shape[: spread.ndim - axes], -1)
    sums = np.rint(np.cumsum(flat, axis=-1))
    return np.diff(sums, axis=-1, prepend=0.0).reshape(spread.shape)


def _programme(row: dict[str, str], index: Mapping[str, int]) -> Programme:
    bound = float(row["per_supervisor"]) if row["per_supervisor"] else np.inf
    return Programme(
        code=row["code"],
        title=row["title"],
        title_en=row["title_en"],
        source=index[row["source"]],
        target=index[row["target"]],
        periods=int(row["half_years"]),
        pace=float(row["pace"]),
        dropping=float(row["dropping"]),
        staying=float(row["staying"]),
        youngest=int(row["youngest"]),
        oldest=int(row["oldest"]),
        per_supervisor=bound,
        supervising=float(row["supervising"] or 1),
    )


def _education(
    row: dict[str, str], index: Mapping[str, int], named: Mapping[str, tuple[int, ...]], shapes: Mapping[str, Floats]
) -> Education:
    return Education(
        code=row["code"],
        title=row["title"],
        title_en=row["title_en"],
        target=index[row["target"]],
        periods=int(row["half_years"]),
        completing=float(row["completing"]),
        women=float(row["women"]),
        ages=shapes[row["ages"]],
        sectors=np.array([float(row.get(sector) or 0) for sector in SECTORS]),
        placed=np.zeros((0, 0)),
        supervised_by=tuple(at for name in filter(None, row["supervised_by"].split(";")) for at in named[name]),
        per_supervisor=float(row["per_supervisor"]) if row["per_supervisor"] else np.inf,
        supervising=float(row["supervising"] or 1),
        licensed=float(row["licensed"]),
    )


def _intake(regions: tuple[str, ...], share: Floats) -> Floats:
    """Who begins an education in a year [E, R]: where it is given, or everywhere by population."""
    places = {"population": share}
    for row in _rows("places"):
        places.setdefault(row["places"], np.zeros(len(regions)))[regions.index(row["lanskod"])] = float(row["weight"])
    rows = _rows("educations")
    return np.stack([float(row["intake"]) * places[row["places"]] / places[row["places"]].sum() for row in rows])


def _posts(regions: tuple[str, ...], share: Floats) -> Floats:
    """Who begins a specialisation in a year [P, R]. Those of nurses: as many as the region had begun training posts in
    the
    shipped counts, all programmes alike; the rest (who study without a post) by population.
    """
    rows = _rows("programmes")
    counted = np.zeros(len(regions))
    with (FOLLOWUP / "training-posts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["year"] == POSTS_YEAR and row["code"] in regions and row["total"]:
                counted[regions.index(row["code"])] += float(row["total"])
    all_posts = sum(float(row["posts"]) for row in rows if row["shares"] == "training-posts")
    shares = {"population": share, "training-posts": (counted + (all_posts - counted.sum()) * share) / all_posts}
    return np.stack([float(row["posts"]) * shares[row["shares"]] for row in rows])


def _profiles() -> dict[str, Floats]:
    profiles: dict[str, Floats] = {}
    for row in _rows("profiles"):
        table = profiles.setdefault(row["profile"], np.zeros((len(SEXES), AGES)))
        table[SEXES.index(row["sex"]), ages(int(row["from"]), int(row["to"]))] = float(row["value"])
    return profiles


def _retirement() -> Floats:
    """The probability of retiring in a year by years from the norm age, −AGES to AGES; straight lines between."""
    rows = _rows("retirement")
    years = [float(row["after_norm_age"]) for row in rows]
    return np.interp(np.arange(-AGES, AGES + 1), years, [float(row["share"]) for row in rows], left=0.0)


@cache
def supply_parameters() -> tuple[Parameter, ...]:
    """What is assumed of the staff: the figures that :mod:`overens.planning.supply.building` looks up."""
    return _parameters(SHIPPED / "parameters.toml")


def _parameters(file: Path) -> tuple[Parameter, ...]:
    table = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    return tuple(Parameter.model_validate(_tuples(row)) for row in table["parameter"])


def _tuples(row: dict[str, object]) -> dict[str, object]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def _sources() -> dict[str, Source]:
    rows = [*_rows("occupations"), *_rows("educations"), *_rows("programmes")]
    found = {row["code"]: _source(row["status"], row.get("source") or row.get("reference")) for row in rows}
    for row in _rows("occupations"):
        if row["aid"]:
            found[f"aid:{row['code']}"] = _source(row["aid_status"], row["source"])
    return found


def _source(status: str, text: str | None) -> Source:
    return Source("verified" if status == "verified" else "assumed", text or "Antaget.")
