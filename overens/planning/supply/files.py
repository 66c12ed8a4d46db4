# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A projection as bytes and as files, to be kept and read again: the same projection is always the same bytes.

What the files hold, column by column: docs/supply.md, "The files".
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from overens.planning.supply.outcome import BOUND, BOUNDS, FLOWS, POSTS, STOCKS, Outcome
from overens.planning.supply.pricing import PARTS, Costs
from overens.planning.supply.problem import AGES, SEXES, YOUNGEST, Occupation
from overens.planning.supply.projection import Band, ByRun, Facts, Projection, Trained, band, chosen
from overens.rules.findings import Finding, refuse, word, wording

if TYPE_CHECKING:
    import polars as pl

FORMAT = 2
TABLES = ("persons", "flows", "posts", "pyramid", "runs")
# All that :func:`write` makes in a folder.
NAMES = (*(f"{table}.parquet" for table in TABLES), "projection.json")
# How many years from the start the key results are of, and the last.
KEY_YEARS = (0, 5, 10, 20)


def pack(projection: Projection) -> bytes:
    """All of it, compressed; what is expected in single precision."""
    arrays = {"need": projection.need}
    arrays |= {f"expected.{each.name}": getattr(projection.expected, each.name) for each in fields(Outcome)}
    arrays |= {f"by_run.{each.name}": getattr(projection.by_run, each.name) for each in fields(ByRun)}
    facts = json.dumps({"format": FORMAT, **asdict(projection.facts)}, ensure_ascii=False, sort_keys=True)
    file = io.BytesIO()
    np.savez_compressed(
        file,
        allow_pickle=False,
        facts=np.frombuffer(facts.encode(), np.uint8),
        **{name: array.astype(np.float32) for name, array in arrays.items()},
    )
    return file.getvalue()


def unpack(content: bytes) -> Projection:
    """What :func:`pack` made. Raises ValueError when it was made in another format."""
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        facts = json.loads(arrays["facts"].tobytes())
        if facts.pop("format") != FORMAT:
            raise ValueError("packed in another format than this version reads")
        return Projection(
            facts=_facts(facts),
            expected=Outcome(**{each.name: arrays[f"expected.{each.name}"].astype(float) for each in fields(Outcome)}),
            need=arrays["need"].astype(float),
            by_run=ByRun(**{each.name: arrays[f"by_run.{each.name}"] for each in fields(ByRun)}),
        )


def write(projection: Projection, folder: Path) -> None:
    """The tables as Parquet and the facts with the key results as JSON, into a folder that is there.

    Files of these names are replaced. Raises Refused (``supply-no-planning``) without the extra that writes; OSError.
    """
    if find_spec("polars") is None:
        refuse("supply-no-planning")
    for table, made in zip(TABLES, (_persons, _flows, _posts, _pyramid, _runs), strict=True):
        _write(made(projection), folder / f"{table}.parquet", projection.facts.synthetic)
    text = json.dumps(as_values(projection), ensure_ascii=False, indent=2, sort_keys=True)
    (folder / "projection.json").write_text(text + "\n", encoding="utf-8")


def write_costs(costs: Costs, folder: Path, *, synthetic: bool) -> None:
    """What the measures cost as ``costs.parquet``: whole kronor by measure, region, year and what they are for.

    ``synthetic``: as the facts of the projection say.
    """
    axes = {
        "measure": tuple(each.id for each in costs.measures),
        "year": tuple(range(costs.year, costs.year + costs.kronor.shape[1])),
        "region": costs.regions,
    }
    parts = {name: costs.kronor[..., at] for at, name in enumerate(PARTS)}
    table = _table(axes, {"begun": costs.begun, **parts, "kronor": costs.kronor.sum(-1)})
    _write(table, folder / "costs.parquet", synthetic)


def _write(table: pl.DataFrame, path: Path, synthetic: bool) -> None:
    """With the mark of made-up data in what the file says of itself, since a table is passed on alone."""
    metadata = {"synthetic": "true", "note": word("supply-synthetic", "sv")} if synthetic else {"synthetic": "false"}
    table.write_parquet(path, compression="zstd", statistics=False, metadata=metadata)


def as_values(projection: Projection) -> dict[str, Any]:
    """The facts, and for all occupations together and each alone the hours there are, needed and missing."""
    facts = projection.facts
    last = facts.years
    years = sorted({min(year, last) for year in (*KEY_YEARS, last)})
    rows: list[tuple[str | None, tuple[int, ...] | None]] = [
        (None, None), *((each.code, (at,)) for at, each in enumerate(facts.occupations))
    ]  # fmt: skip
    return {
        "format": FORMAT,
        **asdict(facts),
        "findings": [_said(each) for each in facts.findings],
        "key_results": [
            {"occupation": code, "year": facts.year + year, **_key_result(projection, chosen_rows, year)}
            for code, chosen_rows in rows
            for year in years
        ],
    }


def _said(finding: Finding) -> dict[str, Any]:
    words = {"wording": wording(finding), "wording_en": wording(finding, "en")}
    return {"code": finding.code, "level": finding.level, "values": finding.values, **words}


