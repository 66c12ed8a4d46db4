# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What differs between two versions of an agreement, and how to get from the one to the other.

``apply(a, diff(a, b)) == b`` for all agreements. Things in a list are matched by id or code, so that a pot put in
first is one addition and no change of all the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from overens.rules.agreement import Agreement
from overens.rules.paths import identity
from overens.rules.values import Table

T = TypeVar("T", bound=Table)
Kind = Literal["added", "removed", "changed", "reordered"]
# A step is a key of a table, or (identity,) of a thing in a list.
Steps = tuple[str | tuple[str], ...]


@dataclass(frozen=True)
class Change:
    """One difference. ``before`` is None for what is added, ``after`` for what is removed; an order is the names."""

    steps: Steps
    kind: Kind
    before: Any = None
    after: Any = None

    @property
    def path(self) -> str:
        """The place by name: ``pot[insatser].amount``."""
        text = "".join(f".{step}" if isinstance(step, str) else f"[{step[0]}]" for step in self.steps)
        return text.removeprefix(".")


def diff(a: Agreement, b: Agreement) -> tuple[Change, ...]:
    """The changes that make ``b`` of ``a``, in the order of the file. Equal agreements have none."""
    return tuple(_tables(_plain(a), _plain(b), ()))


def diff_tables(a: Table, b: Table) -> tuple[Change, ...]:
    """The same for any two tables of one kind."""
    return tuple(_tables(_plain(a), _plain(b), ()))


def apply(a: T, changes: Iterable[Change]) -> T:
    """``a`` with the changes made. Raises KeyError when ``a`` lacks what is changed, ValueError for a wrong value."""
    data: Any = _plain(a)
    for change in changes:
        data = _applied(data, change.steps, change)
    return type(a).model_validate(data)


def _plain(table: Table) -> dict[str, Any]:
    return table.model_dump(by_alias=True, exclude_none=True)


def _tables(a: Mapping[str, Any], b: Mapping[str, Any], at: Steps) -> Iterator[Change]:
    for key in [*a, *(key for key in b if key not in a)]:
        steps = (*at, key)
        if key not in b:
            yield Change(steps, "removed", before=a[key])
        elif key not in a:
            yield Change(steps, "added", after=b[key])
        elif isinstance(a[key], dict) and isinstance(b[key], dict):
            yield from _tables(a[key], b[key], steps)
        elif _is_of_things(a[key]) and _is_of_things(b[key]):
            yield from _lists(a[key], b[key], steps)
        elif a[key] != b[key]:
            yield Change(steps, "changed", a[key], b[key])


def _lists(a: tuple[Any, ...], b: tuple[Any, ...], at: Steps) -> Iterator[Change]:
    old, new = _by_identity(a), _by_identity(b)
    for name in (name for name in old if name not in new):
        yield Change((*at, (name,)), "removed", before=old[name])
    for name, thing in new.items():
        if name in old:
            yield from _tables(old[name], thing, (*at, (name,)))
        else:
            yield Change((*at, (name,)), "added", after=thing)
    kept = [name for name in old if name in new]
    reached = [*kept, *(name for name in new if name not in old)]
    if reached != list(new):
        yield Change(at, "reordered", tuple(reached), tuple(new))


def _is_of_things(value: Any) -> bool:
    """A list whose members all go by different names; an empty one is, too."""
    if not isinstance(value, tuple):
        return False
    names = [identity(item) for item in value]
    return None not in names and len(set(names)) == len(names)


def _by_identity(things: tuple[Any, ...]) -> dict[str, Any]:
    return {name: thing for thing in things if (name := identity(thing)) is not None}


def _applied(here: Any, steps: Steps, change: Change) -> Any:
    """The value at the steps' start with the change made at their end."""
    if not steps:
        if change.kind == "reordered":
            things = _by_identity(here)
            return tuple(things[name] for name in change.after)
        return change.after
    step, rest = steps[0], steps[1:]
    table = _by_identity(here) if isinstance(step, tuple) else dict(here)
    name = step[0] if isinstance(step, tuple) else step
    if change.kind == "removed" and not rest:
        del table[name]
    else:
        is_new = change.kind == "added" and not rest
        table[name] = _applied(None if is_new else table[name], rest, change)
    return tuple(table.values()) if isinstance(step, tuple) else table
