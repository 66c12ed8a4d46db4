# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How long the largest population table takes: 312 areas by 102 ages, two sexes and 57 years as json-stat2, some
3.6 million values made up so that they add up, and the same with half the years. Beside ours: json.loads alone, and the
obvious pandas version (every cell a row with its codes, made with a product of the axes).

Seconds are of the processor; memory is the most that a process of its own had.
"""

from __future__ import annotations

import json
import random
import resource
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import pandas as pd

from bench.ground import database, table

YEARS = range(1968, 2025)
SHARES = (1, 2)
TIMES = 3


def made(years: range) -> bytes:
    """A reply in which ages add up to the whole, municipalities to counties, and counties to the country."""
    from overens.rules.statistics.units import names

    drawn = random.Random(1)
    units = list(names())
    ages = [*(str(age) for age in range(100)), "100+"]
    inside = {unit: [at for at, each in enumerate(units) if len(each) == 4 and each[:2] == unit] for unit in units}
    counties = [at for at, unit in enumerate(units) if len(unit) == 2 and unit != "00"]
    columns = 2 * len(years)
    values = [[[0] * columns for _ in range(len(ages) + 1)] for _ in units]
    for at, unit in enumerate(units):
        if len(unit) == 4:
            values[at][:-1] = [[drawn.randint(0, 3000) for _ in range(columns)] for _ in ages]
    for at, parts in [*((at, inside[units[at]]) for at in counties), (units.index("00"), counties)]:
        values[at][:-1] = [
            [sum(values[part][age][column] for part in parts) for column in range(columns)] for age in range(len(ages))
        ]
    for each in values:
        each[-1] = [sum(column) for column in zip(*each[:-1], strict=True)]
    axes = {"Region": units, "Alder": [*ages, "tot"], "Kon": ["1", "2"], "Tid": [str(year) for year in years]}
    reply = {
        "version": "2.0", "class": "dataset", "label": "Folkmängd efter region, ålder, kön och år", "source": "SCB",
        "id": list(axes), "size": [len(codes) for codes in axes.values()],
        "role": {"geo": ["Region"], "time": ["Tid"]},
        "dimension": {
            id: {"label": id, "category": {"index": {code: at for at, code in enumerate(codes)}}}
            for id, codes in axes.items()
        },
        "extension": {"px": {"tableid": "TAB638"}},
        "value": [value for unit in values for age in unit for value in age],
    }  # fmt: skip
    return json.dumps(reply).encode()


def by_json(content: bytes) -> int:
    return len(json.loads(content)["value"])


def by_pandas(content: bytes) -> int:
    reply = json.loads(content)
    axes = [list(reply["dimension"][id]["category"]["index"]) for id in reply["id"]]
    frame = pd.MultiIndex.from_product(axes, names=reply["id"]).to_frame(index=False)
    frame["value"] = reply["value"]
    return len(frame)


def by_ours(content: bytes) -> int:
    from overens.exchange.statistics import jsonstat
    from overens.rules.statistics.asked import Asked

    return len(jsonstat.read([content], Asked(measure="persons")).table.values)


def by_ours_checked(content: bytes) -> int:
    from overens.exchange.statistics import jsonstat
    from overens.rules.statistics.asked import Asked
    from overens.rules.statistics.checks import check

    asked = Asked(measure="persons")
    found = jsonstat.read([content], asked)
    assert not check(found.table, asked)
    return len(found.table.values)


WAYS: dict[str, Callable[[bytes], int]] = {
    "json.loads": by_json,
    "pandas": by_pandas,
    "read": by_ours,
    "read and checked": by_ours_checked,
}


def alone(way: str, content: bytes) -> tuple[float, float, int]:
    """Seconds of the processor, MiB above what there was before, and how many values; in a process of its own."""
    work = WAYS[way]
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, used()
    count = work(content)
    return used() - began, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, count


def used() -> float:
    found = resource.getrusage(resource.RUSAGE_SELF)
    return found.ru_utime + found.ru_stime


def main() -> None:
    rows: list[list[Any]] = []
    contents = {share: made(YEARS[::share]) for share in SHARES}
    for _share, content in sorted(contents.items(), reverse=True):
        measured = {}
        for way in WAYS:
            runs = []
            for _ in range(TIMES):
                with ProcessPoolExecutor(1, get_context("spawn")) as pool:
                    runs.append(pool.submit(alone, way, content).result())
            measured[way] = min(runs)
        for way, (seconds, memory, count) in measured.items():
            ratio = seconds / measured["json.loads"][0]
            rows.append(
                [
                    f"{count:,}",
                    f"{len(content) / 1e6:.0f} MB",
                    way,
                    f"{seconds:.2f} s",
                    f"{ratio:.1f}",
                    f"{memory:.0f} MiB",
                ]
            )
    table("Reading a population table", ("values", "file", "way", "seconds", "× json.loads", "memory"), rows)
    kept(contents)


def kept(contents: dict[int, bytes]) -> None:
    """The whole way into the database: received, derived anew, read back."""
    with database():
        from overens.demo import people
        from overens.people import shipped
        from overens.rules.process import Role
        from overens.rules.statistics.asked import Asked
        from overens.statistics import actions, reading, verifying
        from overens.statistics.fetching import Question

        shipped.load_organisations()
        people.load_people()
        analyst = people.person("SOS", Role.ANALYST)
        question = Question("jsonstat", (), "", Asked(measure="persons"))
        rows = []
        for _share, content in sorted(contents.items(), reverse=True):
            began = used()
            stored = actions.receive(question, [("", content)], analyst, name="population.json")
            received = used() - began
            began = used()
            assert verifying.differing(stored) is None
            verified = used() - began
            actions.approve(stored.code, analyst)
            began = used()
            count = len(reading.table(stored.code).values)
            whole = used() - began
            began = used()
            reading.table(stored.code, times=[str(YEARS[0])]).column(str(YEARS[0]))
            one = used() - began
            rows.append([f"{count:,}", f"{received:.1f} s", f"{verified:.1f} s", f"{whole:.2f} s", f"{one:.2f} s"])
    table("Kept", ("values", "received", "verified", "read back", "one year read back"), rows)


if __name__ == "__main__":
    sys.exit(main())
