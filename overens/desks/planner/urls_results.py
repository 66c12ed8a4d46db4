# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a scenario gives: each page has its table as a file (``format``) and its choices in the query string.

The same pages are of an own scenario, of the one that ships, and at a secret address.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from overens.desks.access import ActingRequest
from overens.desks.downloads import unlisted
from overens.desks.planner import (
    shown_result,
    views_results,
    views_results_parameters,
    views_results_people,
    views_results_posts,
    views_results_trying,
)
from overens.desks.planner.access import readers
from overens.desks.planner.shown_result import Result
from overens.desks.planner.views_kept import opened
from overens.planner.models import ProblemKind

Page = Callable[[HttpRequest, Result], HttpResponse]
OWN, SHIPPED, SHARED = "scenarier/<str:code>/resultat/", "referens/resultat/", "delat/<str:token>/resultat/"
PAGES: tuple[tuple[str, Page, str], ...] = (
    ("", views_results.overview, ""),
    ("behov/", views_results.gap_curves, "-gap"),
    ("aldrar/", views_results_people.ages, "-ages"),
    ("pensioner/", views_results_people.retirement, "-retirement"),
    ("tjanster/", views_results_posts.posts, "-posts"),
    ("karta/", views_results.regions, "-map"),
    ("floden/", views_results_people.flows, "-flows"),
    ("antaganden/", views_results_parameters.assumptions, "-assumptions"),
)
TRIED: tuple[tuple[str, Page, str], ...] = (
    ("kanslighet/", views_results_trying.sensitivity, "-sensitivity"),
    ("provning/", views_results_trying.backtest, "-backtest"),
)


def own(page: Page) -> Callable[..., HttpResponse]:
    @readers
    @require_safe
    def view(request: ActingRequest, code: str) -> HttpResponse:
        return page(request, shown_result.result(request, code))

    return view


def shipped(page: Page) -> Callable[..., HttpResponse]:
    @readers
    @require_safe
    def view(request: ActingRequest) -> HttpResponse:
        return page(request, shown_result.shipped())

    return view


def shared(page: Page) -> Callable[..., HttpResponse]:
    """To anybody who has the address."""

    @require_safe
    def view(request: HttpRequest, token: str) -> HttpResponse:
        saved = opened(token)
        if saved.kind != ProblemKind.SUPPLY:
            raise Http404
        return unlisted(page(request, shown_result.shared(saved, token)))

    return view


urlpatterns: list[URLPattern] = [
    *(path(OWN + at, own(page), name=f"planner-result{name}") for at, page, name in (*PAGES, *TRIED)),
    *(path(SHIPPED + at, shipped(page), name=f"planner-shipped-result{name}") for at, page, name in PAGES),
    *(path(SHARED + at, shared(page), name=f"planner-shared-result{name}") for at, page, name in (*PAGES, *TRIED)),
    path(f"{OWN}prova/", views_results_trying.start, name="planner-try-result"),
]
