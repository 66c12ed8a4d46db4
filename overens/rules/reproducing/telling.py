# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was found in a printed annex, in findings: the answer first. And the same as plain values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil, log10
from typing import Any

from overens.rules.amounts import group_digits
from overens.rules.findings import Evidence, Finding, as_json, word
from overens.rules.reproducing.analysing import Analysis, coarse
from overens.rules.reproducing.explaining import ColumnReading, Explanation
from overens.rules.reproducing.implied import LARGEST_SIMPLE, Implied
from overens.rules.reproducing.slips import Slip
from overens.rules.reproducing.table import PrintedTable

SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def told(analysis: Analysis, language: str) -> tuple[Finding, ...]:
    """In the order that a reader asks: is it explained, by what; what is misprinted; what weights does it imply."""
    found: list[Finding] = []
    for column in analysis.reading.columns:
        found += _column(analysis, column, language)
    for heading, off in analysis.reading.sums:
        if off:
            evidence = tuple(Evidence(who(analysis.table, code), {"difference": by}) for code, by in off.items())
            values = {"column": heading, "rows": len(off)}
            found.append(Finding("reproduce-parts-differ", "warning", values, evidence=evidence))
    found += [_with_column(finding, language) for finding in analysis.mistakes]
    found.append(_weights(analysis))
    if not analysis.reading.explained:
        for each in analysis.by_weights:
            values = {"column": _heading(analysis, each, language), **terms(each, language)}
            found.append(Finding("reproduce-by-weights", "note", values))
    return tuple(found)


def _heading(analysis: Analysis, explanation: Explanation, language: str) -> str:
    headings = [each.heading for each in analysis.table.columns if each.values == explanation.printed]
    return named(headings[0], language)


def _with_column(finding: Finding, language: str) -> Finding:
    if "column" not in finding.values:
        return finding
    return replace(finding, values={**finding.values, "column": named(str(finding.values["column"]), language)})


def who(table: PrintedTable, code: str) -> str:
    return f"{code} {table.names[code]}".strip()


def named(heading: str, language: str) -> str:
    """A column by its heading; one without a heading has a word for it."""
    return heading or word("reproduce-amounts", language)


def _column(analysis: Analysis, reading: ColumnReading, language: str) -> Iterator[Finding]:
    column, best = reading.column, reading.best
    name = named(column.heading, language)
    if reading.exact and best:
        yield Finding(f"reproduce-explained{_form(best)}", "note", {"column": name, **terms(best, language)})
        others = dict.fromkeys(_short(each, best, language) for each in reading.exact if each is not best)
        if others:
            yield Finding("reproduce-also", "note", {"column": name, "others": list(others)})
    elif best:
        values = {"column": name, "tried": analysis.tried, **terms(best, language)}
        values |= {"equal": best.equal, "off": best.off}
        yield Finding("reproduce-nearest", "warning", values)
    else:
        yield Finding("reproduce-nothing-tried", "warning", {"column": name})
    if wrong := reading.total_slip:
        values = {"column": name, "printed": wrong.printed, "right": wrong.right, "slip": f"slip-{wrong.kind}"}
        yield Finding("reproduce-total-misprinted", "warning", values)
    elif reading.total is not None and reading.total != column.sum:
        values = {"column": name, "sum": column.sum, "total": reading.total, "difference": column.sum - reading.total}
        yield Finding("reproduce-sum-differs", "note" if reading.exact else "warning", values)
    yield from _slips(analysis.table, name, reading.slips)


def _slips(table: PrintedTable, name: str, slips: Sequence[Slip]) -> Iterator[Finding]:
    if len(slips) > 3:
        yield Finding("reproduce-slip-somewhere", "warning", {"column": name, "rows": len(slips)})
        return
    for slip in slips:
        values: dict[str, object] = {"column": name, "recipient": who(table, slip.code), "printed": slip.printed}
        values |= {"right": slip.right, "slip": f"slip-{slip.kind}"}
        if slip.other:
            yield Finding("reproduce-rows-exchanged", "warning", {**values, "other": who(table, slip.other)})
        else:
            yield Finding("reproduce-slip", "warning", values)


def _form(explanation: Explanation) -> str:
    terms_ = explanation.terms
    if not explanation.whole:
        return "-partly"
    if terms_.least is not None or terms_.most is not None:
        return "-bounds"
    if terms_.only:
        return "-only"
    return {"equal": "-equal", "share": "", "fixed-plus-share": "-fixed"}[explanation.key]


def terms(explanation: Explanation, language: str) -> dict[str, object]:
    """An explanation's values for a wording."""
    chosen = explanation.terms
    left_out = [code for code in explanation.printed if chosen.only and code not in chosen.only]
    return {
        "basis": explanation.candidate.said(language),
        "amount": chosen.amount,
        "fixed": chosen.fixed,
        "bounds": [
            f"{word(name, language)} {group_digits(bound)} kr"
            for name, bound in (("reproduce-least", chosen.least), ("reproduce-most", chosen.most))
            if bound is not None
        ],
        "left_out": len(left_out),
        "roundings": ways(explanation, language),
        "step": f"step-{explanation.unit}",
        "rows": len(explanation.printed),
        "known": len(explanation.computed),
    }


def _short(explanation: Explanation, best: Explanation, language: str) -> str:
    """What else would do: shared out by what, and how where that is otherwise."""
    title = explanation.candidate.said(language)
    same = ways(explanation, language) == ways(best, language)
    return title if same else f"{title} ({ways(explanation, language)})"


