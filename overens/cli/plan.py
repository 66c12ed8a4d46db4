# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens plan``: plans for the staff, computed without a database."""

from __future__ import annotations

import json
import os
import platform
import time
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from overens.cli.agreement import Language, LanguageOption
from overens.cli.columns import spaced
from overens.cli.plan_data import data
from overens.cli.plan_mix import mix
from overens.cli.plan_production import production
from overens.cli.plan_roster import roster
from overens.cli.planned import Shown, columns, make_folder, stop
from overens.rules.findings import Refused, as_text, word

if TYPE_CHECKING:
    from overens.planning.supply.pricing import Costs
    from overens.planning.supply.scenario import Scenario

app = typer.Typer(help="Plan the supply of staff and skills.", no_args_is_help=True, rich_markup_mode=None)
# How many occupations the table at the end names.
NAMED = 5
# What the result may hang on in its last bit, told beside it.
LIBRARIES = ("overens", "numpy", "numba", "polars")


class Engine(StrEnum):
    LOCAL = "local"
    RAY = "ray"


app.command()(data)
app.command()(mix)
app.command()(production)
app.command()(roster)


@app.callback()
def plan() -> None:
    """A room for what plans: one command for each kind of plan."""


@app.command()
def supply(
    scenario: Annotated[str, typer.Argument(help="A scenario's TOML file, or the shipped one by its id (reference).")],
    out: Annotated[Path, typer.Option(help="A new or empty folder for the Parquet tables and the JSON.")],
    runs: Annotated[
        int | None, typer.Option(min=0, max=10_000, help="0: the expectation alone. Else the file's.")
    ] = None,
    seed: Annotated[int | None, typer.Option(min=0, max=2**63 - 1, help="The same seed, the same result.")] = None,
    engine: Annotated[Engine, typer.Option(help="Processes of this machine, or Ray (RAY_ADDRESS).")] = Engine.LOCAL,
    workers: Annotated[int | None, typer.Option(min=1, max=4096, help="Processes; else one for each core.")] = None,
    language: LanguageOption = Language.SV,
) -> None:
    """Project who there will be and who is needed: persons one by one, many times over, into files.

    Exit 1 when the scenario or the folder is to be mended, with file, line and key. Needs no database.
    """
    from overens.planning.supply import files, pricing, reading, reference
    from overens.planning.supply.engines import project

    shipped = {reference.base().id: reference.SHIPPED / "reference.toml"}
    read, findings = reading.read(shipped.get(scenario, Path(scenario)))
    if read is None:
        stop(findings, language)
    started, data = time.monotonic(), reference.data(read.data.workforce)
    number = workers or os.cpu_count() or 1
    try:
        make_folder(out)
        with Shown() as shown:
            projection = project(
                read, data, runs=runs, seed=seed, engine=engine.value, workers=number,
                progress=shown,
            )  # fmt: skip
        files.write(projection, out)
    except Refused as refusal:
        stop(refusal.findings, language)
    told = {
        "engine": engine.value,
        "workers": number,
        "seconds": round(time.monotonic() - started, 1),
        "versions": {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}},
    }
    (out / "run.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    typer.echo("\n".join(_table(files.as_values(projection), language)))
    for finding in projection.facts.findings:
        typer.echo(as_text(finding, language), err=True)
    if read.measures:
        costs = pricing.costs(read, data, pricing.happened_in(projection, None))
        files.write_costs(costs, out, synthetic=projection.facts.synthetic)
        _show_money(read, costs, language)


def _show_money(scenario: Scenario, costs: Costs, language: Language) -> None:
    """What each measure costs and what is left of each grant, then what is to be said of the money."""
    from overens.planning.supply import money
    from overens.rules import reading as agreements

    sums, unknown = money.sums(scenario, lambda grant: money.of_agreement(grant, agreements.shipped(grant.agreement)))
    lines = [["", word("supply-begun", language), word("supply-kronor", language)]]
    for at, each in enumerate(costs.measures):
        lines.append([each.id, f"{costs.begun[at].sum():.0f}", spaced(int(costs.kronor[at].sum()))])
    for given in sums.values():
        left = int(money.balance(costs, given).left.sum())
        lines.append([word("supply-left", language).format(grant=given.grant), "", spaced(left)])
    typer.echo("\n".join(["", *columns(lines, 1)]))
    for finding in (*unknown, *money.findings(costs, sums)):
        typer.echo(as_text(finding, language), err=True)


def _table(values: dict[str, Any], language: Language) -> list[str]:
    """All occupations by year, then those that are most missing in the last year; in millions of hours a year."""
    results = values["key_results"]
    last = max(each["year"] for each in results)
    of_all = [each for each in results if each["occupation"] is None]
    missing = sorted(
        (each for each in results if each["occupation"] and each["year"] == last),
        key=lambda each: -float(each["missing"]),
    )
    titles = {
        each["code"]: each["title"] if language is Language.SV else each["title_en"] for each in values["occupations"]
    }
    figures = ("hours", "need", "missing")
    lines = [[word(f"supply-{name}", language) for name in ("year", "occupation", *figures)]]
    for each in (*of_all, *missing[:NAMED]):
        who = titles[each["occupation"]] if each["occupation"] else word("supply-all", language)
        lines.append([str(each["year"]), who, *(_millions(each, name, language) for name in figures)])
    said = [word("supply-in-millions", language)]
    if values["synthetic"]:
        said.append(word("supply-synthetic", language))
    return [*columns(lines, 2), "", *said]


def _millions(result: dict[str, Any], name: str, language: Language) -> str:
    """What is expected, and where nine runs of ten lie when there are any."""

    def shown(hours: float) -> str:
        number = f"{hours / 1e6:.2f}"
        return number.replace(".", ",") if language is Language.SV else number

    interval = result.get(f"{name}_interval")
    return shown(result[name]) + (f" ({shown(interval[0])}–{shown(interval[2])})" if interval else "")
