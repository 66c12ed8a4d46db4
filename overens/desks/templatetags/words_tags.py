# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Words for codes in templates: {{ case.state|state_name }}, and an agreement's own texts: {{ pot|said:"title" }}."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils import formats
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from overens.archive.gone import Gone, gone
from overens.desks import agreement_words, words
from overens.desks.analyst import words as analyst_words
from overens.grants import paper_words
from overens.records.models import DocumentVersion
from overens.rules import agreement
from overens.rules.amounts import MINUS, SPACE, group_digits
from overens.rules.printed import as_amount
from overens.rules.values import NOT_STATED

register = template.Library()


def _filter(name: str, table: dict) -> None:  # type: ignore[type-arg]
    register.filter(name, lambda code: table.get(str(code), str(code)))


_filter("state_name", words.STATES)
_filter("place_name", words.PLACES)
_filter("act_name", words.ACTS)
_filter("role_name", words.ROLES)
_filter("paper_name", words.PAPERS)
_filter("method_name", paper_words.METHODS)
_filter("assurance_name", paper_words.ASSURANCE)
_filter("question_type", analyst_words.QUESTION_TYPES)
_filter("dimension_name", analyst_words.DIMENSIONS)
_filter("undertaking_state", {state: word for state, (word, _kind) in analyst_words.UNDERTAKING_STATES.items()})


@register.filter
def kr_ore(ore: int) -> str:
    """``123450`` öre → "1 234,50 kr", unbroken, with a true minus."""
    kronor, rest = divmod(abs(ore), 100)
    sign = formats.get_format("DECIMAL_SEPARATOR")
    return f"{MINUS if ore < 0 else ''}{group_digits(kronor)}{sign}{rest:02}{SPACE}kr"


@register.filter
def said(thing: Any, name: str) -> str:
    """A text of the agreement (or of a population series) in the page's language, Swedish where it has no English."""
    return agreement.said(thing, name, get_language() or "sv")


@register.simple_tag
def gone_of(version: DocumentVersion) -> Gone | None:
    """Since when and by which decision a paper's content is gone; None where it is there."""
    return None if version.content else gone([version]).get(version.pk)


@register.filter
def signed(difference: int) -> str:
    """A difference with its sign: +1, 0, −2."""
    return f"{'+' if difference > 0 else MINUS if difference < 0 else ''}{group_digits(abs(difference))}"


@register.filter
def stated(value: Any) -> Any:
    """The value, or that the source does not state one."""
    if value in (NOT_STATED, None, ""):
        return format_html('<span class="no-value">{}</span>', _("ej angivet"))
    return value


@register.filter
def cited(source: str) -> Any:
    """A citation of the file ("2019 agreement, section 8.1") in the page's language.

    Files cite in English. What is more than sections, tables and pages stays English, and is marked as that.
    """
    if (get_language() or "sv") == "en" or source in (NOT_STATED, ""):
        return stated(source)
    swedish = source
    for pattern, word in agreement_words.CITATIONS:
        swedish = pattern.sub(word, swedish)
    if agreement_words.CITED.fullmatch(swedish):
        return swedish
    return format_html('<span lang="en">{}</span>', source)


@register.filter
def file_word(value: str, key: str) -> Any:
    """What a choice of the agreement's file is called: {{ pot.key|file_word:"key" }}."""
    return stated(agreement_words.CODED[key].get(value, value))


@register.filter
def kronor_text(digits: str) -> str:
    """Kronor that a paper or a draft holds as text; what is no amount as it is, a dash where there is nothing."""
    return as_amount(str(digits)) or "–"


@register.filter
def at_place(money: Mapping[str, int], place: str) -> int:
    """Kronor at a place of a case; 0 where there are none."""
    return money.get(place, 0)
