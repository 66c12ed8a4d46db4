# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""json-stat2 as Statistics Sweden's PxWeb answers (API v1 and v2) and as its pages save it.

Read by code, never by name or place: the dimensions' ``index`` says the order. Sources: the format's specification
(json-stat.org, version 2.0) for class, id, size, role, category, value and status. That sex has the codes 1 (men), 2
(women) and 1+2, that age ``tot`` is all ages, and that the marks .. and . say that there is no value, is Statistics
Sweden's practice (seen in others' programs; assumed to hold for every table by region).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import Any

from overens.exchange.statistics.common import MOST, WHOLE, age_of, exact, json_of, level_of, together
from overens.rules.findings import Finding, Where, refuse
from overens.rules.statistics.asked import Asked, Read
from overens.rules.statistics.table import Column, Columns, StatisticsTable, Value

SEXES = {"1": "m", "2": "k", "1+2": "", "tot": "", "totsa": "", "m": "m", "k": "k"}
# What a dimension is, where its role does not say it.
KINDS = {
    "place": {"region", "lan", "län", "kommun"},
    "time": {"tid", "time", "ar", "år"},
    "contents": {"contentscode"},
    "sex": {"kon", "kön", "sex", "gender"},
    "age": {"alder", "ålder", "age"},
}
ROLES = {"geo": "place", "time": "time", "metric": "contents"}
# Marks that say that there is no value, whatever stands in its place.
NO_VALUE = {"..", ".", "...", ":"}
MEASURES = {"antal": "number", "personer": "persons", "antal personer": "persons", "number": "number",
            "persons": "persons", "procent": "per cent", "percent": "per cent", "per cent": "per cent"}  # fmt: skip


@dataclass(frozen=True)
class Dimension:
    """``codes`` in the order of the values; ``labels`` by code."""

    id: str
    label: str
    kind: str
    codes: tuple[str, ...]
    labels: Mapping[str, str]
    units: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Part:
    """What one reply holds."""

    title: str
    source: str
    table_id: str
    contents: str
    measure: str
    note: str
    names: Mapping[str, str]
    columns: Columns
    findings: tuple[Finding, ...]


def read(replies: Sequence[bytes], asked: Asked) -> Read:
    """Raises Refused: ``statistics-not-json``, ``statistics-cut-off``, ``statistics-not-jsonstat``,
    ``statistics-contents``, ``statistics-dimension-…``, ``statistics-code-unknown``, ``statistics-values-…``,
    ``statistics-too-large``, ``statistics-twice``, ``statistics-other-table``.
    """
    parts = [_part(json_of(reply), asked) for reply in replies]
    first = parts[0]
    for other in parts[1:]:
        if (other.table_id, other.contents) != (first.table_id, first.contents):
            refuse("statistics-other-table", "file", first=first.table_id, other=other.table_id)
    columns = together([part.columns for part in parts])
    title = asked.title or first.title
    table = StatisticsTable(
        code="",
        title=title,
        title_en=title,
        measure=asked.measure or first.measure,
        level=level_of(columns.units),
        source=asked.source or first.source,
        values=columns,
        names={unit: name for part in parts for unit, name in part.names.items()},
        note=first.note,
        note_en=first.note,
    )
    subject = "/".join(part for part in ("scb", first.table_id, first.contents) if part)
    findings = {(each.code, str(each.values)): each for part in parts for each in part.findings}
    return Read(table, subject, first.table_id, tuple(findings.values()))


def cells(data: Any) -> tuple[list[Dimension], Iterator[tuple[tuple[str, ...], Value]]]:
    """The dimensions of a reply, whatever they are, and each value with its codes. Raises Refused, as :func:`read`."""
    if not isinstance(data, dict) or not isinstance(data.get("dimension"), dict):
        refuse("statistics-not-jsonstat", "file")
    dimensions = _dimensions(data)
    count = math.prod(len(each.codes) for each in dimensions)
    if count > MOST:
        refuse("statistics-too-large", "file", count=count, most=MOST)
    values, _findings = _values(data, count)
    return dimensions, zip(product(*(each.codes for each in dimensions)), map(exact, values), strict=True)


