# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What differs between problems of different kinds: how their files are read, and who may write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from overens.people.models import Organisation
from overens.planner import standing
from overens.planner.models import ProblemKind
from overens.rules.findings import Finding, Refused
from overens.rules.process import Role
from overens.rules.text import unwritable

PLANNERS = (Role.PLANNER,)
# Addresses of other pages among those of problems, and the name of what ships.
TAKEN = ("nytt", "referens")


class Headed(Protocol):
    """What every problem's file says of itself."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...


Read = Callable[[Mapping[str, str], Organisation], tuple[Headed | None, tuple[Finding, ...]]]


def _supply(files: Mapping[str, str], owner: Organisation) -> tuple[Headed | None, tuple[Finding, ...]]:
    return standing.read(files[""], owner)


READERS: dict[str, Read] = {ProblemKind.SUPPLY: _supply}


def checked(kind: str, files: Mapping[str, str], owner: Organisation) -> Headed:
    """What a version's files say. Raises Refused: what is to be mended in them."""
    if wrong := unwritable({name or "text": text for name, text in files.items()}):
        raise Refused(*wrong)
    parsed, findings = READERS[kind](files, owner)
    if parsed is None:
        raise Refused(*findings)
    return parsed
