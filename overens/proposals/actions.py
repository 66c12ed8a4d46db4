# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every write of this room: one function, one atomic step. By somebody who negotiates for the proposal's owner."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils.text import slugify

from overens.followup.actions.authority import mandate_of
from overens.people.models import Mandate, Organisation, Person
from overens.proposals.models import SavedProposal, SavedVersion, ShareLink
from overens.records import clock, events
from overens.rules.findings import Refused, refuse
from overens.rules.process import Role
from overens.rules.proposals.proposal import Proposal
from overens.rules.proposals.reading import is_agreement, read
from overens.rules.proposals.writing import as_toml
from overens.rules.text import unwritable

NEGOTIATORS = (Role.NEGOTIATOR,)
# Addresses of other pages among the proposals'.
TAKEN = ("nytt", "jamfor", "prova", "delat")


@transaction.atomic
def create(text: str, owner: Organisation, person: Person) -> SavedProposal:
    """Keep a proposal. An agreement's file becomes the proposal that its first line is.

    Raises Refused: what is to be mended in the file, ``no-mandate``.
    """
    mandate, at = _mandate(owner, person, "create-proposal"), clock.now()
    parsed = _parsed(text)
    proposal = SavedProposal.objects.create(
        owner=owner, code=_free(owner, parsed.id), title=parsed.title[:300], changed_at=at
    )
    _add(proposal, as_toml(parsed) if is_agreement(text) else text, mandate, at)
    events.record(proposal.key, "create-proposal", mandate, at=at)
    return proposal


@transaction.atomic
def save(proposal: SavedProposal, text: str, base: int, person: Person) -> SavedVersion | None:
    """A new version, typed over version ``base``; None where nothing has changed.

    Raises Refused: what is to be mended in the file; ``proposal-changed`` where somebody has saved since;
    ``no-mandate``.
    """
    locked, mandate = _locked(proposal, person, "save-proposal")
    newest = locked.versions.get(number=locked.number)
    if newest.text == text:
        return None
    if base != locked.number:
        refuse("proposal-changed", "text", number=locked.number, who=newest.person.name)
    parsed = _parsed(text)
    if is_agreement(text):
        refuse("proposal-is-agreement", "text")
    at = clock.now()
    locked.title, locked.changed_at = parsed.title[:300], at
    version = _add(locked, text, mandate, at)
    events.record(locked.key, "save-proposal", mandate, at=at)
    return version


@transaction.atomic
def remove(proposal: SavedProposal, person: Person) -> None:
    """List it no longer, and end its addresses; its versions are kept. Raises Refused: ``no-mandate``."""
    locked, mandate = _locked(proposal, person, "remove-proposal")
    if not locked.removed:
        locked.removed = True
        locked.save(update_fields=["removed"])
        locked.links.filter(ended_at=None).update(ended_at=clock.now())
        events.record(locked.key, "remove-proposal", mandate)


@transaction.atomic
def share(proposal: SavedProposal, person: Person) -> str:
    """Make a secret address; returns its token, which is not kept and so told only now.

    Raises Refused: ``no-mandate``.
    """
    locked, mandate = _locked(proposal, person, "share-proposal")
    token = secrets.token_urlsafe(32)
    ShareLink.objects.create(proposal=locked, sha256=_hash(token), person=person, made_at=clock.now())
    events.record(locked.key, "share-proposal", mandate)
    return token


@transaction.atomic
def end_sharing(proposal: SavedProposal, person: Person) -> None:
    """No secret address shows it from now on. Raises Refused: ``no-mandate``."""
    locked, mandate = _locked(proposal, person, "end-sharing-proposal")
    if locked.links.filter(ended_at=None).update(ended_at=clock.now()):
        events.record(locked.key, "end-sharing-proposal", mandate)


def shared_at(token: str) -> SavedProposal | None:
    """The proposal of a secret address that is not ended."""
    found = ShareLink.objects.filter(sha256=_hash(token), ended_at=None).select_related("proposal__owner").first()
    return found.proposal if found else None


def _parsed(text: str) -> Proposal:
    if wrong := unwritable({"text": text}):
        raise Refused(*wrong)
    parsed, findings = read(text)
    if parsed is None:
        raise Refused(*findings)
    return parsed


def _add(proposal: SavedProposal, text: str, mandate: Mandate, at: dt.datetime) -> SavedVersion:
    proposal.number += 1
    proposal.save()
    return proposal.versions.create(number=proposal.number, text=text, sha256=_hash(text), person=mandate.person, at=at)


def _locked(proposal: SavedProposal, person: Person, act: str) -> tuple[SavedProposal, Mandate]:
    locked = SavedProposal.objects.select_for_update(of=("self",)).select_related("owner").get(pk=proposal.pk)
    return locked, _mandate(locked.owner, person, act)


def _mandate(owner: Organisation, person: Person, act: str) -> Mandate:
    return mandate_of(owner, person, NEGOTIATORS, act, "")


def _free(owner: Organisation, id: str) -> str:
    """An address that no proposal of the owner has had."""
    made = slugify(id.replace(".", "-"), allow_unicode=True)[:50] or "forslag"
    used = {*SavedProposal.objects.of(owner).values_list("code", flat=True), *TAKEN}
    return next(code for n in range(1, len(used) + 2) if (code := made if n == 1 else f"{made}-{n}") not in used)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
