# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens plan production``: what is to be done each week, and with what, computed without a database."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from overens.cli.agreement import Language, LanguageOption
from overens.cli.columns import spaced
from overens.cli.planned import Shown, columns, make_folder, stop
from overens.rules.findings import Finding, Refused, as_text, error, word, wording

if TYPE_CHECKING:
    from overens.planning.production.answer import Answer
    from overens.planning.production.problem import Production


def _print_schema(asked: bool) -> None:
    if asked:
        from overens.planning.production import files

        typer.echo(files.schema(), nl=False)
        raise typer.Exit


def production(
    problem: Annotated[str, typer.Argument(help="A problem's TOML file or folder, or the shipped one (exempel).")],
    out: Annotated[Path, typer.Option(help="A new or empty folder for plan.json and the CSV tables.")],
    seconds: Annotated[float, typer.Option(min=0.1, help="For the plan; then the best found so far.")] = 60,
    seed: Annotated[int | None, typer.Option(min=0, max=2**63 - 1, help="The same seed, the same result.")] = None,
    runs: Annotated[int | None, typer.Option(min=0, max=10_000, help="0: no simulation. Else the file's.")] = None,
    language: LanguageOption = Language.SV,
    _schema: Annotated[
        bool, typer.Option("--schema", callback=_print_schema, is_eager=True, help="Print plan.json's JSON Schema.")
    ] = False,
) -> None:
    """Plan what is begun each week so that the limits are kept at the least cost, and simulate it, into files.

    Exit 1 when the problem, its tables or the folder are to be mended, or the checker refuses the plan.
    """
    if any(find_spec(name) is None for name in ("highspy", "numba", "statsmodels")):
        stop([error("supply-no-planning")], language)
    from overens.planning.production import files, reading
    from overens.planning.production.answer import answer

    given, findings = reading.read(reading.find(problem))
    if given is None:
        stop(findings, language)
    for finding in findings:
        typer.echo(as_text(finding, language), err=True)
    try:
        make_folder(out)
        with Shown() as shown:
            found = answer(given, seconds, seed, runs, workers=os.cpu_count() or 1, progress=shown)
    except Refused as refusal:
        stop(refusal.findings, language)
    said = files.write(given.problem, found.flow, found.plan, found.pays, found.findings, out)
    if found.runs:
        files.write_waits(found.flow, found.runs, given.problem.synthetic, out)
    typer.echo("\n".join(_shown(given.problem, found, language)))
    for finding in said:
        typer.echo(as_text(finding, language), err=True)
    if any(finding.level == "error" for finding in said):
        raise typer.Exit(1)


def _shown(problem: Production, found: Answer, language: Language) -> list[str]:
    """The lists at the beginning and the end, the hours of each competence, then what it costs."""
    from overens.planning.production import verdict
    from overens.planning.production.problem import week_text

    flow, plan = found.flow, found.plan
    english = language is Language.EN
    titles = {each.id: (english and each.title_en) or each.title for each in (*problem.services, *problem.competences)}
    waiting, late, _ = verdict.recount(flow, plan.begun)
    heads = ("service", "step", "waiting-first", "begun", "waiting-last", "late-last")
    lines = [[word(f"production-{name}", language) for name in heads]]
    for at, (service, step) in enumerate(problem.every_step):
        figures = (flow.waiting[at].sum(), plan.begun[:, at].sum(), waiting[-1, at].sum(), late[-1, at].sum())
        title = (english and step.title_en) or step.title
        lines.append([titles[service.id], title, *(spaced(round(float(each))) for each in figures)])
    hours = [
        [word(f"production-{name}", language) for name in ("competence", "there", "ordinary", "overtime", "hired")]
    ]
    for at, competence in enumerate(flow.competences):
        figures = tuple(each[:, at].sum() for each in (flow.hours, plan.ordinary, plan.overtime, plan.hired))
        hours.append([titles[competence], *(spaced(round(float(each))) for each in figures)])
    values = {
        "kronor": spaced(round(verdict.cost(flow, plan))),
        "week": week_text(flow.monday(flow.by)),
        "gap": round(100 * (plan.objective - plan.lower_bound) / max(abs(plan.objective), 1.0), 3) + 0.0,
    }
    said = [
        *columns(lines, 2),
        "",
        *columns(hours, 1),
        "",
        wording(Finding("production-costs", "note", values), language),
    ]
    if problem.synthetic:
        said += ["", word("production-synthetic", language)]
    return said
