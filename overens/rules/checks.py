# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an examiner should look at in a signed paper: what, why, on what evidence, and what to do.

Nothing here stops anything. A warning is something to clear up before the paper is passed, a note something to know; a
surprising figure may be true. The thresholds are ours (assumed: the sources state none).
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from overens.rules.findings import Evidence, Finding, Level

# So near the last day a requisition is that a return for completion would take it past the day.
NEAR_DAYS = 2
# Per cent of the received sum: costs this little above it, unused money or a corrected sum this much of it.
JUST_ABOVE = 1
MUCH_UNUSED = 10
MUCH_CHANGED = 5
# A cost that is a multiple of this is round; it says something when at least half of two or more costs are.
ROUND = 100_000

# Words for a cost that is a part of a larger one, and so has been split by some key.
_SHARED = re.compile(r"\b(andel|del av|fördelad\w*|fördelat|procent)\b|%", re.IGNORECASE)


@dataclass(frozen=True)
class RequisitionFacts:
    """A signed requisition beside what is known already. Sums in whole kronor, days in Sweden.

    ``received_on``: when this version came; ``first_received_on``: the day that counts, and ``by_proof`` when a proof
    stands for it. ``contact`` and ``known_contact``: telephone, e-mail, address by the label of the field.
    ``rejected_giros``: accounts of the recipient that the bank has turned back. ``giro_of_others``: other recipients
    that have stated the same account. ``before``: the sum of the version before, None for the first.
    """

    decided: int
    asked: int
    giro: str
    received_on: dt.date
    first_received_on: dt.date
    deadline: dt.date | None
    known_giro: str = ""
    reference: str = ""
    contact: Mapping[str, str] | None = None
    known_contact: Mapping[str, str] | None = None
    rejected_giros: frozenset[str] = frozenset()
    giro_of_others: tuple[str, ...] = ()
    before: int | None = None
    by_proof: bool = False


@dataclass(frozen=True)
class Cost:
    """A cost item of a report: the label of its head, its title, whole kronor, and its allocation key if it has one."""

    head: str
    title: str
    kronor: int
    key: str = ""


@dataclass(frozen=True)
class ReportFacts:
    """A signed financial report. Sums in whole kronor.

    ``heads``: labels of all heads of the form, in its order. ``first_received_on``: when the first report came, which
    is what a deadline is held against. ``costs_before``: the costs of the version before, None for the first.
    """

    received: int
    costs: int
    items: tuple[Cost, ...]
    heads: tuple[str, ...]
    alternative: int
    first_received_on: dt.date
    deadline: dt.date | None
    deviations: str = ""
    measures: str = ""
    costs_before: int | None = None


def requisition_findings(facts: RequisitionFacts) -> tuple[Finding, ...]:
    """Warnings first. Empty when there is nothing to say."""
    found: list[Finding] = []
    other_account = bool(facts.known_giro) and facts.giro != facts.known_giro
    if facts.giro in facts.rejected_giros:
        found.append(_finding("giro-rejected-before", "warning", giro=facts.giro))
    if facts.giro_of_others:
        found.append(_finding("giro-shared", "warning", giro=facts.giro, recipients=list(facts.giro_of_others)))
    if other_account:
        found.append(_finding("giro-differs", "warning", stated=facts.giro, known=facts.known_giro))
    elif not facts.known_giro:
        found.append(_finding("giro-not-known", "note", giro=facts.giro))
    if differing := _differing(facts):
        # A changed account together with changed ways to ask about it is how payments are led astray.
        found.append(
            _finding("contact-differs", "warning" if other_account else "note", differing,
                     labels=[row.label for row in differing])
        )  # fmt: skip
    if facts.asked < facts.decided:
        found.append(
            _finding("asked-below-decided", "note", asked=facts.asked, decided=facts.decided,
                     left=facts.decided - facts.asked)
        )  # fmt: skip
    if facts.before is not None and facts.before != facts.asked:
        found.append(_finding("asked-changed", "note", before=facts.before, asked=facts.asked))
    found += _receipt(facts)
    if not facts.reference.strip():
        found.append(_finding("reference-missing", "note"))
    return _warnings_first(found)


