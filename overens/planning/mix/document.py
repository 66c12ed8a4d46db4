# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A plan of the competence mix as a document to read and decide on, made of the plan and its prices and nothing else.

What comes out is set as PDF/A and Word as any other document (:mod:`overens.rules.edition.document`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from overens.planning.mix.plan import Plan
from overens.planning.mix.priced import Prices
from overens.planning.mix.problem import May, Mix
from overens.rules.agreement_text.saying import listing, section, table
from overens.rules.amounts import MINUS, group_digits
from overens.rules.edition.document import Document, Section
from overens.rules.findings import Finding, wording

STATE = "plan-mix"
# So many missing decisions are named.
NAMED = 10


class _Saying:
    def __init__(self, mix: Mix, language: Literal["sv", "en"]) -> None:
        self.language: Literal["sv", "en"] = language
        self.names = {each.id: self.title(each) for each in mix.competences}
        self.tasks = {each.id: self.title(each) for each in mix.tasks}

    def __call__(self, code: str, **values: object) -> str:
        return wording(Finding(f"mix-document-{code}", "note", values), self.language)

    def title(self, thing: Any) -> str:
        return str((self.language == "en" and thing.title_en) or thing.title)

    def whole(self, value: float) -> str:
        found = round(value)
        return f"{MINUS if found < 0 else ''}{group_digits(abs(found))}"

    def hours(self, value: float) -> str:
        tenths = round(abs(value) * 10)
        sign = MINUS if value < 0 and tenths else ""
        return f"{sign}{group_digits(tenths // 10)}{',' if self.language == 'sv' else '.'}{tenths % 10}"


def document(
    mix: Mix,
    plan: Plan,
    prices: Prices,
    found: Sequence[Finding],
    publisher: str,
    on: dt.date,
    language: Literal["sv", "en"] = "sv",
) -> Document:
    """found: the checker's verdict. on: the day that it is dated."""
    say = _Saying(mix, language)
    parts = [
        section("sammanfattning", say("summary"), *_summary(mix, plan, found, say)),
        section("flyttas", say("moves"), say("moves-text"), _moved(plan, say), _undone(plan, say)),
        section("timmar", say("hours"), say("hours-text"), _staff(plan, prices, say)),
        section("grunder", say("grounds"), say("grounds-text"), *_grounds(mix, plan, say)),
        section("beslut", say("decisions"), say("decisions-text"), _decisions(prices, say)),
    ]
    numbered: Iterable[Section] = (each.model_copy(update={"number": str(at)}) for at, each in enumerate(parts, 1))
    return Document(
        edition=f"mix-{mix.id}",
        title=say("title-synthetic" if mix.synthetic else "title", title=say.title(mix)),
        subtitle=say("synthetic") if mix.synthetic else "",
        language=language,
        publisher=publisher,
        state=STATE,
        registration="",
        made_on=on.isoformat(),
        facts_at="",
        years=(mix.on.year,),
        agreements=(),
        sections=tuple(numbered),
    )


def _summary(mix: Mix, plan: Plan, found: Sequence[Finding], say: _Saying) -> list[Any]:
    kronor = {"kronor": say.whole(plan.kronor), "today": say.whole(plan.kronor_today), "freed": say.hours(plan.freed)}
    said: list[Any] = [say("synthetic-text")] if mix.synthetic else []
    said += [say("on", on=mix.on.isoformat()), say(f"aim-{plan.aim}"), say("sums", **kronor)]
    said.append(say("refused") if found else say("approved"))
    said.append(listing("fel", [wording(each, say.language) for each in found]))
    return said


def _moved(plan: Plan, say: _Saying) -> Any:
    rows = [
        (say.tasks[e.task], say.names[e.giver], say.names.get(e.taker, say("nobody")), say.hours(e.freed),
         say.hours(e.taken))
        for e in sorted(plan.moved, key=lambda each: -each.hours)
    ]  # fmt: skip
    head = [say(f"head-{name}") for name in ("task", "giver", "taker", "freed", "taken")]
    return table("flyttas-tabell", say("moves-caption"), head, rows, figures=2) if rows else say("no-moves")


def _undone(plan: Plan, say: _Saying) -> Any:
    if not plan.undone:
        return None
    return listing("ogjort", [say("undone", task=say.tasks[e.task], hours=say.hours(e.hours)) for e in plan.undone])


def _staff(plan: Plan, prices: Prices, say: _Saying) -> Any:
    rows = [
        (say.names[e.competence], say.hours(e.used_today), say.hours(e.used), say.hours(e.added),
         say.hours(e.away_today), say.hours(e.away), say.whole(worth.kronor))
        for e, worth in zip(plan.staff, prices.hours, strict=True)
    ]  # fmt: skip
    names = ("competence", "today", "then", "added", "away-today", "away", "worth")
    return table("timmar-tabell", say("hours-caption"), [say(f"head-{each}") for each in names], rows, figures=6)


def _grounds(mix: Mix, plan: Plan, say: _Saying) -> Iterable[Any]:
    """What is not of the occupation, of what the plan uses; and what is reserved of its tasks."""
    used = {(each.task, each.competence) for each in plan.done}

    def uses(may: May) -> list[str]:
        return [task for task in may.tasks if (task, may.competence) in used]

    rows = [
        (say.names[may.competence], ", ".join(say.tasks[task] for task in uses(may)), say(may.ground), may.decision,
         may.valid_until.isoformat() if may.valid_until else "–")
        for may in mix.may if may.ground != "occupation" and uses(may)
    ]  # fmt: skip
    if rows:
        head = [say(f"head-{name}") for name in ("competence", "tasks", "ground", "decision", "last")]
        yield table("grunder-tabell", say("grounds-caption"), head, rows)
    yield listing(
        "reserverat",
        [
            say("reserved", title=say.title(e), law=e.law, passage=e.passage, status=say(e.status))
            for e in mix.reservations
        ],
    )


def _decisions(prices: Prices, say: _Saying) -> Any:
    told = [
        say("decision", task=say.tasks[e.task], competence=say.names[e.competence], kronor=say.whole(e.kronor))
        for e in prices.decisions[:NAMED]
    ]
    return listing("beslut-lista", told)
