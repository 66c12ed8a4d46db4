# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where every krona is: the money as a river along the chain that an agreement's kronor go through.

At each stage the river is as thick as the money that has come that far. What rests at the stage is the solid block at
the river's lower edge, and the river goes on thinner by just that. What has left the chain for good (lapsed, written
off, remitted) is hollow. Two drawings are returned, one wide and one for a narrow page; the stylesheet shows one of
them, by the width at hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from overens.rules.amounts import SPACE, format_amount
from overens.rules.process import GIVEN_UP, Place

UNDECIDED = "undecided"  # in the agreement's text, not yet in the ledger
CHAIN = (Place.RESERVED, Place.ALLOCATED, Place.REQUISITIONED, Place.IN_PAYMENT, Place.HELD, Place.USED)
HOLLOW = (UNDECIDED, Place.LAPSED, *GIVEN_UP)
# What a place has beside it: money that left the chain there.
BESIDE = {Place.RESERVED: UNDECIDED, Place.ALLOCATED: Place.LAPSED}
REPAYMENT = (Place.TO_REPAY, Place.RETURNED, *GIVEN_UP)
ORDER: tuple[str, ...] = (UNDECIDED, *CHAIN[:2], Place.LAPSED, *CHAIN[2:], *REPAYMENT)

# Shades for a drawing without a stylesheet; darker means further along, so they differ in grey as well.
SHADES: dict[str, str] = {
    Place.RESERVED: "#9aa9a9",
    Place.ALLOCATED: "#7fb0ae",
    Place.REQUISITIONED: "#5b9797",
    Place.IN_PAYMENT: "#3f8285",
    Place.HELD: "#256a70",
    Place.USED: "#0f4d55",
    Place.TO_REPAY: "#c8793a",
    Place.RETURNED: "#8f4a17",
}
RIVER, GATE = "#d7e6e4", "#b5cfcd"
THINNEST = 2.0  # what is not zero must be seen, also where it is a thousandth

# The wide drawing: a column a stage; labels above the chain, and below what lies beside it.
COLUMN, BLOCK, TOP, THICK = 150, 24, 70, 190
LAST, DROP, LABEL = 6 * COLUMN, 40, 62
# The narrow one: a row a place, the river in a lane to the left.
ROW, LANE = 58, 112


def flow_picture(
    places: Mapping[str, int],
    *,
    title: str,
    labels: Mapping[str, str],
    links: Mapping[str, str] | None = None,
) -> str:
    """The picture as a ``<div class="flow">`` with two ``<svg>``, without inline styles or ids.

    places: whole kronor by place; a place left out has none. Places beside the chain are drawn only when they
    hold money. title and labels: the words to show, by place. links: addresses by place.
    Raises ValueError for an unknown place, a negative sum, or when there is no money at all.
    """
    if unknown := places.keys() - set(ORDER):
        raise ValueError(f"No such place: {', '.join(sorted(unknown))}")
    kronor = {place: places.get(place, 0) for place in ORDER}
    if min(kronor.values()) < 0 or not any(kronor.values()):
        raise ValueError("A place holds zero kronor or more, and some place holds money")
    links = links or {}
    said = "; ".join(f"{labels[place]} {format_amount(sum_)}" for place, sum_ in kronor.items() if sum_)
    # A picture hides what is in it from a screen reader; a group lets its links be found.
    opening = f'role="{"group" if links else "img"}" aria-label="{escape(f"{title}: {said}")}"'
    draw = _Drawing(kronor, labels, links)
    return f'<div class="flow">{_wide(draw, opening)}{_narrow(draw, opening)}</div>'


class _Drawing:
    """What both drawings share: the sums, their words, and how a place's block and label are written."""

    def __init__(self, kronor: Mapping[str, int], labels: Mapping[str, str], links: Mapping[str, str]) -> None:
        self.kronor = kronor
        self.total = sum(kronor.values())
        self.labels = labels
        self.links = links

    def sizes(self, full: int) -> dict[str, float]:
        """How thick each place is drawn, where everything together is ``full``."""
        return {p: max(THINNEST, full * kr / self.total) if kr else 0.0 for p, kr in self.kronor.items()}

    def place(self, place: str, block: str, x: float, y: float) -> str:
        """A place's block with its label, whose upper left corner is (x, y)."""
        kronor = self.kronor[place]
        name, amount = escape(self.labels[place]), format_amount(kronor)
        text = (
            f'<text class="flow-name" x="{x:g}" y="{y + 13:g}" font-size="15" fill="currentColor">{name}</text>'
            f'<text class="flow-sum" x="{x:g}" y="{y + 32:g}" font-size="16" font-weight="600" fill="currentColor">'
            f"{amount}</text>"
        )
        if kronor:
            text += (
                f'<text class="flow-share" x="{x:g}" y="{y + 49:g}" font-size="13" fill="currentColor">'
                f"{escape(share(kronor, self.total))}</text>"
            )
        body = f"<title>{name}: {amount}</title>{block}{text}"
        if link := self.links.get(place):
            body = f'<a href="{escape(link)}" aria-label="{name}: {amount}">{body}</a>'
        return f'<g class="flow-place{"" if kronor else " is-empty"}">{body}</g>'


def share(kronor: int, total: int) -> str:
    """``kronor`` of ``total`` in per cent with one decimal: "12,3 %"; "< 0,1 %" for what would round to nothing."""
    thousandths = (2000 * kronor + total) // (2 * total)
    if kronor and not thousandths:
        return f"<{SPACE}0,1{SPACE}%"
    whole, tenth = divmod(thousandths, 10)
    return f"{whole},{tenth}{SPACE}%"


