# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""How pages say things: in which language, a number as people write it, a chart as a picture."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from django.utils import formats
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from overens.rendering.figures import svg
from overens.rules.amounts import MINUS, group_digits
from overens.rules.edition.charts import Chart


def language() -> Literal["sv", "en"]:
    """The page's."""
    return "en" if (get_language() or "sv").startswith("en") else "sv"


def number(value: int | Decimal) -> str:
    """Its digits in groups, with the page's decimal sign and a true minus: −1 234,5. Every decimal is kept."""
    whole, point, decimals = f"{abs(Decimal(value)):f}".partition(".")
    sign = MINUS if value < 0 else ""
    return f"{sign}{group_digits(int(whole))}{formats.get_format('DECIMAL_SEPARATOR') if point else ''}{decimals}"


def figure(text: str) -> str:
    """A number as code writes it, such as 1234.5, with the page's decimal sign."""
    return text.replace(".", formats.get_format("DECIMAL_SEPARATOR"))


def picture(chart: Chart, alt: str, width: int = 720) -> SafeString:
    return mark_safe(svg(chart, alt, "web", width, language()))  # noqa: S308 - every text is escaped where it is drawn
