# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``money/<place>``: where the kronor of an agreement are now, by the ledger. ``allocated/<pot>``: what was shared out,
by the agreement as it is printed.

Both take ``agreement``, ``line`` and ``region`` (any recipient's code). Without an agreement: the edition's last one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from overens.agreements import reading, tracing
from overens.agreements.models import AgreementVersion
from overens.agreements.tracing import ORDER, UNDECIDED, TraceRow
from overens.editions.values.asking import Bindable, check, said, unknown
from overens.editions.values.register import Register
from overens.rules import agreement as agreements
from overens.rules import annex
from overens.rules import reading as texts
from overens.rules.agreement import Agreement, Printed
from overens.rules.allocation import AllocationTable, Row
from overens.rules.edition.keys import Question
from overens.rules.edition.values import NUMBER, Definition, Source, Value
from overens.rules.followup.facts_table import NOT_REPORTED, NOTHING
from overens.rules.process import PAID_OUT, Place
from overens.rules.values import NOT_STATED

MONEY, ALLOCATED = "money", "allocated"
TOTAL = "total"
DECIDED = tuple(place for place in ORDER if place not in (UNDECIDED, Place.RESERVED))
# Sums of places: how far the money has come at least once.
SUMS: Mapping[str, tuple[str, ...]] = {
    TOTAL: tuple(ORDER),
    "decided": DECIDED,
    "asked-for": tuple(place for place in DECIDED if place not in (Place.ALLOCATED, Place.LAPSED)),
    "paid-out": tuple(str(place) for place in PAID_OUT),
}


def value(register: Register, question: Question) -> Value:
    """``money/lapsed,region=23``: whole kronor. Of an agreement whose money is not in the ledger nothing is known.

    Raises Refused as :mod:`overens.editions.values.asking`.
    """
    code = agreement_asked(register, question)
    question = question.where(agreement=code)
    places = SUMS.get(question.subject, (question.subject,))
    if not set(places) <= set(ORDER):
        unknown(question, [*SUMS, *ORDER])
    check(question, dimensions(register, code))
    rows = traced(register, code)
    of_whom = rows if "region" not in question.at else _by_owner(register, code).get(question.at["region"], [])
    kept = sum(row.kronor for row in of_whom if row.place in places and question.at.get("line", row.line) == row.line)
    title = said(register, f"edition-values-money-{question.subject}")
    return Value(
        key=str(question),
        title=title,
        unit="kronor",
        number=kept if rows else None,
        status=NUMBER if rows else NOT_REPORTED,
        regions=region_of(question),
        sources=(register.source(_ledger(register, code)),),
        definition=register.define(
            Definition(
                id=f"{MONEY}/{question.subject}",
                title=title,
                text=said(register, "edition-values-money-meaning", what=title),
            )
        ),
    )


def allocated(register: Register, question: Question) -> Value:
    """``allocated/insatser,region=23``: whole kronor, as printed where it is. A pot is what was agreed, so that its
    recipients' parts may differ from it by what the rounding leaves.

    Raises Refused as :mod:`overens.editions.values.asking`.
    """
    code = agreement_asked(register, question)
    question = question.where(agreement=code)
    shared = shared_out(register, code)
    pots = [id for table in shared.tables.values() for id in table.pots]
    if question.subject != TOTAL and question.subject not in pots:
        unknown(question, [TOTAL, *pots])
    check(question, dimensions(register, code))
    number, is_printed = _share(shared, question)
    title = (
        said(register, "edition-values-allocated-total")
        if question.subject == TOTAL
        else agreements.said(shared.agreement.pot(question.subject), "title", register.about.language)
    )
    return Value(
        key=str(question),
        title=title,
        unit="kronor",
        number=number,
        status=NUMBER if number is not None else NOTHING,
        certainty="certain" if is_printed else "",
        regions=region_of(question),
        sources=(register.source(agreement_source(shared.version, shared.agreement)),),
        definition=register.define(
            Definition(
                id=f"{ALLOCATED}/{code}/{question.subject}",
                title=title,
                text=said(register, "edition-values-allocated-meaning", what=title, agreement=shared.agreement.title),
            )
        ),
        printed=number if is_printed else None,
    )


@dataclass(frozen=True)
class Shared:
    """An agreement's stated pots, as decided, by line; ``rows`` by line and recipient."""

    version: AgreementVersion | None
    agreement: Agreement
    tables: Mapping[str, AllocationTable]
    rows: Mapping[tuple[str, str], Row]


def shared_out(register: Register, code: str) -> Shared:
    """How an agreement's money was shared out, found once."""

    def found() -> Shared:
        version, agreement = versions(register)[code]
        lines = [line.id for line in agreement.lines if any(p.amount != NOT_STATED for p in agreement.pots_of(line))]
        tables = {line: annex.decided(agreement, line) for line in lines}
        rows = {(line, row.code): row for line, table in tables.items() for row in table.rows}
        return Shared(version, agreement, tables, rows)

    return register.once((ALLOCATED, code), found)


def _share(shared: Shared, question: Question) -> tuple[int | None, bool]:
    """The kronor asked for, and whether they are printed."""
    pot, region = question.subject, question.at.get("region")
    lines = [line for line in shared.tables if question.at.get("line", line) == line]
    printed = shared.agreement.annex
    found: list[int] = []
    is_printed = True
    for line in lines:
        table = shared.tables[line]
        in_print = printed if printed is not None and printed.line == line else None
        if pot != TOTAL and pot not in table.pots:
            continue
        if region is None:
            found.append(sum(table.amounts.values()) if pot == TOTAL else table.amounts[pot])
            is_printed &= in_print is not None and _prints(in_print.totals, pot)
            continue
        if row := shared.rows.get((line, region)):
            found.append(row.sum if pot == TOTAL else row.kronor[pot])
            in_row = in_print.row(region) if in_print else None
            is_printed &= in_row is not None and _prints(in_row, pot)
    return (sum(found), is_printed) if found else (None, False)


def _prints(printed: Printed, pot: str) -> bool:
    return printed.sum is not None if pot == TOTAL else pot in printed.amounts


def traced(register: Register, code: str) -> list[TraceRow]:
    """Where an agreement's money is, found once; nothing where it is not in the ledger."""
    return register.once(
        (MONEY, code), lambda: tracing.trace(code) if code in register.once(MONEY, reading.followed) else []
    )


def parts_of(register: Register, question: Question) -> list[str]:
    """Whose parts a sum over recipients has, by code, in their order."""
    code = agreement_asked(register, question)
    if question.family == MONEY:
        places = SUMS.get(question.subject, (question.subject,))
        line = question.at.get("line")
        rows = [row for row in traced(register, code) if row.place in places and line in (None, row.line)]
        return sorted({row.code for row in rows} - {""})
    tables = shared_out(register, code).tables
    return sorted(
        {
            row.code
            for line, table in tables.items()
            for row in table.rows
            if question.at.get("line", line) == line and question.subject in (TOTAL, *table.pots)
        }
    )


def agreement_asked(register: Register, question: Question) -> str:
    """The agreement that a question is of. Raises Refused (``value-unknown-place``)."""
    known = list(versions(register))
    code = question.at.get("agreement") or register.about.agreements[-1]
    check(Question(question.family, question.subject, {"agreement": code}), {"agreement": known})
    return code


def versions(register: Register) -> dict[str, tuple[AgreementVersion | None, Agreement]]:
    """Every agreement by code, with its newest stored version; None of those of the edition that are only shipped."""

    def found() -> dict[str, tuple[AgreementVersion | None, Agreement]]:
        stored = {each.code: each for each in AgreementVersion.objects.current().select_related("paper")}
        shipped = [each for each in register.about.agreements if each not in stored and each in texts.shipped_ids()]
        return {
            **{code: (None, texts.shipped(code)) for code in shipped},
            **{code: (each, reading.agreement_of(code, each.number)) for code, each in stored.items()},
        }

    return register.once("agreements", found)


def agreement_source(version: AgreementVersion | None, agreement: Agreement) -> Source:
    """``version`` is None where the agreement is only shipped: then nobody can look at it here."""
    stated = agreement.annex.source if agreement.annex else agreement.source
    return Source(
        id=f"agreement-{agreement.id}",
        kind="agreement",
        title=agreement.title,
        organisation=", ".join(party.name for party in agreement.parties),
        at=str(agreement.registration.agreement.date) if agreement.registration.agreement.date != NOT_STATED else "",
        sha256=version.paper.sha256 if version else "",
        version=version.number if version else None,
        citation="" if stated == NOT_STATED else stated,
        address=reverse("public-agreement", args=[version.code]) if version else "",
    )


def region_of(question: Question) -> tuple[str, ...]:
    return (question.at["region"],) if "region" in question.at else ()


def known(register: Register) -> Iterator[Bindable]:
    for code in register.about.agreements:
        if code not in versions(register):
            continue
        at = {name: tuple(values) for name, values in dimensions(register, code).items()}
        if traced(register, code):
            for place in (*SUMS, *ORDER):
                yield Bindable(MONEY, place, said(register, f"edition-values-money-{place}"), at)
        shared = shared_out(register, code)
        yield Bindable(ALLOCATED, TOTAL, said(register, "edition-values-allocated-total"), at)
        for pot in (id for table in shared.tables.values() for id in table.pots):
            title = agreements.said(shared.agreement.pot(pot), "title", register.about.language)
            yield Bindable(ALLOCATED, pot, title, at)


def dimensions(register: Register, code: str) -> dict[str, list[str]]:
    """What questions about an agreement's money may say: its lines, and whoever has a part of them."""

    def found() -> dict[str, list[str]]:
        agreement = shared_out(register, code).agreement
        given = {recipient for group in agreement.groups for recipient in group.codes}
        return {
            "agreement": [code],
            "line": [line.id for line in agreement.lines],
            "region": sorted({*given, *_by_owner(register, code)} - {""}),
        }

    return register.once(("money dimensions", code), found)


def _by_owner(register: Register, code: str) -> dict[str, list[TraceRow]]:
    def found() -> dict[str, list[TraceRow]]:
        by: dict[str, list[TraceRow]] = {}
        for row in traced(register, code):
            by.setdefault(row.code, []).append(row)
        return by

    return register.once((MONEY, "by owner", code), found)


def _ledger(register: Register, code: str) -> Source:
    day = register.facts_at.isoformat()
    return Source(
        id=f"ledger-{code}",
        kind="ledger",
        title=said(register, "edition-values-ledger", agreement=code),
        at=day,
        address=f"{reverse('public-trace', args=[code])}?per={day}",
    )
