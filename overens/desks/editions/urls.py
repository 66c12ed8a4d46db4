# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern, path

from overens.desks.editions import (
    urls_steps,
    urls_word,
    views,
    views_arrange,
    views_edition,
    views_passage,
    views_pick,
    views_versions,
)

PASSAGE = "<slug:code>/avsnitt/<slug:key>/"

urlpatterns: list[URLPattern] = [
    path("", views.start, name="editions-start"),
    path("ny/", views.new, name="editions-new"),
    path("<slug:code>/", views_edition.edition, name="editions-edition"),
    path("<slug:code>/om/", views.about, name="editions-about"),
    path("<slug:code>/ordna/", views_arrange.arrange, name="editions-arrange"),
    path(PASSAGE, views_passage.passage, name="editions-passage"),
    path(f"{PASSAGE}lage/", views_passage.state, name="editions-state"),
    path(f"{PASSAGE}spara/", views_passage.save, name="editions-save"),
    path(f"{PASSAGE}titta/", views_passage.look, name="editions-look"),
    path(f"{PASSAGE}bekrafta/", views_passage.confirm, name="editions-confirm"),
    path(f"{PASSAGE}infoga/", views_pick.pick, name="editions-pick"),
    path(f"{PASSAGE}versioner/", views_versions.history, name="editions-history"),
    path(f"{PASSAGE}versioner/<int:number>/", views_versions.restore, name="editions-restore"),
    path(f"{PASSAGE}valj/<int:number>/", views_versions.choose, name="editions-choose"),
    *urls_steps.urlpatterns,
    *urls_word.urlpatterns,
]
