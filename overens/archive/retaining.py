# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which papers of an organisation are due for disposal, and why the others are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from overens.archive import register
from overens.archive.models import Disposal, RetentionRule
from overens.archive.register import Party
from overens.grants.models import Case
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.records.models import DocumentVersion
from overens.rules.process import State
from overens.rules.retention import Rule, Verdict, standing, verdict

ENDED = (State.CLOSED, State.LAPSED)
# The kinds of organisation that keep archives here, by their side of a paper. The bank keeps its own elsewhere.
KEEPER_KINDS = {Party.GOVERNMENT: Kind.MINISTRY, Party.MINISTRY: Kind.MINISTRY, Party.PAYER: Kind.PAYER}


@dataclass(frozen=True)
class Kept:
    """A paper with what becomes of it; ``case`` is None for papers of an agreement, which are never due."""

    version: DocumentVersion
    case: Case | None
    keepers: tuple[Organisation, ...]
    verdict: Verdict


def rules_of(organisations: Iterable[Organisation]) -> dict[int, list[Rule]]:
    """By organisation the decisions that it has given, in the order given."""
    found: dict[int, list[Rule]] = {organisation.pk: [] for organisation in organisations}
    for row in RetentionRule.objects.filter(organisation__in=found).order_by("pk"):
        found[row.organisation_id].append(row.rule)
    return found


def kept(organisation: Organisation, papers: Iterable[DocumentVersion] | None = None) -> list[Kept]:
    """What becomes of an organisation's papers (of these, or of all) today, in their order."""
    versions = list(register.papers_of(organisation).order_by("effective_at", "pk") if papers is None else papers)
    subjects = {version.document.subject for version in versions}
    cases = {case.key: case for case in Case.objects.filter(key__in=subjects).with_parties()}
    ended = [key for key, case in cases.items() if case.state in ENDED]
    closed = register.closed_on(ended)
    states = {kind: Organisation.objects.filter(kind=kind).first() for kind in (Kind.MINISTRY, Kind.PAYER)}
    recipients = {case.recipient_id: case.recipient for case in cases.values()}
    rules = rules_of([*recipients.values(), *(o for o in states.values() if o)])
    today = clock.today()
    found = []
    for version in versions:
        case = cases.get(version.document.subject)
        keepers = _keepers(version, case, states) if case else ()
        at = closed.get(case.key) if case else None
        followed = [standing(rules[keeper.pk], version.kind, today) for keeper in keepers]
        on = at.astimezone(clock.STOCKHOLM).date() if at else None
        found.append(Kept(version, case, keepers, verdict(on, followed, today)))
    return found


def _keepers(version: DocumentVersion, case: Case, states: dict[Kind, Organisation | None]) -> tuple[Organisation, ...]:
    """Everybody who has the paper: whose it is, and who received it."""
    way = register.way_of(version.kind)
    found: dict[int, Organisation] = {}
    for party in (way.by, *way.to):
        keeper = case.recipient if party is Party.RECIPIENT else states.get(KEEPER_KINDS.get(party, Kind.STRUCTURE))
        if keeper is not None and (party is way.by or register.receives(version, keeper)):
            found[keeper.pk] = keeper
    return tuple(found.values())


def due(organisation: Organisation) -> list[Kept]:
    """The papers that may be proposed for disposal: due, not gone, and in no proposal that is open or decided."""
    taken = set(
        Disposal.objects.exclude(outcome__decision=None, outcome__isnull=False).values_list("items__version", flat=True)
    )
    present = register.papers_of(organisation).exclude(content="").order_by("effective_at", "pk")
    return [each for each in kept(organisation, present) if each.verdict.is_due and each.version.pk not in taken]
