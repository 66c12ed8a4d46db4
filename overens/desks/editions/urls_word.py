# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is said of an edition: in Word, and on its pages."""

from django.urls import URLPattern, path

from overens.desks.editions import views_remarks, views_word

urlpatterns: list[URLPattern] = [
    path("<slug:code>/word/", views_word.word, name="editions-word"),
    path("<slug:code>/word/fil/", views_word.file, name="editions-word-file"),
    path("<slug:code>/anmarkningar/", views_remarks.remarks, name="editions-remarks"),
    path("<slug:code>/anmarkningar/<int:number>/", views_remarks.answer, name="editions-answer"),
    path("<slug:code>/avsnitt/<slug:key>/kommentera/", views_remarks.remark, name="editions-remark"),
]
