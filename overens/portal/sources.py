# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the portal is filled from: agreements stored here, agreements printed elsewhere, and frames."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Max, Sum

from overens.agreements.models import AgreementVersion, Decision, DecisionRow, Extension
from overens.agreements.models.decision import DecisionKind
from overens.agreements.reading import agreements_of
from overens.records import clock
from overens.rules import reading
from overens.rules.agreement import Agreement
from overens.rules.portal import describing, shipped
from overens.rules.portal.describing import Share
from overens.rules.portal.grant import Certainty, Grant
from overens.rules.values import NOT_STATED


@dataclass(frozen=True)
class Source:
    """A grant as a source has it, with each recipient's part by its code."""

    grant: Grant
    shares: Mapping[str, Share]


def all_sources(recipients: Mapping[str, str]) -> Iterator[Source]:
    """Every grant there is, each once: what is stored here outranks what is printed, and that a frame.

    recipients: the kind of each recipient of the portal by its code; a frame is for all of its kinds.
    """
    stored = list(AgreementVersion.objects.current().values_list("code", flat=True))
    yield from _stored(stored)
    printed = [code for code in reading.printed_ids() if code not in stored]
    for code in printed:
        agreement = reading.shipped(code)
        yield Source(_described(agreement, "printed"), describing.shares(agreement, {}))
    told = {*stored, *printed}
    for frame in shipped.frames():
        if frame.agreement not in told:
            unknown = Share(None, "not-known")
            yield Source(frame, {code: unknown for code, kind in recipients.items() if kind in frame.kinds})


def fingerprint() -> str:
    """Another when something may have changed that grants are made of; in a few cheap questions."""
    newest = [
        model.objects.aggregate(newest=Max("pk"))["newest"] or 0 for model in (AgreementVersion, Decision, Extension)
    ]
    return "-".join(map(str, (*newest, _over(), shipped.digest())))


def _over() -> int:
    """How many stored agreements without approval have a period that is over, which says how sure they are."""
    approved = Decision.objects.filter(kind=DecisionKind.APPROVAL).values("agreement")
    codes = AgreementVersion.objects.current().exclude(code__in=approved).values_list("code", flat=True)
    return sum(_is_over(agreement) for agreement in agreements_of(codes).values())


def _is_over(agreement: Agreement) -> bool:
    return agreement.period.last_day < clock.today()


def _stored(codes: list[str]) -> Iterator[Source]:
    approved = dict(
        Decision.objects.filter(kind=DecisionKind.APPROVAL).values_list("agreement", "decided_on")
    )  # fmt: skip
    decided = _decided()
    moved = _moved_for_all()
    for code, agreement in sorted(agreements_of(codes).items()):
        certainty: Certainty = "as-signed"
        if code not in approved:
            certainty = "printed" if _is_over(agreement) else "not-approved"
        grant = _described(agreement, certainty).model_copy(
            update={"decided_on": approved[code]} if code in approved else {}
        )
        duties = tuple(
            duty.model_copy(update={"by": max(day, duty.by) if duty.by != NOT_STATED else day})
            if (day := moved.get((code, duty.id)))
            else duty
            for duty in grant.duties
        )
        yield Source(grant.model_copy(update={"duties": duties}), describing.shares(agreement, decided.get(code, {})))


def _described(agreement: Agreement, certainty: Certainty) -> Grant:
    return describing.described(agreement, shipped.codebook(), certainty)


def _decided() -> dict[str, dict[str, dict[str, int]]]:
    """Whole kronor by agreement, line and organisation."""
    rows = (
        DecisionRow.objects.filter(decision__line__isnull=False)
        .values_list("decision__agreement", "decision__line__code", "recipient__code")
        .annotate(sum=Sum("kronor"))
        .order_by()
    )
    found: dict[str, dict[str, dict[str, int]]] = {}
    for agreement, line, recipient, kronor in rows:
        found.setdefault(agreement, {}).setdefault(line, {})[recipient] = kronor
    return found


def _moved_for_all() -> dict[tuple[str, str], dt.date]:
    rows = Extension.objects.filter(recipients=None).values_list("agreement", "deadline").annotate(last=Max("day"))
    return {(agreement, deadline): day for agreement, deadline, day in rows.order_by()}
