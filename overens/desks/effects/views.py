# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can and cannot be said of effects, and the key figures that could say something."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from overens.agreements.models import AgreementVersion
from overens.agreements.reading import agreement_of
from overens.desks import exports
from overens.desks.access import ActingRequest, for_desk
from overens.desks.effects import shown
from overens.desks.public.pages import name_of, slice_of
from overens.desks.saying import language
from overens.effects.models import Study
from overens.effects.tables import is_made_up
from overens.rules.agreement import said
from overens.rules.effects.indicators import KeyFigure, key_figures, looked_at
from overens.rules.values import NOT_STATED
from overens.statistics.actions import WHO

log = structlog.get_logger()


def works(request: HttpRequest) -> bool:
    """Whether somebody may ask for studies and read those that are not released."""
    acting: Any = getattr(request, "acting", None)
    organisation = acting.organisation if acting else None
    return organisation is not None and WHO.get(organisation.kind) in acting.roles


def workers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For analysts and negotiators."""

    @for_desk(*WHO)
    @functools.wraps(view)
    def guarded(request: ActingRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not works(request):
            log.warning("desk refused", path=request.path, person=request.user.pk)
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """In plain words what can be concluded, the agreements with their key figures, and the studies."""
    agreements = []
    for code in AgreementVersion.objects.current().values_list("code", flat=True):
        agreement = agreement_of(code)
        if figures := looked_at(agreement):
            agreements.append({"code": code, "name": name_of(agreement), "figures": len(figures)})
    may = works(request)
    studies = Study.objects.with_result()
    page = slice_of(request, studies if may else studies.released())
    context = {
        "agreements": agreements,
        "page": page,
        "studies": [{"study": each, "made_up": is_made_up(each.outcome)} for each in page],
        "may": may,
        "crumbs": [(_("Startsidan"), reverse("home"))],
    }
    return render(request, "effects/start.html", context)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """The key figures with what they measure, what they could say and why they may not. ``format``: as a file."""
    said_in = language()
    if (form := request.GET.get("format")) in exports.FORMATS:
        header = ["kpi", "title", "theme", "measure", "measures", "by_sex", "period", "source"]
        return exports.table_response(form, "nyckeltal", header, [_row(each) for each in key_figures().values()])
    themes: dict[str, dict[str, Any]] = {}
    for each in key_figures().values():
        theme = each.theme
        shown_theme = themes.setdefault(
            theme.id,
            {
                "title": said(theme, "title", said_in),
                "could_say": said(theme, "could_say", said_in),
                "may_not": said(theme, "may_not", said_in),
                "figures": [],
            },
        )
        shown_theme["figures"].append(
            {
                "kpi": each.kpi,
                "title": each.title_en if said_in == "en" else each.title,
                "unit": shown.unit(each.measure),
                "measures": said(each.definition, "measures", said_in) if each.definition else "",
                "source": each.definition.source if each.definition else "",
            }
        )
    context = {"themes": themes.values(), "crumbs": [(_("Effekter"), reverse("effects-start"))]}
    return render(request, "effects/figures.html", context)


def _row(each: KeyFigure) -> list[object]:
    of = each.definition
    read = (of.measures, of.by_sex, of.period, of.source) if of else (NOT_STATED,) * 4
    return [each.kpi, each.title, each.theme.id, each.measure, *read]
