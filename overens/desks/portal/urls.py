# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""All grants of a year, for anybody; mounted under bidrag/."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from overens.desks.portal import feeds, views, views_data, views_grant, views_recipient


class Sort(StringConverter):
    """What a recipient is, as its address says."""

    regex = "region|kommun|mottagare"


register_converter(Sort, "sort")

urlpatterns: list[URLPattern] = [
    path("", views.grants, name="portal"),
    path("nytt/", views.news, name="portal-news"),
    path("nytt.atom", feeds.Changes(), name="portal-feed"),
    path("oppna-data/", views_data.open_data, name="portal-data"),
    path("katalog.ttl", views_data.catalogue_file, {"form": "ttl"}, name="portal-catalogue"),
    path("katalog.jsonld", views_data.catalogue_file, {"form": "jsonld"}, name="portal-catalogue-json"),
    path("fordelning.csv", views_data.shares_file, name="portal-shares"),
    path("mottagare/", views.recipients, name="portal-recipients"),
    path("om/<str:code>/", views_grant.grant, name="portal-grant"),
    path("<sort:sort>/<str:code>/", views_recipient.recipient, name="portal-recipient"),
    path("<sort:sort>/<str:code>/kalender/", views_recipient.calendar, name="portal-calendar"),
    path("<sort:sort>/<str:code>/sista-dagar.ics", views_recipient.ics, name="portal-ics"),
    path("<sort:sort>/<str:code>/nytt.atom", feeds.ChangesOf(), name="portal-recipient-feed"),
]
