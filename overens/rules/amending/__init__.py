# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an amendment of an agreement leads to, from what differs between the texts and how far everything has come.

A consequence is a finding: a code with values and wording, and as evidence whom it concerns, with figures. An ``error``
is what an amendment cannot do; the finding says what one can do instead. Nothing that has been done is
done again or undone: every paper keeps the version that it was made under.

Sources: the government decision of 9 April 2020, which changed what was to be reported after the agreements were
signed, for that questions change when somebody has begun to answer. That a decided sum is changed only through
another decision, and downwards only by what nobody has asked for, is ours (assumed: a decision in a recipient's
favour is not taken back from who has relied on it; förvaltningslagen 37 §).
"""

from __future__ import annotations

from overens.rules.agreement import Agreement
from overens.rules.amending import duties, money
from overens.rules.amending.standing import Amounts, LineStanding, RoundStanding, Standing
from overens.rules.diff import diff
from overens.rules.findings import Finding

__all__ = [
    "Amounts",
    "LineStanding",
    "RoundStanding",
    "Standing",
    "by_government_alone",
    "consequences",
    "refusals",
]


def consequences(old: Agreement, new: Agreement, standing: Standing) -> tuple[Finding, ...]:
    """Everything that follows when ``new`` comes into force after ``old``: what cannot be first, then money, days,
    forms, questions, and last how much is text alone. The same agreement has none.
    """
    changes = diff(old, new)
    if not changes:
        return ()
    found = [*money.consequences(old, new, standing), *duties.consequences(old, new, standing)]
    texts = [change for change in changes if change.steps[0] not in (*money.SECTIONS, *duties.SECTIONS)]
    if texts:
        found.append(Finding("amend-texts", "note", {"count": len(texts)}))
    return tuple(sorted(found, key=lambda each: each.level != "error"))


def refusals(old: Agreement, new: Agreement, standing: Standing) -> tuple[Finding, ...]:
    """What ``new`` would do to money that is decided already and cannot: it is not stored, signed or approved so."""
    return tuple(each for each in money.consequences(old, new, standing) if each.level == "error")


def by_government_alone(old: Agreement, new: Agreement) -> bool:
    """Whether a version only fills in who has met a condition. The parties have agreed on the condition already, so
    they do not sign it again: the government decides (assumed).
    """
    changes = diff(old, new)
    return bool(changes) and all(
        change.steps[0] == "condition" and change.steps[-1] in ("met", "not_met") for change in changes
    )
