# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must hold between the parts of an agreement, beyond that each value is of its kind."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from typing import Any

from overens.rules.agreement import Agreement, Group, Line, Part
from overens.rules.asked import NEEDED, Computed
from overens.rules.findings import Finding, error
from overens.rules.followup.round_checks import check_rounds
from overens.rules.paths import identity
from overens.rules.pots import Pot
from overens.rules.sharing import SHARED
from overens.rules.values import NOT_STATED

KPI = re.compile(r"[NU]\d{5}")  # as Kolada names its key figures


def check(agreement: Agreement, series: Collection[str], places: Collection[str]) -> tuple[Finding, ...]:
    """Everything to be mended in an agreement.

    series: ids of the population series that are known. places: what the file has, by name.

    Where two things have one name, only that is said: what refers to them means nothing yet.
    """
    found = tuple(duplicates(agreement.model_dump(by_alias=True, exclude_none=True)))
    return found or (
        *_references(agreement, series),
        *_sums(agreement),
        *_lines(agreement),
        *_pots(agreement),
        *_conditions(agreement),
        *_dates(agreement),
        *_claims(agreement),
        *_forms(agreement),
        *check_rounds(agreement),
        *_annex(agreement),
        *_our_choices(agreement, places),
    )


def duplicates(thing: dict[str, Any], at: str = "") -> Iterator[Finding]:
    for key, value in thing.items():
        path = f"{at}.{key}" if at else key
        if isinstance(value, dict):
            yield from duplicates(value, path)
        elif isinstance(value, tuple):
            counts = Counter(name for item in value if (name := identity(item)) is not None)
            code = "duplicate-recipient" if key == "recipients" else "duplicate-id"
            seen: set[str] = set()
            for number, item in enumerate(value, start=1):
                name = identity(item)
                if name is not None and name in seen:
                    yield error(code, f"{path}[#{number}].{'id' if 'id' in item else 'code'}", name=name)
                elif isinstance(item, dict):
                    yield from duplicates(item, f"{path}[{name if counts[name or ''] == 1 else f'#{number}'}]")
                seen.add(name or "")


def _unless(known: Collection[str], key: str, *names: str) -> Iterator[Finding]:
    for name in names:
        if name != NOT_STATED and name not in known:
            yield error("unknown-reference", key, name=name, known=sorted(known))


def _references(agreement: Agreement, series: Collection[str]) -> Iterator[Finding]:
    groups = [group.id for group in agreement.groups]
    lines = [line.id for line in agreement.lines]
    pots = [pot.id for pot in agreement.pots]
    organisations = [party.code for party in agreement.parties] + [agency.code for agency in agreement.agencies]
    if agreement.population and agreement.population.series not in series:
        yield error("unknown-series", "population.series", name=agreement.population.series, known=sorted(series))
    for line in agreement.lines:
        at = f"line[{line.id}]"
        yield from _unless(groups, f"{at}.recipients", line.recipients)
        yield from _unless([d.id for d in agreement.deadlines], f"{at}.requisition_by", line.requisition_by)
        yield from _unless(organisations, f"{at}.decision.to", line.decision.to)
        yield from _unless([choice.id for choice in agreement.our_choices], f"{at}.our_choices", *line.our_choices)
        if line.receives is not None:
            yield from _unless(groups, f"{at}.receives", line.receives)
        if line.supplements is not None:
            yield from _unless([id for id in lines if id != line.id], f"{at}.supplements", line.supplements)
    for pot in agreement.pots:
        yield from _unless(lines, f"pot[{pot.id}].line", pot.line)
        yield from _unless(groups, f"pot[{pot.id}].recipients", pot.recipients)
    for condition in agreement.conditions:
        yield from _unless(pots, f"condition[{condition.id}].pots", *condition.pots)
    for deadline in agreement.deadlines:
        yield from _unless([*groups, *organisations], f"deadline[{deadline.id}].who", *deadline.who)
        yield from _unless(organisations, f"deadline[{deadline.id}].to", deadline.to)
    for area in agreement.areas:
        if area.parent is not None:
            yield from _unless([other.id for other in agreement.areas], f"area[{area.id}].parent", area.parent)
    for indicator in agreement.indicators:
        yield from _unless([area.id for area in agreement.areas], f"indicator[{indicator.id}].area", indicator.area)
        if not KPI.fullmatch(indicator.kpi):
            yield error("indicator-kpi", f"indicator[{indicator.id}].kpi", value=indicator.kpi[:40])
    for title in agreement.roles.titles if agreement.roles else ():
        yield from _unless(groups, f"roles.title[{title.id}].groups", *title.groups)


def _sums(agreement: Agreement) -> Iterator[Finding]:
    years = agreement.period.last_day.year - agreement.period.first_day.year + 1
    whole: list[int | str] = [
        line.amount * years if line.each_year and isinstance(line.amount, int) else line.amount
        for line in agreement.lines
    ]
    yield from _sum("total", agreement.total, whole)
    for line in agreement.lines:
        yield from _sum(f"line[{line.id}].amount", line.amount, [pot.amount for pot in agreement.pots_of(line)])


