# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may do an act: with which mandate, for whose case, and who must be another person than whom.

Sources: 2019 agreement, section 8.1 and Bilaga 2 (the head of finance reviews what others have written, an authorised
signatory signs). That the one who reviews has not written is our default; an agreement may say otherwise. That two
persons pay, that the second of them has examined nothing of it and neither has accepted the account, and that nobody
examines their own organisation, are rules of ours that nothing switches off (assumed to be what the state's internal
control asks for).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from overens.rules.mandates import Held
from overens.rules.process import Act, Side


@dataclass(frozen=True)
class Separation:
    """Whoever had the ``earlier`` part in a paper may not have the ``later`` one; ``code`` is what is then refused.

    ``kinds``: the organisations that it is a choice of; none for what always holds.
    """

    earlier: str
    later: str
    code: str
    kinds: tuple[str, ...]

    @property
    def name(self) -> str:
        """As an agreement file and an organisation's setting write it: ``preparer != attester``."""
        return f"{self.earlier} != {self.later}"


_RECIPIENTS = ("region", "association")
# In the order in which they are tried, which is the order in which one who offends several is told.
SEPARATIONS = (
    Separation("preparer", "attester", "attester-prepared", _RECIPIENTS),
    Separation("attester", "signatory", "signatory-attested", _RECIPIENTS),
    Separation("preparer", "signatory", "signatory-prepared", _RECIPIENTS),
    Separation("payer", "second-payer", "second-payer-same", ()),
    Separation("examiner", "payer", "payer-examined", ("payer",)),
    Separation("examiner", "second-payer", "second-payer-examined", ()),
    Separation("account-examiner", "payer", "payer-accepted-account", ()),
    Separation("account-examiner", "second-payer", "payer-accepted-account", ()),
)
# What holds where an agreement says nothing of it.
DEFAULT = frozenset({"preparer != attester"})

# Which kinds of organisation an act belongs to; the recipient's own is told by the case.
SIDE_KINDS: Mapping[Side, tuple[str, ...]] = {
    Side.PAYER: ("payer",),
    Side.MINISTRY: ("ministry",),
    Side.STATE: ("payer", "ministry"),
    Side.ASKER: ("followup", "ministry"),
}


def choices(kind: str) -> tuple[Separation, ...]:
    """What an organisation of a kind can demand of its own people beyond what the agreement does."""
    return tuple(each for each in SEPARATIONS if kind in each.kinds)


def authorising(act: Act, mandates: Iterable[Held], recipient: int, agreement: str, day: dt.date) -> Held | None:
    """The first mandate that gives its holder the act on a recipient's case of an agreement on a day."""
    for held in mandates:
        own = held.organisation == recipient
        here = own if act.side is Side.RECIPIENT else not own and held.kind in SIDE_KINDS.get(act.side, ())
        if here and held.role in act.roles and held.covers(agreement) and held.in_force(day):
            return held
    return None


def obstacle(
    act: Act,
    *,
    person: int,
    mandates: Collection[Held],
    recipient: int,
    agreement: str,
    day: dt.date,
    part: str = "",
    done: Mapping[str, Collection[int]] | None = None,
    separations: Collection[str] = (),
) -> str | None:
    """What stands against a person's doing an act on a recipient's case of an agreement; None when nothing does.

    mandates: everything that the person has ever held. day: of the act, in Stockholm. part: what the person becomes
    of the paper by the act ("attester", "signatory", "payer", "second-payer"; empty where nobody must be another).
    done: by part the persons who have had it ("preparer", "examiner", "account-examiner" too). separations: what the
    agreement and the organisation demand, by name; what always holds needs no naming.

    ``no-mandate``; ``own-organisation`` for the payer's and the ministry's acts on the case of an organisation where
    the person holds any mandate that day; then the code of the first separation that is broken.
    """
    if authorising(act, mandates, recipient, agreement, day) is None:
        return "no-mandate"
    if act.side is not Side.RECIPIENT and any(h.organisation == recipient and h.in_force(day) for h in mandates):
        return "own-organisation"
    return clash(part, person, done or {}, separations)


def clash(part: str, person: int, done: Mapping[str, Collection[int]], separations: Collection[str]) -> str | None:
    """The code of the first separation that a person would break by having a part in a paper; None when none."""
    for each in SEPARATIONS:
        demanded = not each.kinds or each.name in separations
        if demanded and each.later == part and person in done.get(each.earlier, ()):
            return each.code
    return None
