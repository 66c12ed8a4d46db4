# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The registration numbers that stand on a report: the agreement's, its payment decisions', and the report's own.

Source: 2019 agreement, section 8.1 (the account bears the numbers of the approval and of the payment decision).
"""

from __future__ import annotations

from collections.abc import Iterator

from overens.agreements.reading import agreement_of
from overens.followup.models import Report, Round
from overens.followup.reading import asked
from overens.records.models import Registration
from overens.rules.findings import Finding

AGREEMENT, DECISION, OWN = "agreement", "decision", "report"


def subjects_of(report: Report) -> dict[str, str]:
    """What a report's numbers are of, by subject."""
    agreement = report.round.agreement
    lines = decided_lines(report.round)
    return {
        f"agreement/{agreement}": AGREEMENT,
        **{f"agreement/{agreement}/{line}": DECISION for line in lines},
        report.key: OWN,
    }


def decided_lines(round: Round) -> list[str]:
    """The decision lines that give money to those who answer a round."""
    groups = asked(round).respondents
    return [line.id for line in agreement_of(round.agreement).lines if line.recipients in groups]


def numbers_of(report: Report) -> list[dict[str, str]]:
    """The numbers as a content holds them: whose, which, and of what."""
    subjects = subjects_of(report)
    rows = Registration.objects.filter(subject__in=subjects).select_related("organisation").order_by("pk")
    order = list(subjects.values())
    found = [{"organisation": row.organisation.code, "number": row.number, "of": subjects[row.subject]} for row in rows]
    return sorted(found, key=lambda each: order.index(each["of"]))


def missing(numbers: list[dict[str, str]]) -> Iterator[Finding]:
    """A number that the report should bear and that the state has not given yet; it stops nobody."""
    has = {each["of"] for each in numbers}
    for what in (AGREEMENT, DECISION):
        if what not in has:
            yield Finding(f"registration-missing-{what}", "warning")
