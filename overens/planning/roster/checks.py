# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What must hold between the parts of a ward's rota problem before anybody plans from it.

Each check asks for something that no roster could mend: the fault is in the file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from overens.planning.roster import checks_people
from overens.planning.roster.building import about, length
from overens.planning.roster.problem import Roster
from overens.planning.roster.strange import strange
from overens.planning.roster.words import named
from overens.rules.agreement_checks import duplicates
from overens.rules.findings import Finding, error

# No ward has more; beyond these a figure is garbled.
MOST_WEEKS, MOST_COUNT, MOST_WEIGHT = 53, 1_000, 1_000_000
HOURS_OF_A_WEEK = 168
# The law's periods of averages are at most a year.
FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
# So far back what was worked before the period has its say.
BEFORE = 28


def check(roster: Roster) -> tuple[Finding, ...]:
    """Everything to be mended. Where names or figures are wrong, only that is said: all else hangs on them."""
    if found := tuple(duplicates(roster.model_dump(by_alias=True, exclude_none=True))):
        return found
    return (*_known(roster), *_numbers(roster), *_days(roster)) or tuple(_shifts(roster)) or (
        *_rules(roster), *_cover(roster), *checks_people.check(roster),
    ) or tuple(checks_people.demand(roster))  # fmt: skip


def _unknown(names: Iterable[str], key: str, known: Collection[str]) -> Iterator[Finding]:
    for name in names:
        if name not in known:
            yield error("roster-unknown", key, name=name, known=sorted(known)[:40])


def _known(roster: Roster) -> Iterator[Finding]:
    parts = {
        "competence": roster.competences, "shift": roster.shifts, "contract": roster.contracts,
        "person": roster.persons, "cover": roster.cover,
    }  # fmt: skip
    for name, part in parts.items():
        if not part:
            yield error("roster-none", name, name=name)
    competences, shifts = {each.id for each in roster.competences}, {each.id for each in roster.shifts}
    contracts, persons = {each.id for each in roster.contracts}, {each.id for each in roster.persons}
    for shift in roster.shifts:
        yield from _unknown(shift.competences, f"shift[{shift.id}].competences", competences)
    for row, cover in enumerate(roster.cover, start=1):
        yield from _unknown([cover.shift], f"cover[#{row}].shift", shifts)
        yield from _unknown([cover.competence], f"cover[#{row}].competence", competences)
    for who in roster.persons:
        at = f"person[{who.id}]"
        yield from _unknown(who.competences, f"{at}.competences", competences)
        yield from _unknown([who.contract], f"{at}.contract", contracts)
        yield from _unknown(who.supervisors, f"{at}.supervisors", persons)
        for name, duties in (("duty", who.duties), ("before", who.before)):
            for row, duty in enumerate(duties, start=1):
                yield from _unknown([duty.shift], f"{at}.{name}[#{row}].shift", shifts)
        for row, wish in enumerate(who.wishes, start=1):
            yield from _unknown(filter(None, [wish.shift]), f"{at}.wish[#{row}].shift", shifts)


def _numbers(roster: Roster) -> Iterator[Finding]:
    numbers: list[tuple[str, int | Decimal, int | Decimal, int | Decimal]] = [("weeks", roster.weeks, 1, MOST_WEEKS)]
    numbers.append(("wish_points", roster.wish_points, 0, MOST_COUNT))
    numbers += [(f"contract[{each.id}].hours", each.hours, 1, HOURS_OF_A_WEEK) for each in roster.contracts]
    numbers += [(f"shift[{each.id}].break", each.break_, 0, 24 * 60) for each in roster.shifts]
    for who in roster.persons:
        at = f"person[{who.id}]"
        numbers += [(f"{at}.share", who.share, Decimal("0.01"), 1), (f"{at}.nights", who.nights, 0, MOST_COUNT)]
        numbers.append((f"{at}.weekends", who.weekends, 0, MOST_COUNT))
        numbers += [
            (f"{at}.leave[#{row}].hours", each.hours or 0, 0, MOST_COUNT) for row, each in enumerate(who.leave, start=1)
        ]
        numbers += [
            (f"{at}.wish[#{row}].weight", each.weight, 1, MOST_WEIGHT) for row, each in enumerate(who.wishes, start=1)
        ]
    for row, cover in enumerate(roster.cover, start=1):
        numbers += [(f"cover[#{row}].{name}", getattr(cover, name), 0, MOST_COUNT) for name in ("least", "wanted")]
        numbers += [(f"cover[#{row}].{name}", getattr(cover, name), 0, MOST_WEIGHT) for name in ("under", "over")]
    for rule in roster.rules:
        at = f"rule[{rule.id}]"
        numbers += [(f"{at}.value", rule.value, 0, MOST_COUNT), (f"{at}.weeks", rule.weeks, 0, MOST_WEEKS)]
        if rule.weight is not None:
            numbers.append((f"{at}.weight", rule.weight, 1, MOST_WEIGHT))
    for key, value, least, most in numbers:
        if not least <= value <= most:
            yield error("roster-number", key, value=str(value)[:40], least=str(least), most=str(most))


