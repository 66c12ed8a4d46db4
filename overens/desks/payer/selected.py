# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a report was sorted, in words and figures, for the payer's pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from overens.desks.refusals import Shown, shown
from overens.desks.saying import language
from overens.grants import examining
from overens.grants.actions import passing, selecting
from overens.grants.actions import policy as policies
from overens.grants.models import Case, Draw, FinancialReport, Selection
from overens.grants.models.policy import Way
from overens.records import clock
from overens.rules import policy as rules
from overens.rules.deadlines import working_days_after
from overens.rules.findings import Finding, word
from overens.rules.policy import Policy
from overens.rules.process import State
from overens.rules.risk import Risk

WAYS: Mapping[str, Promise] = {
    Way.ALWAYS: _("Granskas: regel"),
    Way.RISK: _("Granskas: poäng"),
    Way.SAMPLE: _("Granskas: stickprov"),
    "taken-out": _("Granskas: handläggarens val"),
    Way.PASSES: _("Passerar enligt regel"),
}
TAKEN_OUT = Q(report__taken_out__isnull=False)
FILTERS: Mapping[str, Q] = {
    "always": Q(way=Way.ALWAYS),
    "risk": Q(way=Way.RISK),
    "sample": Q(way=Way.SAMPLE),
    "taken-out": TAKEN_OUT,
    "passes": Q(way=Way.PASSES) & ~TAKEN_OUT,
}
PASSED, ACCEPTED, RETURNED, WAITING, OVER = "passed", "accepted", "returned", "waiting", "over"
OUTCOMES: Mapping[str, tuple[Promise, str]] = {
    PASSED: (_("Godtagen enligt regel"), "neutral"),
    ACCEPTED: (_("Granskad och godtagen"), "good"),
    RETURNED: (_("Granskad och återlämnad"), "warn"),
    WAITING: (_("Väntar"), "info"),
    OVER: (_("Ersatt av en rättelse"), "neutral"),
}


def proposal() -> str:
    """The newest policy that comes with Överens."""
    return max(rules.shipped().items())[1]


def first_day(policy: Policy) -> dt.date:
    """From when what is sorted today would pass."""
    return working_days_after(clock.today(), policy.waiting_working_days)


def way_of(selection: Selection) -> Promise:
    return WAYS["taken-out" if _taken_out(selection) else selection.way]


def _taken_out(selection: Selection) -> bool:
    return getattr(selection.report, "taken_out", None) is not None


def outcome_of(selection: Selection) -> tuple[Promise, str]:
    """What became of the report, and how its pill looks."""
    return OUTCOMES[_outcome(selection)]


def _outcome(selection: Selection) -> str:
    for each in selection.report.version.examinations.all():
        if each.outcome == "returned":
            return RETURNED
        return ACCEPTED if each.person_id else PASSED
    return OVER if selection.report.superseded else WAITING


def row(selection: Selection) -> dict[str, Any]:
    """A row of the list; its case's recipient and line are loaded."""
    said, kind = outcome_of(selection)
    waits = _outcome(selection) == WAITING
    return {
        "case": selection.report.case,
        "score": selection.score,
        "reasons": [(word(r.worded + "-short", language()), r.points) for r in selection.shown_reasons],
        "always": [word(f"risk-{code}-short", language()) for code in selection.always],
        "way": way_of(selection),
        "examined": selection.way != Way.PASSES or _taken_out(selection),
        "passes_on": selection.passes_on if waits and not _taken_out(selection) else None,
        "outcome": said,
        "outcome_kind": kind,
    }


def live(reports: Sequence[FinancialReport], policy: Policy) -> list[dict[str, Any]]:
    """Reports that have not been sorted, with the points that they have now, most first."""
    found = examining.risks([report.case for report in reports], policy)
    rows = [
        {
            "case": report.case,
            "score": risk.score,
            "reasons": [(word(r.worded + "-short", language()), r.points) for r in risk.reasons],
            "always": [word(f"risk-{code}-short", language()) for code in risk.always],
        }
        for report in reports
        if (risk := found.get(report.case_id))
    ]
    return sorted(rows, key=lambda each: (-each["score"], each["case"].key))


