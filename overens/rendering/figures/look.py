# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The look that every picture shares. A shape has a role; here stands how each role looks, once for both styles.

``paper`` carries its colours with it. ``web`` has classes in their place (``chart-…``, in pictures.css), so that they
follow the theme; sizes and dashes are the same in both. No ids, which would collide between pictures on a page: even
hatching is drawn as lines.

Series differ by lightness when they are areas, by dash and mark when they are lines: read without colour, they are told
apart. Slanted hatching always means the same: not all that belongs there, or not sure. Words are dark on light ground.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Literal

from overens.rendering.figures.hatching import Ring, hatched
from overens.rendering.figures.text import clean, width_of, wrapped

Style = Literal["paper", "web"]
FONT = "Source Sans Pro"
SIZE, SMALL = 13.0, 12.0
LINE = 15.0  # from one line of words to the next

INK, SOFT, LINES, GROUND, COPPER = "#11262b", "#4b5c60", "#d3d5d0", "#ffffff", "#9c4a14"
# From pale to dark, each lightness apart from the next also on a grey printer. The map's steps.
SHADES = ("#d3e5e3", "#a1c8c5", "#68a4a3", "#337c7f", "#0f4d55")
DARK_FROM = 4  # words on this shade and darker ones are light
STRIPES = ("horizontal", "vertical", "crossed")  # of the areas after the fifth
STROKES = ("#0f4d55", COPPER, "#5f7478", "#3f8f90", "#7a5a36", "#829095")
DASHES = ("", "9 4", "3 3", "12 3 3 3", "6 2", "2 5")
MARKS = ("circle", "square", "triangle", "diamond")

# Role: attributes of its shape in both styles, and of its paint on paper.
ROLES: dict[str, tuple[str, str]] = {
    "label": (f'font-size="{SIZE:g}"', f'fill="{INK}"'),
    "strong": (f'font-size="{SIZE:g}" font-weight="600"', f'fill="{INK}"'),
    "figure": (f'font-size="{SIZE:g}"', f'fill="{INK}"'),
    "tick": (f'font-size="{SMALL:g}"', f'fill="{SOFT}"'),
    "none": (f'font-size="{SMALL:g}" font-style="italic"', f'fill="{SOFT}"'),
    "accent": (f'font-size="{SMALL:g}" font-weight="600"', f'fill="{COPPER}"'),
    "on-pale": (f'font-size="{SMALL:g}"', f'fill="{INK}"'),
    "on-dark": (f'font-size="{SMALL:g}"', f'fill="{GROUND}"'),
    "axis": ('stroke-width="1"', f'stroke="{SOFT}"'),
    "grid": ('stroke-width="0.75"', f'stroke="{LINES}"'),
    "break": ('stroke-width="1.25" stroke-dasharray="2 3"', f'stroke="{COPPER}"'),
    "reference": ('stroke-width="1.5"', f'stroke="{COPPER}"'),
    "whisker": ('stroke-width="2" stroke-linecap="round"', f'stroke="{SOFT}"'),
    "hatch": ('fill="none" stroke-width="1.6"', f'stroke="{GROUND}"'),
    "stripe": ('fill="none" stroke-width="1.2"', f'stroke="{SHADES[-1]}"'),
    "outline": ('fill="none" stroke-width="1.75"', f'stroke="{COPPER}"'),
    "border": ('stroke-width="1"', f'fill="none" stroke="{GROUND}"'),
    "none-area": ('stroke-width="1" stroke-dasharray="3 2"', f'fill="{GROUND}" stroke="{SOFT}"'),
    "mark": ('stroke-width="1.5"', f'fill="{SHADES[-1]}" stroke="{SHADES[-1]}"'),
    "mark-half": ('stroke-width="1.5"', f'fill="{GROUND}" stroke="{SHADES[-1]}"'),
    "mark-none": ('stroke-width="1.25"', f'fill="{GROUND}" stroke="{SOFT}"'),
    "mark-unknown": ('stroke="none"', f'fill="{SOFT}"'),
    **{f"fill-{at}": ('stroke="none"', f'fill="{shade}"') for at, shade in enumerate(SHADES, 1)},
    "fill-6": ('stroke-width="1"', f'fill="{GROUND}" stroke="{SHADES[-1]}"'),
}
for _at, (_stroke, _dash) in enumerate(zip(STROKES, DASHES, strict=True), 1):
    _dashed = f' stroke-dasharray="{_dash}"' if _dash else ""
    _line = f'fill="none" stroke-width="2.25" stroke-linejoin="round"{_dashed}'
    ROLES[f"line-{_at}"] = (_line, f'stroke="{_stroke}"')
    ROLES[f"point-{_at}"] = ('stroke-width="1.75"', f'fill="{_stroke}" stroke="{_stroke}"')
    ROLES[f"hollow-{_at}"] = ('stroke-width="1.75"', f'fill="{GROUND}" stroke="{_stroke}"')
    ROLES[f"band-{_at}"] = (
        'fill-opacity="0.16" stroke-width="0.75" stroke-opacity="0.6"',
        f'fill="{_stroke}" stroke="{_stroke}"',
    )
    ROLES[f"name-{_at}"] = (f'font-size="{SIZE:g}" font-weight="600"', f'fill="{_stroke}"')


