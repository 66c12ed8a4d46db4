# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of coding and search. They stand before those that begin with an agreement."""

from django.urls import URLPattern, path

from overens.desks.analyst import views_codebook, views_coding, views_search, views_second, views_themes

urlpatterns: list[URLPattern] = [
    path("kodning/", views_coding.start, name="analyst-coding"),
    path("kodning/text/<int:number>/", views_coding.text, name="analyst-text"),
    path("kodning/text/<int:number>/markera/", views_coding.mark, name="analyst-mark"),
    path("kodning/text/<int:number>/last/", views_coding.read, name="analyst-text-read"),
    path("kodning/markering/<int:number>/ta-bort/", views_coding.unmark, name="analyst-unmark"),
    path("kodning/rattade/", views_coding.carry, name="analyst-carry"),
    path("kodning/rattade/for-over/", views_coding.carry_all, name="analyst-carry-all"),
    path("kodning/teman/", views_themes.themes, name="analyst-themes"),
    path("kodning/teman/<str:code>/", views_themes.theme, name="analyst-theme"),
    path("kodning/teman/<str:code>/forslag/", views_themes.suggestions, name="analyst-suggestions"),
    path("kodning/forslag/<int:number>/", views_themes.answer, name="analyst-suggestion"),
    path("kodning/kodbok/", views_codebook.codebook, name="analyst-codebook"),
    path("kodning/kodbok/borja/", views_codebook.adopt, name="analyst-codebook-adopt"),
    path("kodning/kodbok/las-in/", views_codebook.read_in, name="analyst-codebook-import"),
    path("kodning/kodbok/valj-om/", views_codebook.choose_again, name="analyst-choose"),
    path("kodning/kodbok/tema/", views_codebook.theme, name="analyst-theme-new"),
    path("kodning/kodbok/tema/<str:code>/", views_codebook.theme, name="analyst-theme-edit"),
    path("kodning/kodbok/tema/<str:code>/<slug:step>/", views_codebook.step, name="analyst-theme-step"),
    path("kodning/andra-kodare/", views_second.samples, name="analyst-second"),
    path("kodning/andra-kodare/ny/", views_second.new, name="analyst-sample-new"),
    path("kodning/andra-kodare/<int:number>/", views_second.sample, name="analyst-sample"),
    path("kodning/andra-kodare/<int:number>/<int:unit>/", views_second.answer, name="analyst-sample-answer"),
    path("kodning/andra-kodare/<int:number>/<int:unit>/<str:code>/", views_second.resolve, name="analyst-resolve"),
    path("sok/", views_search.search, name="analyst-search"),
    path("sok/spara/", views_search.save, name="analyst-search-save"),
    path("sok/<int:number>/ta-bort/", views_search.forget, name="analyst-search-forget"),
]
