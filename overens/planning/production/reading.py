# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a production problem's file and its tables to :class:`Given`, or to findings that name file, line and key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from overens.planning.production import tables as made
from overens.planning.production.checks import check
from overens.planning.production.flow import Floats
from overens.planning.production.problem import Production
from overens.planning.production.tables import Outcome, Series, Waiting
from overens.rules import reading
from overens.rules.findings import Finding, Where

SHIPPED = Path(__file__).parents[2] / "reference" / "planning" / "production"
FILE = "problem.toml"


@dataclass(frozen=True)
class Given:
    """A problem with its tables. ``referrals``: by service; ``coming``[W, N, K]: those on their way to a step when the
    first week begins, None where no table says; ``outcome``: None where no week has passed, else with them among the
    referred.
    """

    problem: Production
    referrals: Mapping[str, Series]
    waiting: Waiting
    coming: Floats | None = None
    outcome: Outcome | None = None


def shipped_ids() -> tuple[str, ...]:
    """The problems that come with Överens, by the folders they lie in."""
    return tuple(sorted(each.parent.name for each in SHIPPED.glob(f"*/{FILE}")))


def find(name: str) -> Path:
    """The file of a shipped problem by its id, that of a folder, or else the path itself (which need not exist)."""
    path = SHIPPED / name if name in shipped_ids() else Path(name)
    return path / FILE if path.is_dir() else path


def read(source: Path | str, tables: Mapping[str, str] | None = None) -> tuple[Given | None, tuple[Finding, ...]]:
    """The problem in a file (a Path) or a text (a str) with its tables, and what is to be said of it; None where
    anything is to be mended (an error).

    tables: the texts of the tables by the names that the problem gives them. For a file, what is not among them is
    looked for beside it.
    """
    file = str(source) if isinstance(source, Path) else None
    text = reading.text_of(source, shipped_ids()) if isinstance(source, Path) else source
    if isinstance(text, Finding):
        return None, (replace(text, where=Where(file=file)),)
    problem, findings = reading.read_as(text, Production, check)
    if problem is None:
        return None, tuple(replace(each, where=replace(each.where or Where(), file=file)) for each in findings)
    return _with_tables(problem, tables or {}, source.parent if isinstance(source, Path) else None, file)


def _with_tables(
    problem: Production, texts: Mapping[str, str], folder: Path | None, file: str | None
) -> tuple[Given | None, tuple[Finding, ...]]:
    found: list[Finding] = []

    def text_of(role: str) -> str | None:
        name = getattr(problem.tables, role)
        if name in texts:
            return texts[name]
        if folder and name == Path(name).name and (folder / name).is_file():
            text = reading.text_of(folder / name)
            if isinstance(text, str):
                return text
            found.append(replace(text, where=Where(file=name)))
        else:
            where = Where(file=file, key=f"tables.{role}")
            found.append(Finding("production-table-missing", "error", {"name": name, "known": sorted(texts)}, where))
        return None

    names = problem.tables
    referrals: Mapping[str, Series] = {}
    waiting: Waiting = {}
    coming: Floats | None = None
    outcome: Outcome | None = None
    if (text := text_of("referrals")) is not None:
        referrals, said = made.referrals(text, problem, names.referrals)
        found += said
    if (text := text_of("waiting")) is not None:
        waiting, said = made.waiting(text, problem, names.waiting)
        found += said
    if names.coming and (text := text_of("coming")) is not None:
        coming, said = made.coming(text, problem, names.coming)
        found += said
    if names.outcome and (text := text_of("outcome")) is not None:
        outcome, said = made.outcome(text, problem, names.outcome)
        found += said
    if names.worked and outcome and (text := text_of("worked")) is not None:
        hours, said = made.worked(text, problem, len(outcome.begun), names.worked)
        outcome = replace(outcome, worked=hours)
        found += said
    if outcome and coming is not None:
        outcome = replace(outcome, referred=outcome.referred + coming[: len(outcome.begun)])
    broken = any(each.level == "error" for each in found)
    return (None if broken else Given(problem, referrals, waiting, coming, outcome)), tuple(found)
