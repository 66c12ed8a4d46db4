# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What differs between problems of different kinds: how their files are read, and who may write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath

from overens.people.models import Organisation
from overens.planner import standing
from overens.planner.models import ProblemKind
from overens.planning.mix import reading as mix
from overens.planning.production import reading as production
from overens.planning.roster import reading as roster
from overens.planning.values import Headed
from overens.rules.findings import Finding, Refused, refuse
from overens.rules.text import unwritable

# Addresses of other pages among those of problems, and the name of what ships.
TAKEN = ("nytt", "referens", "verkliga-listor", "uppfoljning")


Read = Callable[[Mapping[str, str], Organisation], tuple[Headed | None, tuple[Finding, ...]]]


def _supply(files: Mapping[str, str], owner: Organisation) -> tuple[Headed | None, tuple[Finding, ...]]:
    return standing.read(files[""], owner)


def _production(files: Mapping[str, str], owner: Organisation) -> tuple[Headed | None, tuple[Finding, ...]]:
    given, findings = production.read(files[""], files)
    return (given.problem if given else None), findings


def _mix(files: Mapping[str, str], owner: Organisation) -> tuple[Headed | None, tuple[Finding, ...]]:
    return mix.read(files[""])


def _roster(files: Mapping[str, str], owner: Organisation) -> tuple[Headed | None, tuple[Finding, ...]]:
    return roster.read(files[""])


READERS: dict[str, Read] = {
    ProblemKind.SUPPLY: _supply,
    ProblemKind.PRODUCTION: _production,
    ProblemKind.MIX: _mix,
    ProblemKind.ROSTER: _roster,
}


def checked(kind: str, files: Mapping[str, str], owner: Organisation) -> Headed:
    """What a version's files say. Raises Refused: what is to be mended in them, ``table-name``."""
    if wrong := unwritable({name or "text": text for name, text in files.items()}):
        raise Refused(*wrong)
    for name in files:
        if name != PurePath(name).name or "\\" in name:
            refuse("table-name", name=name[:100])
    parsed, findings = READERS[kind](files, owner)
    if parsed is None:
        raise Refused(*findings)
    return parsed
