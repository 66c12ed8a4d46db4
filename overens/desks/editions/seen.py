# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A passage as it reads while it is written: the preview, its values and what they rest on, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from overens.desks.refusals import Shown, shown
from overens.editions import looking
from overens.editions.compiling import Compiled
from overens.editions.looking import Told
from overens.editions.models import Edition, Passage
from overens.followup.fact_subjects import region_names
from overens.rendering import figures
from overens.rendering.edition_html import Places, article
from overens.rendering.edition_html_blocks import Page
from overens.rules.edition.document import Document
from overens.rules.edition.values import Definition, Source, Value
from overens.rules.findings import Finding
from overens.rules.followup import prose


@dataclass(frozen=True)
class ValueShown:
    """A value of the passage: as it is worded there (``told``), with what it is, of whom, and what it rests on.
    ``page`` is where all of that stands.
    """

    number: int
    told: Told
    value: Value
    definition: Definition | None
    regions: tuple[str, ...]
    sources: tuple[Source, ...]
    page: str

    @property
    def anchor(self) -> str:
        return f"varde-{self.number}"


@dataclass(frozen=True)
class FindingShown:
    """``typed`` is what stands in the text, ``bind`` what may stand there instead where it is one value."""

    finding: Shown
    typed: str = ""
    bind: str = ""


def seen(edition: Edition, passage: Passage, heading: str, text: str) -> dict[str, Any]:
    """What the page shows beside a text as it is typed. Text that is too long is not read."""
    if len(text) > prose.LARGEST:
        return {"preview": None, "values": [], "found": [], "changed": 0, "unconfirmed": 0}
    made = looking.passage(edition, passage.key, heading, text)
    values = _values(edition, made, looking.told(edition, made).get(passage.key, []))
    return {
        "preview": _preview(made.document, passage.key, {each.value.key: each.anchor for each in values}),
        "values": values,
        "found": _found(made),
        "changed": sum(1 for each in values if each.told.is_changed),
        "unconfirmed": sum(1 for each in values if each.told.confirmed is None),
    }


def sample(edition: Edition, passage: Passage, line: str) -> dict[str, Any]:
    """How a line would read in a passage, without heading; and what is wrong with it."""
    made = looking.passage(edition, passage.key, passage.content.get("heading", ""), line)
    page = Page(made.document, _places(made.document, {}))
    blocks = "".join(page.block(each) for section in made.document.sections for each in section.blocks)
    wrong = [each for each in made.findings if each.level == "error" and each.where and each.where.line]
    return {"sample": mark_safe(blocks), "wrong": shown(wrong)}  # noqa: S308 - escaped where it is rendered


def _preview(document: Document, key: str, anchors: dict[str, str]) -> SafeString:
    here = tuple(each for each in document.sections if each.passage == key)
    alone = document.model_copy(update={"sections": here, "references": ()})
    return mark_safe(article(alone, _places(alone, anchors)))  # noqa: S308 - escaped where it is rendered


def _places(document: Document, anchors: Mapping[str, str]) -> Places:
    return Places(
        value=lambda key: f"#{anchors.get(key, 'varden')}",
        data=lambda _id, _picture: (),
        picture=lambda figure: figures.svg(figure.chart, figure.alt, "web", language=document.language),
    )


def _values(edition: Edition, made: Compiled, told: list[Told]) -> list[ValueShown]:
    document, names = made.document, region_names()
    values = {each.key: each for each in document.values}
    sources = {each.id: each for each in document.sources}
    definitions = {each.id: each for each in document.definitions}
    return [
        ValueShown(
            number,
            each,
            value := values[each.key],
            definitions.get(value.definition),
            tuple(names.get(code, code) for code in value.regions),
            tuple(sources[id] for id in value.sources if id in sources),
            reverse("editions-preview-value", args=[edition.code, each.key]),
        )
        for number, each in enumerate(told, 1)
    ]


def _found(made: Compiled) -> list[FindingShown]:
    return [_finding(finding, said) for finding, said in zip(made.findings, shown(made.findings), strict=True)]


def _finding(finding: Finding, said: Shown) -> FindingShown:
    one = finding.code == "text-typed-number-known"
    typed = (finding.where.key or "") if finding.where else ""
    return FindingShown(said, typed, str(finding.values["bind"]) if one else "")
