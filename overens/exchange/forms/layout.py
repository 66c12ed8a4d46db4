# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Where things stand in the Excel form: its columns, its names, and the hidden sheet that says which cell is what.

Excel moves a defined name with its cell, so the names find a field again after rows were moved; the hidden map says
which field a name is for, and which case the file was made for. Its checksum shows whether the map was edited: it
protects from mistakes, not from intent, and nothing rests on it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Literal, NamedTuple

from overens.rules.printed import About

FORMAT = "overens-form-1"
HIDDEN = "_overens"
# Columns, from 0: label or head, text, kronor, note or allocation key.
LABEL, TEXT, KRONOR, NOTE = range(4)
# Rows of costs to fill in; at least so many are left empty. What a page can take back limits how many there may be.
ROWS, SPARE, MOST_ROWS = 24, 8, 300
ABOUT = ("format", "form", "form_version", "agreement", "agreement_version", "case", "revision")
# The map's rows stand below what the file is about, its heading and its checksum.
MAP_ROW = len(ABOUT) + 2


class Place(NamedTuple):
    """A row of the map: the defined name (empty for a head), what stands there, the field's id, its cell or range as
    it was written, and its label.
    """

    name: str
    kind: Literal["field", "costs", "head"]
    field: str
    address: str
    label: str


def stated(about: About) -> tuple[str, ...]:
    """What a file is about, in the order of ``ABOUT``."""
    return FORMAT, *(str(getattr(about, key)) for key in ABOUT[1:])


def checksum(about: Sequence[str], places: Sequence[Place]) -> str:
    whole = json.dumps([list(about), [list(place) for place in places]], ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()


def same(label: str) -> str:
    """A label as it is compared: however it is spaced, and in capitals or not."""
    return " ".join(label.split()).casefold()
