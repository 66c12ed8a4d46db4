# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sections of an agreement's text, from the parties to the signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from overens.rules.agreement import Line
from overens.rules.agreement_text.saying import Saying, chapter, listing, numbered, section, table
from overens.rules.deadlines import falls
from overens.rules.edition.document import Section
from overens.rules.pots import Condition, Pot
from overens.rules.values import NOT_STATED

if TYPE_CHECKING:
    from overens.rules.agreement_text import Signed


def sections(say: Saying, signed: Sequence[Signed]) -> Iterator[Section]:
    """In order; what the agreement says nothing of is left out."""
    a = say.agreement
    yield _agreed(say)
    yield chapter("pengarna", say("agreement-money"), say("agreement-money-total", total=say.kronor(a.total)))
    for line in a.lines:
        yield _line(say, line)
    yield _paying(say)
    if a.deadlines:
        yield _days(say)
    if a.uses or a.areas:
        yield _uses(say)
    if a.rounds or a.undertakings or a.forms:
        yield _followed(say)
    yield _owed(say)
    if a.roles and a.roles.titles:
        yield _roles(say)
    yield chapter(
        "giltighet", say("agreement-validity"), say("agreement-validity-text"), say("agreement-amendments-text")
    )
    yield _signatures(say, signed)


def _agreed(say: Saying) -> Section:
    a = say.agreement
    parties = [say.of(party, "name") for party in a.parties]
    agencies = [say(f"agreement-duty-{agency.duty}", agency=say.of(agency, "name")) for agency in a.agencies]
    period = say("agreement-period", first=say.day(a.period.first_day), last=say.day(a.period.last_day))
    duration = "" if a.duration == NOT_STATED else say(f"agreement-duration-{a.duration}")
    charged = [f"{item.code} {item.name}" for item in a.funding.items]
    funding = (
        say("agreement-funding", area=say.stated(a.funding.expenditure_area), appropriation=a.funding.appropriation)
        if a.funding.appropriation != NOT_STATED
        else ""
    )
    return chapter(
        "parter",
        say("agreement-parties"),
        say("agreement-parties-text", title=say.of(a)) if parties else "",
        listing("parter-vilka", parties),
        period + (f" {duration}" if duration else ""),
        funding,
        listing("anslagsposter", charged),
        listing("myndigheter", agencies),
    )


def _line(say: Saying, line: Line) -> Section:
    a = say.agreement
    values = {"amount": say.kronor(line.amount), "recipients": say.of(a.group(line.recipients))}
    opening = say("agreement-line", **values)
    if line.supplements:
        opening += " " + say("agreement-line-supplements", first=say.of(a.line(line.supplements)))
    if line.channel and line.receives:
        names = {r.code: r.name for r in a.group(line.recipients).recipients}
        opening += " " + say(
            "agreement-line-channel",
            channel=names.get(line.channel, line.channel),
            receives=say.of(a.group(line.receives)),
        )
    if line.payment != "once":
        opening += " " + say("agreement-line-part", part=line.payment.part, of=line.payment.of)
    pots = a.pots_of(line)
    conditions = [each for each in a.conditions if {pot.id for pot in pots} & set(each.pots)]
    return section(
        f"rad-{line.id}",
        say.of(line),
        opening,
        listing(f"potter-{line.id}", (_pot(say, pot) for pot in pots)),
        *(_condition(say, each) for each in conditions),
        level=3,
    )


def _pot(say: Saying, pot: Pot) -> str:
    """What the pot is, how it is shared out, and how that becomes whole kronor."""
    a = say.agreement
    parts = [say("agreement-pot", pot=say.of(pot), amount=say.kronor(pot.amount))]
    key: str = "not-stated" if pot.key == NOT_STATED else pot.key
    basis = say.of(a.basis(pot.basis)) if pot.basis else ""
    if basis and key in ("weights", "stated"):
        key += "-basis"
    parts.append(say(f"agreement-key-{key}", fixed=pot.fixed or 0, price=pot.price or 0, basis=basis))
    if pot.key in ("population-share", "fixed-plus-population") and a.population:
        day = a.population.printed_date
        parts.append(say("agreement-population", day=say.day(day)) if day != NOT_STATED else "")
    if pot.times:
        parts.append(say("agreement-times", basis=say.of(a.basis(pot.times))))
    if pot.above:
        parts.append(say("agreement-above", basis=say.of(a.basis(pot.above))))
    if pot.least is not None:
        parts.append(say("agreement-least", kronor=pot.least))
    if pot.most is not None:
        parts.append(say("agreement-most", kronor=pot.most))
    if pot.ceilings:
        parts.append(say("agreement-ceilings", basis=say.of(a.basis(pot.ceilings))))
    if pot.key not in (NOT_STATED, "stated"):
        parts.append(say(f"agreement-rounding-{a.rounding_of(pot)}"))
    if pot.unit > 1:
        parts.append(say("agreement-unit", kronor=pot.unit))
    if pot.earmark != NOT_STATED:
        parts.append(say("agreement-earmark", earmark=say.of(pot, "earmark").rstrip(".")))
    return " ".join(part for part in parts if part)


