# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is to be said of a report, in words, each with the page where it is mended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from overens.desks.refusals import Shown, shown
from overens.desks.writing import shared
from overens.desks.writing.structure_words import SEXES, TERMS
from overens.followup.checking import findings_of
from overens.followup.models import Report
from overens.followup.reading import agreement_at, asked
from overens.rules.agreement import said
from overens.rules.findings import Evidence, Finding
from overens.rules.followup import parts


@dataclass(frozen=True)
class Found:
    """A finding in words; ``url`` and ``label`` lead to where it is mended (empty where no page is)."""

    finding: Shown
    url: str
    label: str


def where(report: Report) -> list[str]:
    """The report's place in addresses: respondent, agreement, round."""
    return [report.respondent.code, report.round.agreement, report.round.code]


def address(name: str, *args: object) -> str:
    """A page's address; empty where there is no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def found(report: Report, only: str | None = None) -> list[Found]:
    """Every finding of a report, or those of one part by its key, the gravest first."""
    return in_words(
        report,
        [each for each in findings_of(report) if only is None or (each.where and _part(each.where.key or "") == only)],
    )


def in_words(report: Report, findings: Iterable[Finding]) -> list[Found]:
    """These findings of a report, the gravest first."""
    listed = list(findings)
    grave = ("error", "warning", "note")
    listed.sort(key=lambda each: grave.index(each.level))
    result = []
    for finding, words in zip(listed, shown(_translated(listed, report)), strict=True):
        key = (finding.where.key if finding.where else "") or ""
        url = place(report, key)
        result.append(Found(words, url, _("Till uppgiften") if url else ""))
    return result


def place(report: Report, key: str) -> str:
    """The page of a part, with the field after ``#``."""
    at, _hash, field = key.partition("#")
    anchor = f"#id_{field}" if field else ""
    to = where(report)
    if at == parts.MEASURE:
        return address("writing-measures", *to)
    try:
        part = parts.parse(at)
    except ValueError:
        part = parts.PartKey("", at)  # a question that rows answer, and has none
    match part.kind:
        case parts.MEASURE | parts.INTRODUCTION | parts.MATURITY if part.what.isdigit():
            return address(f"writing-{part.kind}", *to, int(part.what)) + anchor
        case parts.COUNT:
            return address("writing-count", *to, part.what) + anchor
    try:
        section = asked(report.round).section_of(part.what).id
    except KeyError:
        return address("writing-report", *to)
    on_page = shared.anchor(at) if part.kind == parts.ANSWER else f"question-{part.what}"
    return f"{address('writing-section', *to, section)}#{on_page}"


def _part(key: str) -> str:
    return key.partition("#")[0]


def _translated(findings: Iterable[Finding], report: Report) -> list[Finding]:
    """Titles of the agreement and texts of the questions in the reader's language, and what evidence is about in
    words.
    """
    language = (get_language() or "sv")[:2]
    agreement, round = agreement_at(report.round), asked(report.round)
    titles = {
        thing.title: said(thing, "title", language)
        for things in (agreement.counts, agreement.areas, agreement.pots)
        for thing in things
    }
    titles |= {each.text: said(each, "text", language) for each in round.questions}
    labels = {code: str(word) for code, word in {**SEXES, **TERMS}.items() if code}
    labels |= {each.id: said(each, "label", language) for count in agreement.counts for each in count.specialities}

    def words(evidence: Evidence) -> Evidence:
        return replace(evidence, label=labels.get(evidence.label, evidence.label))

    return [
        replace(
            each,
            values={k: titles.get(v, v) if isinstance(v, str) else v for k, v in each.values.items()},
            evidence=tuple(map(words, each.evidence)),
        )
        for each in findings
    ]
