# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every write of this room: one function, one atomic step. By somebody who negotiates for the proposal's owner."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from overens.followup.actions.authority import mandate_of
from overens.people.models import Mandate, Organisation, Person
from overens.proposals.models import SavedProposal, SavedVersion
from overens.records import clock, events, kept
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
    """Keep a proposal. An agreement's file becomes the proposal that its first line is. Its address is made from the id
    in its file, or, where that is taken, from its title.

    Raises Refused: what is to be mended in the file, ``no-mandate``.
    """
    mandate, at = _mandate(owner, person, "create-proposal"), clock.now()
    parsed = _parsed(text)
    code = kept.free_code(SavedProposal.objects.of(owner), (parsed.id, parsed.title), TAKEN)
    proposal = SavedProposal(owner=owner, code=code)
    kept.add(proposal, as_toml(parsed) if is_agreement(text) else text, parsed.title, mandate.person, at)
    events.record(proposal.key, "create-proposal", mandate, at=at)
    return proposal


@transaction.atomic
def save(proposal: SavedProposal, text: str, base: int, person: Person) -> SavedVersion | None:
    """A new version, typed over version ``base``; None where nothing has changed. What others have saved since is taken
    in where they changed other lines: the version's text is then another than the one that was given.

    Raises Refused: what is to be mended in the file; ``file-changed`` where somebody has changed the same lines since;
    ``no-mandate``.
    """
    locked, mandate = _locked(proposal, person, "save-proposal")
    together = kept.together(locked, {"": text}, base, _own)[""]
    if together == kept.newest(locked).text:
        return None
    at = clock.now()
    version: SavedVersion = kept.add(locked, together, _own({"": together}).title, mandate.person, at)
    events.record(locked.key, "save-proposal", mandate, at=at)
    return version


@transaction.atomic
def remove(proposal: SavedProposal, person: Person) -> None:
    """List it no longer, and end its addresses; its versions are kept. Raises Refused: ``no-mandate``."""
    locked, mandate = _locked(proposal, person, "remove-proposal")
    if kept.remove(locked, clock.now()):
        events.record(locked.key, "remove-proposal", mandate)


@transaction.atomic
def share(proposal: SavedProposal, person: Person) -> str:
    """Make a secret address; returns its token, which is not kept and so told only now.

    Raises Refused: ``no-mandate``.
    """
    locked, mandate = _locked(proposal, person, "share-proposal")
    token = kept.share(locked, person, clock.now())
    events.record(locked.key, "share-proposal", mandate)
    return token


@transaction.atomic
def end_sharing(proposal: SavedProposal, person: Person) -> None:
    """No secret address shows it from now on. Raises Refused: ``no-mandate``."""
    locked, mandate = _locked(proposal, person, "end-sharing-proposal")
    if kept.end_sharing(locked, clock.now()):
        events.record(locked.key, "end-sharing-proposal", mandate)


def shared_at(token: str) -> SavedProposal | None:
    """The proposal of a secret address that is not ended."""
    return kept.shared_at(SavedProposal.objects.all(), token)


def _own(files: Mapping[str, str]) -> Proposal:
    """What a new version of a proposal says. Raises Refused."""
    parsed = _parsed(files[""])
    if is_agreement(files[""]):
        refuse("proposal-is-agreement", "text")
    return parsed


def _parsed(text: str) -> Proposal:
    if wrong := unwritable({"text": text}):
        raise Refused(*wrong)
    parsed, findings = read(text)
    if parsed is None:
        raise Refused(*findings)
    return parsed


def _locked(proposal: SavedProposal, person: Person, act: str) -> tuple[SavedProposal, Mandate]:
    locked = SavedProposal.objects.select_for_update(of=("self",)).select_related("owner").get(pk=proposal.pk)
    return locked, _mandate(locked.owner, person, act)


def _mandate(owner: Organisation, person: Person, act: str) -> Mandate:
    return mandate_of(owner, person, NEGOTIATORS, act, "")