def _condition(say: Saying, condition: Condition) -> str:
    pots = [say.of(say.agreement.pot(id)) for id in condition.pots]
    return say(f"agreement-condition-{condition.unmet}", text=say.of(condition, "text"), pots=pots)


def _paying(say: Saying) -> Section:
    a = say.agreement
    payers = [say.of(each, "name") for each in a.agencies if each.duty == "pays"]
    requisition = next((each for each in a.deadlines if each.id == "requisition"), None)
    return chapter(
        "utbetalning",
        say("agreement-paying"),
        say("agreement-paying-text", payers=payers) if payers else say("agreement-paying-nobody"),
        say("agreement-paying-by", day=say.day(falls(requisition))) if requisition else "",
        say("agreement-paying-form") if any(form.id == "requisition" for form in a.forms) else "",
    )


def _days(say: Saying) -> Section:
    rows = [
        (
            say.of(each, "what"),
            say.day(falls(each)),
            ", ".join(say.who(who) for who in each.who),
            say.who(each.to),
            say(f"late-{each.consequence}"),
        )
        for each in say.agreement.deadlines
    ]
    head = [say(f"agreement-day-{name}") for name in ("what", "when", "who", "to", "late")]
    return chapter(
        "dagar",
        say("agreement-days"),
        say("agreement-days-text"),
        table("tabell-dagar", say("agreement-days-caption"), head, rows),
    )


def _uses(say: Saying) -> Section:
    a = say.agreement
    parents = {area.parent for area in a.areas}
    areas = [numbered(area.id, say.of(area)) for area in a.areas if area.id not in parents]
    return chapter(
        "anvandning",
        say("agreement-uses"),
        say("agreement-uses-text") if a.uses else "",
        listing("andamal", (say.of(use) for use in a.uses)),
        say("agreement-areas-text") if areas else "",
        listing("omraden", areas),
    )


def _followed(say: Saying) -> Section:
    a = say.agreement
    days = {each.id: falls(each) for each in a.deadlines}
    rounds = [
        say(
            "agreement-round",
            round=say.of(round),
            who=[say.who(group) for group in round.respondents],
            to=say.who(round.to),
            day=say.day(days.get(round.deadline) if round.deadline else round.closes),
        )
        for round in a.rounds
    ]
    undertakings = [
        say("agreement-undertaking", party=say.who(each.by), text=say.of(each, "text")) for each in a.undertakings
    ]
    return chapter(
        "uppfoljning",
        say("agreement-followed"),
        say("agreement-report-text") if any(form.id == "financial-report" for form in a.forms) else "",
        listing("rundor", rounds),
        say("agreement-undertakings-text") if undertakings else "",
        listing("ataganden", undertakings),
    )


def _owed(say: Saying) -> Section:
    claims = say.agreement.claims
    return chapter(
        "aterbetalning",
        say("agreement-owed"),
        say("agreement-owed-text", days=claims.days_to_pay),
        say(f"agreement-interest-{claims.interest}"),
    )


def _roles(say: Saying) -> Section:
    roles = say.agreement.roles
    assert roles is not None, "asked for where there are roles"
    titles = [
        say(
            f"agreement-role-{each.role}",
            title=say.of(each),
            groups=[say.of(say.agreement.group(group)) for group in each.groups],
        )
        for each in roles.titles
    ]
    return chapter("foretradare", say("agreement-roles"), listing("foretradare-vilka", titles))


def _signatures(say: Saying, signed: Sequence[Signed]) -> Section:
    """One row for each party: filled in once it has signed, else with room to sign on paper."""
    by = {each.party: each for each in signed}
    rows = []
    for party in say.agreement.parties:
        done = by.get(party.code)
        office = done.office if done else ("" if party.signs_as == NOT_STATED else party.signs_as)
        rows.append((say.of(party, "name"), office, done.name if done else "", say.day(done.on) if done else ""))
    head = [say(f"agreement-sign-{name}") for name in ("party", "office", "name", "day")]
    return chapter(
        "underskrifter",
        say("agreement-signatures"),
        say("agreement-signatures-text"),
        table("tabell-underskrifter", say("agreement-signatures-caption"), head, rows) if rows else None,
    )
