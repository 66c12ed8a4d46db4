# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How many proposals a second are simulated for 311 recipients, and how many the obvious pandas version does.

Two pots, one by population and one with a base to each; a third of the proposals also with a least and a highest sum.
The pandas version shares by floats and gives the kronor left over to the largest remainders; for bounds it clips and
shares what is left among the others until none is broken. It is not exact and says nothing of why; its sums are held
against ours, and how many rows differ is told.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bench.ground import table

if TYPE_CHECKING:
    import pandas as pd

    from overens.rules.proposals.proposal import Proposal
    from overens.rules.statistics.table import StatisticsTable

PROPOSALS, RECIPIENTS, REPEATS = 1000, 311, 3
BOUNDED = 3  # one of so many
TIME = "2019-11-01"


def main() -> None:
    from overens.rules.proposals.comparing import compare
    from overens.rules.proposals.simulating import simulate

    tables = {"people": people()}
    proposals = [proposal(n) for n in range(PROPOSALS)]
    weights = frame(tables["people"])
    ours, took = timed(lambda: [simulate(each, tables) for each in proposals])
    theirs, took_pandas = timed(lambda: [by_pandas(each, weights) for each in proposals])
    differing = sum(
        outcome.sums[code] != kronor
        for outcome, sums in zip(ours, theirs, strict=True)
        for code, kronor in sums.items()
    )
    off = sum(int(sums.sum()) != each.total for each, sums in zip(proposals, theirs, strict=True))
    table(
        f"{PROPOSALS} proposals × {RECIPIENTS} recipients, best of {REPEATS}",
        ["by", "seconds of the processor", "a second", "proposals whose sum is off"],
        [
            ["Överens, exact", f"{took:.2f}", f"{PROPOSALS / took:.0f}",
             sum(sum(outcome.sums.values()) != outcome.proposal.total for outcome in ours)],
            ["pandas, floats", f"{took_pandas:.2f}", f"{PROPOSALS / took_pandas:.0f}", off],
        ],
    )  # fmt: skip
    print(
        f"\npandas takes {took_pandas / took:.1f} times as long; {differing} of {PROPOSALS * RECIPIENTS} sums differ."
    )
    _, compared = timed(lambda: compare(ours[:5], tables))
    print(f"Five of them compared, with every reason: {1000 * compared:.0f} ms.")


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    best, made = float("inf"), None
    for _ in range(REPEATS):
        started = time.process_time()
        made = work()
        best = min(best, time.process_time() - started)
    return made, best


def codes() -> list[str]:
    from overens.rules.statistics import units

    return sorted(units.codes("region") | units.codes("municipality"))


def people() -> StatisticsTable:
    """Made up, uneven as real ones are: from some thousands to some millions."""
    from overens.rules.statistics.table import Cell, StatisticsTable, columns_of

    values = {Cell(code, TIME): 2_400 + (n * n * 7_919) % 97_003 * (1 + n % 23) for n, code in enumerate(codes())}
    return StatisticsTable("people", "", "", "persons", "municipality", "made up", columns_of(values))


def proposal(n: int) -> Proposal:
    from overens.rules.proposals.proposal import Proposal

    bounds = {"least": 150_000, "most": 20_000_000 + 1_000 * n} if n % BOUNDED == 0 else {}
    return Proposal.model_validate(
        {
            "format": 1,
            "kind": "proposal",
            "id": f"p{n}",
            "title": f"Proposal {n}",
            "period": {"from": "2020-01-01", "to": "2020-12-31"},
            "recipients": "municipalities-and-regions",
            "basis": ({"id": "people", "table": "people", "time": TIME},),
            "pot": (
                {"id": "a", "amount": 1_000_000_000 + 1_234_567 * n, "key": "population-share", "basis": "people",
                 **bounds},
                {"id": "b", "amount": 400_000_000 + n, "key": "fixed-plus-population", "fixed": 100_000 + n,
                 "basis": "people"},
            ),
        },
        strict=False,
    )  # fmt: skip


def frame(people: StatisticsTable) -> pd.Series:
    import pandas as pd

    return pd.Series({cell.unit: value for cell, value in people.values.items()}, dtype="float64").sort_index()


def by_pandas(proposal: Proposal, weights: pd.Series) -> pd.Series:
    return sum(_rounded(_shares(pot, weights), pot.amount) for pot in proposal.pots)  # type: ignore[return-value]


def _shares(pot: Any, weights: pd.Series) -> pd.Series:
    fixed = pot.fixed or 0
    shares = fixed + (pot.amount - fixed * len(weights)) * weights / weights.sum()
    if pot.least is None:
        return shares
    held = shares * 0 != 0
    while True:
        over, under = ~held & (shares > pot.most), ~held & (shares < pot.least)
        if not (over.any() or under.any()):
            return shares
        excess, lack = (shares[over] - pot.most).sum(), (pot.least - shares[under]).sum()
        now = over if excess > lack else under
        shares[now] = shares[now].clip(pot.least, pot.most)
        held |= now
        free = weights[~held]
        shares[~held] = (pot.amount - shares[held].sum()) * free / free.sum()


def _rounded(shares: pd.Series, amount: int) -> pd.Series:
    whole = shares.astype("int64")
    left = amount - int(whole.sum())
    whole[(shares - whole).sort_values(ascending=False, kind="stable").index[:left]] += 1
    return whole


if __name__ == "__main__":
    main()
