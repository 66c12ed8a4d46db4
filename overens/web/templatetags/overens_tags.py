# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the templates need to show money, days, icons, findings and pictures. Loaded in every template."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.core.paginator import Paginator
from django.template import Context
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from overens.rendering import countymap, flow
from overens.rules import findings
from overens.rules.amounts import MINUS, SPACE, format_amount, format_ore, group_digits
from overens.rules.process import State
from overens.web import icons, theme, words

register = template.Library()
register.simple_tag(icons.icon)

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])")


@register.filter
def kr(kronor: int) -> str:
    """``2835000000`` → "2 835 000 000 kr", unbroken, with a true minus."""
    return format_amount(kronor)


@register.filter
def ore(value: int) -> str:
    """``283500050`` → "2 835 000,50 kr"; whole kronor without decimals."""
    return format_ore(value, formats.get_format("DECIMAL_SEPARATOR"))


@register.filter
def mnkr(kronor: int) -> str:
    """Millions, to the nearest tenth: "741,3 mnkr"; beside it, or a click away, stand the whole kronor."""
    tenths = (abs(kronor) + 50_000) // 100_000
    whole, tenth = divmod(tenths, 10)
    decimals = f"{formats.get_format('DECIMAL_SEPARATOR')}{tenth}" if tenth else ""
    sign = MINUS if kronor < 0 and tenths else ""
    return f"{sign}{group_digits(whole)}{decimals}{SPACE}{_('mnkr')}"


@register.filter
def number(value: Any) -> Any:
    """A whole number in groups of three; anything else as it is."""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{MINUS if value < 0 else ''}{group_digits(abs(value))}"
    return value


@register.filter
def day(value: dt.date | None, form: str = "long") -> str:
    """A date as ``<time>``: "1 december 2019", or with ``short`` 2019-12-01, with ``weekday`` its name before it."""
    if not value:
        return ""
    local = timezone.localtime(value).date() if isinstance(value, dt.datetime) else value
    pattern = {"long": "DATE_FORMAT", "short": "SHORT_DATE_FORMAT", "weekday": "l j F Y"}[form]
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), formats.date_format(local, pattern))


@register.filter
def moment(value: dt.datetime) -> str:
    """A point in time as ``<time>``, to the minute, in Swedish time."""
    local = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(), formats.date_format(local, "SHORT_DATETIME_FORMAT")
    )


@register.filter
def days_until(value: dt.date, today: dt.date) -> int:
    """Days from ``today``; negative when the day has passed."""
    return (value - today).days


@register.filter
def days_late(value: dt.date, today: dt.date) -> int:
    """Days since a day that has passed."""
    return (today - value).days


@register.simple_tag
def shown(value: Any, kind: str = "") -> Any:
    """A cell: ``kr``, ``mnkr``, ``number``, ``date``, or the value as it is. None is said, never shown as 0."""
    if value is None:
        return format_html('<span class="no-value">{}</span>', _("uppgift saknas"))
    if kind == "date":
        return day(value, "short")
    if kind == "kr":
        return kr(value)
    return mnkr(value) if kind == "mnkr" else number(value) if kind == "number" else value


@register.filter
def pairs(values: Iterable[Any], others: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Two lists of one length side by side, such as columns and cells."""
    return list(zip(values, others, strict=True))


@register.filter
def state_kind(state: str) -> str:
    """How the pill of a case's state looks."""
    return words.STATES[State(state)][1]


@register.filter
def sentences(text: str) -> list[str]:
    """A finding's words cut in two: what is found, and the rest (why, and the way out), which may be empty."""
    what, *rest = _SENTENCE_END.split(str(text), maxsplit=1)
    return [what, *rest, ""][:2]


@register.filter
def finding_word(code: str) -> str:
    """What a figure in a finding's evidence is called."""
    return findings.word(code, (get_language() or "sv")[:2])


@register.filter
def page_range(paginator: Paginator[Any], number: int) -> Iterable[int | str]:
    """The pages to link to: the first and last, and those around the one shown."""
    return paginator.get_elided_page_range(number, on_each_side=2, on_ends=1)


@register.simple_tag(takes_context=True)
def chosen_theme(context: Context) -> str:
    return theme.chosen_theme(context.get("request"))


@register.simple_tag
def flow_svg(places: Mapping[str, int], title: str, links: Mapping[str, str] | None = None) -> SafeString:
    labels = {place: str(word) for place, word in words.PLACES.items()}
    return mark_safe(flow.flow_picture(places, title=title, labels=labels, links=links or None))  # noqa: S308 - escaped where it is drawn


@register.filter
def place_rows(places: Mapping[str, int]) -> list[tuple[str, int, str]]:
    """(place, kronor, share in per cent) of every place that holds money, in the chain's order."""
    total = sum(places.values())
    return [(place, places[place], flow.share(places[place], total)) for place in flow.ORDER if places.get(place)]


@register.simple_tag
def county_svg(
    values: Mapping[str, int | None], title: str, kind: str = "kr", links: Mapping[str, str] | None = None
) -> SafeString:
    labels = {
        code: f"{name}: {_('uppgift saknas') if values.get(code) is None else shown(values[code], kind)}"
        for code, name in countymap.county_names().items()
    }
    return mark_safe(countymap.county_map(values, title=title, labels=labels, links=links or None))  # noqa: S308 - escaped where it is drawn


@register.filter
def map_scale(values: Mapping[str, int | None]) -> Sequence[countymap.Step]:
    return countymap.scale(values)


@register.filter
def county_rows(values: Mapping[str, int | None]) -> list[tuple[str, int | None]]:
    """(name of the county, value) of all 21, in code order."""
    return [(name, values.get(code)) for code, name in countymap.county_names().items()]
