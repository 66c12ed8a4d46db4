# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens plan roster``: who works which shift on which day, computed without a database."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from overens.cli.agreement import Language, LanguageOption
from overens.cli.columns import spaced
from overens.cli.planned import Shown, columns, make_folder, needs, stop
from overens.rules import reading
from overens.rules.findings import Finding, Refused, Where, as_text, error, word, wording

if TYPE_CHECKING:
    from overens.planning.roster.answer import Progress
    from overens.planning.roster.files import Planned
    from overens.planning.roster.instance import Whole
    from overens.planning.roster.problem import Roster
    from overens.planning.roster.rules import Case

# Where there is no roster, so long is looked for what clashes.
CLASHING = 60.0


def _print_schema(asked: bool) -> None:
    if asked:
        from overens.planning.roster import files

        typer.echo(files.schema(), nl=False)
        raise typer.Exit


def roster(
    problem: Annotated[
        str, typer.Argument(help="A ward's TOML file, the shipped one (exempel), or a file of the benchmark.")
    ],
    out: Annotated[Path, typer.Option(help="A new or empty folder for plan.json and the CSV tables.")],
    seconds: Annotated[float, typer.Option(min=0.1, help="For the roster; then the best found so far.")] = 60,
    seed: Annotated[int, typer.Option(min=0, max=2**63 - 1, help="Where the search begins.")] = 0,
    start: Annotated[Path | None, typer.Option(help="A roster to go on from: plan.json, or roster.csv.")] = None,
    language: LanguageOption = Language.SV,
    _schema: Annotated[
        bool, typer.Option("--schema", callback=_print_schema, is_eager=True, help="Print plan.json's JSON Schema.")
    ] = False,
) -> None:
    """Plan who works which shift on which day, at the least cost by the rules of the file, into files.

    Ctrl-C ends with the best roster so far. Exit 1 when the file, the roster to go on from or the folder are to be
    mended, or when there is no roster: then with the rules that clash.
    """
    needs(language, "numba", "highspy", "ortools")
    from overens.planning.roster import files, optimum

    given = _problem(problem, language)
    try:
        begun = None if start is None else _begun(start, given.case, language)
        make_folder(out)
        with Shown() as shown, _interrupted() as stopping:
            answer = optimum.solve(given.case, seconds, seed, _showing(shown, language), stopping, begun)
    except Refused as refusal:
        stop(refusal.findings, language)
    if answer.roster is None:
        _none(given, seconds, language)
    made = files.planned(given.case, answer, seed)
    files.write(made, given.name, given.ward, out)
    typer.echo("\n".join(_shown(made, given.ward, language)))
    for finding in made.judged.broken:
        typer.echo(as_text(finding, language), err=True)
    if made.stopped_early:
        typer.echo(as_text(Finding("roster-stopped-early", "note"), language), err=True)
    if made.judged.broken:
        raise typer.Exit(1)


@dataclass(frozen=True)
class _Given:
    """A problem as it was read. ``ward``: None for the benchmark. ``name``: what plan.json calls it."""

    file: Path
    text: str
    name: str
    ward: Roster | None
    case: Case


def _problem(source: str, language: Language) -> _Given:
    """Its text says whether it is a ward or the benchmark."""
    from overens.planning.roster import benchmark, building, rules
    from overens.planning.roster import reading as wards

    file = wards.find(source)
    text = reading.text_of(file, wards.shipped_ids())
    if isinstance(text, str) and benchmark.is_one(text):
        instance, findings = benchmark.read(file)
        if instance is None:
            stop(findings, language)
        return _Given(file, text, file.stem, None, rules.of_instance(instance))
    ward, findings = wards.read(file)
    if ward is None or isinstance(text, Finding):
        stop(findings, language)
    for warned in findings:
        typer.echo(as_text(warned, language), err=True)
    return _Given(file, text, ward.id, ward, building.case(ward))


def _begun(path: Path, case: Case, language: Language) -> Whole:
    """The roster to go on from; what is to be mended in it is told with its file."""
    from overens.planning.roster import files

    text = reading.text_of(path)
    if isinstance(text, Finding):
        stop([text], language)
    try:
        return files.read(text, case)
    except Refused as refusal:
        found = refusal.findings
        stop([replace(each, where=replace(each.where or Where(), file=str(path))) for each in found], language)


def _showing(shown: Shown, language: Language) -> Callable[[Progress], None]:
    def show(progress: Progress) -> None:
        shown(int(progress.seconds), int(progress.of), _so_far(progress.objective, progress.lower_bound, language))

    return show


def _so_far(objective: int | None, bound: int, language: Language) -> str:
    if objective is None:
        return word("roster-none-yet", language)
    gap = 100 * (objective - bound) / max(objective, 1)
    values = {"objective": spaced(objective), "bound": spaced(bound), "gap": _decimal(gap, language)}
    return wording(Finding("roster-so-far", "note", values), language)


def _decimal(number: float, language: Language) -> str:
    text = f"{number:.1f}"
    return text.replace(".", ",") if language is Language.SV else text


@contextmanager
def _interrupted() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C has been pressed; pressed once more it ends at once."""
    pressed: list[int] = []

    def press(number: int, _frame: object) -> None:
        pressed.append(number)
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, press)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


def _none(given: _Given, seconds: float, language: Language) -> NoReturn:
    """Which rules clash, each where it stands in the file."""
    from overens.planning.roster import clash

    found = clash.clashing(given.case, min(seconds, CLASHING), given.ward)
    if given.ward is not None:
        at_lines = zip(found, reading.placed(found, given.text), strict=True)
        found = tuple(
            replace(at, where=replace(at.where, file=str(given.file))) if each.where and at.where else each
            for each, at in at_lines
        )
    stop(found or [error("roster-none-in-time")], language)


def _shown(made: Planned, ward: Roster | None, language: Language) -> list[str]:
    """What it costs, by kind, and of a ward how many wishes were met and how many there are too few."""
    costs = sorted(made.judged.costs.items(), key=lambda each: -each[1])
    lines = [[word("roster-cost", language), word("roster-points", language)]]
    lines += [[word(f"roster-cost-{kind}", language), spaced(cost)] for kind, cost in costs]
    said = [_so_far(made.judged.objective, made.lower_bound, language)]
    if costs:
        said = [*columns(lines, 1), "", *said]
    if ward is None:
        return said
    said.append(wording(Finding("roster-kept", "note", _kept(made.case, made.roster)), language))
    if ward.synthetic:
        said += ["", word("roster-synthetic", language)]
    return said


def _kept(case: Case, roster: Whole) -> dict[str, int]:
    from overens.planning.roster import files

    met = files.wishes_met(case, roster)
    there = ((cover, files.there(case, roster, cover)) for cover in case.cover)
    short = sum(max(cover.wanted - number, 0) for cover, number in there)
    return {"met": sum(met), "wishes": len(met), "short": short}
