# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An organisation's last days: those of its agreements as they have been moved, and its own."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterator

from django.conf import settings

from overens.agreements.models import Extension
from overens.agreements.reading import agreement_of, agreements_of, extensions, last_day, versions_held
from overens.exchange.calendar import Entry, write
from overens.grants.models import AccountsRequest, Case, Claim, Clawback
from overens.people.models import Organisation, Person
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.reminders.models import Feed
from overens.rules.agreement import Agreement, Deadline
from overens.rules.deadlines import falls

DOMAIN = "overens"
# Those that money goes to; the others have no last day before them.
RECIPIENTS = (Kind.REGION, Kind.ASSOCIATION)


def calendar_of(organisation: Organisation) -> bytes:
    """The organisation's last days as a file, in Swedish. The same facts always give the same bytes."""
    return write(f"Överens: {organisation.name}", entries(organisation))


def entries(organisation: Organisation) -> Iterator[Entry]:
    """Every last day of the organisation, passed ones too."""
    cases = list(Case.objects.of(organisation).with_parties())
    for agreement in agreements_of({case.agreement for case in cases}).values():
        groups = {group.id for group in agreement.groups if organisation.code in group.codes}
        for deadline in agreement.deadlines:
            if (groups | {organisation.code, organisation.code.lower()}) & set(deadline.who):
                yield from _stated(agreement, deadline, organisation)
    yield from _own(organisation)


def _stated(agreement: Agreement, deadline: Deadline, organisation: Organisation) -> Iterator[Entry]:
    day = last_day(agreement.id, deadline.id, organisation.pk)
    if day is None:
        return
    moved = [each for each in extensions(agreement.id, organisation.pk) if each.deadline == deadline.id]
    amended, stored_at = _amended(agreement.id, deadline.id)
    yield Entry(
        uid=f"{agreement.id}-{deadline.id}-{organisation.code}@{DOMAIN}",
        day=day,
        title=f"Sista dag: {deadline.what}",
        text="\n".join([agreement.title, *(_decided(each) for each in moved)]),
        url=f"{settings.OVERENS_URL}/overenskommelser/{agreement.id}/",
        moved=amended + len(moved),
        changed_at=max([stored_at, *(each.paper.recorded_at for each in moved)]),
    )


def _amended(code: str, deadline: str) -> tuple[int, dt.datetime]:
    """How many versions of an agreement have changed a day when they came into force, and when the one that stands was
    stored.
    """
    days: list[dt.date | None] = []
    at: dt.datetime | None = None
    for version in versions_held(code):
        stored = agreement_of(code, version.number)
        found = next((each for each in stored.deadlines if each.id == deadline), None)
        day = falls(found) if found else None
        if not days or day != days[-1]:
            days.append(day)
            at = version.recorded_at
    assert at is not None, "an agreement has a version"
    return len(days) - 1, at


def _decided(extension: Extension) -> str:
    return f"Flyttad till {extension.day} ({extension.decider} {extension.decided_on}, {extension.registration_number})"


def _own(organisation: Organisation) -> Iterator[Entry]:
    """Claims, comments and accounts: days of a case of its own. What is done and over is left out."""

    def entry(case: Case, what: str, number: int, day: dt.date, title: str, at: dt.datetime) -> Entry:
        url = f"{settings.OVERENS_URL}/region/{organisation.code}/{case.agreement}/{case.line.code}/"
        uid = f"{what}-{number}-{organisation.code}@{DOMAIN}"
        return Entry(uid, day, title, f"{case.line.title}\n{case.key}", url, 0, at)

    for claim in Claim.objects.filter(case__recipient=organisation, ended_at=None).select_related("case__line"):
        yield entry(claim.case, "krav", claim.pk, claim.due_on, "Sista dag: Krav ska vara betalt", claim.raised_at)
    waiting = Clawback.objects.filter(case__recipient=organisation, state="proposed", commented_at=None)
    for proposal in waiting.select_related("case__line"):
        title = "Sista dag: Yttrande över förslag om återkrav"
        yield entry(proposal.case, "yttrande", proposal.pk, proposal.comment_by, title, proposal.proposed_at)
    for asked in AccountsRequest.objects.filter(case__recipient=organisation, answer=None).select_related("case__line"):
        title = "Sista dag: Räkenskaper ska lämnas"
        yield entry(asked.case, "rakenskaper", asked.pk, asked.due_on, title, asked.asked_at)


def make_feed(organisation: Organisation, person: Person) -> str:
    """Make a secret address for calendar programs; returns its token, which is not kept and so told only now."""
    token = secrets.token_urlsafe(32)
    Feed.objects.create(organisation=organisation, person=person, sha256=_hash(token), made_at=clock.now())
    return token


def end_feed(feed: Feed) -> None:
    """The address shows nothing from now on."""
    Feed.objects.filter(pk=feed.pk, ended_at=None).update(ended_at=clock.now())


def feed_at(token: str) -> Feed | None:
    """The feed of an address, while it is not ended and whoever made it has a mandate at the organisation."""
    found = Feed.objects.filter(sha256=_hash(token), ended_at=None).select_related("organisation", "person").first()
    if found is None or not found.person.is_active:
        return None
    held = found.person.mandates.on(clock.today()).filter(organisation=found.organisation)
    return found if held.exists() else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
