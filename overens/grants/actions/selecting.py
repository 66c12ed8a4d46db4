# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sorting the reports that wait: what an officer examines because of a rule, of its points or of the draw, and what
passes. What is sorted stays sorted, and nobody but the seed chooses the sample.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import translation

from overens.grants import examining
from overens.grants.actions import policy as policies
from overens.grants.actions.performing import authority
from overens.grants.models import Case, Draw, ExaminationPolicy, FinancialReport, Selection, TakenOut
from overens.grants.models.policy import Way
from overens.people.models import Mandate, Organisation, Person
from overens.people.models.organisation import Kind
from overens.records import clock, documents, events, locks
from overens.records.canonical import canonical, digest
from overens.rules import sampling
from overens.rules.deadlines import working_days_after
from overens.rules.findings import refuse
from overens.rules.process import ACTS, State
from overens.rules.risk import Risk
from overens.rules.sampling import Method

PAPER = "sample-draw"


def waiting(agreement: str) -> list[FinancialReport]:
    """The reports of an agreement that wait to be examined and have not been sorted, with their cases."""
    found = FinancialReport.objects.filter(
        case__agreement=agreement, case__state=State.REPORTED, superseded=False, selection=None
    ).exclude(version__content="")
    return list(found.select_related("case__line", "case__recipient", "version").order_by("case__key"))


@transaction.atomic
def draw(agreement: str, person: Person) -> Draw:
    """Sort every report that waits now, and draw the sample by lot: once for each decision on a policy.

    Raises Refused: ``no-mandate``, ``no-policy``, ``lot-drawn``, ``nothing-waits``.
    """
    mandate = policies.officer(agreement, person, "draw-sample")
    decision = _decided(agreement)
    if decision is None:
        refuse("no-policy", agreement=agreement)
    if decision.draws.filter(method="lot").exists():
        refuse("lot-drawn", agreement=agreement)
    reports = _held(agreement)
    if not reports:
        refuse("nothing-waits", agreement=agreement)
    return _sort(decision, "lot", reports, mandate)


@transaction.atomic
def draw_late(agreement: str) -> Draw | None:
    """Sort by rule what has come since the lot; None where there is nothing to sort, or no lot has been drawn yet."""
    decision = _decided(agreement)
    if decision is None or not decision.draws.filter(method="lot").exists():
        return None
    reports = _held(agreement)
    return _sort(decision, "threshold", reports, None) if reports else None


def _decided(agreement: str) -> ExaminationPolicy | None:
    locks.hold(policies.subject_of(agreement))
    return policies.standing(agreement)


def _held(agreement: str) -> list[FinancialReport]:
    """What waits, once the cases stand still: nobody signs another version while they are sorted."""
    cases = [report.case_id for report in waiting(agreement)]
    list(Case.objects.select_for_update().filter(pk__in=cases).order_by("pk"))
    return waiting(agreement)


def _sort(
    decision: ExaminationPolicy, method: Method, reports: Sequence[FinancialReport], mandate: Mandate | None
) -> Draw:
    policy = decision.policy
    with translation.override("sv"):  # what a reason names of a form is kept in the agreement's language
        risks = examining.risks([report.case for report in reports], policy)
    judged = {report.case.key: _with_rules_of_ours(report, risks[report.case_id]) for report in reports}
    sha256 = {report.case.key: report.version.sha256 for report in reports}
    pool = {key: sha256[key] for key, risk in judged.items() if risk.why(policy) is None}
    chosen = sampling.drawn(method, decision.seed, pool, policy.sample_percent, policy.sample_minimum)
    ways = {key: Way(risk.why(policy) or ("sample" if key in chosen else "passes")) for key, risk in judged.items()}
    at, today = clock.now(), clock.today()
    paper = documents.single(
        PAPER,
        policies.subject_of(decision.agreement),
        mandate.organisation if mandate else Organisation.objects.get(kind=Kind.PAYER),
        {
            "agreement": decision.agreement,
            "decision": decision.paper.sha256,
            "policy_sha256": decision.sha256,
            "draw_method": method,
            "seed": decision.seed,
            "commitment": sampling.commitment(decision.seed),
            "population_sha256": population(sha256),
            "reports": [
                {
                    "case": key,
                    "report": sha256[key],
                    "way": ways[key],
                    "score": risk.score,
                    "reasons": [reason.plain for reason in risk.reasons],
                    "always": list(risk.always),
                    "mark": sampling.mark(decision.seed, key, sha256[key]) if key in pool else "",
                }
                for key, risk in judged.items()
            ],
        },
        person=mandate.person if mandate else None,
        mandate=mandate,
        effective_at=at,
    )
    made = Draw.objects.create(policy=decision, method=method, mandate=mandate, drawn_at=at, paper=paper)
    first_day = working_days_after(today, policy.waiting_working_days)
    Selection.objects.bulk_create(
        Selection(
            draw=made,
            report=report,
            way=ways[report.case.key],
            score=judged[report.case.key].score,
            reasons=[reason.plain for reason in judged[report.case.key].reasons],
            always=list(judged[report.case.key].always),
            passes_on=first_day if ways[report.case.key] is Way.PASSES else None,
        )
        for report in reports
    )
    events.record(policies.subject_of(decision.agreement), "draw-sample", mandate, paper)
    return made


