# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.contrib.auth.views import LogoutView
from django.urls import path

from overens.desks.entry import views
from overens.web.theme import set_theme

urlpatterns = [
    path("logga-in/", views.Login.as_view(), name="login"),
    path("logga-in/demo/", views.demo_login, name="demo-login"),
    path("logga-ut/", LogoutView.as_view(), name="logout"),
    path("agera-for/", views.act_for, name="act-for"),
    path("tema/", set_theme, name="set-theme"),
    path("demo/klockan/", views.clock_panel, name="demo-clock"),
    path("demo/klockan/stega/", views.step_clock, name="demo-step"),
    path("komponenter/", views.components, name="components"),
]
