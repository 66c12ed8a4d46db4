# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where the next krona is worth most: one more unit of each measure, by the expectation (docs/supply-money.md).

Each candidate is done a little more, alone, on top of the scenario, and all that it changes is what it is worth: hours
of the gap closed, in every occupation, against what it costs. What nothing comes of, as a post that no supervisor has
room for, costs nothing and is worth nothing.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, TypeAlias

import numpy as np

from overens.planning.supply import cohort, pricing
from overens.planning.supply import outcome as out
from overens.planning.supply.assumed import parameters
from overens.planning.supply.building import REST, build, region_codes
from overens.planning.supply.digests import digest
from overens.planning.supply.drawing import drawn
from overens.planning.supply.money import bought, spent, without
from overens.planning.supply.outcome import Outcome
from overens.planning.supply.problem import Floats, Problem
from overens.planning.supply.projection import Singles
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Measure, MeasureKind, Scenario

# Called with how many computations are done, of how many. It may raise, which ends the work.
Progress: TypeAlias = Callable[[int, int], object]
# One unit of what is counted in persons.
POSTS = Decimal(1)
# So much less leaving, and so large a share more of the newly examined, is one unit of what has no number.
LESS_LEAVING, MORE_INTRODUCED = Decimal("0.99"), Decimal("0.05")
# Posts of a programme that are more than anybody has room for.
MANY = Decimal(100_000)


@dataclass(frozen=True)
class Candidate:
    """What could be done more: a measure in words of the data. ``thing``: a programme, an education or a group."""

    id: str
    kind: MeasureKind
    thing: str
    pay: str = "full"


@dataclass(frozen=True)
class Valued:
    """What was found, on the central values (first) and on D - 1 draws of every parameter.

    ``cost``[D, C, R]: kronor that one more unit of each candidate costs over the years. ``closed``[D, C, Y + 1, O, R]:
    hours a year by which the gap is smaller at the turn of each year. ``without``[D, G, Y + 1, O, R]: by how many hours
    the gap is smaller for what each grant pays. ``begun``, ``completed``[D, G, Y, R]: training posts of each grant;
    ``spent``[D, G, Y, R]: kronor that its measures cost.
    ``bound``[C, R]: what bounds a programme in the year, as an index into BOUNDS, −1 where nothing does or it is none.
    ``room``[C, R]: how many more would begin if all posts were paid for, inf where it is none.
    """

    scenario_sha256: str
    data_sha256: str
    synthetic: bool
    seed: int
    year: int
    first_year: int
    regions: tuple[str, ...]
    occupations: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    grants: tuple[str, ...]
    cost: Singles
    closed: Singles
    without: Singles
    begun: Singles
    completed: Singles
    spent: Floats
    bound: Singles
    room: Singles


ARRAYS = ("cost", "closed", "without", "begun", "completed", "spent", "bound", "room")


def candidates(data: Data) -> tuple[Candidate, ...]:
    """Everything that has a price: posts in each programme, places in each education, introduction, those trained
    abroad, and what keeps more of a group.
    """
    found: list[Candidate] = []
    for programme in data.programmes:
        found.append(Candidate(f"post-{programme.code}", "training-posts", programme.code))
        if programme.pace == 1:
            found.append(Candidate(f"study-pay-{programme.code}", "training-posts", programme.code, "study"))
    placed = [each for each in data.educations if each.supervised_by]
    found += [Candidate(f"place-{each.code}", "study-places", each.code) for each in placed]
    found += [Candidate(f"introduction-{each}", "introduction", each) for each in ("nurses",)]
    found += [Candidate(f"abroad-{each}", "foreign-trained", each) for each in ("doctor", "nurse")]
    found += [Candidate(f"retain-{each.code}", "retain", each.code) for each in data.groups]
    return tuple(found)


def trained_to(data: Data) -> dict[str, int]:
    """The occupation that each programme and each education leads to, by index."""
    programmes = {each.code: each.target for each in data.programmes}
    return programmes | {each.code: each.target for each in data.educations}


def targets(candidate: Candidate, data: Data) -> tuple[int, ...]:
    """The occupations that it is done for, by index."""
    if candidate.kind in ("training-posts", "study-places"):
        return (trained_to(data)[candidate.thing],)
    return data.named((candidate.thing,))


