# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands on a report's PDF and Word document: from a frozen version to content that overens/rendering can set.

The kept PDFs are drawn in the language of the agreement, Swedish, whoever asks for them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from babel.dates import format_date, format_datetime
from django.utils import translation
from django.utils.translation import gettext as _

from overens.followup import papers
from overens.followup.actions import handing_in
from overens.followup.models import Report
from overens.followup.papers import Item, ReportPaper
from overens.grants.paper_words import ASSURANCE, METHODS
from overens.people.models import Organisation
from overens.records import clock, outside
from overens.records.models import DocumentVersion
from overens.rendering.paper import Block, Content, Fields, Grid, Line, Part, Prose, grouped

LANGUAGE = "sv"


def report_of(version: DocumentVersion) -> Report:
    """The report that a version is of."""
    return Report.objects.with_parties().get(key=version.document.subject)


def asker_of(version: DocumentVersion) -> Organisation:
    """Who receives a report, and so seals the receipt of it."""
    return report_of(version).round.asker


def sealed(version: DocumentVersion, sealer: Organisation, test_key: bool) -> Content:
    """The report with its signature, as it is sealed."""
    with translation.override(LANGUAGE):
        seal = _("Mottagen och sigillerad av %(whose)s.") % {"whose": sealer.name}
        return content(version, LANGUAGE, test_key=test_key, seal=seal)


def to_sign(version: DocumentVersion) -> Content:
    """The report with the declaration and room for a signature, to be signed outside the service."""
    with translation.override(LANGUAGE):
        declaration = handing_in.declared(version)["text"]
        return content(version, LANGUAGE, declaration=declaration, code=outside.code_of(version))


def content(version: DocumentVersion, language: str, **how: Any) -> Content:
    """A version as it is set on paper, in a language."""
    report = report_of(version)
    day = version.effective_at.astimezone(clock.STOCKHOLM).date()
    with translation.override(language):
        paper = papers.read(version, language, papers.handed_in_before(version))
        return Content(
            title=paper.title,
            subtitle=paper.subtitle,
            language=language,
            sender=report.respondent.name_on(day),
            recipient=report.round.asker.name_on(day),
            day=format_date(day, "d MMMM y", locale=language),
            made_at=version.effective_at,
            numbers=tuple(Line(label, number) for label, number in paper.numbers),
            blocks=tuple(_blocks(paper)),
            sha256=version.sha256,
            running=" · ".join(f"{label}: {number}" for label, number in paper.numbers),
            **how,
        )


def _blocks(paper: ReportPaper) -> Iterator[Block]:
    if paper.correction:
        yield Part(_("Rättelse av en tidigare inlämnad version"), (paper.correction,))
        for label, before, after, _kind in paper.changes:
            was, now = str(before or "–"), str(after or "–")
            yield Prose(label, (f"{_('Före')}: {was}", f"{_('Efter')}: {now}"))
    for section in paper.sections:
        yield Part(f"{section.id} {section.title}")
        for question in section.questions:
            yield Prose(f"{question.id} {question.text}", ())
            for item in question.items:
                yield from item_blocks(item)
    if paper.attachments:
        yield Part(_("Bilagor"))
        yield Fields("", tuple(Line(name, grouped(sha256, 8)) for name, sha256 in paper.attachments))
    if paper.signature:
        yield from _signature(paper.signature)


def item_blocks(item: Item) -> Iterator[Block]:
    """A part, with its heading on the first of its blocks."""
    heading = item.heading
    if item.text or (heading and not item.lines and not item.rows):
        yield Prose(heading, tuple(papers.paragraphs(item.text)))
        heading = ""
    if item.rows:
        figures = (False, *(True for _column in item.columns[1:]))
        yield Grid(heading, item.columns, figures, item.rows)
        heading = ""
    if item.lines:
        yield Fields(heading, tuple(Line(label, value) for label, value in item.lines))


def _signature(signature: dict[str, Any]) -> Iterator[Block]:
    how = [str(METHODS.get(signature["method"], signature["method"]))]
    if signature["assurance"]:
        how.append(str(ASSURANCE.get(signature["assurance"], signature["assurance"])))
    yield Part(_("Underskrift"), (signature["declaration"],) if signature["declaration"] else ())
    lines = [
        Line(_("Underskriven av"), signature["person"].name, (_moment(signature["at"]),)),
        Line(_("Behörighet enligt"), signature["citation"]),
        Line(_("Så skrevs det under"), "\n".join(how)),
        Line(_("Underskriftens kontrollsumma"), grouped(signature["sha256"], 8)),
    ]
    yield Fields("", tuple(lines))


def _moment(at: dt.datetime) -> str:
    return format_datetime(at.astimezone(clock.STOCKHOLM), "d MMMM y 'kl.' HH.mm", locale=LANGUAGE)