def _part(data: Any, asked: Asked) -> _Part:
    if not isinstance(data, dict) or not isinstance(data.get("dimension"), dict):
        refuse("statistics-not-jsonstat", "file")
    dimensions = _dimensions(data)
    sizes = [len(each.codes) for each in dimensions]
    count = math.prod(sizes)
    if count > MOST:
        refuse("statistics-too-large", "file", count=count, most=MOST)
    values, findings = _values(data, count)
    strides = [math.prod(sizes[at + 1 :]) for at in range(len(sizes))]
    steps = dict(zip((each.id for each in dimensions), strides, strict=True))
    by_kind: dict[str, Dimension] = {}
    base, contents, label, notes = 0, "", "", []
    for each in dimensions:
        if each.kind == "contents":
            contents = _contents(each, asked)
            label = each.labels.get(contents, contents)
            base += steps[each.id] * each.codes.index(contents)
        elif not each.kind:
            chosen = _one(each)
            base += steps[each.id] * each.codes.index(chosen)
            if chosen.casefold() not in WHOLE:
                notes.append(f"{each.label}: {each.labels.get(chosen, chosen)}")
        elif each.kind in by_kind:
            refuse("statistics-dimension-twice", "file", first=by_kind[each.kind].id, other=each.id)
        else:
            by_kind[each.kind] = each
    for kind in ("place", "time"):
        if kind not in by_kind:
            refuse("statistics-dimension-missing", "file", kind=f"statistics-{kind}", found=[d.id for d in dimensions])
    place = by_kind["place"]
    axes = [_axis(by_kind.get(kind), kind, steps) for kind in ("time", "sex", "age")]
    step, length = steps[place.id], len(place.codes)
    exactly = exact if Decimal in set(map(type, values)) else None
    columns: dict[Column, Sequence[Value]] = {}
    for (time, t), (sex, s), (age, a) in product(*axes):
        begin = base + t + s + a
        found = values[begin : begin + step * (length - 1) + 1 : step]
        key = Column(time, sex, age)
        if key in columns:
            refuse("statistics-code-twice", "file", code=", ".join(part for part in key if part))
        columns[key] = [exactly(value) for value in found] if exactly else found
    extension = data.get("extension")
    px = extension.get("px") if isinstance(extension, dict) else None
    table_id = str(px.get("tableid", "")) if isinstance(px, dict) else ""
    where = Where(key="file")
    if notes:
        findings.append(Finding("statistics-part-only", "warning", {"what": notes}, where))
    return _Part(
        title=str(data.get("label") or label or table_id),
        source=str(data.get("source") or "not stated"),
        table_id=table_id,
        contents=contents,
        measure=_measure(data, dimensions, contents),
        note="; ".join(notes),
        names=place.labels,
        columns=Columns(place.codes, columns),
        findings=tuple(findings),
    )


def _dimensions(data: Mapping[str, Any]) -> list[Dimension]:
    ids, sizes = data.get("id"), data.get("size")
    if (
        not isinstance(ids, list)
        or not isinstance(sizes, list)
        or len(ids) != len(sizes)
        or len(set(map(str, ids))) != len(ids)
        or not all(type(size) is int and size >= 0 for size in sizes)
    ):
        refuse("statistics-not-jsonstat", "file")
    said = data.get("role")
    roles = {
        str(id): ROLES[role]
        for role, named in (said.items() if isinstance(said, dict) else ())
        if role in ROLES and isinstance(named, list)
        for id in named
    }
    found = []
    for id, size in zip(map(str, ids), sizes, strict=True):
        described = data["dimension"].get(id)
        category = described.get("category") if isinstance(described, dict) else None
        if not isinstance(category, dict):
            refuse("statistics-dimension-broken", "file", dimension=id)
        labels = category.get("label")
        labels = {str(code): str(name) for code, name in labels.items()} if isinstance(labels, dict) else {}
        codes = _codes(category.get("index"), labels)
        if codes is None or len(codes) != size or len(set(codes)) != size or not size:
            refuse("statistics-dimension-broken", "file", dimension=id)
        units = category.get("unit")
        kind = roles.get(id) or next((kind for kind, known in KINDS.items() if id.casefold() in known), "")
        label = str(described.get("label") or id)
        found.append(Dimension(id, label, kind, codes, labels, units if isinstance(units, dict) else {}))
    return found