def _sum(key: str, whole: int | str, parts: list[int | str]) -> Iterator[Finding]:
    """A part that is not stated may be anything from 0."""
    stated = [part for part in parts if isinstance(part, int)]
    if not isinstance(whole, int) or not parts:
        return
    if sum(stated) > whole or (len(stated) == len(parts) and sum(stated) < whole):
        yield error("pots-do-not-add-up", key, whole=whole, parts=sum(stated), difference=sum(stated) - whole)


def _lines(agreement: Agreement) -> Iterator[Finding]:
    codes = {group.id: group.codes for group in agreement.groups}
    for line in agreement.lines:
        at = f"line[{line.id}]"
        if not agreement.pots_of(line):
            yield error("missing-pot", at, name=line.id)
        if isinstance(line.payment, Part) and line.payment.part > line.payment.of:
            yield error("part-beyond", f"{at}.payment", part=line.payment.part, of=line.payment.of)
        if (line.channel is None) != (line.receives is None):
            yield error("channel-incomplete", at)
        elif line.channel is not None and line.channel not in codes.get(line.recipients, (line.channel,)):
            yield error("unknown-recipient", f"{at}.channel", name=line.channel, group=line.recipients)


def _pots(agreement: Agreement) -> Iterator[Finding]:
    lines = {line.id: line for line in agreement.lines}
    for group in agreement.groups:
        if not group.recipients:
            yield error("no-recipients", f"group[{group.id}].recipients", name=group.id)
    for pot in agreement.pots:
        line = lines.get(pot.line)
        if line is not None and pot.recipients != _sharing(line):
            yield error("pot-recipients-differ", f"pot[{pot.id}].recipients", name=pot.recipients, line=_sharing(line))
        yield from _weights(agreement, pot)


def _sharing(line: Line) -> str:
    """The group among which the pots of a line are shared."""
    return line.receives or line.recipients


def _weights(agreement: Agreement, pot: Pot) -> Iterator[Finding]:
    at = f"pot[{pot.id}]"
    if pot.by_population and agreement.population is None:
        yield error("population-missing", f"{at}.key", method=pot.key)
    group = next((group for group in agreement.groups if group.id == pot.recipients), None)
    if group is None or not group.recipients:
        return
    yield from _bases(agreement, pot, group)
    missing = [recipient.code for recipient in group.recipients if recipient.weight is None]
    if pot.key in SHARED and pot.basis is None:
        if missing:
            yield error("missing-weight", f"{at}.recipients", codes=missing, group=group.id)
        elif not any(recipient.weight for recipient in group.recipients):
            yield error("weights-all-zero", f"group[{group.id}].recipients", name=group.id)
    if (pot.key == "fixed-plus-population") != (pot.fixed is not None):
        yield error("fixed-and-key", f"{at}.fixed" if pot.fixed is not None else f"{at}.key")
    yield from room(pot, len(group.recipients))


def _bases(agreement: Agreement, pot: Pot, group: Group) -> Iterator[Finding]:
    """The figures that a pot is shared out by are there for each of its recipients, and each key has those it needs."""
    at, bases = f"pot[{pot.id}]", {basis.id: basis for basis in agreement.bases}
    for name in ("basis", "times", "above", "ceilings"):
        id = getattr(pot, name)
        if id is None:
            continue
        yield from _unless(bases, f"{at}.{name}", id)
        if id in bases:
            figures = bases[id].by_code
            if missing := [code for code in group.codes if code not in figures]:
                yield error("basis-figure-missing", f"{at}.{name}", basis=id, codes=missing)
            elif name in ("basis", "times") and not any(figures[code] for code in group.codes):
                yield error("basis-all-zero", f"basis[{id}].values", basis=id)
    priced = pot.key == "results-times-price"
    printed = agreement.annex is not None and agreement.annex.line == pot.line
    if priced != (pot.price is not None) or (pot.basis is None and (priced or (pot.key == "stated" and not printed))):
        yield error("results-and-price", f"{at}.key")
    if pot.above is not None and not priced:
        yield error("above-without-price", f"{at}.above")
    if pot.key == "stated" and pot.basis in bases and isinstance(pot.amount, int):
        stated = sum(bases[pot.basis].by_code.get(code, 0) for code in group.codes)
        if stated > pot.amount:
            yield error("stated-exceeds-pot", f"{at}.basis", stated=str(stated), amount=pot.amount)


