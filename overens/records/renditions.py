# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Papers as PDFs that are kept: drawn once to be signed outside, or drawn and sealed. Made beside the acts, never by a
page that is opened: a paper holds without its picture, and a key that is missing stops no decision.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from typing import NamedTuple

import structlog
from django.db.models import Q, QuerySet
from django.utils import timezone

from overens.people.models import Organisation
from overens.records import runs, seals
from overens.records.models import DocumentVersion, Rendition, Run, Tombstone
from overens.records.models.file import Purpose
from overens.records.models.run import RunState
from overens.rendering import paper

log = structlog.get_logger()

# Whose seal each kind of paper gets, by kind of organisation. What a recipient signed is sealed as a receipt.
DECISIONS_OF_PAYER = (
    "settlement", "refund-decision", "readmission", "lapse", "write-off", "match-undone", "bank-receipt",
    "write-off-reversed", "remission", "deferral", "instalment-plan", "interest-remission",
)  # fmt: skip
# Letters about what is owed: sent, not decided.
LETTERS_OF_PAYER = ("claim", "claim-reminder", "interest-claim")
DECISIONS_OF_GOVERNMENT = (
    "approval", "payment-decision", "lowering-decision", "clawback-decision", "clawback-annulment",
    "extension-decision",
)  # fmt: skip
RECEIVED = ("requisition", "financial-report")

# (the version, who seals it, whether with a test key) -> what stands on it
Draw = Callable[[DocumentVersion, Organisation, bool], paper.Content]


class Drawn(NamedTuple):
    """How a room above this one has its kind of signed paper sealed: what stands on it, and who has received it."""

    draw: Draw
    sealer: Callable[[DocumentVersion], Organisation]


# By kind of paper; each room puts in its own when it is loaded.
DRAWN: dict[str, Drawn] = {}


def sealed_kinds() -> Q:
    """Which versions get a seal: decisions, letters, and what was signed and so received."""
    ours = [*DECISIONS_OF_PAYER, *LETTERS_OF_PAYER, *DECISIONS_OF_GOVERNMENT]
    return Q(kind__in=ours) | Q(kind__in=[*RECEIVED, *DRAWN], signature__isnull=False)


def sealer(version: DocumentVersion) -> Organisation:
    """Who seals a paper. The government has no key: the ministry seals as the recorder of its decisions."""
    if version.kind in DRAWN:
        return DRAWN[version.kind].sealer(version)
    kind = "ministry" if version.kind in DECISIONS_OF_GOVERNMENT else "payer"
    if version.mandate is not None and version.mandate.organisation.kind == kind:
        return version.mandate.organisation
    return Organisation.objects.get(kind=kind)


def missing() -> QuerySet[DocumentVersion]:
    """Papers that shall have a seal and have none yet, oldest first; without those that failed and wait."""
    later = Run.objects.filter(kind="seal", state=RunState.FAILED, due_at__gt=timezone.now())
    stopped = later | runs.given_up().filter(kind="seal")
    put_off = [int(key.rpartition("/")[2]) for key in stopped.values_list("key", flat=True)]
    return (
        DocumentVersion.objects.filter(sealed_kinds())
        .exclude(content="")
        .exclude(renditions__purpose=Purpose.SEALED)
        .exclude(pk__in=put_off)
        .select_related("document__organisation", "mandate__organisation")
        .order_by("pk")
    )


def make_missing(draw: Draw, limit: int = 20) -> int:
    """Seal what is not sealed yet, at most so many papers. One that fails stops no other; it is tried again.

    Returns how many were sealed.
    """
    made = 0
    for version in missing()[:limit]:
        run = runs.once("seal", _key(version), lambda _run, version=version: _seal(version, draw))  # type: ignore[misc]
        made += run.state == RunState.DONE
        if run.last_error:
            log.error("paper not sealed", version=version.pk, kind=version.kind, error=run.last_error)
    return made


def _seal(version: DocumentVersion, draw: Draw) -> Rendition:
    organisation = sealer(version)
    seal = seals.seal_of(organisation.code, organisation.name)
    if version.kind in DRAWN:
        draw = DRAWN[version.kind].draw
    sealed = seals.put(paper.pdf(draw(version, organisation, seal.test_key)), seal)
    return Rendition.objects.create(
        version=version,
        purpose=Purpose.SEALED,
        content=sealed.content,
        sha256=hashlib.sha256(sealed.content).hexdigest(),
        organisation=organisation,
        certificate=sealed.certificate,
        test_key=sealed.test_key,
    )


def to_sign(version: DocumentVersion, content: paper.Content) -> Rendition:
    """Keep a frozen version as the PDF that is signed outside; what comes back must begin with exactly these bytes."""
    drawn = seals.with_room_to_sign(paper.pdf(content))
    return Rendition.objects.create(
        version=version, purpose=Purpose.TO_SIGN, content=drawn, sha256=hashlib.sha256(drawn).hexdigest()
    )


def states_of(versions: Collection[DocumentVersion]) -> dict[int, tuple[str, Rendition | None]]:
    """By version id how it is with its seal, and the seal without its bytes, in three queries for any number.

    ``sealed``, ``waiting``, ``failed`` (for good; may be retried), ``disposed``, or "" where it gets no seal.
    """
    ids = [version.pk for version in versions]
    kept = Rendition.objects.filter(version__in=ids, purpose=Purpose.SEALED).select_related("organisation")
    found = {row.version_id: row for row in kept.annotate(empty=Q(content=b"")).defer("content")}
    wanted = set(
        DocumentVersion.objects.filter(sealed_kinds(), pk__in=ids).exclude(content="").values_list("pk", flat=True)
    )
    given_up = runs.given_up().filter(key__in=[_key(version) for version in versions])
    failed = set(given_up.values_list("key", flat=True))

    def state(version: DocumentVersion) -> str:
        if version.pk in found:
            return "disposed" if found[version.pk].empty else "sealed"
        if version.pk not in wanted:
            return ""
        return "failed" if _key(version) in failed else "waiting"

    return {version.pk: (state(version), found.get(version.pk)) for version in versions}


def state_of(version: DocumentVersion) -> str:
    """How it is with the seal of one version."""
    return states_of([version])[version.pk][0]


def retry(version: DocumentVersion) -> None:
    """Have more tries at a paper that could not be sealed."""
    if run := Run.objects.filter(key=_key(version)).first():
        runs.retry(run)


def _key(version: DocumentVersion) -> str:
    return f"seal/{version.pk}"


def first_difference() -> str | None:
    """Read every kept PDF again; the first that does not hold, in words. A disposed one has a tombstone."""
    removed = set(Tombstone.objects.filter(what="rendition").values_list("row", "sha256"))
    for rendition in Rendition.objects.select_related("version").iterator(chunk_size=50):
        content = bytes(rendition.content)
        if not content and (rendition.pk, rendition.sha256) in removed:
            continue
        if wrong := _broken(rendition, content):
            return f"rendition {rendition.pk} of document version {rendition.version_id}: {wrong}"
    return None


def _broken(rendition: Rendition, content: bytes) -> str | None:
    if hashlib.sha256(content).hexdigest() != rendition.sha256:
        return "it does not have the recorded hash"
    if rendition.purpose == Purpose.SEALED and (wrong := seals.broken(content, rendition.certificate)):
        return wrong
    if f"sha256:{rendition.version.sha256}" not in seals.keywords(content):
        return "it does not show the content of its version"
    return None
