# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a scenario stands on: its file read, with what it builds on, the data that it names, and the hash of it all."""

from __future__ import annotations

import hashlib
import tomllib
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from overens.people.models import Organisation
from overens.planner import datasets
from overens.planner.models import ProblemKind, ProblemVersion, SavedProblem
from overens.planning.supply import digests, reading, reference
from overens.planning.supply.reference import Data
from overens.planning.supply.scenario import Scenario
from overens.records import runs
from overens.rules.findings import Finding, Refused


def read(text: str, owner: Organisation) -> tuple[Scenario | None, tuple[Finding, ...]]:
    """The whole of a scenario's file, or what is to be mended in it. It may build on what ships and on the newest
    versions of its owner's others, by their codes, and stand on the data sets that its owner may.
    """
    return _read(text, owner, ())


def data(scenario: Scenario, owner: Organisation) -> Data:
    """The data that a scenario names. Raises KeyError, which one that was read a moment ago does not."""
    return replace(datasets.data(scenario.data.workforce, owner), need=datasets.need(scenario.data.need, owner))


def digest(scenario: Scenario, owner: Organisation) -> str:
    """The SHA-256 of what is computed: the whole scenario and the data that it stands on, as they are now."""
    both = digests.digest(scenario) + digests.digest(data(scenario, owner))
    return hashlib.sha256(both.encode()).hexdigest()


@dataclass(frozen=True)
class Stands:
    """A version of a scenario with the data that it stands on, and the hash of both, as they are now."""

    scenario: Scenario
    data: Data
    digest: str


def stand(version: ProblemVersion) -> Stands:
    """Raises Refused: what is to be mended in the file now."""
    owner = version.problem.owner
    scenario, findings = read(version.text, owner)
    if scenario is None:
        raise Refused(*findings)
    return Stands(scenario, data(scenario, owner), digest(scenario, owner))


def still(version: int, basis: str) -> Stands:
    """For a worker: what a run was asked for on. It ends where that has changed since; it can be asked for again."""
    found = stand(ProblemVersion.objects.select_related("problem__owner").get(pk=version))
    if found.digest != basis:
        raise runs.Cancelled
    return found


def _read(text: str, owner: Organisation, above: tuple[str, ...]) -> tuple[Scenario | None, tuple[Finding, ...]]:
    """above: the codes of those that are being read, each of which builds on the next."""
    said = _said(text)
    name, bases = str(said.get("base", "")), dict[str, Scenario]()
    own = SavedProblem.objects.of(owner).kind(ProblemKind.SUPPLY).listed()
    saved = own.filter(code=name).first() if name else None
    if saved is not None and name not in above and name != reference.base().id:
        base, _findings = _read(saved.versions.get(number=saved.number).text, owner, (*above, name))
        if base is not None:
            bases[name] = base
    named = said.get("data")
    base_data = bases[name].data if name in bases else reference.base().data
    codes = base_data.model_dump() | (named if isinstance(named, dict) else {})
    return reading.read(text, bases, _stands_on(str(codes["workforce"]), str(codes["need"]), owner))


def _stands_on(workforce: str, need: str, owner: Organisation) -> Data:
    """What ships in place of what is not there; the check says so, where it is named."""
    found = reference.data()
    with suppress(KeyError):
        found = datasets.data(workforce, owner)
    with suppress(KeyError):
        found = replace(found, need=datasets.need(need, owner))
    return found


def _said(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return {}
