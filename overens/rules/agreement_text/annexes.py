# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The annexes of an agreement's text: who gets what to the krona, the forms, the questions, and what Överens chose."""

from __future__ import annotations

from collections.abc import Iterator

from overens.rules import annex
from overens.rules.agreement import Line
from overens.rules.agreement_text.saying import Saying, listing, numbered, section, table
from overens.rules.amounts import group_digits
from overens.rules.asked import Form
from overens.rules.edition.document import Section, Table
from overens.rules.findings import Refused, wording
from overens.rules.followup.asked import Round


def sections(say: Saying) -> Iterator[Section]:
    """Bilaga 1 the allocation; then forms, questions and choices, where there are any."""
    a = say.agreement
    yield section("bilaga-fordelning", say("agreement-annex-shares"), say("agreement-annex-shares-text"), annex=True)
    for line in a.lines:
        block = _shares(say, line)
        yield section(f"fordelning-{line.id}", say.of(line), block, level=2, annex=True)
    if a.forms:
        yield section("bilaga-blanketter", say("agreement-annex-forms"), say("agreement-annex-forms-text"), annex=True)
        for form in a.forms:
            yield from _form(say, form)
    if a.rounds:
        yield section("bilaga-fragor", say("agreement-annex-questions"), annex=True)
        for round in a.rounds:
            yield from _round(say, round)
    if a.our_choices:
        choices = [
            say("agreement-choice", choice=say.of(each, "choice"), why=say.of(each, "why")) for each in a.our_choices
        ]
        yield section(
            "bilaga-val",
            say("agreement-annex-choices"),
            say("agreement-annex-choices-text"),
            listing("val", choices),
            annex=True,
        )


def _shares(say: Saying, line: Line) -> Table | str:
    """Recipient by pot, as it is decided: what the annex prints outranks what is computed."""
    if not isinstance(line.amount, int):
        return say("agreement-shares-not-stated")
    if line.channel:
        names = {r.code: r.name for r in say.agreement.group(line.recipients).recipients}
        channel = names.get(line.channel, line.channel)
        return say("agreement-shares-channel", channel=channel, amount=line.amount)
    try:
        decided = annex.decided(say.agreement, line.id)
    except Refused as refusal:
        return " ".join(wording(each, say.language) for each in refusal.findings)
    pots = [say.of(say.agreement.pot(id)) for id in decided.pots]
    several = len(pots) > 1
    rows = [
        (
            row.name,
            "" if row.weight is None else _weight(row.weight),
            *(group_digits(row.kronor[id]) for id in decided.pots if several),
            group_digits(row.sum),
        )
        for row in decided.rows
    ]
    total = (
        say("agreement-shares-sum"),
        "",
        *(group_digits(decided.totals[id]) for id in decided.pots if several),
        group_digits(decided.sum),
    )
    head = (
        say("agreement-shares-recipient"),
        say("agreement-shares-weight"),
        *(pots if several else ()),
        say("agreement-shares-kronor"),
    )
    caption = say("agreement-shares-caption", line=say.of(line))
    wide = len(head) > 5
    return table(f"tabell-{line.id}", caption, head, rows, figures=len(head) - 1, total=total, wide=wide)


def _weight(weight: object) -> str:
    return group_digits(weight) if isinstance(weight, int) else f"{weight:f}".replace(".", ",")


def _form(say: Saying, form: Form) -> Iterator[Section]:
    """A form as a list of what is asked, by its own numbers."""
    rows = [
        (field.id, say.of(field, "label"), say(f"agreement-field-{_how(field.required, bool(field.prefill))}"))
        for part in form.sections
        for field in part.fields
    ]
    head = (say("agreement-field-number"), say("agreement-field-what"), say("agreement-field-how"))
    title = say("agreement-form", form=say.of(form), version=form.version)
    yield section(f"blankett-{form.id}", title, table(f"tabell-{form.id}", title, head, rows), level=2, annex=True)


def _how(required: bool, known: bool) -> str:
    return "known" if known else "required" if required else "optional"


def _round(say: Saying, round: Round) -> Iterator[Section]:
    yield section(f"runda-{round.id}", say.of(round), say.of(round, "guidance"), level=2, annex=True)
    for part in round.sections:
        items = [numbered(question.id, say.of(question, "text")) for question in part.questions]
        id = f"runda-{round.id}-{part.id}"
        title = numbered(part.id, say.of(part))
        yield section(id, title, listing(f"{id}-fragor", items), level=3, annex=True)
