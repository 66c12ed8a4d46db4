# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a figure draws, as data: each point with the key of its value, none of it with a look."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from overens.rules.edition.values import Node


class Point(Node):
    """A figure, or none: then ``instead`` says why in a word or two. ``low`` and ``high`` are its interval;
    ``partial``: something that belongs there is missing.
    """

    key: str = ""
    number: float | None = None
    low: float | None = None
    high: float | None = None
    partial: bool = False
    instead: str = ""


class Bar(Node):
    """A row of bars: one point for each series."""

    label: str
    points: tuple[Point, ...]


class Bars(Node):
    """Horizontal bars by row, one a series: beside each other (``grouped``), after each other (``stacked``), or as
    ``shares`` of the row's sum. ``unit`` is what the axis counts.
    """

    kind: Literal["bars"] = "bars"
    series: tuple[str, ...]
    rows: tuple[Bar, ...]
    way: Literal["grouped", "stacked", "shares"] = "grouped"
    unit: str = ""


class Series(Node):
    """A line: one point for each year. Gaps are gaps."""

    name: str
    points: tuple[Point, ...]


class Break(Node):
    """Before this year a definition changes; ``comparable``: whether the years on both sides may be compared."""

    year: str
    comparable: bool = False


class Lines(Node):
    """Lines over years."""

    kind: Literal["lines"] = "lines"
    years: tuple[str, ...]
    series: tuple[Series, ...]
    breaks: tuple[Break, ...] = ()
    unit: str = ""


class Panel(Node):
    title: str
    series: tuple[Series, ...]


class Multiples(Node):
    """The same small picture for each of many, all on one scale."""

    kind: Literal["multiples"] = "multiples"
    years: tuple[str, ...]
    panels: tuple[Panel, ...]
    breaks: tuple[Break, ...] = ()
    unit: str = ""


class Intervals(Node):
    """A point with its interval for each row and series, and an upright at ``reference`` (the country's)."""

    kind: Literal["intervals"] = "intervals"
    series: tuple[str, ...]
    rows: tuple[Bar, ...]
    reference: float | None = None
    reference_name: str = ""
    unit: str = ""


class Region(Node):
    code: str
    name: str
    point: Point


class Map(Node):
    """The counties, shaded by class. ``limits`` are the lower ends of the classes after the first, rising."""

    kind: Literal["map"] = "map"
    regions: tuple[Region, ...]
    limits: tuple[float, ...]
    unit: str = ""


class Mark(Node):
    """What stands in a cell of a matrix: ``full``, ``half`` (partly, or planned), ``none`` or ``unknown``."""

    key: str = ""
    what: Literal["full", "half", "none", "unknown"]
    text: str = ""


class Matrix(Node):
    """Who does what: rows by columns."""

    kind: Literal["matrix"] = "matrix"
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Mark, ...]], ...]
    meanings: tuple[tuple[str, str], ...] = ()  # what the marks stand for, by mark


Chart = Annotated[Bars | Lines | Multiples | Intervals | Map | Matrix, Field(discriminator="kind")]