def _days(roster: Roster) -> Iterator[Finding]:
    """The period, and that all days are in it."""
    if not FIRST <= roster.first <= LAST:
        yield error("roster-outside", "first", day=f"{roster.first}", first=f"{FIRST}", last=f"{LAST}")
        return
    if roster.first.weekday():
        monday = roster.first - timedelta(days=roster.first.weekday())
        said = {"first": f"{roster.first}", "monday": f"{monday}", "next": f"{monday + timedelta(days=7)}"}
        yield error("roster-monday", "first", **said)
    if not 1 <= roster.weeks <= MOST_WEEKS:
        return
    first, last = roster.first, roster.last
    earliest, latest = first - timedelta(days=BEFORE), first - timedelta(days=1)
    days: list[tuple[str, date, date, date]] = []
    for row, cover in enumerate(roster.cover, start=1):
        days += [(f"cover[#{row}].on", each, first, last) for each in cover.on]
    for who in roster.persons:
        at = f"person[{who.id}]"
        days += [(f"{at}.duty[#{row}].day", each.day, first, last) for row, each in enumerate(who.duties, start=1)]
        days += [(f"{at}.wish[#{row}].day", each.day, first, last) for row, each in enumerate(who.wishes, start=1)]
        days += [
            (f"{at}.before[#{row}].day", each.day, earliest, latest) for row, each in enumerate(who.before, start=1)
        ]
    for key, day, least, most in days:
        if not least <= day <= most:
            yield error("roster-outside", key, day=f"{day}", first=f"{least}", last=f"{most}")


def _shifts(roster: Roster) -> Iterator[Finding]:
    """Catalogues that overlap, hours that the clock does not have, and shifts longer than the rules allow."""
    seen: dict[object, str] = {}
    for shift in roster.shifts:
        alike = (shift.start, shift.end, shift.kind, shift.break_, frozenset(shift.competences))
        if alike in seen:
            yield error("roster-shift-twice", f"shift[{shift.id}]", other=seen[alike])
        seen.setdefault(alike, shift.id)
        if shift.break_ >= length(shift):
            yield error("roster-break", f"shift[{shift.id}].break", minutes=shift.break_, length=length(shift))
        for name in ("start", "end"):
            yield from strange(roster, f"shift[{shift.id}].{name}", getattr(shift, name))
        for rule in roster.rules:
            if rule.kind == "longest-shift" and rule.weight is None and length(shift) > rule.value * 60:
                hours = round(length(shift) / 60, 2)
                yield error(
                    "roster-shift-long", f"shift[{shift.id}].end", hours=hours, rule=rule.title, most=rule.value
                )


def _rules(roster: Roster) -> Iterator[Finding]:
    for rule in roster.rules:
        if rule.status == "verified" and not (rule.address and rule.passage):
            yield error("roster-rule-read", f"rule[{rule.id}].status")
        if not about(roster, rule) and rule.kind != "fair-weekends":
            yield error("roster-rule-about", f"rule[{rule.id}]", rule=rule.title, what=list(rule.kinds) or rule.kind)
        if rule.kind == "secure" and not rule.kinds:
            yield error("missing-key", f"rule[{rule.id}].kinds", name="kinds")
    for contract in roster.contracts:
        if contract.status == "verified" and not (contract.address and contract.passage):
            yield error("roster-rule-read", f"contract[{contract.id}].status")


def _cover(roster: Roster) -> Iterator[Finding]:
    titles = {each.id: named(each) for each in roster.competences}
    had = {name for who in roster.persons for name in who.competences}
    for shift in roster.shifts:
        if shift.competences and not had & {*shift.competences}:
            yield error(
                "roster-nobody",
                f"shift[{shift.id}].competences",
                competence=[titles[each] for each in shift.competences],
            )
    seen: set[tuple[str, str, object]] = set()
    for row, cover in enumerate(roster.cover, start=1):
        if cover.least > cover.wanted:
            yield error("roster-cover-order", f"cover[#{row}].least", least=cover.least, wanted=cover.wanted)
        if cover.competence not in had:
            yield error("roster-nobody", f"cover[#{row}].competence", competence=titles[cover.competence])
        days: tuple[object, ...] = cover.on or cover.days or ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        for day in days:
            place = (cover.shift, cover.competence, day)
            if place in seen:
                said = {"competence": titles[cover.competence], "shift": cover.shift, "day": str(day)}
                yield error("roster-cover-twice", f"cover[#{row}]", **said)
                break
            seen.add(place)