def room(pot: Pot, recipients: int) -> Iterator[Finding]:
    """Fixed, least and highest sums that the pot has room for."""
    at = f"pot[{pot.id}]"
    if pot.least is not None and pot.most is not None and pot.least > pot.most:
        yield error("least-above-most", f"{at}.least", least=pot.least, most=pot.most)
    if not isinstance(pot.amount, int):
        return
    if pot.fixed is not None and pot.fixed * recipients > pot.amount:
        yield error("fixed-exceeds-pot", f"{at}.fixed", fixed=pot.fixed * recipients, amount=pot.amount)
    if pot.least is not None and pot.least * recipients > pot.amount:
        yield error("least-exceeds-pot", f"{at}.least", least=pot.least * recipients, amount=pot.amount)
    if pot.most is not None and pot.key in SHARED and pot.most * recipients < pot.amount:
        yield error("most-below-pot", f"{at}.most", most=pot.most * recipients, amount=pot.amount)


def _conditions(agreement: Agreement) -> Iterator[Finding]:
    groups = {group.id: group for group in agreement.groups}
    for condition in agreement.conditions:
        at = f"condition[{condition.id}]"
        if (condition.met is None) == (condition.not_met is None):
            yield error("condition-lists", at)
        for name in ("met", "not_met"):
            for pot in (pot for pot in agreement.pots if pot.id in condition.pots and pot.recipients in groups):
                for code in getattr(condition, name) or ():
                    if code not in groups[pot.recipients].codes:
                        yield error("unknown-recipient", f"{at}.{name}", name=code, group=pot.recipients)


def _dates(agreement: Agreement) -> Iterator[Finding]:
    period = agreement.period
    start = str(period.first_day)
    if period.last_day < period.first_day:
        yield error("period-reversed", "period.to", first=start, last=str(period.last_day))
    for deadline in agreement.deadlines:
        if isinstance(deadline.on, dt.date) and deadline.on < period.first_day:
            yield error("deadline-before-period", f"deadline[{deadline.id}].on", on=str(deadline.on), first=start)


def _claims(agreement: Agreement) -> Iterator[Finding]:
    """Reminders come one after the other, and each is at least as stern as the one before it."""
    levels = ("reminder", "demand", "enforcement")
    for before, after in pairwise(agreement.claims.reminders):
        at = f"claims.reminder[{after.id}]"
        if after.working_days <= before.working_days:
            yield error("reminder-order", f"{at}.working_days", days=after.working_days, before=before.working_days)
        if levels.index(after.level) < levels.index(before.level):
            yield error("reminder-milder", f"{at}.level", level=after.level, before=before.level)


def _forms(agreement: Agreement) -> Iterator[Finding]:
    for form in agreement.forms:
        missing = set(NEEDED[form.id]) - {field.means for field in form.fields}
        if missing:
            yield error("form-meaning-missing", f"form[{form.id}]", form=form.title, meanings=sorted(missing))
    for form in agreement.forms:
        ids = Counter(field.id for field in form.fields)
        for section in form.sections:
            for field in section.fields:
                at = f"form[{form.id}].section[{section.id}].field[{field.id}]"
                if ids[field.id] > 1:
                    yield error("duplicate-id", f"{at}.id", name=field.id)
                if field.computed is not None:
                    yield from _unless(ids, f"{at}.computed", *_terms(field.computed))
                if field.required_with is not None:
                    yield from _unless(ids, f"{at}.required_with", field.required_with[0])


def _terms(computed: Computed) -> Iterable[str]:
    return (*computed.plus, *computed.minus)


def _annex(agreement: Agreement) -> Iterator[Finding]:
    annex = agreement.annex
    if annex is None:
        return
    line = next((line for line in agreement.lines if line.id == annex.line), None)
    if line is None:
        yield from _unless([line.id for line in agreement.lines], "annex.line", annex.line)
        return
    pots = [pot.id for pot in agreement.pots_of(line)]
    for at, printed in (
        ("annex.totals", annex.totals),
        *((f"annex.rows[{row.code}]", row) for row in annex.rows),
    ):
        for column in printed.amounts:
            if column not in pots:
                yield error("unknown-reference", f"{at}.{column}", name=column, known=[*pots, "sum"])
        for pot in pots:
            if pot not in printed.amounts:
                yield error("missing-key", f"{at}.{pot}", name=pot)
    for misprint in annex.misprints:
        at = f"annex.misprint[{misprint.code}]"
        yield from _unless([row.code for row in annex.rows], f"{at}.code", misprint.code)
        yield from _unless([*pots, "sum"], f"{at}.column", misprint.column)
    group = next((group for group in agreement.groups if group.id == _sharing(line)), None)
    if group is not None:
        printed_codes = [row.code for row in annex.rows]
        for code in printed_codes:
            if code not in group.codes:
                yield error("unknown-recipient", f"annex.rows[{code}].code", name=code, group=group.id)
        if missing := [code for code in group.codes if code not in printed_codes]:
            yield error("annex-row-missing", "annex.rows", codes=missing)


def _our_choices(agreement: Agreement, places: Collection[str]) -> Iterator[Finding]:
    for choice in agreement.our_choices:
        if choice.where not in places:
            yield error("unknown-place", f"our_choice[{choice.id}].where", name=choice.where)
