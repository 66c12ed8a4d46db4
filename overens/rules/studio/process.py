# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The life of a draft of an agreement: states, and which party may do what in which. What becomes of a locked text
(signed, approved, in force) is said of its version, overens/agreements/standing.py.

That a draft is its owner's alone until it is shown, and that either party may take a locked text up again, are ours
(assumed: how the parties draft is not described anywhere).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from overens.rules.process import Role


class DraftState(StrEnum):
    NEGOTIATING = "negotiating"
    LOCKED = "locked"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class DraftAct:
    """Something that a negotiator does to a draft. ``owner_only``: not the other party, though it is shown to them.
    ``ministry_only``: the state's side, whoever owns it. ``to`` is None where the state stays. ``quiet``: done so often
    that it has rows of its own instead of events.
    """

    name: str
    states: tuple[DraftState, ...]
    to: DraftState | None = None
    owner_only: bool = False
    ministry_only: bool = False
    quiet: bool = False


S = DraftState
WRITERS = (Role.NEGOTIATOR,)

DRAFT_ACTS: dict[str, DraftAct] = {
    act.name: act
    for act in (
        DraftAct("begin-draft", (S.NEGOTIATING,), owner_only=True),
        DraftAct("write-draft", (S.NEGOTIATING,), quiet=True),
        DraftAct("comment-on-draft", (S.NEGOTIATING, S.LOCKED), quiet=True),
        DraftAct("share-draft", (S.NEGOTIATING,), owner_only=True),
        DraftAct("lock-draft", (S.NEGOTIATING,), S.LOCKED, ministry_only=True),
        DraftAct("unlock-draft", (S.LOCKED,), S.NEGOTIATING),
        DraftAct("withdraw-draft", (S.NEGOTIATING, S.LOCKED), S.WITHDRAWN, owner_only=True),
    )
}
