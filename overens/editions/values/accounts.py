# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``accounts/<figure>`` and ``costs/<head>``: what recipients say in their signed financial reports, and what the
government has reclaimed. Both take ``agreement``, ``line`` and ``region``, as :mod:`overens.editions.values.money`.

A head of costs is a field of the agreement's form ("E3.2a"); ``costs/total`` is all costs, however financed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from overens.editions.values.asking import Bindable, check, said, unknown
from overens.editions.values.money import TOTAL, agreement_asked, dimensions, shared_out, versions
from overens.editions.values.register import Register
from overens.grants import papers
from overens.grants.models import Case, Clawback, FinancialReport
from overens.grants.models.clawback import ClawbackState
from overens.rules.edition.keys import Question
from overens.rules.edition.values import NUMBER, Definition, Source, Value
from overens.rules.followup.facts_table import NOT_REPORTED
from overens.rules.process import State

ACCOUNTS, COSTS = "accounts", "costs"
REPORTS, RECLAIMED = "reports", "clawed-back"
# Figures of a report, by what they are called here.
FIGURES = {
    "granted": "granted",
    "received": "received",
    "costs": "costs",
    "unused": "unused",
    "own-share": "own_share",
}
# States in which nothing was paid, so that no account is due.
UNPAID = (
    State.DECIDED, State.REQUISITIONED, State.ACCOUNT_UNPROVEN, State.RETURNED, State.APPROVED, State.BATCHED,
    State.IN_PAYMENT, State.LAPSED,
)  # fmt: skip


@dataclass(frozen=True)
class Account:
    """A case in which money was paid. ``figures`` and ``heads`` are of its standing report; ``source`` is that report,
    None where none was handed in. ``reclaimed``: kronor by decision, with the decision.
    """

    line: str
    code: str
    figures: Mapping[str, int]
    heads: Mapping[str, int]
    source: Source | None
    reclaimed: int
    decision: Source | None


def value(register: Register, question: Question) -> Value:
    """``accounts/unused,region=23``: whole kronor; ``accounts/reports``: how many have accounted. Raises Refused."""
    if question.subject not in (*FIGURES, REPORTS, RECLAIMED):
        unknown(question, (*FIGURES, REPORTS, RECLAIMED))
    question = question.where(agreement=agreement_asked(register, question))
    title = said(register, f"edition-values-accounts-{question.subject}")
    meaning = said(register, "edition-values-accounts-meaning", what=title)
    if question.subject == RECLAIMED:
        return _reclaimed(register, question, title)
    found = [
        (each, 1 if question.subject == REPORTS else each.figures[FIGURES[question.subject]])
        for each in _handed_in(register, question)
    ]
    return _summed(register, question, title, meaning, found)


def costs(register: Register, question: Question) -> Value:
    """``costs/E3.2a``: whole kronor under a head, or ``costs/total``. Raises Refused."""
    question = question.where(agreement=agreement_asked(register, question))
    named = heads(register, question.at["agreement"])
    if question.subject not in (TOTAL, *named):
        unknown(question, (TOTAL, *named))
    title = named.get(question.subject) or said(register, "edition-values-accounts-costs")
    meaning = said(register, "edition-values-costs-meaning", what=title)
    found = [
        (each, each.figures["costs"] if question.subject == TOTAL else each.heads.get(question.subject, 0))
        for each in _handed_in(register, question)
    ]
    return _summed(register, question, title, meaning, found)


def heads(register: Register, code: str) -> dict[str, str]:
    """What an agreement's form calls its heads of costs, by id; none where it has no such form."""

    def found() -> dict[str, str]:
        forms = [form for form in shared_out(register, code).agreement.forms if form.id == "financial-report"]
        return papers.heads(forms[0], register.about.language) if forms else {}

    return register.once((COSTS, "heads", code), found)


def accounts(register: Register, code: str) -> list[Account]:
    """Every case of an agreement that money was paid in, in two or three queries, found once."""
    return register.once((ACCOUNTS, code), lambda: [_account(case) for case in _cases(code)])


def _cases(code: str) -> list[Case]:
    reports = FinancialReport.objects.filter(superseded=False).select_related("version").prefetch_related("cost_items")
    decided = Clawback.objects.filter(state=ClawbackState.DECIDED).select_related("decision")
    found = Case.objects.filter(agreement=code).exclude(state__in=UNPAID).with_parties()
    return list(
        found.prefetch_related(
            Prefetch("reports", reports, to_attr="standing"), Prefetch("clawbacks", decided, to_attr="reclaimed")
        )
    )


