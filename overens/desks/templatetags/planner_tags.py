# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The planner's desk's own navigation: {% planner_sections as tabs %}."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from overens.desks.planner.sections import SECTIONS

register = template.Library()


@register.simple_tag(takes_context=True)
def planner_sections(context: dict[str, Any]) -> list[dict[str, Any]]:
    """Each part; the one whose address begins the page's the longest is where the reader is."""
    path = context["request"].path
    found = [{"url": reverse(name), "label": label} for name, label in SECTIONS]
    here = max((each["url"] for each in found if path.startswith(each["url"])), key=len, default=None)
    return [{**each, "current": each["url"] == here} for each in found]
