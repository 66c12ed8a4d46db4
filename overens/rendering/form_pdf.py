# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A form as the printed form of the agreement: numbered parts of boxes, label above answer. PDF/A-2a and PDF/UA-1.

The look is templates/form.typ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from overens.rendering import typesetting
from overens.rules.findings import word
from overens.rules.printed import Box, Costs, Part, Printed, as_amount

# What fits in half the paper's width, in characters.
LONGEST_LABEL, LONGEST_ANSWER = 62, 46
# Lines to write costs on by hand, on a blank form.
LINES = 9
WORDS = ("page", "case", "mark", "cost-head", "cost-title", "cost-kronor", "cost-key", "sum", "costs")


def pdf(form: Printed, made_at: dt.datetime) -> bytes:
    """The form as PDF; ``made_at`` (aware) is its own time. Raises ``typst.TypstError`` when it cannot be set."""
    return typesetting.pdf("form.typ", _as_data(form), made_at)


def _as_data(form: Printed) -> dict[str, Any]:
    return {
        "title": form.title,
        "agreement": form.agreement,
        "sender": form.sender,
        "language": form.language,
        "case": form.about.case,
        "status": word(f"form-{form.status}", form.language),
        "draft": form.status == "draft",
        "numbers": [{"label": whose, "value": number} for whose, number in form.numbers],
        "parts": [{"title": part.title, "blocks": list(_blocks(part, form))} for part in form.parts],
        "words": {name: word(f"form-{name}", form.language) for name in WORDS},
    }


def _blocks(part: Part, form: Printed) -> Iterator[dict[str, Any]]:
    for kind, run in groupby(part.blocks, key=_kind):
        blocks = list(run)
        if kind == "costs":
            yield from (_costs(block, form) for block in blocks if isinstance(block, Costs))
        elif kind == "declaration":
            yield from ({"kind": kind, "text": box.label} for box in blocks if isinstance(box, Box))
        else:
            yield {"kind": kind, "boxes": _laid_out([box for box in blocks if isinstance(box, Box)], part.stage)}


def _kind(block: Box | Costs) -> str:
    if isinstance(block, Costs):
        return "costs"
    return "declaration" if block.type == "declaration" else "boxes"


def _laid_out(boxes: Sequence[Box], stage: str) -> list[dict[str, Any]]:
    """Two beside each other; one that needs the width, or has nobody beside it, gets all of it."""
    wide = [_is_wide(box) for box in boxes]
    at = 0
    while at < len(boxes):
        if not wide[at] and (at + 1 == len(boxes) or wide[at + 1]):
            wide[at] = True
        at += 1 if wide[at] else 2
    return [
        {
            "label": box.label,
            "note": box.note,
            "value": "" if box.choices else box.shown,
            "choices": [{"text": text, "chosen": chosen} for text, chosen in box.choices],
            "wide": is_wide,
            "figure": box.type == "sek",
            "computed": box.computed is not None,
            "height": 17 if stage == "signature" else 24 if box.type == "long-text" else 12,
        }
        for box, is_wide in zip(boxes, wide, strict=True)
    ]


def _is_wide(box: Box) -> bool:
    long = len(box.label) > LONGEST_LABEL or len(box.shown) > LONGEST_ANSWER or "\n" in box.value
    return bool(box.choices) or box.type == "long-text" or long or len(box.note) > LONGEST_LABEL


def _costs(costs: Costs, form: Printed) -> dict[str, Any]:
    labels = {head.id: head.label for head in costs.heads}
    rows = [[labels[head], row["title"], as_amount(row["kronor"]), row["key"]] for head, row in costs.rows]
    if form.status == "blank":
        rows += [[""] * 4] * LINES
    return {
        "kind": "costs",
        "note": costs.note,
        "rows": rows,
        "sums": [[head.label, head.shown] for head in costs.heads],
    }
