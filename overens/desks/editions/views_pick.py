# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Choosing a value, table, figure or block to put into a passage; what is to be written for it is made here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from overens.desks import together
from overens.desks.access import ActingRequest
from overens.desks.editions.seen import sample
from overens.desks.editions.shared import agency_only, crumbs, head, heading_of, own_edition, passage_or_404
from overens.editions import looking, making
from overens.editions.models import Edition
from overens.followup.fact_subjects import region_names
from overens.rules.findings import word
from overens.rules.followup.facts_table import REGION

MOST, LONG = 20, 6
MAKERS: dict[str, tuple[Promise, Mapping[str, making.Maker]]] = {
    "table": (_("Tabell"), making.TABLES),
    "figure": (_("Figur"), making.FIGURES),
    "block": (_("Block"), making.BLOCKS),
}
# How a value may be worded, as overens.rules.edition.markup.FORMS.
FORMS: dict[str, Promise] = {
    "": _("Som vanligt"),
    "words": _("Med ord: elva"),
    "digits": _("Med siffror: 11"),
    "names": _("Regionernas namn"),
    "of": _("Av hur många: 17 av 21"),
    "all": _("Samtliga"),
    "most": _("Flertalet, enligt rapportens regel"),
    "majority": _("En majoritet, enligt rapportens regel"),
    "share": _("Andel"),
    "millions": _("I miljoner"),
}
# What may stand in a binding without quotation marks.
_BARE = re.compile(r"[^\s\"”{}]+")


@dataclass(frozen=True)
class Choice:
    """Something that can be put in: ``id`` is what is written first, ``kind`` what it is called. ``options``: by name
    the values that can be chosen; ``examples``: by name what may be typed.
    """

    id: str
    kind: Any
    title: str
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    examples: Mapping[str, str] = field(default_factory=dict)
    is_value: bool = True

    def matches(self, wanted: list[str]) -> bool:
        """Whether every word is in what it is called; of a long word its end may differ (tjänster, tjänst)."""
        said = f"{self.title} {self.id} {self.kind}".casefold()
        return all((each[:-2] if len(each) > LONG else each) in said for each in wanted)


@require_safe
@together.asked_by_script
@agency_only
def pick(request: ActingRequest, code: str, key: str) -> HttpResponse:
    """What can be put in, narrowed by words (``sok``); or one of them (``vald``) with its options and how it reads."""
    edition = own_edition(request, code)
    passage = passage_or_404(edition, key)
    every = choices(edition)
    chosen = next((each for each in every if each.id == request.GET.get("vald")), None)
    text = request.GET.get("sok", "")
    wanted = text.casefold().split()
    found = [each for each in every if each.matches(wanted)] if wanted else [e for e in every if not e.is_value]
    context = {
        **head(request, edition),
        "crumbs": crumbs(edition, passage),
        "passage": passage,
        "name": heading_of(passage),
        "text": text,
        "found": found[:MOST],
        "more": max(0, len(found) - MOST),
        "chosen": chosen,
    }
    if chosen is not None:
        said = {name: request.GET.get(f"val.{name}", "") for name in (*chosen.options, *chosen.examples)}
        form = request.GET.get("som", "") if chosen.is_value else ""
        line = written(chosen, said, form)
        context |= {
            "fields": _fields(chosen, said),
            "forms": FORMS.items() if chosen.is_value else (),
            "form": form,
            "line": line,
            **sample(edition, passage, line),
        }
    template = "editions/_pick.html" if request.htmx else "editions/pick.html"
    return render(request, template, context)


def choices(edition: Edition) -> list[Choice]:
    """All that can be put into a passage: tables, figures and blocks first."""
    language = (get_language() or "sv")[:2]
    return [
        *(
            Choice(f"{what} {name}", kind, maker.about[language], *_options(maker), is_value=False)
            for what, (kind, makers) in MAKERS.items()
            for name, maker in makers.items()
        ),
        *(
            Choice(f"{each.family} {each.subject}", _("Värde"), each.title, each.dimensions)
            for each in looking.known(edition)
        ),
    ]


def _options(maker: making.Maker) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """A maker's options: those of a few known values, and those that are typed."""
    listed = {
        name: tuple(said.split(" | ")) for name, said in maker.options.items() if " | " in said and "…" not in said
    }
    return listed, {name: said for name, said in maker.options.items() if name not in listed}


def written(choice: Choice, said: Mapping[str, str], form: str) -> str:
    """What is to be written: ``{{ number training-posts year=2017 as=words }}``."""
    given = [f"{name}={_quoted(value.strip())}" for name, value in said.items() if value.strip()]
    return " ".join(("{{", choice.id, *given, *([f"as={form}"] if form in FORMS and form else []), "}}"))


def _quoted(value: str) -> str:
    return value if _BARE.fullmatch(value) else '"' + re.sub(r"[\"”{}\s]+", " ", value).strip() + '"'


def _fields(choice: Choice, said: Mapping[str, str]) -> list[dict[str, Any]]:
    """The options of what was chosen, as components/field.html shows them."""
    listed = [
        {
            "name": f"val.{name}",
            "label": _label(name),
            "type": "select",
            "value": said[name],
            "options": [("", "–"), *_options_of(name, values)],
        }
        for name, values in choice.options.items()
    ]
    typed = [
        {"name": f"val.{name}", "label": _label(name), "type": "text", "value": said[name], "hint": example}
        for name, example in choice.examples.items()
    ]
    return listed + typed


def _label(name: str) -> str:
    said = _word(name, f"facts-dimension-{name}", f"edition-option-{name}")
    return said[:1].upper() + said[1:]


def _options_of(name: str, values: tuple[str, ...]) -> list[tuple[str, str]]:
    if name == REGION:
        names = region_names()
        return [(each, names.get(each, each)) for each in values]
    of = (f"facts-{name}-", f"edition-values-{name}-", f"edition-option-{name}-")
    return [(each, _word(each, *(f"{what}{each}" for what in of))) for each in values]


def _word(otherwise: str, *codes: str) -> str:
    """What a code is called; a code without a word stands for itself."""
    language = (get_language() or "sv")[:2]
    return next((said for code in codes if (said := word(code, language)) != code), otherwise)
