# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proof that the facts are what was signed: every submission's rows are derived anew from its content and compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from overens.followup.actions import projecting
from overens.followup.models import Report, Submission
from overens.grants import verifying
from overens.rules.followup.facts import Facts
from overens.rules.followup.process import ReportState
from overens.statistics import verifying as statistics


def all_checks(kept: dict[str, Any] | None = None) -> Iterator[tuple[str, str | None]]:
    """What is checked, of the money, of statistics and of the reports, and the first difference in words or None."""
    yield from verifying.all_checks(kept)
    yield from statistics.own_checks()
    yield from own_checks()


def first_difference(kept: dict[str, Any] | None = None) -> str | None:
    """The first check that does not hold, and how."""
    return next((f"{what}: {difference}" for what, difference in all_checks(kept) if difference), None)


def own_checks() -> Iterator[tuple[str, str | None]]:
    """Those of the reports."""
    yield "facts: every handed-in report's rows are what its content says", _facts()
    yield "reports: what is handed in has one standing version, and what is written has none", _states()


def _facts() -> str | None:
    signed = Submission.objects.filter(version__isnull=False).select_related("version__document", "report__round")
    for submission in signed.order_by("pk").iterator(chunk_size=200):
        version, report = submission.version, submission.report
        assert version is not None
        assert report is not None
        if not version.content:  # disposed of by decision; its rows can no longer be derived
            continue
        if version.document.subject != report.key or submission.organisation_id != report.respondent_id:
            return f"submission {submission.pk}: it is not of report {report.key}"
        if different := differing(projecting.facts_in(version), projecting.stored(submission)):
            return f"submission {submission.pk} of {report.key}: its {different} are not what was handed in"
    return None


def differing(wanted: Facts, found: Facts) -> str | None:
    """The first kind of rows that differ, in whatever order they stand."""
    for each in fields(Facts):
        if sorted(map(repr, getattr(wanted, each.name))) != sorted(map(repr, getattr(found, each.name))):
            return each.name
    return None


def _states() -> str | None:
    standing = dict(Submission.objects.standing().exclude(report=None).values_list("report", "pk"))
    for report in Report.objects.only("pk", "key", "state").iterator(chunk_size=500):
        if (report.state != ReportState.WRITING) != (report.pk in standing):
            return f"report {report.key} is {report.state}, and has {'a' if report.pk in standing else 'no'} submission"
    return None
