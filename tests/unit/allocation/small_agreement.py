# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small agreement for tests, written as a file and read like any other."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from overens.rules.agreement import Agreement
from overens.rules.reading import read


def small(*args: Any, **kwargs: Any) -> Agreement:
    agreement, findings = read(small_text(*args, **kwargs))
    assert agreement is not None, findings
    return agreement


def small_text(
    pots: Mapping[str, Mapping[str, Any]],
    weights: Mapping[str, int | str],
    rounding: str = "largest-remainder",
    row_sum: str = "sum-of-parts",
    conditions: Sequence[Mapping[str, Any]] = (),
    printed_date: str = '"not stated"',
    annex: str = "",
) -> str:
    """One line with these pots, all shared among recipients of these weights and under these conditions."""
    amounts = [pot["amount"] for pot in pots.values()]
    whole = "not stated" if "not stated" in amounts else sum(amounts)
    recipients = [{"code": code, "name": f"Län {code}", "weight": weight} for code, weight in weights.items()]
    condition_tables = (
        table("[[condition]]", id=f"c{number}", pots=list(pots), text="Villkor", **condition)
        for number, condition in enumerate(conditions)
    )
    return "\n".join(
        [
            table("", format=1, id="small", title="En liten överenskommelse", total=whole),
            "[period]\nfrom = 2020-01-01\nto = 2020-12-31",
            table("[allocation]", rounding=rounding, row_sum=row_sum),
            f'[population]\nseries = "scb-2018-12-31"\nprinted_date = {printed_date}',
            table("[[group]]", id="all", title="Alla", recipients=recipients),
            table("[[line]]", id="line", title="Raden", amount=whole, recipients="all"),
            *(table("[[pot]]", id=id, title=id, line="line", recipients="all", **pot) for id, pot in pots.items()),
            *condition_tables,
            annex,
        ]
    )


def table(head: str, **values: Any) -> str:
    return "\n".join([head, *(f"{key} = {toml(value)}" for key, value in values.items())])


def toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
