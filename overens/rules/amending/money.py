# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an amendment does to the money: by line and recipient, and what it cannot do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from overens.rules.agreement import Agreement, Line
from overens.rules.amending.standing import Amounts, LineStanding, Standing
from overens.rules.ceilings import ceilings
from overens.rules.findings import Evidence, Finding, Refused, Where

# The parts of an agreement's file that say who gets what.
SECTIONS = ("total", "allocation", "population", "basis", "group", "line", "pot", "condition", "annex")
NOTHING = LineStanding(0)


def consequences(old: Agreement, new: Agreement, standing: Standing) -> Iterator[Finding]:
    """Line by line, in the order of the new text; last the lines that it has no more."""
    if old.total != new.total and isinstance(old.total, int) and isinstance(new.total, int):
        values = {"before": old.total, "after": new.total, "difference": new.total - old.total}
        yield Finding("amend-total", "note", values, Where(key="total"))
    before = {line.id: line for line in old.lines}
    for line in new.lines:
        yield from _line(old, new, before.pop(line.id, None), line, standing.lines.get(line.id, NOTHING))
    for gone in before.values():
        approved = standing.lines.get(gone.id, NOTHING).approved
        level, code = ("error", "amend-line-removed") if approved else ("note", "amend-line-dropped")
        where = Where(key=f"line[{gone.id}]")
        yield Finding(code, level, {"line": gone.title, "approved": approved}, where)  # type: ignore[arg-type]
    yield from _conditions(old, new)


def lowered(new: Agreement, line: str, decided: Amounts) -> dict[str, int]:
    """By organisation how many kronor less than was decided the new text gives of a line; who gets as much is left
    out. Raises Refused as :func:`overens.rules.ceilings.ceilings` does.
    """
    now = {row.organisation: row.kronor for row in ceilings(new, line)}
    return {code: less for code, kronor in decided.items() if (less := kronor - now.get(code, 0)) > 0}


def _line(old: Agreement, new: Agreement, before: Line | None, line: Line, standing: LineStanding) -> Iterator[Finding]:
    where = Where(key=f"line[{line.id}].amount")
    try:
        now = _shares(new, line)
        then = _shares(old, before) if before and isinstance(before.amount, int) else {}
    except Refused as refusal:
        if any(each.code == "above-line" for each in refusal.findings) and standing.decided is not None:
            yield _annex_stands(line, standing, _names(old) | _names(new))
        else:
            yield from refusal.findings
        return
    names = _names(old) | _names(new)
    if before is None:
        yield _new(new, line, now, standing, names)
        return
    if standing.decided is not None:
        yield from _decided(line, before, now, standing, names, where)
    elif before.amount != line.amount:
        values = {"line": line.title, "before": before.amount, "after": line.amount}
        yield Finding("amend-line-amount", "note", values, where, _differences(names, then, now))
    elif then != now:
        yield Finding("amend-shares", "note", {"line": line.title}, where, _differences(names, then, now))


def _new(new: Agreement, line: Line, now: Amounts, standing: LineStanding, names: Mapping[str, str]) -> Finding:
    where = Where(key=f"line[{line.id}]")
    amount = line.amount if isinstance(line.amount, int) else 0
    if line.supplements is None:
        rows = (Evidence(names.get(code, code), {"kronor": kronor}) for code, kronor in sorted(now.items()))
        return Finding("amend-line-new", "note", {"line": line.title, "amount": amount}, where, tuple(rows))
    first = new.line(line.supplements)
    given = _shares(new, first) if isinstance(first.amount, int) else {}
    rows = (
        Evidence(
            names.get(code, code),
            {"given": given.get(code, 0), "supplement": kronor, "together": given.get(code, 0) + kronor},
        )
        for code, kronor in sorted(now.items())
    )
    values = {"line": line.title, "amount": amount, "first": first.title}
    return Finding("amend-supplement", "note", values, where, tuple(rows))