def measure(candidate: Candidate, scenario: Scenario, data: Data, year: int, amount: Decimal) -> Measure:
    """A candidate as a measure in one year. amount: persons, or units of what has no number."""
    things: tuple[Any, ...] = (*data.programmes, *data.educations, *data.groups, *data.occupations)
    known = {each.code: each for each in things}
    values: dict[str, object] = {
        "id": candidate.id,
        "title": known[candidate.thing].title,
        "title_en": known[candidate.thing].title_en,
        "kind": candidate.kind,
        "first": year,
        "last": year,
    }
    match candidate.kind:
        case "training-posts":
            values |= {"programme": candidate.thing, "amount": amount, "pay": candidate.pay}
        case "study-places":
            values |= {"education": candidate.thing, "amount": amount}
        case "foreign-trained":
            values |= {"occupations": (candidate.thing,), "amount": amount}
        case "introduction":
            share = next(each for each in parameters(scenario, data) if each.id == "introduction-share").value
            values |= {"occupations": (candidate.thing,), "share": min(share + MORE_INTRODUCED * amount, Decimal(1))}
        case "retain":
            values |= {"occupations": (candidate.thing,), "factor": LESS_LEAVING**amount}
        case kind:
            raise ValueError(f"no candidate of the kind {kind}")
    return Measure.model_validate(values)


def valued(
    scenario: Scenario,
    data: Data,
    *,
    year: int | None = None,
    draws: int = 10,
    among: Sequence[Candidate] | None = None,
    within: Mapping[str, tuple[int, int]] | None = None,
    seed: int | None = None,
    progress: Progress | None = None,
) -> Valued:
    """One more unit of each candidate in a year (None: the first), on the central values and on so many draws.

    A unit of what is counted is one person in each region of the scenario at once: what a region gets of what is done
    in the others is what moves there. within: the first and the last year in which each grant may be used, by its id;
    else all years.
    """
    year, seed = scenario.first_year if year is None else year, scenario.seed if seed is None else seed
    chosen = candidates(data) if among is None else tuple(among)
    always = scenario.first_year, scenario.last_year
    grants = {each.id: (within or {}).get(each.id, always) for each in scenario.grants}
    work = _Work(
        scenario, data, year, chosen, grants, progress, (1 + draws) * (1 + len(grants) + _computed(chosen)) + 1
    )
    each_draw = [work.once(None)]
    each_draw += [work.once(drawn(parameters(scenario, data), seed, run)) for run in range(draws)]
    bound, room = work.bounds()
    stacked = {name: np.stack([one[name] for one in each_draw]) for name in each_draw[0]}
    # Kronor are kept to the krona, which single precision does not.
    spent = stacked.pop("spent")
    return Valued(
        scenario_sha256=digest(scenario),
        data_sha256=digest(data),
        synthetic=data.is_synthetic,
        seed=seed,
        year=year,
        first_year=scenario.first_year,
        regions=region_codes(scenario, data),
        occupations=tuple(each.code for each in data.occupations),
        candidates=chosen,
        grants=tuple(grants),
        bound=bound.astype(np.float32),
        room=room.astype(np.float32),
        spent=spent,
        **{name: each.astype(np.float32) for name, each in stacked.items()},
    )


def _computed(chosen: Sequence[Candidate]) -> int:
    """A post gives the same whatever is paid for it: it is computed once."""
    return len({(each.kind, each.thing) for each in chosen})


