# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An agreement as a grant among others: what it gives to whom, what it asks for, and each recipient's part of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from overens.rules import annex
from overens.rules.agreement import Agreement, Line
from overens.rules.deadlines import falls
from overens.rules.findings import Refused
from overens.rules.followup.asked import Question
from overens.rules.portal.grant import KINDS, Certainty, Codebook, Duty, Fact, Grant, Part, RecipientKind
from overens.rules.pots import Pot
from overens.rules.values import NOT_STATED, first

# How the kronor of a share are known. ``decided``: the government's payment decision says so. ``printed``: the annex
# does. ``computed``: they follow from its key. ``partly``: something of it is not known, so that there may be more.
How = Literal["decided", "printed", "computed", "partly", "not-known"]
# What a round can ask in a structured way beside counts, as facts of their own.
STRUCTURED = {
    "measures": ("measures", "Insatser", "Measures"),
    "introductions": ("introductions", "Introduktionsprogram", "Introduction programmes"),
    "maturity": ("maturity", "Mognad i produktions- och kapacitetsplanering", "Maturity of capacity planning"),
}


@dataclass(frozen=True)
class Share:
    """``kronor`` is None where nothing of it is known. ``through``: who gets the money first and passes it on."""

    kronor: int | None
    how: How
    through: str = ""


def kind_of(code: str) -> RecipientKind:
    """What a recipient is, by its code: 12 is a region, 1280 a municipality, RSS-12 a county's structure, KOM-12 the
    county's municipalities together.
    """
    if re.fullmatch(r"\d{2}", code):
        return "region"
    if re.fullmatch(r"\d{4}", code):
        return "municipality"
    return "structure" if code.startswith("RSS-") else "county" if code.startswith("KOM-") else "association"


def described(agreement: Agreement, codebook: Codebook, certainty: Certainty) -> Grant:
    """The grant that an agreement is."""
    parts = tuple(_part(agreement, pot, codebook) for pot in agreement.pots)
    payer = next((agency for agency in agreement.agencies if agency.duty == "pays"), None)
    registered = agreement.registration.agreement
    values: dict[str, Any] = {
        "code": agreement.id,
        "agreement": agreement.id,
        "title": agreement.short_title,
        "title_en": agreement.short_title_en,
        "granter": payer.name if payer else "Regeringen",
        "granter_en": payer.name_en if payer else "The government",
        "from": agreement.period.first_day,
        "to": agreement.period.last_day,
        "decided_on": registered.date,
        "number": registered.number,
        "frame": agreement.total,
        "kinds": _ordered(kind for part in parts for kind in part.kinds),
        "appropriation": agreement.funding.appropriation,
        "part": parts,
        "duty": tuple(_duties(agreement)),
        "fact": tuple(_facts(agreement)),
        "gathers": agreement.gathers,
        "certainty": certainty,
        "not_known": " ".join(choice.choice for choice in agreement.our_choices),
        "not_known_en": " ".join(choice.choice_en or choice.choice for choice in agreement.our_choices),
        "source": agreement.source if agreement.source != NOT_STATED else agreement.title,
    }
    return Grant.model_validate(values)


def shares(agreement: Agreement, decided: Mapping[str, Mapping[str, int]]) -> dict[str, Share]:
    """Each recipient's part, by the code of the organisation that acts for it.

    decided: by line, what the payment decision gives each organisation; lines without a decision are left out.
    """
    found: dict[str, list[Share]] = {}
    for line in agreement.lines:
        given = decided.get(line.id)
        of_line = (
            {code: Share(kronor, "decided") for code, kronor in given.items()} if given else _stated(agreement, line)
        )
        for code, share in of_line.items():
            found.setdefault(code, []).append(share)
        if line.channel and line.receives:
            for code, share in _rows(agreement, line, line.receives).items():
                found.setdefault(code, []).append(Share(share.kronor, share.how, line.channel))
    return {code: _together(parts) for code, parts in found.items()}


def _stated(agreement: Agreement, line: Line) -> dict[str, Share]:
    if not line.channel:
        return _rows(agreement, line, line.recipients)
    channel = first(agreement.group(line.recipients).recipients, "code", line.channel)
    amount = line.amount if isinstance(line.amount, int) else None
    return {channel.organisation: Share(amount, "printed" if amount is not None else "not-known")}