def _annex_stands(line: Line, standing: LineStanding, names: Mapping[str, str]) -> Finding:
    """A line lowered below what its own annex prints: what is printed outranks it, so the annex is lowered first."""
    decided = standing.decided or {}
    taken = {code: standing.taken(code) for code in sorted(decided)}
    values = {"line": line.title, "amount": line.amount, "taken": sum(taken.values())}
    rows = (
        Evidence(names.get(code, code), {"given": decided[code], "taken": kronor})
        for code, kronor in taken.items()
        if kronor
    )
    return Finding("amend-annex-stands", "error", values, Where(key="annex.rows"), tuple(rows))


def _decided(
    line: Line, before: Line, now: Amounts, standing: LineStanding, names: Mapping[str, str], where: Where
) -> Iterator[Finding]:
    """A line that each recipient has been given its sum of: nobody gets more of it, and less only of what is left."""
    decided = standing.decided or {}
    raised = [code for code, kronor in now.items() if kronor > decided.get(code, 0)]
    values = {"line": line.title, "before": before.amount, "after": line.amount, "id": line.id}
    if raised or _is_more(line, before):
        yield Finding("amend-raised-after-decision", "error", values, where, _differences(names, decided, now, raised))
    below = [code for code in decided if now.get(code, 0) < standing.taken(code)]
    if below:
        rows = tuple(
            Evidence(
                names.get(code, code),
                {
                    "given": decided[code],
                    "taken": standing.taken(code),
                    "after": now.get(code, 0),
                    "short": standing.taken(code) - now.get(code, 0),
                },
            )
            for code in sorted(below)
        )
        yield Finding("amend-lowered-below-taken", "error", {**values, "count": len(below)}, where, rows)
    if not raised and not below and now != decided:
        yield Finding("amend-line-lowered", "warning", values, where, _differences(names, decided, now))


def _is_more(line: Line, before: Line) -> bool:
    """More money, also where a printed annex gives it to nobody."""
    return isinstance(line.amount, int) and isinstance(before.amount, int) and line.amount > before.amount


def _shares(agreement: Agreement, line: Line) -> dict[str, int]:
    """What each organisation gets of a line; nothing where the text does not say how much there is."""
    if not isinstance(line.amount, int):
        return {}
    return {row.organisation: row.kronor for row in ceilings(agreement, line.id)}


def _differences(
    names: Mapping[str, str], before: Amounts, after: Amounts, only: Iterable[str] | None = None
) -> tuple[Evidence, ...]:
    codes = sorted({*before, *after} if only is None else only)
    return tuple(
        Evidence(
            names.get(code, code),
            {
                "before": before.get(code, 0),
                "after": after.get(code, 0),
                "difference": after.get(code, 0) - before.get(code, 0),
            },
        )
        for code in codes
        if before.get(code, 0) != after.get(code, 0)
    )


def _names(agreement: Agreement) -> dict[str, str]:
    """Names of the organisations that act for the recipients: of the first that each acts for."""
    return {r.organisation: r.name for group in reversed(agreement.groups) for r in reversed(group.recipients)}


def _conditions(old: Agreement, new: Agreement) -> Iterator[Finding]:
    before = {each.id: each for each in old.conditions}
    for condition in new.conditions:
        was = before.pop(condition.id, None)
        codes = tuple(dict.fromkeys(code for id in condition.pots for code in new.group(new.pot(id).recipients).codes))
        values = {
            "condition": condition.text,
            "met": len(codes) - len(condition.failed(codes)),
            "of": len(codes),
        }
        where = Where(key=f"condition[{condition.id}]")
        if was is None:
            yield Finding("amend-condition-new", "note", values, where)
        elif was.failed(codes) != condition.failed(codes):
            yield Finding("amend-condition-decided", "note", values, where)
    for gone in before.values():
        yield Finding("amend-condition-dropped", "note", {"condition": gone.text}, Where(key=f"condition[{gone.id}]"))