class _Work:
    """The computations of one scenario, counted."""

    def __init__(
        self,
        scenario: Scenario,
        data: Data,
        year: int,
        chosen: tuple[Candidate, ...],
        grants: Mapping[str, tuple[int, int]],
        progress: Progress | None,
        total: int,
    ) -> None:
        self.scenario, self.data, self.year, self.chosen, self.grants = scenario, data, year, chosen, grants
        self.progress, self.total, self.done = progress, total, 0
        self.own = [code != REST for code in region_codes(scenario, data)]

    def expected(self, scenario: Scenario, values: Mapping[str, float] | None) -> tuple[Problem, Outcome]:
        problem = build(scenario, self.data, values)
        found = problem, cohort.expected(problem)
        self.done += 1
        if self.progress:
            self.progress(self.done, self.total)
        return found

    def more(self, candidate: Candidate, amount: Decimal) -> Scenario:
        """The scenario with so much more of a candidate in each region."""
        if candidate.kind in ("training-posts", "study-places", "foreign-trained"):
            amount *= sum(self.own)
        added = measure(candidate, self.scenario, self.data, self.year, amount)
        return self.scenario.model_copy(update={"measures": (*self.scenario.measures, added)})

    def once(self, values: Mapping[str, float] | None) -> dict[str, Floats]:
        problem, outcome = self.expected(self.scenario, values)
        setting = self.setting(self.scenario, problem, outcome, values)
        lacking = _lacking(problem, outcome)
        without = [self.without(grant, lacking, values) for grant in self.grants]
        posts = outcome.posts[..., out.COMPLETED]
        completed = posts.reshape(-1, problem.steps, *posts.shape[1:]).sum(1)
        got = [bought(setting, grant, completed, *years) for grant, years in self.grants.items()]
        costs = pricing.costs(self.scenario, self.data, setting.came, values)
        paid = [spent(costs, grant) for grant in self.grants]
        effects: dict[tuple[str, str], tuple[Floats, pricing.Setting]] = {}
        cost, closed = [], []
        for each in self.chosen:
            if (each.kind, each.thing) not in effects:
                with_it = self.more(each, POSTS)
                there, done = self.expected(with_it, values)
                effects[each.kind, each.thing] = (
                    (lacking - _lacking(there, done)),
                    self.setting(with_it, there, done, values),
                )
            gain, after = effects[each.kind, each.thing]
            cost.append(self.cost(each, setting, after))
            closed.append(gain)
        shape = (0, self.scenario.years, len(self.own))
        return {
            "cost": np.array(cost),
            "closed": np.array(closed),
            "without": np.array(without) if without else np.zeros((0, *lacking.shape)),
            "begun": np.array([each.begun for each in got]) if got else np.zeros(shape),
            "completed": np.array([each.completed for each in got]) if got else np.zeros(shape),
            "spent": np.array(paid, float) if paid else np.zeros(shape),
        }

    def setting(
        self, scenario: Scenario, problem: Problem, outcome: Outcome, values: Mapping[str, float] | None
    ) -> pricing.Setting:
        return pricing.setting_of(scenario, self.data, pricing.happened(outcome, problem.steps), values)

    def without(self, grant: str, lacking: Floats, values: Mapping[str, float] | None) -> Floats:
        return _lacking(*self.expected(without(self.scenario, grant, *self.grants[grant]), values)) - lacking

    def cost(self, each: Candidate, before: pricing.Setting, after: pricing.Setting) -> Floats:
        """[R]: of those who began because of it, for posts; else of the measure itself."""
        added = after.scenario.measures[-1]
        if each.kind == "training-posts":
            at = [programme.code for programme in self.data.programmes].index(each.thing)
            more = after.came.started[:, at] - before.came.started[:, at]
            # Only those of the year itself: later years' posts are no part of what is added.
            more[np.arange(len(more)) != self.year - self.scenario.first_year] = 0
            return np.asarray(pricing.posts_cost(after, at, each.pay, np.maximum(more, 0)).sum((0, 2)))
        _begun, kronor = pricing.RULES[each.kind](after, added)
        return np.zeros(len(self.own)) if kronor is None else np.asarray(kronor.sum((0, 2)))

    def bounds(self) -> tuple[Floats, Floats]:
        """Of programmes, what bounds them and how many more would begin, all of them paid for at once."""
        posts = [each for each in self.chosen if each.kind == "training-posts"]
        once = {each.thing: each for each in posts}.values()
        added = tuple(measure(each, self.scenario, self.data, self.year, MANY) for each in once)
        filled = self.scenario.model_copy(update={"measures": (*self.scenario.measures, *added)})
        problem, outcome = self.expected(filled, None)
        now = cohort.expected(build(self.scenario, self.data))
        periods = slice(
            (self.year - self.scenario.first_year) * problem.steps,
            (self.year - self.scenario.first_year + 1) * problem.steps,
        )
        codes = [programme.code for programme in self.data.programmes]
        shape = (len(self.chosen), len(self.own))
        bound, room = np.full(shape, -1.0), np.full(shape, np.inf)
        for at, each in enumerate(self.chosen):
            if each.kind == "training-posts":
                p = codes.index(each.thing)
                bound[at] = now.posts[periods, p, :, out.BOUND][0]
                begun = outcome.posts[periods, p, :, out.STARTED] - now.posts[periods, p, :, out.STARTED]
                room[at] = np.maximum(begun.sum(0), 0)
        return bound, room


def _lacking(problem: Problem, outcome: Outcome) -> Floats:
    """[Y + 1, O, R]: hours a year that are lacking at the turn of each year; 0 where there are more than needed."""
    return np.asarray(np.maximum(problem.need - outcome.hours, 0)[:: problem.steps])


# Kept.

FORMAT = 1


def pack(found: Valued) -> bytes:
    """As bytes: the same is always the same bytes."""
    facts = {name: value for name, value in vars(found).items() if name not in ARRAYS}
    facts["candidates"] = [asdict(each) for each in found.candidates]
    text = json.dumps({"format": FORMAT, **facts}, ensure_ascii=False, sort_keys=True)
    file = io.BytesIO()
    arrays = {name: getattr(found, name) for name in ARRAYS}
    np.savez_compressed(file, allow_pickle=False, facts=np.frombuffer(text.encode(), np.uint8), **arrays)
    return file.getvalue()


def unpack(content: bytes) -> Valued:
    """What :func:`pack` made. Raises ValueError when it was made in another format."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        facts = json.loads(arrays["facts"].tobytes())
        if facts.pop("format") != FORMAT:
            raise ValueError("packed in another format than this version reads")
        facts["candidates"] = tuple(Candidate(**each) for each in facts["candidates"])
        for name in ("regions", "occupations", "grants"):
            facts[name] = tuple(facts[name])
        return Valued(**facts, **{name: arrays[name] for name in ARRAYS})
