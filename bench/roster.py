# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How good the rosters are that are found in a time, on instances of Curtois and Qu and on the example ward: what they
cost by the judge, how far from the best known, and how far from our own bound; beside it, with ``--peer``, the whole
problem as one model for CP-SAT, with as many seconds on as many cores.

The instances are not shipped: ``--folder`` says where they lie, with ``best_known.csv``. Each row is kept in a file of
lines of JSON as soon as it is measured, so that the instances can be run in several sittings; the table is of all that
is kept.

    python -m bench.roster --folder DIR --seconds 60 --instances 1,2,ward [--peer] [--kept FILE]
    python -m bench.roster --show
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import time
from pathlib import Path

from bench.ground import table
from overens.planning.roster import benchmark, building, optimum, reading
from overens.planning.roster.answer import Answer, Progress
from overens.planning.roster.judged import judge
from overens.planning.roster.rules import Case, of_instance

FOLDER = os.environ.get("OVERENS_ROSTERING", "rostering")
# What was measured, so that it can be measured in several sittings.
ROWS = Path(__file__).parent / "rows" / "roster.jsonl"
WARD = "ward"
OURS, PEER = "överens", "CP-SAT"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, default=Path(FOLDER))
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--instances", default=WARD)
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--kept", type=Path, default=ROWS)
    wanted = parser.parse_args()
    for name in () if wanted.show else wanted.instances.split(","):
        for who in (PEER,) if wanted.peer else (OURS,):
            row = measured(wanted.folder, name, who, wanted.seconds, wanted.seed)
            with wanted.kept.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
    show([json.loads(line) for line in wanted.kept.read_text("utf-8").splitlines()] if wanted.kept.exists() else [])


def case_of(folder: Path, name: str) -> Case:
    if name == WARD:
        roster, findings = reading.read(reading.find("exempel"))
        assert roster is not None, findings
        return building.case(roster)
    instance, findings = benchmark.read(folder / f"Instance{name}.txt")
    assert instance is not None, findings
    return of_instance(instance)


def best_known(folder: Path, name: str) -> int | None:
    if name == WARD:
        return None
    with (folder / "best_known.csv").open(encoding="utf-8") as file:
        return next(int(row["best_known"]) for row in csv.DictReader(file) if row["instance"] == name)


def measured(folder: Path, name: str, who: str, seconds: float, seed: int) -> dict[str, object]:
    case = case_of(folder, name)
    first: list[float] = []

    def told(progress: Progress) -> None:
        if progress.objective is not None and not first:
            first.append(progress.seconds)

    processor = time.process_time()
    answer = _answered(case, who, seconds, seed, told)
    judged = None if answer.roster is None else judge(case, answer.roster)
    assert judged is None or (judged.feasible and judged.objective == answer.objective)
    return {
        "instance": name, "who": who, "of": seconds, "seed": seed, "objective": answer.objective,
        "bound": answer.lower_bound, "best": best_known(folder, name), "seconds": round(answer.seconds, 1),
        "processor": round(time.process_time() - processor, 1), "first": round(first[0], 1) if first else None,
    }  # fmt: skip


def _answered(case: Case, who: str, seconds: float, seed: int, told: object) -> Answer:
    if who == OURS:
        return optimum.solve(case, seconds, seed, progress=told)  # type: ignore[arg-type]
    from overens.planning.roster import plain

    return plain.solve(case, seconds, seed, progress=told)


def show(rows: list[dict[str, object]]) -> None:
    """The last of each instance, way and time."""
    rows = list({(row["instance"], row["who"], row["of"]): row for row in rows}.values())
    rows.sort(key=lambda row: (str(row["instance"]).zfill(4), str(row["who"]), float(str(row["of"]))))
    head = [
        "instance",
        "by",
        "s given",
        "objective",
        "best known",
        "gap, %",
        "bound",
        "its gap, %",
        "first, s",
        "s",
        "cpu, s",
    ]
    cells = [
        [
            row["instance"], row["who"], row["of"], row["objective"] or "none", row["best"] or "",
            gap(row["objective"], row["best"]), row["bound"], gap(row["objective"], row["bound"]), row["first"],
            row["seconds"], row["processor"],
        ]
        for row in rows
    ]  # fmt: skip
    table("Rosters: what they cost, and how far that is from the best known and from the bound", head, cells)


def gap(objective: object, against: object) -> str:
    if not isinstance(objective, int) or not isinstance(against, int) or not against:
        return ""
    return f"{100 * (objective - against) / against:.2f}"


if __name__ == "__main__":
    main()