def population(reports: Mapping[str, str]) -> str:
    """The SHA-256 of a population: which report of which case, whatever became of it."""
    return digest(canonical({"reports": [[case, reports[case]] for case in sorted(reports)]}))


def _with_rules_of_ours(report: FinancialReport, risk: Risk) -> Risk:
    """What no policy can let pass: an error, and a case that has been settled before (money may be due back to it)."""
    ours = []
    if examining.has_error(report):
        ours.append("error-finding")
    if report.case.settlements.exists():
        ours.append("settled-before")
    return replace(risk, always=(*risk.always, *ours)) if ours else risk


@transaction.atomic
def take_out(case: Case, reason: str, person: Person) -> TakenOut:
    """An officer chooses to examine a report that would pass by rule. It is written in the examination's chain, not the
    case's, which its recipient reads.

    Raises Refused: as an officer who may not accept it (``no-mandate``, ``own-organisation``), ``not-passing``,
    ``reason-missing``.
    """
    locked = Case.objects.select_for_update(of=("self",)).select_related("recipient", "line").get(pk=case.pk)
    mandate = authority(person, ACTS["accept-report"], locked)
    selection = passing_of(locked)
    if selection is None:
        refuse("not-passing", case=locked.key)
    if not reason.strip():
        refuse("reason-missing", key="reason")
    taken = TakenOut.objects.create(report=selection.report, mandate=mandate, reason=reason.strip(), at=clock.now())
    text = canonical({"case": locked.key, "report": selection.report.version.sha256, "reason": taken.reason})
    subject = policies.subject_of(locked.agreement)
    events.record(subject, "take-out-report", mandate, papers=[digest(text)])
    return taken


def passing_of(case: Case) -> Selection | None:
    """How the report that waits in a case was sorted, when it is to pass by rule and no officer has taken it out."""
    found = Selection.objects.filter(
        report__case=case, report__case__state=State.REPORTED, report__superseded=False, report__taken_out=None,
        way=Way.PASSES,
    )  # fmt: skip
    return found.select_related("report__version", "draw__policy__paper").first()


def differences(drawn: Draw) -> list[str]:
    """Draw again from what the paper says, and hold the outcome against it and against how the reports were sorted.

    Codes of what differs (``redraw-seed``, ``redraw-population``, ``redraw-outcome``, ``redraw-rows``); none when the
    draw comes out the same.
    """
    data, decision = drawn.paper.data, drawn.policy
    rows: Iterable[Mapping[str, Any]] = data["reports"]
    sha256 = {row["case"]: row["report"] for row in rows}
    found = []
    if (
        data["commitment"] != sampling.commitment(data["seed"])
        or data["commitment"] != decision.paper.data["commitment"]
    ):
        found.append("redraw-seed")
    if data["population_sha256"] != population(sha256):
        found.append("redraw-population")
    pool = {row["case"]: row["report"] for row in rows if row["way"] in (Way.SAMPLE, Way.PASSES)}
    policy = decision.policy
    chosen = sampling.drawn(data["draw_method"], data["seed"], pool, policy.sample_percent, policy.sample_minimum)
    if chosen != {row["case"] for row in rows if row["way"] == Way.SAMPLE}:
        found.append("redraw-outcome")
    kept = drawn.selections.values_list("report__case__key", "report__version__sha256", "way", "score")
    if sorted(kept) != sorted((r["case"], r["report"], r["way"], int(r["score"])) for r in rows):
        found.append("redraw-rows")
    return found
