# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The life of an edition: states, and who may do what in which.

Sources: 2018 report, p. 9, for the fact check by the regions (of memos). The internal review, and that another analyst
than the one who sent it there lets it go on, are ours (assumed to be what an agency does).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from overens.rules.process import Role, Side


class EditionState(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"
    FACT_CHECK = "fact-check"
    FROZEN = "frozen"


@dataclass(frozen=True)
class EditionAct:
    """Something that is done to an edition. ``side``: ``asker`` is the agency whose edition it is, ``recipient`` a
    region that checks its own passages. ``to`` is None where the state stays. ``paper``: the kind of document it makes.
    """

    name: str
    side: Side
    roles: tuple[Role, ...]
    states: tuple[EditionState, ...]
    to: EditionState | None = None
    paper: str | None = None


S, R = EditionState, Role
ANALYSTS = (R.ANALYST,)
CHECKERS = (R.CONTRIBUTOR, R.PREPARER, R.AUTHORISED_SIGNATORY)
# Days before (−) and after (+) the last day on which a region is reminded.
REMINDERS = (-5, -1, 1)
WRITABLE = (S.DRAFT, S.REVIEW, S.FACT_CHECK)

EDITION_ACTS: dict[str, EditionAct] = {
    act.name: act
    for act in (
        EditionAct("begin-edition", Side.ASKER, ANALYSTS, (S.DRAFT,)),
        EditionAct("describe-edition", Side.ASKER, ANALYSTS, WRITABLE),
        EditionAct("arrange-passages", Side.ASKER, ANALYSTS, WRITABLE),
        EditionAct("write-passage", Side.ASKER, ANALYSTS, WRITABLE),
        EditionAct("confirm-values", Side.ASKER, ANALYSTS, WRITABLE),
        EditionAct("remark-on-passage", Side.ASKER, ANALYSTS, WRITABLE),
        EditionAct("answer-remark", Side.ASKER, ANALYSTS, WRITABLE),
        EditionAct("send-to-review", Side.ASKER, ANALYSTS, (S.DRAFT,), S.REVIEW),
        EditionAct("return-to-draft", Side.ASKER, ANALYSTS, (S.REVIEW, S.FACT_CHECK), S.DRAFT),
        EditionAct("send-edition-check", Side.ASKER, ANALYSTS, (S.REVIEW,), S.FACT_CHECK, "edition-check"),
        EditionAct("write-edition-check", Side.RECIPIENT, CHECKERS, (S.FACT_CHECK,)),
        EditionAct("answer-edition-check", Side.RECIPIENT, CHECKERS, (S.FACT_CHECK,), None, "edition-check-answer"),
        EditionAct("freeze-edition", Side.ASKER, ANALYSTS, (S.FACT_CHECK,), S.FROZEN, "edition"),
        EditionAct("open-edition-proposal", Side.SYSTEM, (), (S.FROZEN,)),
        EditionAct("decide-edition-proposal", Side.ASKER, ANALYSTS, (S.FROZEN,)),
    )
}
