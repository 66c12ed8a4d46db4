# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables of staff as whole persons: sentences of tests/cases/planning_import, and what holds whatever the table."""

from __future__ import annotations

import csv
import io
import random
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overens.exchange import sheets
from overens.exchange.statistics import grids
from overens.planning.supply import reference
from overens.planning.supply.importing import comparing, laying, suggesting, taking, template, words
from overens.planning.supply.importing.counts import Place, as_values, from_values, persons
from overens.planning.supply.importing.mapping import TableMapping, as_text, read
from overens.planning.supply.importing.spreading import spread
from overens.planning.supply.importing.taking import Taken
from overens.planning.supply.problem import AGES
from overens.rules.findings import Finding, wording

CASES = Path(__file__).parents[2] / "cases" / "planning_import"
SENTENCES = [
    pytest.param(case, id=case["says"])
    for file in sorted(CASES.glob("*.toml"))
    for case in tomllib.loads(file.read_text())["case"]
]
SHAPE = laying.shape(reference.data())


def taken(content: bytes, own: str = "03", **said: Any) -> tuple[Taken, tuple[Finding, ...], TableMapping]:
    """As it is read when nothing is said of it but this."""
    grid, findings = grids.read(content)
    if grid is None:
        return Taken(None, findings), findings, TableMapping()
    mapping = suggesting.suggested(grid, SHAPE)
    mapping = mapping.model_copy(
        update={"occupations": {**mapping.occupations, **said.pop("occupations", {})}}
        | {"region": own, "year": 2025, "sector": "region"} | said
    )  # fmt: skip
    found = taking.take(grid, mapping, SHAPE, own=own)
    odd = comparing.check(found.counts, SHAPE, None, own=own) if found.counts else ()
    return found, (*findings, *found.findings, *odd), mapping


@pytest.mark.parametrize("case", SENTENCES)
def test_sentence(case: dict[str, Any]) -> None:
    content = bytes.fromhex(case["hex"]) if "hex" in case else case["file"].encode(case.get("encoding", "utf-8"))
    found, findings, _mapping = taken(content, case.get("own", "03"), **case.get("said", {}))
    codes = {each.code: each for each in findings}
    for code in case.get("findings", ()):
        assert code in codes, sorted(codes)
    for each in findings:
        for language in ("sv", "en"):
            assert "{" not in wording(each, language)
            assert wording(each, language) != each.code
    if "at" in case:
        where = codes[case["findings"][0]].where
        assert where is not None
        assert f"{where.line} {where.key}" == case["at"]
    assert (None if found.counts is None else persons(found.counts)) == case.get("persons")
    if "women" in case:
        assert found.counts is not None
        assert sum(int(each[0].sum()) for each in found.counts.values()) == case["women"]


@given(st.integers(0, 10_000), st.lists(st.floats(0, 1e6), min_size=1, max_size=40))
def test_what_is_spread_sums_to_its_whole(total: int, weights: list[float]) -> None:
    found = spread(total, np.array(weights))
    assert found.sum() == total
    assert (found >= 0).all()
    if sum(weights):
        assert np.abs(found - total * np.array(weights) / sum(weights)).max() < 1 + 1e-6


ROW = st.tuples(
    st.sampled_from(["nurse", "midwife", "assistant-nurse"]),
    st.sampled_from(["k", "m"]),
    st.sampled_from(["20-29", "30-44", "45-59", "60+"]),
    st.integers(0, 500),
)


@settings(max_examples=30)
@given(st.lists(ROW, min_size=1, max_size=20, unique_by=lambda row: row[:3]), st.randoms(use_true_random=False))
def test_spans_sum_to_their_total_in_whatever_order_they_come(rows: list[Any], shuffled: random.Random) -> None:
    first, _findings, _mapping = taken(_table(rows))
    shuffled.shuffle(rows)
    second, _findings, _mapping = taken(_table(rows))
    total = sum(row[3] for row in rows)
    if not total:
        return
    assert first.counts is not None
    assert second.counts is not None
    assert persons(first.counts) == total
    assert as_values(first.counts) == as_values(second.counts)
    for occupation, sex, ages, number in rows:
        span = words.span(ages).within  # type: ignore[union-attr]
        assert span is not None
        cell = first.counts[Place(occupation, "03", 2025, "region")]
        assert cell["km".index(sex), span.first - 16 : span.last - 15].sum() == number


