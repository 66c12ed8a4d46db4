# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from overens.desks.entry import views, views_account
from overens.web.theme import set_theme

urlpatterns = [
    path("logga-in/", views.Login.as_view(), name="account_login"),
    path("logga-in/demo/", views.demo_login, name="demo-login"),
    path("logga-in/nytt-konto/", views_account.invited_only, name="account_signup"),
    path("logga-in/andra-faktor/", views_account.second_factor, name="second-factor"),
    path("valkommen/<str:uidb64>/<str:token>/", views_account.welcome, name="welcome"),
    path("start/", views_account.start, name="start"),
    path("konto/inloggning/", views_account.Security.as_view(), name="mfa_index"),
    path("konto/inloggning/losenord/", views_account.ChangePassword.as_view(), name="account_change_password"),
    path("konto/inloggning/avsluta/", views_account.end_sessions, name="end-sessions"),
    path("agera-for/", views.act_for, name="act-for"),
    path("tema/", set_theme, name="set-theme"),
    path("demo/klockan/", views.clock_panel, name="demo-clock"),
    path("demo/klockan/stega/", views.step_clock, name="demo-step"),
    path("komponenter/", views.components, name="components"),
]