def _key_result(projection: Projection, rows: tuple[int, ...] | None, year: int) -> dict[str, Any]:
    hours = chosen(projection.at_turns(projection.expected.hours)[year], rows)
    need = chosen(projection.at_turns(projection.need)[year], rows)
    runs = projection.by_run
    result: dict[str, Any] = {"hours": float(hours), "need": float(need), "missing": float(need - hours)}
    if not len(runs.hours):
        return result
    there, needed = chosen(runs.hours[:, year], rows), chosen(runs.need[:, year], rows)
    for name, values in (("hours", there), ("need", needed), ("missing", needed - there)):
        found = band(values)
        result[f"{name}_interval"] = [float(found.low), float(found.middle), float(found.high)]
    return result


# The tables. Each has a row for every combination of its axes, in their order.


def _persons(projection: Projection) -> pl.DataFrame:
    expected = projection.at_turns(projection.expected.stocks)
    columns: dict[str, NDArray[Any]] = {name: expected[..., at] for at, name in enumerate(STOCKS)}
    columns |= {
        "hours": projection.at_turns(projection.expected.hours),
        "need": projection.at_turns(projection.need),
    }
    runs = projection.by_run
    for name, values in (("working", runs.working), ("hours", runs.hours), ("missing", runs.need - runs.hours)):
        columns |= _interval(name, values)
    return _table({"year": projection.years, **_where(projection)}, columns)


def _flows(projection: Projection) -> pl.DataFrame:
    expected = projection.by_year(projection.expected.flows)
    columns = {name: expected[..., at] for at, name in enumerate(FLOWS)}
    for name in ("specialised", "retired", "examined"):
        columns |= _interval(name, getattr(projection.by_run, name))
    return _table({"year": projection.years[:-1], **_where(projection)}, columns)


def _posts(projection: Projection) -> pl.DataFrame:
    """By period, since what bound is of a period; the intervals of a year stand at its first period."""
    facts, expected = projection.facts, projection.expected.posts
    periods = np.arange(len(expected)) / facts.steps + facts.year
    columns = {name: expected[..., at] for at, name in enumerate(POSTS) if at != BOUND}
    table = _table(
        {
            "time": tuple(periods.tolist()),
            "programme": tuple(each.code for each in facts.programmes),
            "region": facts.regions,
        },
        columns,
    )
    import polars as pl

    bound = expected[..., BOUND].astype(np.uint32).ravel()
    table = table.with_columns(pl.Series("bound", bound).cat.to(pl.Enum(BOUNDS)))
    for name in ("started", "completed"):
        for column, values in _interval(name, getattr(projection.by_run, name)).items():
            each_period = np.full(expected.shape[:-1], np.nan)
            each_period[:: facts.steps] = values
            table = table.with_columns(pl.Series(column, each_period.ravel()).fill_nan(None))
    return table


def _pyramid(projection: Projection) -> pl.DataFrame:
    axes = {"year": projection.years, **_where(projection), "sex": SEXES, "age": tuple(_ages())}
    return _table(axes, {"persons": projection.at_turns(projection.expected.pyramid)})


def _runs(projection: Projection) -> pl.DataFrame:
    """What is of a year is null at the last turn, after which none passes."""
    runs = projection.by_run
    columns: dict[str, NDArray[Any]] = {"hours": runs.hours, "need": runs.need, "working": runs.working}
    for name in ("specialised", "retired", "examined"):
        flow = getattr(runs, name)
        after = np.full((len(flow), 1, *flow.shape[2:]), np.nan, np.float32)
        columns[name] = np.concatenate([flow, after], axis=1)
    axes = {"run": tuple(range(len(runs.hours))), "year": projection.years, **_where(projection)}
    return _table(axes, columns)


def _where(projection: Projection) -> dict[str, tuple[str, ...]]:
    facts = projection.facts
    return {"occupation": tuple(each.code for each in facts.occupations), "region": facts.regions}


def _ages() -> range:
    return range(YOUNGEST, YOUNGEST + AGES)


def _interval(name: str, by_run: NDArray[Any]) -> dict[str, NDArray[Any]]:
    if not len(by_run):
        return {}
    found: Band = band(by_run)
    return {f"{name}_{part}": getattr(found, part) for part in ("low", "middle", "high")}


def _table(axes: Mapping[str, tuple[Any, ...]], columns: Mapping[str, NDArray[Any]]) -> pl.DataFrame:
    """A row for each cell. axes: the values along each, by name; columns: arrays over them, NaN where there is none."""
    import polars as pl

    shape = tuple(len(values) for values in axes.values())
    made = []
    for at, (name, values) in enumerate(axes.items()):
        along = [1] * len(shape)
        along[at] = -1
        where = np.broadcast_to(np.arange(shape[at], dtype=np.uint32).reshape(along), shape).ravel()
        if isinstance(values[0] if values else 0, str):
            made.append(pl.Series(name, where).cat.to(pl.Enum(values)))
        else:
            made.append(pl.Series(name, np.asarray(values)[where]))
    for name, array in columns.items():
        flat = pl.Series(name, array.ravel())
        made.append(flat.fill_nan(None) if flat.dtype.is_float() else flat)
    return pl.DataFrame(made)


def _facts(values: dict[str, Any]) -> Facts:
    return Facts(
        **{
            **values,
            "regions": tuple(values["regions"]),
            "occupations": tuple(Occupation(**{**each, "aid": tuple(each["aid"])}) for each in values["occupations"]),
            "programmes": tuple(Trained(**each) for each in values["programmes"]),
            "educations": tuple(Trained(**each) for each in values["educations"]),
            "findings": tuple(
                Finding(**{name: each[name] for name in ("code", "level", "values")}) for each in values["findings"]
            ),
        }
    )
