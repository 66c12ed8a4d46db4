# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An edition's way from draft to what stands: internal review, the regions' fact check, frozen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from overens.editions import current, filing, source
from overens.editions.actions.performing import performing
from overens.editions.compiling import Compiled
from overens.editions.models import Check, Edition, Piece, Remark
from overens.followup.last_days import to_come
from overens.people.models import Notice, Organisation, Person
from overens.people.models.organisation import Kind
from overens.records import clock, documents, registrations
from overens.records.models import DocumentVersion
from overens.rules.edition.own_pieces import own_pieces
from overens.rules.edition.process import EditionState
from overens.rules.findings import Finding, Refused, error, refuse

CHECK, EDITION = "edition-check", "edition"


@dataclass(frozen=True)
class Stand:
    """What was written and what it was compiled to, so that a step can tell whether somebody has written since."""

    written: source.EditionSource
    compiled: Compiled


def stand(edition: Edition, *, state: str, registration: str = "") -> Stand:
    """Compile an edition by the facts of now. Takes a while: never under a lock."""
    written = source.stored(edition)
    return Stand(written, current.now(written, state, registration))


def send_to_review(edition: Edition, person: Person) -> None:
    """Ask a colleague to read it. Raises Refused: ``edition-empty``."""
    with performing("send-to-review", edition, person) as p:
        if not p.edition.passages.filter(removed=False).exclude(content={}).exists():
            refuse("edition-empty")
        p.edition.sent_by = person


def return_to_draft(edition: Edition, person: Person) -> None:
    """Write on before anybody else reads it. Checks that regions have begun stay with what they have answered."""
    with performing("return-to-draft", edition, person):
        pass


def send_checks(edition: Edition, due_on: dt.date | None, person: Person) -> list[Check]:
    """Send every region what is about it, to be answered by a day (moved to the next working day).

    Raises Refused: ``review-by-another`` (whoever sent it to review lets it not go on), ``day-missing``,
    ``due-in-the-past``, ``edition-has-errors``, ``edition-changed``, ``edition-about-no-region``.
    """
    made = stand(edition, state=EditionState.FACT_CHECK)
    with performing("send-edition-check", edition, person) as p:
        if found := list(review_by_another(p.edition, person)):
            raise Refused(*found)
        last_day = to_come(due_on)
        _require_sound(p.edition, made)
        checks, rows = [], []
        passages = {each.key: each for each in p.edition.passages.all()}
        for region, names in _regions():
            pieces = own_pieces(made.compiled.document, region.code, names)
            if not pieces:
                continue
            document = documents.open_document(CHECK, p.edition.key, region)
            content = {
                "edition": p.edition.code,
                "pieces": [{"passage": each.passage, "block": each.block, "text": each.text} for each in pieces],
            }
            version = documents.add_version(document, content, person=person, mandate=p.by, effective_at=p.at)
            p.bound.append(version.sha256)
            check = Check(
                edition=p.edition, organisation=region, version=version, due_on=last_day, sent_at=p.at
            )  # fmt: skip
            checks.append(check)
            rows += [
                Piece(check_of=check, number=at, passage=passages[each.passage], block=each.block, text=each.text)
                for at, each in enumerate(pieces, 1)
            ]
            _tell(region, "edition-check-asked", p.edition, version.sha256[:16], p.at, day=last_day.isoformat())
        if not checks:
            refuse("edition-about-no-region")
        Check.objects.bulk_create(checks)
        Piece.objects.bulk_create(rows)
        return checks


def review_by_another(edition: Edition, person: Person) -> Iterator[Finding]:
    if edition.sent_by_id == person.pk:
        yield error("review-by-another", who=person.name)


def checks_now(edition: Edition) -> list[Check]:
    """The last check of each region, in the regions' order."""
    found: dict[int, Check] = {}
    for check in edition.checks.select_related("organisation").order_by("sent_at"):
        found[check.organisation_id] = check
    return sorted(found.values(), key=lambda check: check.organisation.sort_key)


