# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a scenario gives: each page has its table as a file (``format``) and its choices in the query string."""

from django.urls import URLPattern, path

from overens.desks.planner import (
    views_results,
    views_results_parameters,
    views_results_people,
    views_results_posts,
    views_results_trying,
)

RESULT = "scenarier/<str:code>/resultat/"

urlpatterns: list[URLPattern] = [
    path(RESULT, views_results.overview, name="planner-result"),
    path(f"{RESULT}behov/", views_results.gap_curves, name="planner-result-gap"),
    path(f"{RESULT}aldrar/", views_results_people.ages, name="planner-result-ages"),
    path(f"{RESULT}pensioner/", views_results_people.retirement, name="planner-result-retirement"),
    path(f"{RESULT}tjanster/", views_results_posts.posts, name="planner-result-posts"),
    path(f"{RESULT}karta/", views_results.regions, name="planner-result-map"),
    path(f"{RESULT}floden/", views_results_people.flows, name="planner-result-flows"),
    path(f"{RESULT}antaganden/", views_results_parameters.assumptions, name="planner-result-assumptions"),
    path(f"{RESULT}kanslighet/", views_results_trying.sensitivity, name="planner-result-sensitivity"),
    path(f"{RESULT}provning/", views_results_trying.backtest, name="planner-result-backtest"),
    path(f"{RESULT}prova/", views_results_trying.start, name="planner-try-result"),
]
