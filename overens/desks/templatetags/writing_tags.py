# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Text as it is written here, and the names of parts on the pages of a report."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from overens.desks.writing.shared import anchor
from overens.rules.followup import parts
from overens.rules.followup import prose as texts

register = template.Library()


@register.filter
def prose(text: str) -> SafeString:
    """Plain text as paragraphs and lists; everything in it is escaped."""
    return mark_safe(texts.as_html(text))  # noqa: S308


@register.filter
def scripts(names: str) -> list[str]:
    """The addresses of the writing desk's scripts by their names."""
    return [static(f"writing/{name}.js") for name in names.split()]


@register.filter
def slugified(id: str) -> str:
    """An id as a part's anchor has it."""
    return anchor(id).removeprefix("part-")


@register.filter
def row_anchor(type: str, id: str) -> str:
    """Where a question that is answered by rows stands on the page."""
    return anchor(f"{parts.ROWS[type]}/{id}")
