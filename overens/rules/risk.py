# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much a financial report deserves an officer's eye: points with their reasons, by a policy, and what is not known.

A score is a help to choose what to examine first, not a verdict: every reason may have a good explanation, and a report
without points may be wrong. It is never shown outside the agency that examines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from overens.rules.findings import Evidence, Finding
from overens.rules.policy import FOUND, Policy

Why = Literal["always", "risk"]


@dataclass(frozen=True)
class Previous:
    """The recipient's last settled report under an earlier agreement. Sums in whole kronor."""

    agreement: str
    received: int
    costs: int


@dataclass(frozen=True)
class Facts:
    """What a score is made of. Sums in whole kronor; ``items`` are the cost items' sums.

    ``findings``: what the checks have to say about the report, and about the account that its money was paid to.
    ``corrected``: signed versions before this one. ``returned``: how often an officer has sent the report back.
    """

    received: int
    costs: int
    items: tuple[int, ...]
    findings: tuple[Finding, ...] = ()
    corrected: int = 0
    returned: int = 0
    previous: Previous | None = None


@dataclass(frozen=True)
class Reason:
    """Why a report has points. ``values`` fill the wording of ``worded`` in the catalogue of findings."""

    code: str
    points: int
    values: Mapping[str, object] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()

    @property
    def worded(self) -> str:
        return f"risk-{self.code}"

    @property
    def finding(self) -> Finding:
        """The reason as pages show findings."""
        return Finding(self.worded, "note", {**self.values, "points": self.points}, evidence=self.evidence)

    @property
    def plain(self) -> dict[str, Any]:
        """As it is kept; the rows behind it stand in the report itself."""
        return {"code": self.code, "points": self.points, "values": dict(self.values)}


def kept(plain: Mapping[str, Any]) -> Reason:
    """A reason as it was kept."""
    return Reason(plain["code"], plain["points"], plain["values"])


@dataclass(frozen=True)
class Risk:
    """``reasons`` most points first. ``always``: the policy's rules that demand an examination whatever the score.

    ``unknown``: what could not be compared, by code of the wording.
    """

    reasons: tuple[Reason, ...] = ()
    always: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def score(self) -> int:
        return sum(reason.points for reason in self.reasons)

    def why(self, policy: Policy) -> Why | None:
        """Why an officer examines the report; None where neither a rule nor the points say so."""
        if self.always:
            return "always"
        return "risk" if self.score >= policy.threshold else None


def assess(facts: Facts, policy: Policy) -> Risk:
    """The points of a report by a policy. The order of the findings does not matter."""
    met = dict(_met(facts, policy))
    reasons = [
        Reason(code, policy.points[code] * times, values, evidence)
        for code, (times, values, evidence) in met.items()
        if code in policy.points
    ]
    always = sorted(policy.always & met.keys())
    if policy.above_kronor and facts.received > policy.above_kronor:
        always.append("above-kronor")
    unknown = [] if facts.previous else ["risk-unknown-before"]
    return Risk(tuple(sorted(reasons, key=lambda r: (-r.points, r.code))), tuple(always), tuple(unknown))


def _met(facts: Facts, policy: Policy) -> Iterator[tuple[str, tuple[int, Mapping[str, object], tuple[Evidence, ...]]]]:
    """Every reason that is met: its code, how many times it counts, what it rests on."""
    yield from _found(facts.findings)
    for code, times in (("corrected", facts.corrected), ("returned-before", facts.returned)):
        if times:
            yield code, (min(times, policy.most_times), {"times": times}, ())
    largest = max(facts.items, default=0)
    if facts.costs and largest * 100 >= policy.one_item_percent * facts.costs:
        yield "one-item", (1, {"largest": largest, "percent": largest * 100 // facts.costs}, ())
    if facts.previous is None:
        yield "first-time", (1, {}, ())
    elif facts.received and facts.previous.received:
        now, before = (100 * f.costs // f.received for f in (facts, facts.previous))
        if abs(now - before) >= policy.changed_points:
            yield "changed-since-before", (1, {"now": now, "before": before, "agreement": facts.previous.agreement}, ())


def _found(
    findings: Iterable[Finding],
) -> Iterator[tuple[str, tuple[int, Mapping[str, object], tuple[Evidence, ...]]]]:
    by_code = {finding.code: finding for finding in findings}
    for code in FOUND:
        if found := by_code.get(code):
            yield code, (1, found.values, found.evidence)
