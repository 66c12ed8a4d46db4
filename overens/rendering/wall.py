# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A rota for the wall of the staff room: some weeks to a page, on its side, readable in black and white.

PDF/A-2a and PDF/UA-1. The look is templates/wall.typ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from overens.rendering import typesetting

Paper = Literal["a3", "a4"]


@dataclass(frozen=True)
class WallDay:
    """``name`` of the day of the week, ``date`` in short; ``is_free``: a Saturday, a Sunday or a holiday."""

    name: str
    date: str
    is_free: bool


@dataclass(frozen=True)
class WallRow:
    """``cells``: as many as there are days, empty where nothing is. ``total``: at its end."""

    title: str
    cells: Sequence[str]
    total: str = ""


@dataclass(frozen=True)
class WallPage:
    """``weeks``: what stands above each seven days. ``sums``: rows below those of the persons."""

    title: str
    weeks: Sequence[str]
    days: Sequence[WallDay]
    rows: Sequence[WallRow]
    sums: Sequence[WallRow]


@dataclass(frozen=True)
class Wall:
    """Text as it is read. ``notice``: what is to be seen first, such as that it is made up. ``legend``: short names
    with what they mean; those in ``dark`` stand out. ``about``: below every page.
    """

    title: str
    language: str
    notice: str
    about: str
    person: str
    total: str
    legend: Sequence[tuple[str, str]]
    dark: Sequence[str]
    pages: Sequence[WallPage]


def pdf(wall: Wall, paper: Paper, made_at: dt.datetime) -> bytes:
    """``made_at`` (aware) is its own time. Raises ``typst.TypstError`` when it cannot be set."""
    return typesetting.pdf("wall.typ", _as_data(wall, paper), made_at)


def _as_data(wall: Wall, paper: Paper) -> dict[str, Any]:
    return {
        "paper": paper,
        "title": wall.title,
        "language": wall.language,
        "notice": wall.notice,
        "about": wall.about,
        "person": wall.person,
        "total": wall.total,
        "legend": [{"short": short, "text": text} for short, text in wall.legend],
        "dark": list(wall.dark),
        "pages": [
            {
                "title": page.title,
                "weeks": list(page.weeks),
                "days": [{"name": day.name, "date": day.date, "free": day.is_free} for day in page.days],
                "rows": [_row(row) for row in page.rows],
                "sums": [_row(row) for row in page.sums],
            }
            for page in wall.pages
        ],
    }


def _row(row: WallRow) -> dict[str, Any]:
    return {"title": row.title, "cells": list(row.cells), "total": row.total}
