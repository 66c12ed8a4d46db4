# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A report is frozen, signed and handed in; and corrected later, the same way.

What is frozen is what is asked and answered, as it stands. Whatever is written after that is another version. From the
moment that it is handed in its facts count, and the asker may read it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from overens.agreements.reading import agreement_of, current_version
from overens.followup import checking, registering
from overens.followup.actions import attaching, consenting, projecting
from overens.followup.actions.performing import Performance, performing
from overens.followup.models import Part, PartRevision, Report, Submission
from overens.followup.reading import asked, asked_in, own_areas
from overens.grants.actions import signing
from overens.people.models import Mandate, Person
from overens.records import documents
from overens.records.documents import IN_APP, Signing
from overens.records.models import Document, DocumentVersion
from overens.rules import separation
from overens.rules.findings import Finding, Refused, error, refuse
from overens.rules.followup import facts, handed_in
from overens.rules.followup.asked import Round
from overens.rules.followup.handed_in import Content
from overens.rules.followup.parts import parse, question_of
from overens.rules.followup.process import RoundState

KIND = "activity-report"
# What is declared where the round states nothing. Assumed: no source has a declaration for the account of the work.
DECLARATION = "Jag intygar att uppgifterna i redogörelsen stämmer och att jag är behörig att skriva under den."


@dataclass(frozen=True)
class Standing:
    """A report as it would be handed in now: its content, the revisions that it is made of, and what is found in it."""

    content: Content
    revisions: dict[str, int]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.findings if each.level == "error")


def standing(report: Report, parts: Iterable[Part] | None = None) -> Standing:
    """What would be frozen now, and whether it may be."""
    round, areas = asked(report.round), own_areas(report.round.agreement)
    kept = {part.key: part for part in (report.parts.all() if parts is None else parts) if not part.removed}
    content = handed_in.content(round, areas, {key: part.content for key, part in kept.items()})
    revisions = {key: kept[key].revision for key in handed_in.keys(content)}
    _facts, unreadable = facts.facts_of(round, content)
    told = checking.findings_of(report)
    stopped = {_part_of(each) for each in told if each.level == "error"}
    ours = (*handed_in.unanswered(round, areas, content), *unreadable)
    findings = (
        *(each for each in ours if _part_of(each) not in stopped),
        *told,
        *_set_aside(round, kept),
        *registering.missing(registering.numbers_of(report)),
    )
    return Standing(content, revisions, findings)


def _part_of(finding: Finding) -> str:
    """The key of the part that a finding is about."""
    return ((finding.where.key if finding.where else None) or "").partition("#")[0]


def _number(round: Round, key: str) -> str:
    """The number of the question that a part answers, with the area (2.1 4.1.2); the key itself where there is none."""
    try:
        part = parse(key)
        return " ".join(each for each in (question_of(round, part).id, part.area) if each)
    except (KeyError, ValueError):
        return key


def _set_aside(round: Round, parts: Mapping[str, Part]) -> list[Finding]:
    """What somebody typed over another's text and nobody has chosen between yet."""
    waiting = PartRevision.objects.filter(part__in=[part.pk for part in parts.values()], chosen_at=None)
    keys = waiting.exclude(set_aside={}).order_by("part__key").values_list("part__key", flat=True).distinct()
    return [error("report-clash-waits", key, part=_number(round, key)) for key in keys]


def paper_of(report: Report) -> Document:
    return documents.open_document(KIND, report.key, report.respondent)


def freeze(report: Report, revisions: Mapping[str, int], person: Person, correction: str = "") -> DocumentVersion:
    """Make what is written a version that can be signed. revisions: of the parts as the person has seen them.

    Raises Refused: what stands in the way (level error), ``report-changed`` (somebody has saved since),
    ``correction-reason-missing`` where a version was handed in before, and those of ``performing``.
    """
    with performing("freeze-activity-report", report, person) as p:
        _require_open(p.report, p.at)
        found = standing(p.report, p.report.parts.select_for_update())
        if changed := list(handed_in.differing(revisions, found.revisions)):
            numbers = dict.fromkeys(_number(asked(p.report.round), key) for key in changed)
            refuse("report-changed", parts=", ".join(list(numbers)[:5]))
        if found.errors:
            raise Refused(*found.errors)
        if p.report.submissions.exists() and not correction.strip():
            refuse("correction-reason-missing", key="correction")
        version = documents.add_version(
            paper_of(p.report),
            _frozen(p.report, found, correction.strip()),
            person=person,
            mandate=p.mandate,
            preparers=_preparers(p.report, found.revisions),
            effective_at=p.at,
        )
        p.bound.append(version.sha256)
        return version


