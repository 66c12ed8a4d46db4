# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The 21 counties as an SVG map, coloured in five steps.

Colours come from classes (``step-1`` … ``step-5``, ``step-none``), so that the page's theme decides them; the same
shades stand as attributes for a picture that is shown without a stylesheet. The steps differ in lightness, so the
map survives a grey printer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

STEPS = 5
SIZE = (648, 1544)
SHADES = {0: "#e4e4df", 1: "#d5e6e4", 2: "#a3c9c6", 3: "#6aa5a4", 4: "#337c7f", 5: "#0f4d55"}


@dataclass(frozen=True)
class Step:
    """One shade of the scale: the least and the greatest value that have it."""

    number: int
    low: int | float
    high: int | float


def scale(values: Mapping[str, int | float | None]) -> tuple[Step, ...]:
    """The shades in use, palest first: values in rank order are cut in five groups as even as can be.

    Groups by rank, since sums per county are so unlike that equal intervals would leave one county dark and
    twenty pale. Equal values share a shade; with at most five different values each has a shade of its own.
    """
    known = sorted(value for value in values.values() if value is not None)
    different = sorted(set(known))
    if len(different) <= STEPS:
        known = different
    groups: dict[int, list[int | float]] = {}
    for value in known:
        groups.setdefault(1 + known.index(value) * STEPS // len(known), []).append(value)
    return tuple(Step(number, group[0], group[-1]) for number, group in sorted(groups.items()))


def county_map(
    values: Mapping[str, int | float | None],
    *,
    title: str,
    labels: Mapping[str, str],
    links: Mapping[str, str] | None = None,
) -> str:
    """The map as one ``<svg>`` without inline styles or ids.

    values: by two-digit county code (länskod); None or no entry: not reported, shown apart from the scale.
    title: the accessible name of the whole; the values themselves belong in a table beside it. labels: the text of
    each county, for its tooltip and its link; a county without one has its name. links: addresses by code.
    Raises ValueError for a code that is no county.
    """
    drawing = _drawing()
    counties: Mapping[str, Any] = drawing["counties"]
    links = links or {}
    if unknown := (values.keys() | labels.keys() | links.keys()) - counties.keys():
        raise ValueError(f"No county has the code {', '.join(sorted(unknown))}")
    steps = scale(values)
    # Those not reported last, so that no neighbour covers their outline.
    shades = {code: _step(values.get(code), steps) for code in counties}
    shapes = [
        _county(counties[code]["path"], labels.get(code, counties[code]["name"]), shades[code], links.get(code))
        for code in sorted(counties, key=lambda code: (shades[code] == 0, code))
    ]
    # A picture hides what is in it from a screen reader; a group lets its links be found.
    role = "group" if links else "img"
    return (
        f'<svg class="county-map" viewBox="0 0 {SIZE[0]} {SIZE[1]}" role="{role}" '
        f'aria-label="{escape(title)}">{"".join(shapes)}</svg>'
    )


def county_names() -> dict[str, str]:
    """The counties' names by code, in code order."""
    return {code: county["name"] for code, county in _drawing()["counties"].items()}


def county_paths() -> dict[str, str]:
    """The counties' outlines by code, in a picture of SIZE."""
    return {code: county["path"] for code, county in _drawing()["counties"].items()}


def _county(path: str, label: str, step: int, link: str | None) -> str:
    shape = (
        f'<path class="step-{step or "none"}" d="{path}" fill="{SHADES[step]}" stroke="#fff" stroke-width="3">'
        f"<title>{escape(label)}</title></path>"
    )
    if link is None:
        return shape
    return f'<a href="{escape(link)}" aria-label="{escape(label)}">{shape}</a>'


def _step(value: int | float | None, steps: Sequence[Step]) -> int:
    """Number of the value's shade; 0 when it is not reported."""
    return 0 if value is None else next(step.number for step in steps if value <= step.high)


@cache
def _drawing() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = json.loads(files("overens.rendering").joinpath("counties.json").read_text("utf-8"))
    return loaded