def hindrances(edition: Edition, made: Stand | None = None) -> Iterator[Finding]:
    """What has to be done before an edition can be frozen; with its errors where it has been compiled."""
    today = clock.today()
    waits = [check for check in checks_now(edition) if check.answered_at is None and today <= check.due_on]
    if waits:
        names = [check.organisation.name for check in waits]
        yield error("checks-not-answered", who=names, day=max(check.due_on for check in waits).isoformat())
    if open_remarks := Remark.objects.filter(passage__edition=edition, state="open").count():
        yield error("remarks-open", count=open_remarks)
    if made is None:
        return
    if errors := [each for each in made.compiled.findings if each.level == "error"]:
        yield error("edition-has-errors", count=len(errors))
    confirmed = dict(edition.confirmed.values_list("key", "shown"))
    changed = [key for key, shown in made.compiled.bound.items() if key in confirmed and confirmed[key] != shown]
    if changed:
        yield error("values-changed", count=len(changed))


def freeze(edition: Edition, registration_number: str, person: Person) -> DocumentVersion:
    """Let it stand: source, facts and what was compiled of them are one paper with a hash. Its files are made in the
    background.

    Raises Refused: ``registration-missing``, ``edition-changed``, and what :func:`hindrances` finds.
    """
    number = registration_number.strip()
    if not number:
        refuse("registration-missing", key="registration_number")
    made = stand(edition, state=EditionState.FROZEN, registration=number)
    with performing("freeze-edition", edition, person) as p:
        if found := list(hindrances(p.edition, made)):
            raise Refused(*found)
        _require_unchanged(p.edition, made)
        registrations.register(p.edition.key, p.edition.owner, number, p.by)
        p.paper = frozen(p.edition, made, number, person=person, mandate=p.by, effective_at=p.at)
        p.edition.version, p.edition.frozen_at = p.paper, p.at
        p.edition.registration_number = number
        for check in checks_now(p.edition):
            _tell(check.organisation, "edition-frozen", p.edition, p.paper.sha256[:16], p.at)
        filing.start(p.edition, person)
        return p.paper


def frozen(edition: Edition, made: Stand, number: str, **fields: Any) -> DocumentVersion:
    """The paper of an edition: the passages as they were written, and the compiled document with its values."""
    document = documents.open_document(EDITION, edition.key, edition.owner)
    content = {
        "edition": edition.code,
        "follows": edition.follows.version.sha256 if edition.follows and edition.follows.version else "",
        "passages": [
            {"key": each.key, "level": each.level, "kind": each.kind, "heading": each.heading, "text": each.text}
            for each in made.written.passages
        ],
        "document": made.compiled.document.canonical().decode(),
    }
    return documents.add_version(document, content, registration_number=number, **fields)


def _regions() -> Iterator[tuple[Organisation, set[str]]]:
    """Every region with all the names that it has borne."""
    for region in Organisation.objects.filter(kind=Kind.REGION).prefetch_related("names").order_by("code"):
        yield region, {region.name, *(each.name for each in region.names.all())}


def _require_unchanged(edition: Edition, made: Stand) -> None:
    if source.stored(edition) != made.written:
        refuse("edition-changed")


def _require_sound(edition: Edition, made: Stand) -> None:
    _require_unchanged(edition, made)
    if errors := [each for each in made.compiled.findings if each.level == "error"]:
        refuse("edition-has-errors", count=len(errors))


def _tell(organisation: Organisation, code: str, edition: Edition, key: str, at: dt.datetime, **values: Any) -> None:
    Notice.objects.create(
        organisation=organisation,
        key=f"{code}/{edition.key}/{key}/{organisation.code}",
        code=code,
        values={"title": edition.title, "who": edition.owner.name, **values},
        subject=edition.key,
        at=at,
    )