def _wide(draw: _Drawing, opening: str) -> str:
    """Left to right: the chain along the top, what left it and what comes home below."""
    size = draw.sizes(THICK)
    river: list[str] = []
    blocks: list[str] = []
    through = sum(size.values())
    bottom = TOP + through
    river.append(_rect("flow-bed", 0, TOP - 1, LAST + BLOCK, 1, GATE))
    for column, place in enumerate(CHAIN[:-1]):
        x = column * COLUMN
        beside = BESIDE.get(place, "")
        leaves = size.get(beside, 0)
        through -= size[place] + leaves
        low = TOP + through + size[place]
        blocks.append(draw.place(place, _block(place, x, low - size[place], size[place]), x, 4))
        river.append(_rect("flow-gate", x, TOP, BLOCK, through, GATE))
        # What goes home leaves the river at its last stage, so only what is used goes on along the top.
        onward, until = (through, x + COLUMN) if place != Place.HELD else (size[Place.USED], LAST)
        river.append(_rect("flow-river", x + BLOCK, TOP, until - x - BLOCK, onward, RIVER))
        if leaves and beside == UNDECIDED:
            blocks.append(draw.place(beside, _block(beside, x, low, leaves), x, low + leaves + 8))
            bottom = max(bottom, low + leaves + LABEL)
        elif leaves:
            y = TOP + through + DROP
            river.append(_rect("flow-river", x, low, BLOCK, leaves, RIVER))
            river.append(_bend(x + BLOCK, low, x + COLUMN, y, leaves))
            blocks.append(draw.place(beside, _block(beside, x + COLUMN, y, leaves), x + COLUMN, y + leaves + 8))
            bottom = max(bottom, y + leaves + LABEL)
    blocks.append(draw.place(Place.USED, _block(Place.USED, LAST, TOP, size[Place.USED]), LAST, 4))
    if home := sum(size[place] for place in REPAYMENT):
        # Its label stands above, where no branch goes.
        x, y = LAST - COLUMN, TOP + size[Place.USED] + LABEL + 8
        river.append(_bend(x - COLUMN + BLOCK, TOP + size[Place.USED], x, y, home))
        gone = home - size[Place.TO_REPAY]
        river.append(_rect("flow-gate", x, y, BLOCK, gone, GATE))
        block = _block(Place.TO_REPAY, x, y + gone, size[Place.TO_REPAY])
        blocks.append(draw.place(Place.TO_REPAY, block, x, y - LABEL))
        bottom = max(bottom, y + home)
        start = end = y
        for place in REPAYMENT[1:]:
            if size[place]:
                river.append(_bend(x + BLOCK, start, LAST, end, size[place]))
                blocks.append(draw.place(place, _block(place, LAST, end, size[place]), LAST, end + size[place] + 8))
                start, end = start + size[place], end + size[place] + LABEL + 8
                bottom = max(bottom, end - 8)
    return _svg("flow-wide", LAST + COLUMN, bottom, opening, river, blocks)


def _narrow(draw: _Drawing, opening: str) -> str:
    """Top down: one row a place, its block at the river's right bank; what is used is left at the end."""
    size = draw.sizes(LANE)
    rows = [p for p in ORDER if p != Place.USED and (p in CHAIN or size[p])] + [Place.USED]
    river: list[str] = []
    blocks: list[str] = []
    through = sum(size.values())
    for row, place in enumerate(rows):
        y = row * ROW
        through -= size[place]
        river.append(_rect("flow-river", 0, y, through, ROW, RIVER))
        blocks.append(draw.place(place, _block(place, through, y, size[place], ROW - 4), LANE + 20, y))
    return _svg("flow-narrow", 360, len(rows) * ROW, opening, river, blocks)


def _svg(name: str, width: float, height: float, opening: str, river: Sequence[str], blocks: Sequence[str]) -> str:
    return (
        f'<svg class="{name}" viewBox="0 0 {width:g} {height:g}" {opening}>'
        f'<g aria-hidden="true">{"".join(river)}</g>{"".join(blocks)}</svg>'
    )


def _block(place: str, x: float, y: float, thick: float, long: float = 0) -> str:
    """A place's money: across the river when wide (``thick`` is its height), along it when narrow."""
    if not thick:
        return ""
    width, height = (thick, long) if long else (BLOCK, thick)
    name = f"flow-block flow-{place}"
    if place in HOLLOW:
        # The outline is drawn inside, so that it takes no more room than the money.
        inside = max(width - 1.5, 0.5), max(height - 1.5, 0.5)
        return _rect(name, x + 0.75, y + 0.75, *inside, "none", ' stroke="currentColor" stroke-width="1.5"')
    return _rect(name, x, y, width, height, SHADES[place])


def _rect(name: str, x: float, y: float, width: float, height: float, fill: str, more: str = "") -> str:
    if width <= 0 or height <= 0:
        return ""
    return f'<rect class="{name}" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{fill}"{more}/>'


def _bend(x1: float, y1: float, x2: float, y2: float, thick: float) -> str:
    """A branch of the river from one height to another, equally thick all the way."""
    middle = (x1 + x2) / 2
    upper = f"M{x1:g},{y1:g}C{middle:g},{y1:g} {middle:g},{y2:g} {x2:g},{y2:g}"
    lower = f"V{y2 + thick:g}C{middle:g},{y2 + thick:g} {middle:g},{y1 + thick:g} {x1:g},{y1 + thick:g}Z"
    return f'<path class="flow-river" d="{upper}{lower}" fill="{RIVER}"/>'
