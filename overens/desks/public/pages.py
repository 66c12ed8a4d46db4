# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the public pages share: the agreement that a page is about, and its place among the others."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from overens.agreements.models import AgreementVersion
from overens.agreements.reading import agreement_of, current_version
from overens.rules.agreement import Agreement, said

PAGE = 50


def stored_agreement(code: str) -> tuple[Agreement, AgreementVersion]:
    """The version that is computed with. Raises Http404."""
    try:
        return agreement_of(code), current_version(code)
    except AgreementVersion.DoesNotExist:
        raise Http404(code) from None


def name_of(agreement: Agreement) -> str:
    return said(agreement, "short_title", get_language() or "sv")


def agreement_crumbs(agreement: Agreement) -> list[tuple[str, str]]:
    return [
        (_("Överenskommelser"), reverse("public-agreements")),
        (name_of(agreement), reverse("public-agreement", args=[agreement.id])),
    ]


def agreement_tabs(agreement: Agreement, current: str) -> list[dict[str, object]]:
    return [
        {"url": reverse(name, args=[agreement.id]), "label": label, "current": name == current}
        for name, label in (
            ("public-agreement", _("Innehåll")),
            ("public-allocation", _("Fördelning")),
            ("public-trace", _("Var varje krona är")),
            ("public-versions", _("Versioner")),
        )
    ]


def slice_of(request: HttpRequest, things: Any) -> Page[Any]:
    """The page of a list or queryset that the address asks for; the nearest one for a number out of range."""
    return Paginator(things, PAGE).get_page(request.GET.get("page"))
