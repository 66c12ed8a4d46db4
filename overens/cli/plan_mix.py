# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens plan mix``: who is to do which tasks, computed without a database."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from overens.cli.agreement import Language, LanguageOption
from overens.cli.columns import spaced
from overens.cli.planned import columns, make_folder, needs, stop
from overens.rules.findings import Finding, Refused, as_text, error, word, wording

if TYPE_CHECKING:
    from overens.planning.mix.plan import Plan
    from overens.planning.mix.priced import Prices
    from overens.planning.mix.problem import Mix

# How many missing decisions the tables at the end name.
NAMED = 5


def mix(
    problem: Annotated[str, typer.Argument(help="A problem's TOML file, or the shipped one by its id (exempel).")],
    out: Annotated[Path, typer.Option(help="A new or empty folder for plan.json and the CSV tables.")],
    seconds: Annotated[float | None, typer.Option(min=0.001, help="Stop then, with the best so far.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="The same seed, the same plan among equals.")] = 0,
    reported: Annotated[Path | None, typer.Option(help="CSV of hours as they became: task, competence, hours.")] = None,
    language: LanguageOption = Language.SV,
) -> None:
    """Say who is to do how much of what, what that frees, and what each rule and each shortage costs, into files.

    Exit 1 when the problem, the folder or the reported hours are to be mended, or the checker refuses the plan.
    """
    needs(language, "highspy", "numba")
    from overens.planning.mix import checks, files, follow, optimum, prices, reading

    read, findings = reading.read(reading.find(problem))
    if read is None:
        stop(findings, language)
    try:
        make_folder(out)
        plan = optimum.solve(read, seconds, seed)
        worth = prices.prices(read, seed)
        found = files.write(read, plan, worth, out)
    except Refused as refusal:
        stop(refusal.findings, language)
    if found:
        stop(found, language)
    typer.echo("\n".join(_shown(read, plan, worth, language)))
    for finding in checks.notes(read):
        typer.echo(as_text(finding, language), err=True)
    if plan.stopped_early:
        typer.echo(as_text(Finding("mix-stopped-later", "warning"), language), err=True)
    if reported is not None:
        hours, findings = follow.reported(_text(reported, language), read)
        if hours is None:
            stop(findings, language)
        followed = follow.follow(read, plan, hours)
        files.write_followed(read, followed, out)
        for finding in follow.findings(read, followed):
            typer.echo(as_text(finding, language))


def _text(path: Path, language: Language) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        stop([error("mix-report-file", str(path), message=str(problem))], language)


def _shown(read: Mix, plan: Plan, worth: Prices, language: Language) -> list[str]:
    """The staff with what is moved, then what it costs and frees, and what would be worth most."""
    english = language is Language.EN
    titles = {each.id: (english and each.title_en) or each.title for each in (*read.competences, *read.tasks)}
    hours = {each.competence: each.kronor for each in worth.hours}
    names = ("mix-competence", "mix-hours-today", "mix-hours-plan", "mix-hours-added", "mix-hour-worth")
    lines = [[word(name, language) for name in names]]
    for each in plan.staff:
        figures = (each.used_today, each.used + each.for_patients, each.added, hours[each.competence])
        lines.append([titles[each.competence], *(spaced(round(figure)) for figure in figures)])
    said = [*columns(lines, 1), ""]
    cost = {"kronor": round(plan.kronor), "today": round(plan.kronor_today), "freed": round(plan.freed)}
    said.append(wording(Finding("mix-costs", "note", cost), language))
    if worth.decisions:
        said += ["", word("mix-decisions-worth", language)]
        for new in worth.decisions[:NAMED]:
            said.append(f"  {titles[new.task]}: {titles[new.competence]}, {spaced(round(new.kronor))} kr")
    if read.synthetic:
        said += ["", word("mix-synthetic", language)]
    return said
