# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A value's question asked again: in words, of today's facts by command and over HTTP, and what it is read with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlencode

from django.urls import reverse

from overens.editions.values import assigned, facts, money, printed, rates
from overens.rules.edition.keys import Question
from overens.rules.findings import Finding, word, wording
from overens.rules.followup.facts_table import REGION, YEAR


def place(question: Question, names: Mapping[str, str], language: str) -> str:
    """The dimensions of a question in words: "Region Skåne, 2017"."""
    parts = []
    for name, at in sorted(question.at.items(), key=lambda each: (each[0] == YEAR, each[0] != REGION)):
        parts.append(named(name, at, names, language))
    return ", ".join(parts)


def related(question: Question) -> Iterable[Question]:
    """What a value should be read with: a rate with its count, what is stated with who is named."""
    year = {name: at for name, at in question.at.items() if name == YEAR}
    if question.family == rates.FAMILY:
        yield Question(facts.FAMILY, question.subject, question.at)
    if question.family == facts.FAMILY and set(question.at) <= {YEAR}:
        yield Question(assigned.FAMILY, question.subject, year)
    if question.family == assigned.FAMILY:
        yield Question(facts.FAMILY, question.subject, question.at)
    if question.family == printed.STATED and (stated := printed.statements().get(question.subject)):
        if stated.named:
            yield Question(printed.NAMED, stated.named)
        if question.subject in printed.lists():
            yield Question(printed.LIST, question.subject)
    if question.family == printed.NAMED:
        for each in printed.statements().values():
            if each.named == question.subject:
                yield Question(printed.STATED, each.id)


def named(dimension: str, at: str, names: Mapping[str, str], language: str) -> str:
    if dimension == REGION and at in names:
        return names[at]
    if dimension == "agreement":
        return said("edition-explain-agreement", language, agreement=at)
    for code in (f"facts-{dimension}-{at}", f"edition-values-{dimension}-{at}", f"facts-{at}"):
        if (found := word(code, language)) != code:
            return found
    return at


def command(question: Question) -> str:
    """The command that asks today's facts the same."""
    at = dict(question.at)
    if question.family == facts.FAMILY:
        year = f" --year {at.pop(YEAR)}" if YEAR in at else ""
        only = "".join(f" --only {name}={value}" for name, value in sorted(at.items()))
        return f"overens facts {question.subject} --by region{year}{only}"
    if question.family == money.MONEY and "agreement" in at:
        recipient = f" --recipient {at[REGION]}" if REGION in at else ""
        return f"overens trace {at['agreement']}{recipient}"
    if question.family == money.ALLOCATED and "agreement" in at:
        return f"overens allocate {at['agreement']}"
    return ""


def query(question: Question) -> str:
    at = dict(question.at)
    if question.family == facts.FAMILY:
        found = urlencode({"by": "region", **at}, quote_via=quote)
        return f"{reverse('api:facts-answer', args=[question.subject])}?{found}"
    if question.family == money.MONEY and "agreement" in at:
        query = f"?recipient={quote(at[REGION])}" if REGION in at else ""
        return f"{reverse('api:trace', args=[at['agreement']])}{query}"
    if question.family == money.ALLOCATED and "agreement" in at:
        return reverse("api:allocation", args=[at["agreement"]])
    return ""


def said(code: str, /, language: str, **values: object) -> str:
    return wording(Finding(code, "note", values), language)
