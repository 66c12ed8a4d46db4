# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from overens.desks.books import views, views_example, views_files, views_line, views_report, views_rows

BOOKS = "<str:code>/<str:agreement>/<str:line>/bokforing/"

urlpatterns = [
    path(BOOKS, views.start, name="books"),
    path(BOOKS + "filer/", views.choose, name="books-choose"),
    path(BOOKS + "kopiera/", views.copy, name="books-copy"),
    path(BOOKS + "mappning/", views.mapping_file, name="books-mapping"),
    path(BOOKS + "las-in/", views_files.receive, name="books-file"),
    path(BOOKS + "las-in/<int:upload>/", views_files.upload, name="books-upload"),
    path(BOOKS + "las-in/<int:upload>/ta-bort/", views_files.discard, name="books-discard"),
    path(BOOKS + "post/ny/", views_line.new, name="books-line-new"),
    path(BOOKS + "post/<int:number>/", views_line.edit, name="books-line"),
    path(BOOKS + "post/<int:number>/flytta/", views_line.move, name="books-line-move"),
    path(BOOKS + "underlag/<int:file>/", views_line.evidence, name="books-evidence"),
    path(BOOKS + "rader/", views_rows.rows, name="books-rows"),
    path(BOOKS + "inte-med/", views_rows.left, name="books-left"),
    path(BOOKS + "jamfor/", views_report.compare, name="books-compare"),
    path(BOOKS + "fyll-i/", views_report.prefill, name="books-prefill"),
    path(BOOKS + "exempel/", views_example.example, name="books-example"),
    path(BOOKS + "exempel/las-in/", views_example.take_in, name="books-example-in"),
]
