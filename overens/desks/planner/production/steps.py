# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The five steps of production and capacity planning, in their order, with what is done in each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from overens.planner import balancing, needs, production, results
from overens.planner.models import ProblemVersion
from overens.rules.findings import Refused


def _need(version: ProblemVersion) -> str:
    return _("beräknat") if results.last(needs.KIND, version) else ""


def _capacity(version: ProblemVersion) -> str:
    return _("inlagd")


def _balance(version: ProblemVersion) -> str:
    found = balancing.standing(version.problem)
    if found is None:
        return ""
    if found.version_id != version.pk:
        return _("beslutad av version %(number)d") % {"number": found.version.number}
    return _("beslutad %(day)s") % {"day": date_format(found.decided_on, "SHORT_DATE_FORMAT")}


def _plan(version: ProblemVersion) -> str:
    found = production.last(version.problem)
    if found is None:
        return ""
    if found.of.pk != version.pk:
        return _("gjord av version %(number)d") % {"number": found.of.number}
    return _("gjord")


def _follow(version: ProblemVersion) -> str:
    try:
        outcome = production.given(version).outcome
    except Refused:
        return ""
    passed = len(outcome.begun) if outcome else 0
    return ngettext("%(count)d vecka", "%(count)d veckor", passed) % {"count": passed} if passed else ""


# The name of the address, what it is called, and what is done of it in a version, in a word or two (empty: nothing).
STEPS: tuple[tuple[str, Promise, Callable[[ProblemVersion], str]], ...] = (
    ("planner-production-need", gettext_lazy("Behov av kapacitet"), _need),
    ("planner-production-capacity", gettext_lazy("Tillgänglig kapacitet"), _capacity),
    ("planner-production-balance", gettext_lazy("Balansering"), _balance),
    ("planner-production-plan", gettext_lazy("Produktionsplan"), _plan),
    ("planner-production-follow", gettext_lazy("Uppföljning"), _follow),
)


def steps(version: ProblemVersion, here: str = "") -> list[dict[str, Any]]:
    """For the navigation; here: the name of the page's own address."""
    return [
        {
            "number": at,
            "url": reverse(name, args=[version.problem.code]),
            "label": label,
            "done": done(version),
            "current": name == here,
        }
        for at, (name, label, done) in enumerate(STEPS, start=1)
    ]
