# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a draft begins with: nothing but what every agreement has, or an earlier agreement moved a year on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from overens.rules import reading
from overens.rules.agreement import Agreement
from overens.rules.diff import diff
from overens.rules.proposals.writing import as_agreement_toml
from overens.rules.series import Series
from overens.rules.studio.editing import changed
from overens.rules.studio.writing import value
from overens.rules.values import NOT_STATED

# Texts that tell of the year itself, and are moved with it.
TELLS_OF_THE_YEAR = frozenset(
    {"title", "title_en", "short_title", "short_title_en", "what", "what_en", "text", "text_en",
     "guidance", "guidance_en"}
)  # fmt: skip
# Lists of years that are asked for.
YEARS = frozenset({"years"})


def blank(id: str, title: str, year: int, regions: Iterable[tuple[str, str]], population: Series) -> str:
    """A file with the parts that every agreement has; what is to be agreed on is left to be filled in.

    regions: the code and name of each, who share by the population.
    """
    rows = [{"code": code, "name": name, "weight": population.persons.get(code, 0)} for code, name in regions]
    return f"""\
format = 1
id = {value(id)}
title = {value(title)}
total = "not stated"

[period]
from = {year}-01-01
to = {year}-12-31

[allocation]
rounding = "largest-remainder"

[population]
series = {value(population.id)}

[[group]]
id = "regioner"
title = "Regioner"
title_en = "Regions"
recipients = {value(rows)}

[[line]]
id = "regioner"
title = "Medel till regionerna"
title_en = "Funds to the regions"
amount = "not stated"
recipients = "regioner"

[[pot]]
id = "insatser"
line = "regioner"
title = "Insatser"
title_en = "Measures"
amount = "not stated"
key = "population-share"
recipients = "regioner"
"""


def from_proposal(resolved: Agreement, id: str) -> str:
    """A proposal, resolved with its figures, as the file of a new agreement: what it shares out, to be written on."""
    period = resolved.period
    return f"""\
format = 1
id = {value(id)}
title = {value(resolved.title)}
title_en = {value(resolved.title_en)}
total = {value(resolved.total)}

[period]
from = {period.first_day}
to = {period.last_day}

{as_agreement_toml(resolved)}"""


def next_year(text: str, id: str, populations: Mapping[str, Series]) -> str:
    """An agreement's file as the next one's: days and years moved a year on, the printed annex dropped, registered
    papers not known yet, the population of the newest series in place of the weights that were of an older one.

    Comments and layout stay, but for what tells of the earlier text: the comment that begins its file, and where in it
    each thing is stated. Raises Refused: ``edit-in-text``.
    """
    earlier = reading.stored(text)
    data = earlier.model_dump(by_alias=True, exclude_none=True)
    moved: dict[str, Any] = _moved(data, "", earlier.period.first_day.year)
    moved["id"] = id
    moved.pop("annex", None)
    moved["registration"] = {name: {**paper, **_UNKNOWN} for name, paper in moved["registration"].items()}
    for line in moved["line"]:
        line["decision"]["paper"] = {**line["decision"]["paper"], **_UNKNOWN}
    for each in moved["round"]:
        each["follows"] = f"{earlier.id}/{each['id']}"
    for condition in moved["condition"]:
        condition.pop("met", None)
        condition["not_met"] = ()
    _newest_population(earlier, moved, populations)
    text = changed(_HEAD.sub("", text), diff(earlier, Agreement.model_validate(moved)))
    return _NO_SOURCE.sub("", text)


# The comment that a file begins with.
_HEAD = re.compile(r"\A(?:[ \t]*(?:#.*)?\r?\n)+")
# What says no more than leaving it out.
_NO_SOURCE = re.compile(r'^[ \t]*source = "not stated"\r?\n', re.MULTILINE)
_UNKNOWN = {"number": NOT_STATED, "date": NOT_STATED, "note": "", "note_en": ""}


def _moved(found: Any, key: str, year: int) -> Any:
    if isinstance(found, dict):
        return {name: _moved(inner, name, year) for name, inner in found.items() if name != "source"}
    if isinstance(found, tuple):
        return tuple(_moved(item, key, year) for item in found)
    if isinstance(found, dt.date):
        return a_year_on(found)
    if isinstance(found, int) and key in YEARS:
        return found + 1
    if isinstance(found, str) and key in TELLS_OF_THE_YEAR:
        told = re.compile(rf"\b({year - 1}|{year}|{year + 1})\b")
        return told.sub(lambda each: str(int(each[0]) + 1), found)
    return found


def a_year_on(day: dt.date) -> dt.date:
    """The same day of the next year; 28 February for the 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def _newest_population(earlier: Agreement, moved: dict[str, Any], populations: Mapping[str, Series]) -> None:
    """The newest series in place of the old one, and its figures as weights in the groups that share by population."""
    if earlier.population is None:
        return
    old = populations.get(earlier.population.series)
    newest = max(populations.values(), key=lambda series: series.reference_date, default=None)
    moved["population"].pop("printed_date", None)
    if newest is None or old is None or newest.reference_date <= old.reference_date:
        return
    moved["population"]["series"] = newest.id
    groups = {pot.recipients for pot in earlier.pots if pot.by_population}
    for group in moved["group"]:
        if group["id"] in groups and all(each["code"] in newest.persons for each in group["recipients"]):
            for each in group["recipients"]:
                each["weight"] = newest.persons[each["code"]]
