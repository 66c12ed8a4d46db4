# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The register of documents (OSL 5:2): what an organisation has received and drawn up, newest first.

A paper comes into being when it is signed, sent or decided. What is being written, and what was frozen and never
signed, is its writer's own and in nobody's register.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F, Func, Max, Q, QuerySet, Value
from django.db.models.functions import Upper

from overens.editions.models import Edition
from overens.followup.models import Report, Visit
from overens.grants.models import Case
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.records.models import DocumentVersion, Event, Registration
from overens.records.registrations import search_key


class Party(StrEnum):
    """Who sends or receives a paper, seen from a case. The ministry keeps the government's decisions."""

    GOVERNMENT = "government"
    MINISTRY = "ministry"
    PAYER = "payer"
    FOLLOWUP = "followup"
    RECIPIENT = "recipient"
    BANK = "bank"


@dataclass(frozen=True)
class Way:
    """Who draws up a kind of paper, and to whom it goes (nobody: it stays where it is drawn up)."""

    by: Party
    to: tuple[Party, ...] = ()


P = Party
# What kind of paper goes from whom to whom. Who keeps it follows: both.
WAYS: Mapping[str, Way] = {
    "agreement": Way(P.MINISTRY, (P.RECIPIENT, P.PAYER)),
    "agreement-signature": Way(P.MINISTRY, (P.RECIPIENT,)),
    "approval": Way(P.GOVERNMENT, (P.RECIPIENT, P.PAYER)),
    "payment-decision": Way(P.GOVERNMENT, (P.RECIPIENT, P.PAYER)),
    "lowering-decision": Way(P.GOVERNMENT, (P.RECIPIENT, P.PAYER)),
    "extension-decision": Way(P.GOVERNMENT, (P.RECIPIENT, P.PAYER)),
    "requisition": Way(P.RECIPIENT, (P.PAYER,)),
    "withdrawal": Way(P.RECIPIENT, (P.PAYER,)),
    "lapse": Way(P.PAYER, (P.RECIPIENT,)),
    "readmission": Way(P.PAYER, (P.RECIPIENT,)),
    "payment-batch": Way(P.PAYER, (P.BANK,)),
    "bank-confirmation": Way(P.BANK, (P.PAYER,)),
    "bank-rejection": Way(P.BANK, (P.PAYER,)),
    "distribution-list": Way(P.RECIPIENT),
    "hand-back": Way(P.RECIPIENT),
    "financial-report": Way(P.RECIPIENT, (P.PAYER,)),
    "attestation": Way(P.RECIPIENT, (P.PAYER,)),
    "settlement": Way(P.PAYER, (P.RECIPIENT,)),
    "refund-decision": Way(P.PAYER, (P.RECIPIENT,)),
    "bank-receipt": Way(P.BANK, (P.PAYER,)),
    "match-undone": Way(P.PAYER),
    **{
        kind: Way(P.PAYER, (P.RECIPIENT,))
        for kind in (
            "claim",
            "claim-reminder",
            "deferral",
            "instalment-plan",
            "write-off",
            "write-off-reversed",
            "remission",
            "interest-claim",
            "interest-remission",
        )
    },
    "interest-receipt": Way(P.BANK, (P.PAYER,)),
    "clawback-proposal": Way(P.MINISTRY, (P.RECIPIENT,)),
    "comment": Way(P.RECIPIENT, (P.MINISTRY,)),
    "clawback-decision": Way(P.GOVERNMENT, (P.RECIPIENT, P.PAYER)),
    "clawback-annulment": Way(P.GOVERNMENT, (P.RECIPIENT, P.PAYER)),
    # To whoever asks the round: the follow-up agency or the ministry (papers_of, receives).
    "activity-report": Way(P.RECIPIENT, (P.FOLLOWUP, P.MINISTRY)),
    # A memo comes into being when it is sent to be checked; the answer is the region's.
    "visit-memo": Way(P.FOLLOWUP, (P.RECIPIENT,)),
    "fact-check-answer": Way(P.RECIPIENT, (P.FOLLOWUP,)),
    # What a national report says of a region comes into being when it is sent there; the answer is the region's.
    "edition-check": Way(P.FOLLOWUP, (P.RECIPIENT,)),
    "edition-check-answer": Way(P.RECIPIENT, (P.FOLLOWUP,)),
    "baseline": Way(P.FOLLOWUP),
    "edition": Way(P.FOLLOWUP),
    # To whoever asked: the ministry or the payer (papers_of, receives).
    "accounts": Way(P.RECIPIENT, (P.MINISTRY, P.PAYER)),
    "examination-policy": Way(P.PAYER),
    "sample-draw": Way(P.PAYER),
}
DISPOSAL = "disposal-decision"
# Papers that are their writer's own until they are signed; a report until it is handed in, which takes a signature in
# most rounds.
SIGNED = ("requisition", "financial-report")
REPORT = "activity-report"
OF_VISITS = ("visit-memo", "fact-check-answer")
OF_EDITIONS = ("edition-check", "edition-check-answer")
SIDES: Mapping[str, tuple[Party, ...]] = {
    Kind.PAYER: (P.PAYER,),
    Kind.MINISTRY: (P.MINISTRY, P.GOVERNMENT),
    Kind.FOLLOWUP: (P.FOLLOWUP,),
    Kind.REGION: (P.RECIPIENT,),
    Kind.ASSOCIATION: (P.RECIPIENT,),
}
Papers = QuerySet[DocumentVersion]


