# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The planner's desk's own navigation: {% planner_sections as tabs %}."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.urls import reverse

from overens.desks.planner import words
from overens.desks.planner.answering import said
from overens.desks.planner.sections import SECTIONS
from overens.desks.planner.shown_tables import about
from overens.desks.saying import number

register = template.Library()


@register.simple_tag(takes_context=True)
def planner_sections(context: dict[str, Any]) -> list[dict[str, Any]]:
    """Each part; the one whose address begins the page's the longest is where the reader is."""
    path = context["request"].path
    found = [{"url": reverse(name), "label": label} for name, label in SECTIONS]
    here = max((str(each["url"]) for each in found if path.startswith(each["url"])), key=len, default=None)
    return [{**each, "current": each["url"] == here} for each in found]


@register.simple_tag
def kind_name(part: str, kind: str) -> str:
    """The word for a kind of measure or change."""
    return str(words.KINDS.get(part, {}).get(kind, ""))


@register.simple_tag
def said_title(thing: Any) -> str:
    """A title in the page's language."""
    return said(thing)


register.filter("about", about)
# What a parameter is counted in, and where it is from, in words.
register.filter("unit_of", words.unit)
register.filter("source_of", words.source)


@register.filter
def planner_number(value: Decimal | None) -> str:
    """As it is written in the file, with the page's decimal sign; nothing where there is none."""
    return "" if value is None else number(value)