def ways(explanation: Explanation, language: str) -> str:
    """The roundings that give the amounts. Halves to even are said only where halves up do not do: shares that end in
    exactly a half are rare.
    """
    shown = [way for way in explanation.roundings if way != "half-even" or "half-up" not in explanation.roundings]
    return f", {word('reproduce-or', language)} ".join(word(f"rounding-{way}", language) for way in shown)


def _weights(analysis: Analysis) -> Finding:
    weights = analysis.weights
    if weights is None:
        return Finding("reproduce-weights-coarse" if coarse(analysis) else "reproduce-weights-none", "note")
    values: dict[str, object] = {"total": group_digits(weights.total), "rows": len(weights.weights)}
    values |= {"fitting": weights.fitting, "chance": chance(weights)}
    values |= {"off": [who(analysis.table, code) for code in weights.off]}
    if weights.total <= LARGEST_SIMPLE and not weights.off:
        return Finding("reproduce-weights-simple", "note", values)
    if weights.adds_up:
        return Finding("reproduce-weights-but" if weights.off else "reproduce-weights-add-up", "note", values)
    return Finding("reproduce-weights-some", "note", values)


def chance(weights: Implied) -> str:
    """How many totals would do by chance, as a power of ten above it: ``10⁻¹⁹``."""
    exponent = ceil(log10(weights.by_chance)) if weights.by_chance > 0 else -300
    return f"10{str(exponent).translate(SUPERSCRIPT)}"


def as_values(analysis: Analysis, language: str) -> dict[str, Any]:
    """All of it for JSON: ``explained``, ``columns`` with rows, ``weights``, ``findings``."""
    return {
        "explained": analysis.explained,
        "level": analysis.table.level,
        "columns": [_column_values(analysis, column, language) for column in analysis.reading.columns],
        "weights": _weights_values(analysis.weights),
        "findings": [as_json(finding, language) for finding in told(analysis, language)],
    }


def as_json_text(analysis: Analysis, language: str) -> str:
    """:func:`as_values` as text."""
    return json.dumps(as_values(analysis, language), ensure_ascii=False, indent=2)


def _column_values(analysis: Analysis, reading: ColumnReading, language: str) -> dict[str, Any]:
    best = reading.best
    return {
        "heading": reading.column.heading,
        "total": reading.total,
        "right_total": reading.total_slip.right if reading.total_slip else reading.total,
        "sum": reading.column.sum,
        "explanations": [_explanation_values(each, language) for each in reading.exact],
        "nearest": [_explanation_values(each, language) for each in reading.nearest],
        "misprints": [
            {"code": slip.code, "printed": slip.printed, "right": slip.right, "kind": slip.kind, "other": slip.other}
            for slip in reading.slips
        ],
        "rows": [
            {
                "code": code,
                "name": analysis.table.names[code],
                "printed": printed,
                "computed": computed,
                "difference": None if computed is None else printed - computed,
            }
            for code, printed in reading.column.values.items()
            for computed in [best.computed.get(code) if best else None]
        ],
    }


def _explanation_values(explanation: Explanation, language: str) -> dict[str, Any]:
    chosen = explanation.terms
    return {
        "basis": explanation.candidate.id,
        "time": explanation.candidate.time,
        "ages": explanation.candidate.ages,
        "title": explanation.candidate.said(language),
        "key": explanation.key,
        "amount": chosen.amount,
        "fixed": chosen.fixed,
        "least": chosen.least,
        "most": chosen.most,
        "shared_by": sorted(chosen.only) or None,
        "roundings": list(explanation.roundings),
        "unit": explanation.unit,
        "equal": explanation.equal,
        "known": len(explanation.computed),
        "rows": len(explanation.printed),
        "off": explanation.off,
    }


def _weights_values(weights: Implied | None) -> dict[str, Any] | None:
    if weights is None:
        return None
    return {
        "total": weights.total,
        "sure": weights.sure,
        "adds_up": weights.adds_up,
        "fitting": weights.fitting,
        "by_chance": weights.by_chance,
        "rounding": weights.rounding,
        "off": list(weights.off),
        "rows": [{"code": code, "low": each.low, "high": each.high} for code, each in weights.weights.items()],
    }


def header(analysis: Analysis, language: str) -> list[str]:
    """The columns of :func:`rows` in words."""
    words = [word(code, language) for code in ("reproduce-printed", "reproduce-computed", "difference")]
    return [
        word("allocation-code", language),
        word("allocation-name", language),
        *(f"{named(each.column.heading, language)}: {title}" for each in analysis.reading.columns for title in words),
        word("reproduce-weight-low", language),
        word("reproduce-weight-high", language),
    ]


def rows(analysis: Analysis) -> Iterator[list[object]]:
    """A row a recipient: code, name, then printed, computed and the difference of each column; the weight's span."""
    for code, name in analysis.table.names.items():
        row: list[object] = [code, name]
        for each in analysis.reading.columns:
            printed = each.column.values.get(code)
            computed = each.best.computed.get(code) if each.best else None
            both = printed is not None and computed is not None
            row += [printed, computed, printed - computed if both else None]  # type: ignore[operator]
        weight = analysis.weights.weights.get(code) if analysis.weights else None
        yield [*row, *([weight.low, weight.high] if weight else [None, None])]