def way_of(kind: str) -> Way:
    """How a kind of paper goes. A kind that is in no table stays with the payer, so that somebody registers it."""
    return WAYS.get(kind, Way(P.PAYER))


def receives(version: DocumentVersion, organisation: Organisation) -> bool:
    """False of a paper that went to another agency than this one, though its kind may go to either."""
    if version.kind == REPORT:
        return Report.objects.asked_by(organisation).filter(key=version.document.subject).exists()
    return version.kind != "accounts" or version.accounts_request.asked_by_id == organisation.pk


def submitted(papers: Papers) -> Papers:
    """Of these papers those that have come into being: signed where their kind is to be signed."""
    return papers.filter(
        Q(kind__in=SIGNED, signature__isnull=False)
        | Q(kind="attestation", attestation__attested__signature__isnull=False)
        | Q(kind=REPORT, submission__isnull=False)
        | ~Q(kind__in=(*SIGNED, "attestation", REPORT))
    )


def papers_of(organisation: Organisation) -> Papers:
    """The papers that an organisation keeps, with whose they are; contents are not read."""
    sides = set(SIDES.get(organisation.kind, ()))
    kinds = [kind for kind, way in WAYS.items() if way.by in sides or sides & set(way.to)]
    mine = Q(kind__in=kinds)
    if "accounts" in kinds and P.RECIPIENT not in sides:
        mine &= ~Q(kind="accounts") | Q(accounts_request__asked_by=organisation)
    if P.RECIPIENT in sides:
        cases = list(Case.objects.of(organisation).values_list("key", "agreement", "line_id"))
        shared = Q(document__subject__in=[f"agreement/{agreement}" for agreement in {a for _, a, _ in cases}])
        shared &= Q(decision=None) | Q(decision__line=None) | Q(decision__line__in=[line for *_, line in cases])
        reports = Report.objects.of(organisation).values("key")
        visits = Visit.objects.of(organisation).values("key")
        own = Q(document__subject__in=reports) | Q(document__subject__in=visits)
        own |= Q(kind__in=OF_EDITIONS, document__organisation=organisation)
        mine &= Q(document__subject__in=[key for key, *_ in cases]) | shared | own
    elif REPORT in kinds:
        mine &= ~Q(kind=REPORT) | Q(document__subject__in=Report.objects.asked_by(organisation).values("key"))
        mine &= ~Q(kind__in=OF_VISITS) | Q(document__subject__in=Visit.objects.by(organisation).values("key"))
        codes = Edition.objects.of(organisation).values_list("code", flat=True)
        mine &= ~Q(kind__in=("edition", *OF_EDITIONS)) | Q(document__subject__in=[f"edition/{code}" for code in codes])
    mine |= Q(kind=DISPOSAL, document__organisation=organisation)
    papers = submitted(DocumentVersion.objects.filter(mine))
    return papers.select_related("document__organisation").defer("content").order_by("-effective_at", "-pk")


def subjects_of(key: str) -> list[str]:
    """The subjects whose registration numbers stand on a case's papers: itself, its line and its agreement."""
    if key.startswith("agreement/") or key.count("/") != 2:
        return [key]
    agreement, line, _recipient = key.split("/")
    return [key, f"agreement/{agreement}/{line}", f"agreement/{agreement}"]


class _Spelled(Func):
    """A number as search_key makes it, in the database."""

    function = "REGEXP_REPLACE"
    template = "%(function)s(%(expressions)s, '[^[:alnum:]]', '', 'g')"


def found_by(text: str) -> Q:
    """Papers that a number, in any spelling, a case's key or a recipient's name leads to."""
    key = search_key(text)
    wanted = Q(document__subject__icontains=text.strip()) | Q(document__organisation__name__icontains=text.strip())
    if not key:
        return wanted
    for subject in Registration.objects.filter(search_key__contains=key).values_list("subject", flat=True).distinct():
        wanted |= Q(document__subject=subject)
        if subject.startswith("agreement/"):
            wanted |= Q(document__subject__startswith=f"{subject.removeprefix('agreement/')}/")
    return wanted | Q(pk__in=numbered(key))


def numbered(key: str) -> Papers:
    """Papers that carry a number of their own (decisions) with this search key in it."""
    spelled = _Spelled(Upper(F("registration_number")))
    return (
        DocumentVersion.objects.exclude(registration_number="")
        .annotate(spelled=spelled)
        .filter(spelled__contains=Value(key))
    )


def closed_on(keys: Iterable[str]) -> dict[str, dt.datetime]:
    """When each of these cases was last closed (or lapsed), by its chain."""
    closing = Event.objects.filter(subject__in=list(keys), act__in=("close", "lapse")).order_by()
    return dict(closing.values_list("subject").annotate(at=Max("effective_at")))


def is_incoming(kind: str, organisation: Organisation) -> bool:
    """True where somebody else drew the paper up."""
    return kind != DISPOSAL and way_of(kind).by not in SIDES.get(organisation.kind, ())


def numbers_of(organisation: Organisation, subjects: Sequence[str]) -> dict[str, list[str]]:
    """By subject the organisation's own registration numbers, those of a case's agreement and line among them."""
    wanted = {each for subject in subjects for each in subjects_of(subject)}
    rows = Registration.objects.filter(organisation=organisation, subject__in=wanted).order_by("pk")
    own: dict[str, list[str]] = {}
    for row in rows:
        own.setdefault(row.subject, []).append(row.number)
    return {subject: [number for each in subjects_of(subject) for number in own.get(each, ())] for subject in subjects}
