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


class Fan(Node):
    """Lines over years, each within its interval: one large picture, or for several panels small ones on one scale."""

    kind: Literal["fan"] = "fan"
    years: tuple[str, ...]
    panels: tuple[Panel, ...]
    unit: str = ""


class Pyramid(Node):
    """How many there are of each age from ``youngest``, women to the left and men to the right. ``behind``: those of
    another moment, as an outline. ``most``: where the scale ends, so that several can be laid beside each other.
    """

    kind: Literal["pyramid"] = "pyramid"
    youngest: int
    women: tuple[float, ...]
    men: tuple[float, ...]
    names: tuple[str, str]  # women, men
    name: str
    behind_women: tuple[float, ...] = ()
    behind_men: tuple[float, ...] = ()
    behind_name: str = ""
    most: float
    unit: str = ""


class Heat(Node):
    """A figure in each cell, shaded by class: many rows over many columns. ``limits`` as those of a map."""

    kind: Literal["heat"] = "heat"
    columns: tuple[str, ...]
    rows: tuple[Bar, ...]
    limits: tuple[float, ...]
    unit: str = ""


class Step(Node):
    """``change``: added to what stands so far, or a level that begins or ends a stretch."""

    label: str
    number: float
    change: bool = True


class Waterfall(Node):
    """How one level becomes another, step by step."""

    kind: Literal["waterfall"] = "waterfall"
    steps: tuple[Step, ...]
    unit: str = ""


Chart = Annotated[
    Bars | Lines | Multiples | Intervals | Map | Matrix | Fan | Pyramid | Heat | Waterfall, Field(discriminator="kind")
]
