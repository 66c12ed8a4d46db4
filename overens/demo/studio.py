# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The demo's negotiation for 2020: the ministry's draft, written from the agreement of 2019, shown to SKL, with what
both have written and said. It is still being negotiated when the demo opens.
"""

from __future__ import annotations

import datetime as dt

from overens.agreements.models import AgreementVersion
from overens.demo.people import person
from overens.demo.script import Step, at
from overens.people.models import Organisation, Person
from overens.rules import reading
from overens.rules.diff import Change
from overens.rules.process import Role
from overens.rules.studio.beginning import next_year
from overens.rules.studio.editing import changed, steps_of
from overens.studio.actions import commenting, stepping, writing
from overens.studio.actions.writing import Beginning
from overens.studio.models import Comment, Draft

MINISTRY, ASSOCIATION = "SOC", "SKL"
AGREEMENT, EARLIER = "2020", "2019"
TITLE = "Vårdens medarbetare 2020"
AMOUNT, RAISED = "pot[insatser].amount", 3_000_000_000


def steps() -> list[Step]:
    """In order of time."""
    key = f"draft/{AGREEMENT}"
    return [
        Step(at(dt.date(2019, 11, 4)), key, "begin-draft", _begin),
        Step(at(dt.date(2019, 11, 6)), f"{key}/amount", "write-draft", _raise),
        Step(at(dt.date(2019, 11, 11)), key, "share-draft", _share),
        Step(at(dt.date(2019, 11, 14)), f"{key}/skl", "comment-on-draft", _object),
        Step(at(dt.date(2019, 11, 15)), f"{key}/soc", "comment-on-draft", _answer),
    ]


def _begin() -> None:
    version = AgreementVersion.objects.filter(code=EARLIER).latest("number")
    text = next_year(reading.find(EARLIER).read_text(encoding="utf-8"), AGREEMENT, writing.known_populations())
    writing.begin(Beginning(TITLE, AGREEMENT, text, version), *_ministry())


def _raise() -> None:
    """More money for the measures; the line and the total follow, each changed where it stands."""
    draft = _draft()
    more = RAISED - 2_835_000_000
    amounts = {AMOUNT: RAISED, "line[regioner].amount": 3_235_000_000 + more, "total": 3_360_000_000 + more}
    changes = [Change(steps_of(place), "changed", after=kronor) for place, kronor in amounts.items()]
    writing.save(draft, changed(draft.text, changes), draft.revision, *_ministry())


def _share() -> None:
    commenting.comment(
        _draft(), "deadline[requisition].on", "Kan vi gå med på en senare dag om de ber om det?", True, *_ministry()
    )
    stepping.share(_draft(), *_ministry())
    commenting.comment(_draft(), AMOUNT, "Vi föreslår 165 miljoner kronor mer än 2019.", False, *_ministry())


def _object() -> None:
    """SKL asks for a later day, and writes it."""
    draft = _draft()
    text = changed(draft.text, [Change(steps_of("deadline[requisition].on"), "changed", after=dt.date(2020, 12, 7))])
    writing.save(draft, text, draft.revision, *_association())
    commenting.comment(
        _draft(), "deadline[requisition].on",
        "Regionerna behöver en vecka till: den 1 december ligger mitt i bokslutsarbetet.", False, *_association(),
    )  # fmt: skip


def _answer() -> None:
    comment = Comment.objects.get(draft=_draft(), place=AMOUNT)
    commenting.answer(comment, "answer", "Bra. Kommer det i ett eller två utbetalningstillfällen?", *_association())


def _draft() -> Draft:
    return Draft.objects.get(code=AGREEMENT)


def _ministry() -> tuple[Organisation, Person]:
    return _who(MINISTRY)


def _association() -> tuple[Organisation, Person]:
    return _who(ASSOCIATION)


def _who(code: str) -> tuple[Organisation, Person]:
    return Organisation.objects.get(code=code), person(code, Role.NEGOTIATOR)
