# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names of places in an agreement file: ``pot[insatser].amount``, ``group[regioner].recipients[10].weight``.

Things in a list go by their ``id`` or ``code``, so that a name stays the same when something is put in before it.
Where there is none, or two are alike, they go by position, from 1: ``party[#2]``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Path = tuple[int | str, ...]


def identity(thing: Any) -> str | None:
    """What a thing in a list goes by: its id or code."""
    if isinstance(thing, Mapping):
        for name in ("id", "code"):
            if isinstance(thing.get(name), str):
                return str(thing[name])
    return None


def key_text(data: Any, path: Sequence[int | str]) -> str:
    """The name of the place at a path of keys and positions (from 0) in a table."""
    text = ""
    here = data
    for step in path:
        if isinstance(step, int):
            things = here if isinstance(here, (list, tuple)) else ()
            here = things[step] if step < len(things) else None
            name = identity(here)
            unique = name is not None and sum(identity(other) == name for other in things) == 1
            text += f"[{name}]" if unique else f"[#{step + 1}]"
        else:
            here = here.get(step) if isinstance(here, Mapping) else None
            text += f".{step}" if text else step
    return text