def _table(rows: list[Any]) -> bytes:
    return "\n".join(["Yrke;Kön;Ålder;Antal", *(";".join(map(str, row)) for row in rows)]).encode()


@settings(max_examples=10)
@given(
    st.dictionaries(
        st.tuples(*map(st.sampled_from, (["nurse", "midwife"], ["01", "03"], [2024, 2025], ["region", "private"]))),
        st.lists(st.integers(0, 40), min_size=8, max_size=8), min_size=1, max_size=4,
    ),
    st.booleans(),
)  # fmt: skip
def test_what_is_exported_is_read_again_as_it_was(held: dict[Any, list[int]], excel: bool) -> None:
    counts = {}
    for place, numbers in held.items():
        counts[Place(*place)] = np.zeros((2, AGES), dtype=np.int64)
        counts[Place(*place)][:, 20:24] = np.array(numbers).reshape(2, 4)
    rows = [template.HEADS, *template.rows(counts, {})]
    found, findings, _mapping = taken(sheets.workbook([("Tabell", rows)]) if excel else _csv(rows), "")
    if persons(counts):
        assert found.counts is not None, [wording(each) for each in findings]
        assert as_values(found.counts) == as_values(counts)
        assert as_values(from_values(as_values(counts))) == as_values(counts)


def _csv(rows: Any) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def test_the_template_is_read_without_anybody_saying_how() -> None:
    heads, *rows = ([*row] for row in template.blank(SHAPE.occupations))
    for row in rows:
        row[3:] = [1] * (len(row) - 3)
    found, findings, _mapping = taken(_csv([heads, *rows]))
    assert found.counts is not None, [wording(each) for each in findings]
    assert persons(found.counts) == len(rows) * (len(heads) - 3)


def test_a_mapping_is_kept_as_text() -> None:
    _found, _findings, mapping = taken(_table([("nurse", "k", "20-29", 1)]))
    assert read(as_text(mapping)) == (mapping, ())
    assert read("{")[1][0].code == "staff-mapping-json"
    assert read('{"column": [{"head": 1}]}')[1][0].code == "staff-mapping-key"


@pytest.mark.parametrize("sector", ["region", ""])
def test_what_a_table_has_takes_the_place_of_what_is_made_up(sector: str) -> None:
    data = reference.data()
    found, _findings, _mapping = taken(_table([("midwife", "k", "20-29", 700)]), sector=sector)
    assert found.counts is not None
    laid = laying.laid(data, found.counts, code="egen", title="Egen")
    at = [each.code for each in data.occupations].index("midwife"), data.regions.index("03")
    others = ~np.isin(np.arange(data.counts.shape[0]), at[0])
    assert (laid.counts[others] == data.counts[others]).all()
    assert laid.synthetic[others].all()
    covered = not sector or not data.sectors[*at, 1:].any()
    assert laid.synthetic[at] != covered
    if covered:
        assert laid.counts[at].sum() == 700
    assert laid.sectors.sum(-1) == pytest.approx(1)
    assert (laid.sectors[:, 0] == data.sectors[:, 0]).all()  # of another region


def test_a_column_that_is_named_as_full_time_equivalents_is_not_taken_as_persons_without_a_word() -> None:
    file = b"Yrke;K\xc3\xb6n;\xc3\x85lder;\xc3\x85rsarbetare\nBarnmorska;k;30-34;5\n"
    grid, _findings = grids.read(file)
    assert grid is not None
    mapping = suggesting.suggested(grid, SHAPE)
    columns = tuple(
        each.model_copy(update={"role": "persons"}) if each.role == "full-time" else each for each in mapping.columns
    )
    mapping = mapping.model_copy(update={"columns": columns, "region": "03", "year": 2025, "sector": "region"})
    found = taking.take(grid, mapping, SHAPE, own="03")
    assert "staff-persons-head" in {each.code for each in found.findings}


@pytest.mark.parametrize(("share", "odd"), [(0.85, True), (1.0, False), (1.1, False), (0.4, False)])
def test_fewer_of_nearly_everybody_is_perhaps_full_time_equivalents(share: float, odd: bool) -> None:
    def counted(share: float) -> dict[Place, Any]:
        return {
            Place(each.code, "03", 2025, "region"): np.full((2, AGES), round(100 * share)) for each in SHAPE.occupations
        }

    findings = comparing.check(counted(share), SHAPE, counted(1), own="03")
    codes = {each.code for each in findings}
    assert ("staff-like-full-time" in codes) == odd
    for each in findings:
        assert "{" not in wording(each, "sv")