def _differing(facts: RequisitionFacts) -> tuple[Evidence, ...]:
    known = facts.known_contact or {}
    return tuple(
        Evidence(label, {"stated": stated, "known": known[label]})
        for label, stated in (facts.contact or {}).items()
        if known.get(label) and stated.strip().casefold() != known[label].strip().casefold()
    )


def _receipt(facts: RequisitionFacts) -> list[Finding]:
    if facts.deadline is None:
        return []
    received, deadline = facts.first_received_on.isoformat(), facts.deadline.isoformat()
    if facts.by_proof:
        return [_finding("received-by-proof", "note", received=received, deadline=deadline)]
    if facts.received_on > facts.deadline:
        return [
            _finding("completed-after-deadline", "note", first=received, received=facts.received_on.isoformat(),
                     deadline=deadline)
        ]  # fmt: skip
    if (facts.deadline - facts.received_on).days <= NEAR_DAYS:
        return [_finding("received-near-deadline", "note", received=received, deadline=deadline)]
    return []


def report_findings(facts: ReportFacts) -> tuple[Finding, ...]:
    """Warnings first. Empty when there is nothing to say."""
    found: list[Finding] = []
    if facts.alternative == 2:
        found.append(_finding("attested-not-correct", "warning", _deviations(facts)))
    elif facts.deviations.strip():
        found.append(_finding("deviations-stated", "note", _deviations(facts)))
    if facts.deadline and facts.first_received_on > facts.deadline:
        found.append(
            _finding("report-late", "warning", received=facts.first_received_on.isoformat(),
                     deadline=facts.deadline.isoformat(), days=(facts.first_received_on - facts.deadline).days)
        )  # fmt: skip
    if without := [item for item in facts.items if _SHARED.search(item.title) and not item.key.strip()]:
        found.append(
            _finding("allocation-key-missing", "warning", _costs(without), titles=[item.title for item in without])
        )
    found += _level_of_costs(facts)
    found += _items(facts)
    if facts.costs_before is not None and facts.costs_before != facts.costs:
        difference = facts.costs - facts.costs_before
        much = abs(difference) * 100 >= MUCH_CHANGED * facts.received
        found.append(
            _finding("costs-changed", "warning" if much else "note", before=facts.costs_before, costs=facts.costs,
                     difference=difference)
        )  # fmt: skip
    return _warnings_first(found)


def _deviations(facts: ReportFacts) -> tuple[Evidence, ...]:
    """The head of finance's own words."""
    return tuple(Evidence(text, {}) for text in (facts.deviations, facts.measures) if text.strip())


def _level_of_costs(facts: ReportFacts) -> list[Finding]:
    costs, received = facts.costs, facts.received
    above = costs - received
    if above == 0:
        return [_finding("costs-equal-received", "note", costs=costs)]
    if 0 < above * 100 <= JUST_ABOVE * received:
        return [_finding("costs-just-above", "note", costs=costs, received=received, above=above)]
    if -above * 100 >= MUCH_UNUSED * received:
        return [_finding("much-unused", "note", unused=-above, percent=-above * 100 // received)]
    return []


def _items(facts: ReportFacts) -> list[Finding]:
    found: list[Finding] = []
    used = {item.head for item in facts.items if item.kronor}
    if empty := [head for head in facts.heads if head not in used]:
        found.append(_finding("head-empty", "note", heads=empty))
    titles = Counter(item.title.strip().casefold() for item in facts.items)
    if twice := [item for item in facts.items if titles[item.title.strip().casefold()] > 1]:
        found.append(
            _finding("title-twice", "note", _costs(twice), titles=sorted({item.title.strip() for item in twice}))
        )
    rounded = [item for item in facts.items if item.kronor and item.kronor % ROUND == 0]
    if len(rounded) >= 2 and len(rounded) * 2 >= len(facts.items):
        found.append(
            _finding("round-sums", "note", _costs(rounded), count=len(rounded), of=len(facts.items), unit=ROUND)
        )
    return found


def _finding(code: str, level: Level, evidence: tuple[Evidence, ...] = (), **values: object) -> Finding:
    return Finding(code, level, values, evidence=evidence)


def _costs(items: list[Cost]) -> tuple[Evidence, ...]:
    return tuple(Evidence(item.title, {"head": item.head, "kronor": item.kronor}) for item in items)


def _warnings_first(found: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda finding: finding.level != "warning"))
