# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How well waiting lists are forecast: the last six months of each list of a speciality in Ireland, of which it
has seen nothing, by months ahead, against the same month a year before and the last known month; how often the
intervals hold; and seconds of the processor for a series of months and for one of weeks.

Errors are mean absolute, divided by the mean absolute change from a year before in the months that were known (MASE).
Which models there are and how they are chosen was decided with these lists in view, so that new ones may do worse.

    python -m bench.waiting
"""

from __future__ import annotations

import time
from collections import Counter

import numpy as np

from bench.ground import table
from overens.planning.production import forecast, waiting
from overens.planning.production.reading import find, read

# Smaller lists come and go; they are told apart from the rest.
SMALL = 50


def main() -> None:
    lists = waiting.by_speciality(waiting.ireland())
    months = max(len(each.dates) for each in lists)
    large, small, spent = [], [], []
    for each in lists:
        started = time.process_time()
        if (found := waiting.held_back(each)) is not None:
            whole_row = len(each.dates) == months and each.totals.min() >= SMALL
            (large if whole_row else small).append(found)
            spent.append(time.process_time() - started)
    by_horizon("lists of all months with at least 50 waiting", large)
    by_horizon("smaller ones and those with months missing", small)
    whole = waiting.held_back(waiting.together(lists))
    assert whole is not None
    by_horizon("the country", [whole])
    weekly()
    table(
        "Seconds of the processor for a list: six models scored at two origins, and the forecast",
        ["lists", "mean", "longest"],
        [[str(len(spent)), f"{np.mean(spent):.2f}", f"{max(spent):.2f}"]],
    )


def by_horizon(title: str, held: list[waiting.Held]) -> None:
    months = range(waiting.HELD_BACK)
    rows = []
    for name in ("forecast", "seasonal-naive", "naive"):
        errors = np.array([each.mase(_said(each, name)) for each in held])
        rows.append([name, *(f"{np.nanmean(errors[:, at]):.2f}" for at in months), f"{np.nanmean(errors):.2f}"])
    for name, low, high in (("95 %", "low", "high"), ("80 %", "inner_low", "inner_high")):
        inside = np.array(
            [(getattr(each.forecast, low) <= each.true) & (each.true <= getattr(each.forecast, high)) for each in held]
        )
        held_by = [100 * inside[:, at].mean() for at in months]
        rows.append([f"within {name}", *(f"{each:.0f} %" for each in held_by), f"{100 * inside.mean():.0f} %"])
    better = np.mean([np.nanmean(e.mase(e.forecast.mean)) < np.nanmean(e.mase(e.seasonal)) for e in held])
    models = ", ".join(f"{name} {count}" for name, count in Counter(each.forecast.model for each in held).most_common())
    heads = ["error by months ahead (MASE)", *(str(at + 1) for at in months), "all"]
    table(f"{len(held)} series, {title}. Better than seasonal-naive: {100 * better:.0f} %. Used: {models}", heads, rows)


def _said(held: waiting.Held, name: str) -> np.ndarray:
    return {"forecast": held.forecast.mean, "seasonal-naive": held.seasonal, "naive": held.naive}[name]


def weekly() -> None:
    """The made-up referrals of the example: scored as the forecast itself does it, on two half-years held back."""
    given, _ = read(find("exempel"))
    assert given is not None
    rows = []
    for service, history in given.referrals.items():
        started = time.process_time()
        told = forecast.forecast(history, given.problem.first_week, given.problem.weeks)
        spent = time.process_time() - started
        scores = {each.model: each for each in told.scores}
        used = scores[told.model]
        errors = [f"{each.mase:.2f}" for each in (used, scores["seasonal-naive"], scores["naive"])]
        shares = [f"{100 * each:.0f} %" for each in (used.inner, used.outer)]
        rows.append([service, told.model, *errors, *shares, f"{spent:.2f}"])
    heads = ["service", "used", "MASE", "seasonal-naive", "naive", "within 80 %", "within 95 %", "s"]
    table("Weekly referrals (made up), as scored when the model was chosen", heads, rows)


if __name__ == "__main__":
    main()