def _rows(agreement: Agreement, line: Line, group: str) -> dict[str, Share]:
    organisations = {each.code: each.organisation for each in agreement.group(group).recipients}
    missing = {organisation: Share(None, "not-known") for organisation in organisations.values()}
    pots = agreement.pots_of(line)
    known = [pot for pot in pots if pot.amount != NOT_STATED and pot.key != NOT_STATED]
    if not known:
        return missing
    try:
        rows = annex.decided(agreement, line.id).rows
    except Refused:  # nothing to share by, or a pot whose key nobody has stated
        return missing
    printed = agreement.annex is not None and agreement.annex.line == line.id
    how: How = "partly" if len(known) < len(pots) else "printed" if printed else "computed"
    # Two rows of one organisation, such as Gotland's, are one recipient.
    found: dict[str, int] = {}
    for row in rows:
        if row.code in organisations:
            found[organisations[row.code]] = found.get(organisations[row.code], 0) + row.sum
    return missing | {code: Share(kronor, how) for code, kronor in found.items()}


def _together(parts: Collection[Share]) -> Share:
    """The sum of a recipient's parts of several lines; what comes through another stays apart as long as it can."""
    own = [part for part in parts if not part.through] or list(parts)
    known = [part.kronor for part in own if part.kronor is not None]
    through = own[0].through
    if not known:
        return Share(None, "not-known", through)
    ways = {part.how for part in own}
    how: How = ways.pop() if len(ways) == 1 else "partly" if ways & {"partly", "not-known"} else "computed"
    return Share(sum(known), how, through)


def _part(agreement: Agreement, pot: Pot, codebook: Codebook) -> Part:
    return Part(
        title=pot.title,
        title_en=pot.title_en,
        kronor=pot.amount,
        kinds=_kinds(agreement, (pot.recipients,)),
        key=pot.key,
        areas=codebook.of_pot(agreement.id, pot.id),
        earmark=pot.earmark,
        earmark_en=pot.earmark_en,
    )


def _duties(agreement: Agreement) -> Iterator[Duty]:
    agencies = {agency.code: agency.name for agency in agreement.agencies}
    for deadline in agreement.deadlines:
        kinds = _kinds(agreement, deadline.who)
        if kinds:  # some are for an agency alone
            yield Duty(
                id=deadline.id,
                what=deadline.what,
                what_en=deadline.what_en,
                by=falls(deadline) or NOT_STATED,
                kinds=kinds,
                to=agencies.get(deadline.to, deadline.to),
                consequence=deadline.consequence,
            )


def _facts(agreement: Agreement) -> Iterator[Fact]:
    for round in agreement.rounds:
        kinds = _kinds(agreement, round.respondents)
        about = range(round.about.first_day.year, round.about.last_day.year + 1)
        for question in round.questions if kinds else ():
            yield from _fact(agreement, question, tuple(about), kinds)


def _fact(
    agreement: Agreement, question: Question, about: tuple[int, ...], kinds: tuple[RecipientKind, ...]
) -> Iterator[Fact]:
    level: Literal["recipient", "area"] = question.per
    if question.type == "count" and question.count:
        count = agreement.count(question.count)
        yield Fact(
            term=count.id,
            title=count.title,
            title_en=count.title_en,
            years=question.years or about,
            by=tuple(each for each in count.dimensions if each != "year"),
            level=level,
            kinds=kinds,
        )
    elif question.type in STRUCTURED:
        term, title, title_en = STRUCTURED[question.type]
        yield Fact(term=term, title=title, title_en=title_en, years=about, level=level, kinds=kinds)


def _kinds(agreement: Agreement, who: Iterable[str]) -> tuple[RecipientKind, ...]:
    """Of the groups among these names, and of parties that are recipients by their own code."""
    names = set(who)
    groups = [group for group in agreement.groups if group.id in names or names & set(group.codes)]
    found = {kind_of(recipient.organisation) for group in groups for recipient in group.recipients}
    # What the municipalities of a county get together is for each of them.
    return _ordered(found | {"municipality"} if "county" in found else found)


def _ordered(kinds: Iterable[RecipientKind]) -> tuple[RecipientKind, ...]:
    found = set(kinds)
    return tuple(kind for kind in KINDS if kind in found)