def _codes(index: Any, labels: Mapping[str, str]) -> tuple[str, ...] | None:
    """In the order of the values; None where the index says no order."""
    if index is None:
        return tuple(labels)
    if isinstance(index, list):
        return tuple(map(str, index))
    if not isinstance(index, dict) or sorted(map(repr, index.values())) != sorted(map(repr, range(len(index)))):
        return None
    return tuple(str(code) for code, _place in sorted(index.items(), key=lambda each: each[1]))


def _values(data: Mapping[str, Any], count: int) -> tuple[list[Any], list[Finding]]:
    """The values in their order, None where a mark says that there is none."""
    said = data.get("value")
    if isinstance(said, dict):
        values: list[Any] = [None] * count
        for at, value in _by_place(said, count).items():
            values[at] = value
    elif isinstance(said, list) and len(said) == count:
        values = said
    else:
        refuse("statistics-values-count", "file", count=len(said) if isinstance(said, list) else 0, wanted=count)
    for kind in set(map(type, values)):
        if kind.__name__ not in ("int", "Decimal", "NoneType"):
            at = next(at for at, value in enumerate(values) if type(value) is kind)
            refuse("statistics-values-number", "file", place=at + 1, value=str(values[at])[:40])
    marks = data.get("status")
    if isinstance(marks, str):
        marks = [marks] * count
    if isinstance(marks, list):
        marks = {str(at): str(mark) for at, mark in enumerate(marks) if mark}
    others: dict[str, int] = {}
    for at, mark in _by_place(marks, count).items() if isinstance(marks, dict) else ():
        if str(mark) in NO_VALUE:
            values[at] = None
        elif mark:
            others[str(mark)] = others.get(str(mark), 0) + 1
    listed = [f"{mark} ({number})" for mark, number in sorted(others.items())]
    return values, [Finding("statistics-marks", "note", {"marks": listed}, Where(key="file"))] if listed else []


def _by_place(said: Mapping[str, Any], count: int) -> dict[int, Any]:
    found = {}
    for text, value in said.items():
        if not text.isdecimal() or int(text) >= count:
            refuse("statistics-values-count", "file", count=text, wanted=count)
        found[int(text)] = value
    return found


def _contents(dimension: Dimension, asked: Asked) -> str:
    known = [f"{code} ({dimension.labels.get(code, code)})" for code in dimension.codes]
    if asked.contents and asked.contents not in dimension.codes:
        refuse("statistics-contents-unknown", "contents", contents=asked.contents, known=known)
    if not asked.contents and len(dimension.codes) > 1:
        refuse("statistics-contents", "contents", known=known)
    return asked.contents or dimension.codes[0]


def _one(dimension: Dimension) -> str:
    """The one value of a dimension that is none of ours: the only one, or the whole."""
    whole = [code for code in dimension.codes if code.casefold() in WHOLE]
    if len(dimension.codes) > 1 and not whole:
        refuse("statistics-dimension-several", "file", dimension=dimension.label, count=len(dimension.codes))
    return (whole or dimension.codes)[0]


def _axis(dimension: Dimension | None, kind: str, steps: Mapping[str, int]) -> list[tuple[str, int]]:
    """Each code as :class:`Column` has it, with how far its values stand from the first one's."""
    if dimension is None:
        return [("", 0)]
    found, wrong = [], []
    for at, code in enumerate(dimension.codes):
        meant = code if kind == "time" else SEXES.get(code.casefold()) if kind == "sex" else age_of(code)
        if meant is None:
            wrong.append(code)
        else:
            found.append((meant, at * steps[dimension.id]))
    if wrong:
        refuse("statistics-code-unknown", "file", dimension=dimension.label, codes=wrong[:10], count=len(wrong))
    return found


def _measure(data: Mapping[str, Any], dimensions: Sequence[Dimension], contents: str) -> str:
    unit = next((each.units.get(contents) for each in dimensions if each.kind == "contents"), None)
    base = str(unit.get("base", "")) if isinstance(unit, dict) else ""
    return MEASURES.get(base.casefold(), base) or "number"
