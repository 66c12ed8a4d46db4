# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is said of good and of bad replies: the sentences of tests/cases/statistics, and what holds of any reply."""

from __future__ import annotations

import json
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.exchange import statistics
from overens.rules.findings import Finding, Refused, wording
from overens.rules.statistics.asked import Asked
from overens.rules.statistics.checks import check
from overens.rules.statistics.table import Cell
from tests.unit.statistics.made import as_bytes, data, jsonstat, scb

CASES = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "statistics" / "replies.toml").read_text(encoding="utf-8")
)["case"]


def content_of(case: dict[str, Any]) -> bytes:
    if "text" in case:
        return str(case["text"]).encode()
    if "repeat" in case:
        return str(case["repeat"][0]).encode() * int(case["repeat"][1])
    found = data(case["reply"])
    if not {"set", "without", "rename"} & set(case):
        return found[: case.get("cut", len(found))]
    value = json.loads(found)
    for path, new in case.get("set", {}).items():
        *steps, last = path.split(".")
        at = value
        for step in steps:
            at = at[int(step)] if isinstance(at, list) else at.setdefault(step, {})
        at[int(last) if isinstance(at, list) else last] = new
    region = value["dimension"]["Region"]["category"] if "dimension" in value else {}
    if gone := case.get("without"):
        at = region["index"].pop(gone)
        region["index"] = {code: place - (place > at) for code, place in region["index"].items()}
        region["label"].pop(gone)
        value["size"][0] -= 1
        del value["value"][at]
    for old, new in case.get("rename", {}).items():
        region["index"][new] = region["index"].pop(old)
        region["label"].pop(old)
    return as_bytes(value)


def read(content: bytes, asked: Asked) -> list[Finding]:
    form = statistics.format_of(content)
    found = statistics.read(form, [content], asked)
    return [*found.findings, *check(found.table, asked, whole=form != "kolada")]


def said(content: bytes) -> list[Finding]:
    """What is said of a reply, read or refused."""
    try:
        return read(content, Asked())
    except Refused as refusal:
        return list(refusal.findings)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_is_said(case: dict[str, Any]) -> None:
    content = content_of(case)
    form = statistics.format_of(content)
    asked = Asked(times=tuple(case.get("times", ())), **({"measure": "persons", "title": "T"} if form == "csv" else {}))
    if "refused" in case:
        with pytest.raises(Refused) as refusal:
            read(content, asked)
        found = list(refusal.value.findings)
        assert [each.code for each in found] == [case["refused"]]
    else:
        found = read(content, asked)
        assert [f"{each.level} {each.code}" for each in found] == case["says"]
        assert "size" not in case or found[-1].values["size"] == case["size"]
    for language in ("sv", "en"):
        assert all(each.code not in wording(each, language) for each in found)


@pytest.mark.parametrize("name", ["scb-v2-tab638-2018.json", "kolada", "folkmangd-2018.csv"])
def test_three_sources_of_one_population_are_the_same_table(name: str) -> None:
    names = [f"kolada-v3-n61907-2018-{page}.json" for page in (1, 2)] if name == "kolada" else [name]
    replies = [data(each) for each in names]
    table = statistics.read(statistics.format_of(replies[0]), replies, Asked(title="T")).table
    assert table.values[Cell("00", "2018")] == 10_230_185
    column = table.column("2018")
    assert len(column) == 21
    assert sum(value for value in column.values() if value) == 10_230_185
    assert all(type(value) is int for value in column.values())


def test_both_sexes_and_all_ages_are_found_in_the_older_reply() -> None:
    table = statistics.read("jsonstat", [data("scb-v1-sex-age-2018.json")], Asked()).table
    assert table.ages == ("0-64", "65+")
    assert table.column("2018", table.ages)["23"] == 130_280
    assert table.sexes == ("k", "m")


def test_the_order_of_dimensions_and_codes_does_not_matter() -> None:
    straight = scb()
    turned = scb()
    region = turned["dimension"]["Region"]["category"]
    region["index"] = {code: 21 - at for code, at in reversed(region["index"].items())}
    turned["value"] = turned["value"][::-1]
    turned["id"], turned["size"] = ["Tid", "ContentsCode", "Region"], [1, 1, 22]
    one, other = (statistics.read("jsonstat", [as_bytes(each)], Asked()).table for each in (straight, turned))
    assert dict(one.values) == dict(other.values)


AXES = {
    "Region": ("00", "01", "0180", "25"),
    "Kon": ("1", "2", "1+2"),
    "Alder": ("0", "1-9", "10+", "tot"),
    "Tid": ("2018", "2019"),
    "ContentsCode": ("A", "B"),
}


@given(
    st.permutations(list(AXES)),
    st.data(),
)
def test_every_value_is_read_to_its_cell(order: list[str], drawn: st.DataObject) -> None:
    """Whatever order dimensions and codes have, and whether values are whole, decimal, missing, listed or sparse."""
    axes = {id: drawn.draw(st.permutations(AXES[id])) for id in order}
    count = 4 * 3 * 4 * 2 * 2
    number = st.integers(-(10**9), 10**9) | st.decimals(allow_nan=False, allow_infinity=False, places=3).map(str)
    written = drawn.draw(st.lists(number | st.none(), min_size=count, max_size=count))
    value = jsonstat(axes, [])
    text = json.dumps(value).replace(
        '"value": []', '"value": [' + ",".join("null" if each is None else str(each) for each in written) + "]"
    )
    asked = drawn.draw(st.sampled_from(AXES["ContentsCode"]))
    table = statistics.read("jsonstat", [text.encode()], Asked(contents=asked)).table
    sexes = {"1": "m", "2": "k", "1+2": ""}
    places: list[dict[str, str]] = [{}]
    for id, codes in axes.items():
        places = [{**each, id: code} for each in places for code in codes]
    for place, said in zip(places, written, strict=True):
        if place["ContentsCode"] == asked:
            age = "" if place["Alder"] == "tot" else place["Alder"]
            found = table.values[Cell(place["Region"], place["Tid"], sexes[place["Kon"]], age)]
            assert found == (Decimal(said) if isinstance(said, str) else said)


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_anything_else_is_refused_in_words(content: bytes) -> None:
    for form in ("jsonstat", "kolada", "csv"):
        with pytest.raises(Refused) as refusal:
            statistics.read(form, [content], Asked(title="T"))  # type: ignore[arg-type]
        assert all(wording(each) != each.code for each in refusal.value.findings)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
PATHS = st.sampled_from(
    ["id", "size", "role", "dimension", "value", "status", "extension", "dimension.Region", "dimension.Region.category",
     "dimension.Region.category.index", "dimension.Region.category.label", "dimension.Tid.category.index", "size.0",
     "dimension.ContentsCode.category.unit", "value.0", "label", "source", "role.geo", "role.time", "extension.px"]
)  # fmt: skip


@given(PATHS, JSON)
def test_a_reply_with_anything_anywhere_is_read_or_refused(path: str, anything: Any) -> None:
    value = scb()
    *steps, last = path.split(".")
    at: Any = value
    for step in steps:
        at = at[step]
    at[int(last) if isinstance(at, list) else last] = anything
    assert all(wording(each) != each.code for each in said(as_bytes(value)))


@given(st.sampled_from(["kpi", "municipality", "period", "values"]), JSON)
def test_a_row_of_kolada_with_anything_in_it_is_read_or_refused(name: str, anything: Any) -> None:
    value = json.loads(data("kolada-v2-n60030-2018.json"))
    value["values"][0][name] = anything
    assert all(wording(each) != each.code for each in said(as_bytes(value)))
