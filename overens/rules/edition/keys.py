# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The key of a value: its question, always written the same way, so that it can stand in an address.

    number/training-posts,region=12,year=2017      a figure of the facts
    count/vns,says=does,year=2019                  how many regions

The part before the slash is the family that answers; the dimensions stand in alphabetical order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

_FAMILY = r"[a-z][a-z0-9-]*"
_WORD = r"[A-Za-z0-9][A-Za-z0-9._/+-]*"
_KEY = re.compile(rf"({_FAMILY})/({_WORD})((?:,{_FAMILY}={_WORD})*)")
LONGEST = 300


@dataclass(frozen=True)
class Question:
    """``family`` says who answers, ``subject`` what is asked about, ``at`` the place by dimension."""

    family: str
    subject: str
    at: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        places = "".join(f",{name}={self.at[name]}" for name in sorted(self.at))
        return f"{self.family}/{self.subject}{places}"

    def __hash__(self) -> int:
        return hash(str(self))

    def where(self, **more: str) -> Question:
        """The same question at a narrower or another place."""
        return Question(self.family, self.subject, {**self.at, **more})


def parse(key: str) -> Question:
    """Raises ValueError for what is no key."""
    found = _KEY.fullmatch(key) if len(key) <= LONGEST else None
    if not found:
        raise ValueError(key)
    family, subject, places = found.groups()
    at: dict[str, str] = {}
    for place in places.split(",")[1:]:
        name, _, value = place.partition("=")
        if name in at:
            raise ValueError(key)
        at[name] = value
    return Question(family, subject, at)


def question(key: str) -> Question:
    """The question of a key; of what is no key, itself."""
    try:
        return parse(key)
    except ValueError:
        return Question("", key)


def address(report: str, key: str) -> str:
    """Where a value of the report at an address stands. Empty where either is."""
    return f"{report}varde/{quote(key, safe='/,=+:')}/" if report and key else ""
