# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The command ``overens``: every room's commands, mounted."""

from __future__ import annotations

import typer

from overens.cli import agreement, bank, batch, form, people, plan, portal, sie, statistics, vouchers
from overens.cli.allocate import allocate
from overens.cli.archive import archive, dispose
from overens.cli.burden import burden
from overens.cli.costs import costs
from overens.cli.explain import explain
from overens.cli.facts import facts
from overens.cli.keeping import backup, checkpoint, restore
from overens.cli.money import replay, trace, verify
from overens.cli.remind import remind
from overens.cli.report import report
from overens.cli.reproduce import reproduce
from overens.cli.serve import migrate, serve
from overens.cli.simulate import simulate
from overens.cli.worker import worker

app = typer.Typer(
    help="Agreements between the Swedish state and the health regions, from signed text to settled last krona.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(agreement.app, name="agreement")
app.add_typer(form.app, name="form")
app.add_typer(bank.app, name="bank")
app.add_typer(people.app, name="administrator")
app.add_typer(batch.app, name="batch")
app.add_typer(sie.app, name="sie")
app.add_typer(vouchers.app, name="vouchers")
app.add_typer(statistics.app, name="statistics")
app.add_typer(portal.app, name="portal")
app.add_typer(plan.app, name="plan")
COMMANDS = (
    allocate, reproduce, simulate, burden, costs, explain, facts, report, trace, verify, checkpoint, backup, restore,
    replay, archive, dispose, remind, migrate, serve, worker,
)  # fmt: skip
for command in COMMANDS:
    app.command()(command)

if __name__ == "__main__":
    app()
