# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a scenario costs, what pays for it, where the next krona is worth most, and what was reported afterwards."""

from django.urls import URLPattern, path

from overens.desks.planner import views_money, views_money_national, views_money_outcome, views_money_worth

MONEY = "scenarier/<str:code>/pengar/"

urlpatterns: list[URLPattern] = [
    path("vad-ger-pengarna/", views_money_national.national, name="planner-national"),
    path("vad-ger-pengarna/rakna/", views_money_national.compute, name="planner-national-compute"),
    path(MONEY, views_money.costs, name="planner-money"),
    path(f"{MONEY}bidrag/", views_money.grants, name="planner-money-grants"),
    path(f"{MONEY}nasta-krona/", views_money_worth.worth, name="planner-money-worth"),
    path(f"{MONEY}nasta-krona/rakna/", views_money_worth.compute, name="planner-money-compute"),
    path(f"{MONEY}nasta-krona/lagg-in/", views_money_worth.add, name="planner-money-add"),
    path(f"{MONEY}utfall/", views_money_outcome.outcome, name="planner-money-outcome"),
]