def _account(case: Case) -> Account:
    report: FinancialReport | None = next(iter(getattr(case, "standing")), None)  # noqa: B009  (made by the prefetch)
    clawback: Clawback | None = next(iter(getattr(case, "reclaimed")), None)  # noqa: B009
    by_head: dict[str, int] = {}
    for item in report.cost_items.all() if report else ():
        by_head[item.head] = by_head.get(item.head, 0) + item.kronor
    return Account(
        line=case.line.code,
        code=case.recipient.code,
        figures={name: getattr(report, name) for name in FIGURES.values()} if report else {},
        heads=by_head,
        source=_signed(case, report) if report else None,
        reclaimed=(clawback.kronor or 0) if clawback else 0,
        decision=_decision(case, clawback) if clawback else None,
    )


def _signed(case: Case, report: FinancialReport) -> Source:
    return Source(
        id=f"account/{case.key}/{report.version.number}",
        kind="signed",
        title=case.key,
        organisation=case.recipient.name,
        at=report.received_at.date().isoformat(),
        sha256=report.version.sha256,
        version=report.version.number,
    )


def _decision(case: Case, clawback: Clawback) -> Source | None:
    paper = clawback.decision
    if paper is None:
        return None
    return Source(
        id=f"clawback/{case.key}/{paper.number}",
        kind="decision",
        title=case.key,
        organisation=case.recipient.name,
        at=paper.effective_at.date().isoformat(),
        sha256=paper.sha256,
        version=paper.number,
    )


def _asked(register: Register, question: Question) -> list[Account]:
    code = agreement_asked(register, question)
    check(question, dimensions(register, code))
    line, region = question.at.get("line"), question.at.get("region")
    return [each for each in accounts(register, code) if line in (None, each.line) and region in (None, each.code)]


def _handed_in(register: Register, question: Question) -> list[Account]:
    return [each for each in _asked(register, question) if each.source]


def _summed(
    register: Register, question: Question, title: str, meaning: str, found: Sequence[tuple[Account, int]]
) -> Value:
    """A sum over accounts that were handed in, of all that are due."""
    due = len(_asked(register, question))
    is_count = question.subject == REPORTS
    is_known = bool(found) or (is_count and due > 0)
    return Value(
        key=str(question),
        title=title,
        unit="accounts" if is_count else "kronor",
        number=sum(number for _, number in found) if is_known else None,
        status=NUMBER if is_known else NOT_REPORTED,
        certainty="reported" if found else "",
        partial=0 < len(found) < due and not is_count,
        of=due,
        regions=tuple(sorted({each.code for each, _ in found})),
        sources=tuple(register.source(each.source) for each, _ in found if each.source),
        definition=register.define(Definition(id=f"{question.family}/{question.subject}", title=title, text=meaning)),
    )


def _reclaimed(register: Register, question: Question, title: str) -> Value:
    found = [each for each in _asked(register, question) if each.decision]
    return Value(
        key=str(question),
        title=title,
        unit="kronor",
        number=sum(each.reclaimed for each in found),
        of=len(_asked(register, question)),
        regions=tuple(sorted({each.code for each in found})),
        sources=tuple(register.source(each.decision) for each in found if each.decision),
        definition=register.define(
            Definition(
                id=f"{ACCOUNTS}/{RECLAIMED}", title=title, text=said(register, "edition-values-clawed-back-meaning")
            )
        ),
    )


def parts_of(register: Register, question: Question) -> list[str]:
    """Whose parts a sum over recipients has, by code, in their order."""
    return sorted({each.code for each in _asked(register, question)})


def known(register: Register) -> Iterator[Bindable]:
    for code in register.about.agreements:
        if code in versions(register) and accounts(register, code):
            at = {name: tuple(values) for name, values in dimensions(register, code).items()}
            for subject in (*FIGURES, REPORTS, RECLAIMED):
                yield Bindable(ACCOUNTS, subject, said(register, f"edition-values-accounts-{subject}"), at)
            yield Bindable(COSTS, TOTAL, said(register, "edition-values-accounts-costs"), at)
            for head, title in heads(register, code).items():
                yield Bindable(COSTS, head, title, at)
