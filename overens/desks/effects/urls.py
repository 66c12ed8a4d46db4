# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What can be said of effects; mounted under effekter/."""

from django.urls import URLPattern, path

from overens.desks.effects import views, views_agreement, views_study

urlpatterns: list[URLPattern] = [
    path("", views.start, name="effects-start"),
    path("nyckeltal/", views.figures, name="effects-figures"),
    path("overenskommelse/<slug:code>/", views_agreement.agreement, name="effects-agreement"),
    path("overenskommelse/<slug:code>/<slug:kpi>/", views_agreement.figure, name="effects-figure"),
    path("studier/ny/", views_study.new, name="effects-study-new"),
    path("studier/<int:number>/", views_study.study, name="effects-study"),
    path("studier/<int:number>/gor/", views_study.act, name="effects-study-act"),
]
