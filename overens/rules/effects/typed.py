# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which region began when, as a person types it: a region and a year on each line, or the word for never."""

from __future__ import annotations

import re
from collections.abc import Mapping

from overens.rules.findings import Finding, Refused, error

NEVER = ("aldrig", "never", "nej", "no")
FIRST, LAST = 1900, 2200
MOST = 400  # lines


def starts_of(text: str, names: Mapping[str, str]) -> dict[str, int | None]:
    """The first year with the measure by region's code, None for never. Regions that are not there are unknown.

    names: of the regions, by code. Raises Refused, at ``starts``: ``effects-starts-none``, ``effects-starts-many``,
    and of lines ``effects-starts-line``, ``effects-starts-region``, ``effects-starts-year``, ``effects-starts-twice``.
    """
    known = {_plain(name): code for code, name in names.items()} | {code: code for code in names}
    found: dict[str, int | None] = {}
    wrong: list[Finding] = []
    lines = [(at, line.strip()) for at, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST:
        raise Refused(error("effects-starts-many", "starts", most=MOST))
    for at, line in lines:
        match = re.fullmatch(r"(.+?)[\s,;:]+([^\s,;:]+)", line)
        if match is None:
            wrong.append(error("effects-starts-line", "starts", line=at, text=line[:60]))
            continue
        region, year = match[1].strip(" ,;:"), match[2].lower()
        code = known.get(_plain(region)) or known.get(region)
        if code is None:
            wrong.append(error("effects-starts-region", "starts", line=at, text=region[:60]))
        elif year not in NEVER and not (re.fullmatch(r"[0-9]{4}", year) and FIRST <= int(year) <= LAST):
            wrong.append(error("effects-starts-year", "starts", line=at, text=year[:20]))
        elif code in found:
            wrong.append(error("effects-starts-twice", "starts", line=at, text=names[code]))
        else:
            found[code] = None if year in NEVER else int(year)
    if not lines:
        wrong.append(error("effects-starts-none", "starts"))
    if wrong:
        raise Refused(*wrong)
    return found


def as_text(starts: Mapping[str, int | None], names: Mapping[str, str]) -> str:
    """The same typed: names in the order of their codes."""
    return "\n".join(f"{names[code]}, {starts[code] or NEVER[0]}" for code in sorted(starts) if code in names)


def _plain(name: str) -> str:
    """A name without what it may be called besides: "Region Skåne", "Jönköpings län" are Skåne, Jönköping."""
    name = " ".join(name.lower().split())
    name = name.removeprefix("region ")
    for ending in (" läns landsting", " läns region", " läns", " län", " landsting"):
        name = name.removesuffix(ending)
    return name.removesuffix("regionen").removesuffix("s") if len(name) > 4 else name