@dataclass(frozen=True)
class Fill:
    """The area of a series: a shade, or stripes on the ground."""

    shade: int
    stripes: str = ""

    @property
    def words(self) -> str:
        """The role of words on it; none where they could not be read."""
        return "" if self.stripes else "on-dark" if self.shade >= DARK_FROM else "on-pale"


# Which shades, by how many there are: as far from each other as can be, dark first.
SPREAD = {0: (), 1: (4,), 2: (5, 2), 3: (5, 3, 1), 4: (5, 3, 2, 1), 5: (5, 4, 3, 2, 1)}


def fills(count: int) -> tuple[Fill, ...]:
    """For so many series, dark first, then striped; after eight they begin again."""
    plain = tuple(Fill(shade) for shade in SPREAD[min(count, 5)])
    every = plain + tuple(Fill(6, stripes) for stripes in STRIPES)
    return tuple(every[at % len(every)] for at in range(count))


def shade_of(step: int, steps: int) -> int:
    """The shade of a class (from 0), pale first."""
    return SPREAD[min(max(steps, 1), 5)][::-1][min(step, 4)]


@dataclass
class Sheet:
    """A picture being drawn, in parts of the width."""

    style: Style
    width: float
    language: str = "sv"
    parts: list[str] = field(default_factory=list)

    def _as(self, role: str) -> str:
        shape, paint = ROLES[role]
        return f"{shape} {paint}" if self.style == "paper" else f'{shape} class="chart-{role}"'

    def add(self, shape: str, role: str, attributes: str, content: str = "") -> None:
        end = f">{content}</{shape}>" if content else "/>"
        self.parts.append(f"<{shape} {attributes} {self._as(role)}{end}")

    def text(self, x: float, y: float, text: str, role: str = "label", anchor: str = "start", turn: float = 0) -> None:
        """One line. ``y`` is its base line."""
        if not (shown := clean(text)):
            return
        place = f'x="{n(x)}" y="{n(y)}"'
        if anchor != "start":
            place += f' text-anchor="{anchor}"'
        if turn:
            place += f' transform="rotate({n(turn)} {n(x)} {n(y)})"'
        self.add("text", role, place, escape(shown))

    def words(
        self, x: float, middle: float, text: str, room: float, role: str = "label", anchor: str = "start", most: int = 2
    ) -> None:
        """Broken in lines around a middle."""
        lines = wrapped(text, SIZE, room, most)
        first = middle + 4.5 - (len(lines) - 1) * LINE / 2
        for at, line in enumerate(lines):
            self.text(x, first + at * LINE, line, role, anchor)

    def line(self, x1: float, y1: float, x2: float, y2: float, role: str) -> None:
        self.add("line", role, f'x1="{n(x1)}" y1="{n(y1)}" x2="{n(x2)}" y2="{n(y2)}"')

    def rect(self, x: float, y: float, width: float, height: float, role: str) -> None:
        self.add("rect", role, f'x="{n(x)}" y="{n(y)}" width="{n(max(0.0, width))}" height="{n(height)}"')

    def path(self, d: str, role: str) -> None:
        if d:
            self.add("path", role, f'd="{d}"')

    def polyline(self, points: Sequence[tuple[float, float]], role: str) -> None:
        self.add("polyline", role, f'points="{" ".join(f"{n(x)},{n(y)}" for x, y in points)}"')

    def area(self, x: float, y: float, width: float, height: float, fill: Fill) -> None:
        """A rectangle of a series."""
        self.rect(x, y, width, height, f"fill-{fill.shade}")
        ring = box(x, y, width, height)
        for turn in {"horizontal": (0,), "vertical": (90,), "crossed": (0, 90)}.get(fill.stripes, ()):
            self.path(hatched([ring], 4, turn), "stripe")

    def hatch(self, rings: Sequence[Ring], apart: float = 5) -> None:
        """Over an area: not all there, or not sure."""
        self.path(hatched(rings, apart, 45), "hatch")

    def mark(self, number: int, x: float, y: float, *, hollow: bool = False, size: float = 4) -> None:
        """The mark of a series (from 0) at a point; hollow: not all that belongs there."""
        role = f"{'hollow' if hollow else 'point'}-{number % len(STROKES) + 1}"
        shape = MARKS[number % len(MARKS)]
        if shape == "circle":
            self.add("circle", role, f'cx="{n(x)}" cy="{n(y)}" r="{n(size)}"')
        elif shape == "square":
            self.rect(x - size * 0.85, y - size * 0.85, size * 1.7, size * 1.7, role)
        elif shape == "triangle":
            self.path(
                f"M{n(x)},{n(y - size)} L{n(x + size)},{n(y + size * 0.8)} L{n(x - size)},{n(y + size * 0.8)} Z", role
            )
        else:
            far = size * 1.2
            self.path(f"M{n(x)},{n(y - far)} L{n(x + far)},{n(y)} L{n(x)},{n(y + far)} L{n(x - far)},{n(y)} Z", role)

    def legend(self, y: float, entries: Sequence[tuple[Fill | int, str]], x: float = 0) -> float:
        """Names with their area, or with their line and mark (by number), side by side; where it ends."""
        at = x
        for sample, name in entries:
            shown = wrapped(name, SIZE, self.width - x - 40, 1)[0]
            wide = 30 + width_of(shown, SIZE) + 18
            if at > x and at + wide > self.width:
                at, y = x, y + 20
            if isinstance(sample, Fill):
                self.area(at, y + 2, 20, 12, sample)
            else:
                self.line(at, y + 8, at + 22, y + 8, f"line-{sample % len(STROKES) + 1}")
                self.mark(sample, at + 11, y + 8, size=3.5)
            self.text(at + 28, y + 12.5, shown)
            at += wide
        return y + 24 if entries else y

    def svg(self, height: float, alt: str) -> str:
        font = f' font-family="{FONT}"' if self.style == "paper" else ' class="chart"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n(self.width)} {n(max(height, 1))}" '
            f'width="{n(self.width)}" height="{n(max(height, 1))}"{font} role="img" aria-label="{escape(clean(alt))}">'
            f"{''.join(self.parts)}</svg>"
        )


def box(x: float, y: float, width: float, height: float) -> Ring:
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


def n(number: float) -> str:
    """A measure, always written the same way."""
    written = f"{number:.1f}".removesuffix(".0")
    return "0" if written == "-0" else written