def of_cases(cases: Iterable[Case]) -> dict[int, dict[str, Any]]:
    """By case id how the report that waits was sorted, in short, for the queue; unsorted ones are left out."""
    found = Selection.objects.filter(report__case__in=[case.pk for case in cases], report__superseded=False)
    found = found.filter(report__case__state=State.REPORTED).select_related("report__taken_out")
    holds = {agreement: policies.standing(agreement) is not None for agreement in {case.agreement for case in cases}}
    agreement_of = {case.pk: case.agreement for case in cases}

    def shown_in_short(each: Selection) -> dict[str, Any]:
        passes = each.way == Way.PASSES and not _taken_out(each)
        ended = passes and not holds[agreement_of[each.report.case_id]]
        return {
            "score": each.score,
            "way": _("Granskas: policyn är avstängd") if ended else way_of(each),
            "passes_on": each.passes_on if passes and not ended else None,
        }

    return {each.report.case_id: shown_in_short(each) for each in found}


def in_case(case: Case, findings: tuple[Finding, ...] | None) -> dict[str, Any] | None:
    """For a case's page: the points of the report that waits, with reasons, and how it was sorted. None where none.

    findings: what the checks say of the report.
    """
    if case.state != State.REPORTED or findings is None:
        return None
    selection = (
        Selection.objects.filter(report__case=case, report__superseded=False)
        .select_related("report__taken_out__mandate__person", "draw__policy")
        .first()
    )
    decision = selection.draw.policy if selection else policies.standing(case.agreement)
    policy = decision.policy if decision else rules.read(proposal())
    risk = examining.risks([case], policy, {case.pk: findings}).get(case.pk)
    if risk is None:
        return None
    passes = selection is not None and selection.way == Way.PASSES and not _taken_out(selection)
    kept_from = passing.obstacle(case, selection.report) if selection and passes else ""
    return {
        "score": selection.score if selection else risk.score,
        "threshold": policy.threshold,
        "reasons": shown_reasons(risk),
        "always": [
            word(f"risk-always-{code}", language()) for code in (selection.always if selection else risk.always)
        ],
        "unknown": shown(Finding(code, "note") for code in risk.unknown),
        "decision": decision,
        "selection": selection,
        "way": way_of(selection) if selection else None,
        "taken_out": getattr(selection.report, "taken_out", None) if selection else None,
        "kept_from": word(f"kept-{kept_from}", language()) if kept_from else "",
        "may_be_taken_out": passes,
    }


def shown_reasons(risk: Risk) -> list[tuple[int, Shown]]:
    """(points, in words) of every reason."""
    return list(zip([r.points for r in risk.reasons], shown(r.finding for r in risk.reasons), strict=True))


def policy_items(policy: Policy) -> list[dict[str, Any]]:
    """The policy's figures as components/facts.html shows them."""
    return [
        {"label": gettext("Granskas alltid från"), "value": gettext("%(n)s poäng") % {"n": policy.threshold}},
        {"label": gettext("Granskas alltid över"), "value": policy.above_kronor or None, "kind": "kr",
         "note": gettext("Erhållet bidrag.")},
        {"label": gettext("Stickprov"), "value": gettext("%(share)s %% av resten, minst %(least)s")
         % {"share": policy.sample_percent, "least": policy.sample_minimum}},
        {"label": gettext("Passerar tidigast efter"), "value": gettext("%(n)s vardagar")
         % {"n": policy.waiting_working_days}},
    ]  # fmt: skip


def point_rows(policy: Policy) -> list[tuple[str, int]]:
    rows = [(word(f"risk-{code}-short", language()), points) for code, points in policy.points.items()]
    return sorted(rows, key=lambda each: (-each[1], each[0]))


def always_words(policy: Policy) -> list[str]:
    return sorted(word(f"risk-{code}-short", language()) for code in policy.always)


def statistics(agreement: str) -> list[dict[str, Any]]:
    """By why they were chosen: how many reports, and what became of them. An officer's own choice is counted apart."""
    found = Selection.objects.filter(report__case__agreement=agreement).select_related(
        "report__taken_out", "report__version"
    )
    counts: dict[str, dict[str, int]] = {way: dict.fromkeys(OUTCOMES, 0) for way in WAYS}
    for each in found.prefetch_related("report__version__examinations"):
        counts["taken-out" if _taken_out(each) else each.way][_outcome(each)] += 1
    return [
        {
            "label": WAYS[way],
            "total": sum(of.values()),
            "examined": of[ACCEPTED] + of[RETURNED],
            "returned": of[RETURNED],
            "passed": of[PASSED],
            "waiting": of[WAITING],
        }
        for way, of in counts.items()
    ]


def redrawn(drawn: Draw) -> list[Finding]:
    """What differs when a draw is made again."""
    return [Finding(code, "error") for code in selecting.differences(drawn)]