def _frozen(report: Report, found: Standing, correction: str) -> dict[str, Any]:
    round = report.round
    agreement, version = current_version(round.agreement), round.versions.latest("number")
    return {
        "report": report.key,
        "round": round.key,
        "round_version": {"number": version.number, "sha256": version.sha256},
        "agreement": {"id": round.agreement, "version": agreement.number, "sha256": agreement.paper.sha256},
        "respondent": {"code": report.respondent.code, "orgnr": report.respondent.orgnr},
        "registrations": registering.numbers_of(report),
        "about": {"from": round.about_from, "to": round.about_to},
        "language": "sv",
        "correction": correction,
        "revisions": found.revisions,
        "attachments": attached(report),
        **found.content,
    }


def attached(report: Report) -> list[dict[str, str]]:
    """The files that belong to a report, under their writers' titles, by their SHA-256."""
    return [{"name": each.title, "sha256": each.file.sha256} for each in attaching.files_of(report)]


def _preparers(report: Report, revisions: Mapping[str, int]) -> list[Person]:
    """Everybody whose saves are in what is frozen."""
    return list(Person.objects.filter(pk__in=PartRevision.objects.filter(
        part__report=report, part__key__in=list(revisions)
    ).values("person")))  # fmt: skip


def unsigned(report: Report) -> DocumentVersion | None:
    """The newest version, when what is written is still what it holds and it has not been handed in."""
    document = documents.find(KIND, report.key)
    version = document.versions.order_by("-number").first() if document else None
    if version is None or Submission.objects.filter(version=version).exists():
        return None
    data, found = version.data, standing(report)
    same = {group: data.get(group) for group in found.content} == found.content and data["attachments"] == attached(
        report
    )
    return version if same else None


def declared(version: DocumentVersion) -> dict[str, str]:
    """The declaration as the signatory is shown it: the text of the round that the version was written by."""
    round = asked_in(version)
    form = f"{version.data['round']} {version.data['round_version']['number']}"
    return {"language": "sv", "text": round.declaration or DECLARATION, "round": form}


def sign(report: Report, version: DocumentVersion, person: Person, how: Signing = IN_APP) -> Submission:
    """Sign the frozen version in the service and hand it in.

    Raises Refused: ``version-replaced``, ``round-not-open``, ``signature-not-asked``, ``method-not-allowed``,
    ``assurance-too-low``, ``signatory-prepared`` where the agreement or the region keeps those apart.
    """
    with performing("sign-activity-report", report, person) as p:
        require_current(p.report, version)
        return hand_in(p, version, p.by, how, p.at)


def send(report: Report, version: DocumentVersion, person: Person) -> Submission:
    """Hand in a frozen version in a round that asks for no signature.

    Raises Refused: ``signature-asked``, ``version-replaced``, ``round-not-open``.
    """
    with performing("send-activity-report", report, person) as p:
        if asked_in(version).signed:
            refuse("signature-asked")
        require_current(p.report, version)
        return _received(p, version, p.by, p.at)


def hand_in(
    p: Performance, version: DocumentVersion, by: Mandate, how: Signing, received_at: dt.datetime
) -> Submission:
    """Within an act: the version is signed by the signatory's mandate and was received at a time."""
    if not asked_in(version).signed:
        refuse("signature-not-asked")
    signing.require_by(p.report.round.agreement, how)
    _keep_apart(p, version, by.person)
    signature = documents.sign(version, None, declared(version), by, how)
    p.bound.append(signature.sha256)
    return _received(p, version, by, received_at)


def _received(p: Performance, version: DocumentVersion, by: Mandate, received_at: dt.datetime) -> Submission:
    """What is first received stands as the day of receipt, whatever is mended later. Raises Refused
    (``version-replaced``) where a later version has come in already: a paper by post may be overtaken.
    """
    _require_open(p.report, received_at)
    if p.report.submissions.filter(version__number__gt=version.number).exists():
        refuse("version-replaced", number=version.number)
    p.paper = version
    p.report.submitted_at = p.report.submitted_at or received_at
    submission = projecting.project(p.report, version, received_at)
    consenting.given_in_report(submission, by)
    return submission


def _keep_apart(p: Performance, version: DocumentVersion, signatory: Person) -> None:
    roles = agreement_of(p.report.round.agreement).roles
    stated = roles is not None and "separations" in roles.model_fields_set
    demanded = (*(roles.separations if roles and stated else ()), *p.report.respondent.separations)
    preparers = version.preparers.values_list("pk", flat=True)
    if code := separation.clash("signatory", signatory.pk, {"preparer": list(preparers)}, demanded):
        refuse(code, who=signatory.name)


def _require_open(report: Report, at: dt.datetime) -> None:
    """A round that the asker has closed takes no new report, but what came before that may be mended."""
    round = report.round
    closed = round.state != RoundState.OPEN and not (round.closed_at and at < round.closed_at)
    if closed and report.submitted_at is None:
        refuse("round-not-open", round=round.key, last="")


def require_current(report: Report, version: DocumentVersion) -> None:
    """Raises Refused (``version-replaced``) when something was written after it was frozen."""
    if unsigned(report) != version:
        refuse("version-replaced", number=version.number)
