# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the parties say of a place of a draft: to each other, or among themselves until they release it."""

from __future__ import annotations

from overens.people.models import Organisation, Person
from overens.rules.findings import Refused, refuse
from overens.rules.text import unwritable
from overens.studio.actions.performing import performing
from overens.studio.models import Answer, Comment, Draft

LONGEST = 20_000
LONGEST_PLACE = 200


def comment(draft: Draft, place: str, said: str, own: bool, party: Organisation, person: Person) -> Comment:
    """Say something of a place, or of the whole (no place). ``own``: for one's own side until it is released; so is
    everything that is said before the draft is shown.

    Raises Refused: ``comment-empty`` (at ``said``), ``comment-too-long``, ``text-unwritable``, those of
    :func:`performing`.
    """
    said = _said(said)
    if not said:
        refuse("comment-empty", key="said")
    with performing("comment-on-draft", draft, party, person) as p:
        is_released = not own and p.draft.shared_at is not None
        return Comment.objects.create(
            draft=p.draft,
            place=place[:LONGEST_PLACE],
            revision=p.draft.revision,
            said=said,
            person=person,
            organisation=p.organisation,
            at=p.at,
            released_at=p.at if is_released else None,
        )


def release(comment: Comment, party: Organisation, person: Person) -> None:
    """Let the other party see it. Raises Refused: ``comment-of-other-party``."""
    with performing("comment-on-draft", comment.draft, party, person) as p:
        if comment.organisation_id != p.organisation.pk:
            refuse("comment-of-other-party")
        Comment.objects.filter(pk=comment.pk, released_at=None).update(released_at=p.at)


def answer(comment: Comment, kind: str, said: str, party: Organisation, person: Person) -> Answer:
    """Answer, settle or reopen a comment, the last two with or without a word. What only one side sees, only that side
    answers.

    Raises Refused: ``comment-empty`` (at ``said``), ``comment-settled``, ``comment-not-settled``,
    ``comment-of-other-party``, ``comment-too-long``, ``text-unwritable``.
    """
    said = _said(said)
    if kind == "answer" and not said:
        refuse("comment-empty", key="said")
    with performing("comment-on-draft", comment.draft, party, person) as p:
        held = Comment.objects.prefetch_related("answers").get(pk=comment.pk)
        if held.released_at is None and held.organisation_id != p.organisation.pk:
            refuse("comment-of-other-party")
        if kind == "settle" and held.is_settled:
            refuse("comment-settled")
        if kind == "reopen" and not held.is_settled:
            refuse("comment-not-settled")
        return Answer.objects.create(
            comment=held, kind=kind, said=said, person=person, organisation=p.organisation, at=p.at
        )


def _said(said: str) -> str:
    said = said.strip()
    if len(said) > LONGEST:
        refuse("comment-too-long", key="said", length=len(said), most=LONGEST)
    if wrong := unwritable({"said": said}):
        raise Refused(*wrong)
    return said
