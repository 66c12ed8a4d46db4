# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A draft's way: shown to the other party, locked to be signed, taken up again, withdrawn."""

from __future__ import annotations

from collections.abc import Iterator

from overens.agreements.actions import storing
from overens.agreements.models import AgreementVersion
from overens.agreements.reading import read as read_agreement
from overens.people.models import Organisation, Person
from overens.rules.findings import Finding, Refused, error
from overens.rules.studio.process import DraftState
from overens.studio.actions.performing import performing
from overens.studio.models import Comment, Draft, DraftRevision


def share(draft: Draft, party: Organisation, person: Person) -> None:
    """Show it to the other party, which may write in it from now on; it cannot be hidden again.

    Raises Refused: ``draft-shared``, and those of :func:`performing`.
    """
    with performing("share-draft", draft, party, person) as p:
        if p.draft.shared_at is not None:
            raise Refused(error("draft-shared"))
        p.draft.shared_at = p.at
        p.draft.save(update_fields=["shared_at"])


def hindrances(draft: Draft) -> Iterator[Finding]:
    """What has to be done before a text can be locked."""
    if draft.shared_at is None:
        yield error("draft-not-shown")
    if waits := DraftRevision.objects.filter(part=draft).waiting().count():
        yield error("draft-choices-wait", count=waits)
    if open_comments := sum(
        1 for each in Comment.objects.filter(draft=draft).exclude(released_at=None).prefetch_related("answers")
        if not each.is_settled
    ):  # fmt: skip
        yield error("draft-comments-open", count=open_comments)
    agreement, findings = read_agreement(draft.text)
    if agreement is None:
        yield error("draft-has-errors", count=len(findings))
    elif agreement.id != draft.agreement:
        yield error("draft-other-id", id=agreement.id, expected=draft.agreement)
    elif draft.amends and draft.begun_from and draft.text == draft.begun_from.text:
        yield error("draft-changes-nothing")
    elif not draft.amends and _is_taken(draft):
        yield error("agreement-id-taken", id=agreement.id)


def _is_taken(draft: Draft) -> bool:
    """Whether there is an agreement of this id already, other than what this draft was locked as before."""
    own = {each.text for each in draft.revisions.all()}
    stored = AgreementVersion.objects.filter(code=draft.agreement).values_list("text", flat=True)
    return any(text not in own for text in stored)


def lock(draft: Draft, party: Organisation, person: Person) -> AgreementVersion:
    """Store the text, word for word, to be signed by both parties. Raises Refused: what :func:`hindrances` finds, and
    those of storing an agreement.
    """
    with performing("lock-draft", draft, party, person) as p:
        if found := list(hindrances(p.draft)):
            raise Refused(*found)
        p.draft.version = storing.store(p.draft.text, person, to_sign=True)
        p.draft.locked_at = p.at
        return p.draft.version


def unlock(draft: Draft, party: Organisation, person: Person) -> None:
    """Take the text up again, before anybody has signed it; the stored version stays as it was, and cannot be signed.
    Raises Refused: ``draft-signed``.
    """
    with performing("unlock-draft", draft, party, person) as p:
        _recall(p.draft)
        p.draft.version = p.draft.locked_at = None


def withdraw(draft: Draft, party: Organisation, person: Person) -> None:
    """Let nothing come of it, unless it is signed: then it is the agreement's own. What was written and said stays, for
    those who could see it. Raises Refused: ``draft-signed``.
    """
    with performing("withdraw-draft", draft, party, person) as p:
        _recall(p.draft)


def _recall(draft: Draft) -> None:
    """Where another draft is locked with the very same text, that one is still to be signed."""
    version = draft.version
    if (
        version is not None
        and version.signed_here
        and not version.drafts.exclude(pk=draft.pk).filter(state=DraftState.LOCKED).exists()
    ):
        storing.recall(version)
