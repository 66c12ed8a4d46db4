# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The addresses of what is done with problems of any kind."""

from collections.abc import Callable, Collection
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path

from overens.desks.planner import views_kept
from overens.desks.planner.places import PLACES
from overens.planner.models import ProblemKind


def of_kind(kind: ProblemKind, folder: str, without: Collection[str] = ()) -> list[URLPattern]:
    """Those of a kind, whose problems are each at ``folder/code/``. without: acts that it does not have."""
    names, at = PLACES[kind].names, f"{folder}/<str:code>/"
    found: list[tuple[str, Callable[..., HttpResponse], str]] = [
        ("aterstall/<int:number>/", views_kept.restore, "restore"),
        ("ta-bort/", views_kept.remove, "remove"),
        ("kor/<int:number>/avbryt/", views_kept.cancel, "cancel"),
        ("fil/", views_kept.file, "file"),
        ("dela/", views_kept.share, "share"),
        ("sluta-dela/", views_kept.end_sharing, "end_sharing"),
    ]
    said: dict[str, Any] = {"kind": kind}
    return [path(f"{at}{address}", view, said, name=names[act]) for address, view, act in found if act not in without]
