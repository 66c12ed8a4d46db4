# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The figure of where the money is: each region's by place, as shares of what it was given."""

from __future__ import annotations

from collections.abc import Mapping

from overens.agreements.tracing import ORDER
from overens.editions.making.common import called, say
from overens.editions.making.figures_common import Named, data, figure, number_of, point
from overens.editions.values.asking import names
from overens.editions.values.money import MONEY
from overens.editions.values.register import Register
from overens.rules.edition.charts import Bar, Bars, Point
from overens.rules.edition.document import Block
from overens.rules.edition.keys import Question
from overens.rules.edition.values import Value
from overens.rules.followup.facts_table import REGION

MILLION = 1_000_000


def money(register: Register, said: Mapping[str, str]) -> tuple[Block, ...]:
    """Where each region's money is, of ``agreement`` or the edition's last."""
    of = {"agreement": said["agreement"]} if "agreement" in said else {}
    regions = names(register)
    found = {
        code: {place: register.value(Question(MONEY, place, {REGION: code, **of})) for place in ORDER}
        for code in regions
    }
    sums = {place: sum(number_of(found[code][place]) or 0 for code in regions) for place in ORDER}
    # Where nobody has any money is not among what is shown.
    places = [place for place in ORDER if sums[place]] or list(ORDER)[:1]
    titles = [say(register, f"edition-values-money-{place}") for place in places]
    rows: list[tuple[str, list[Value]]] = [
        (regions[code], [values[place] for place in places]) for code, values in found.items()
    ]
    chart = Bars(
        series=tuple(titles),
        rows=tuple(
            Bar(label=name, points=tuple(_millions(point(register, value)) for value in values))
            for name, values in rows
        ),
        way="shares",
        unit=say(register, "edition-unit-money-shares"),
    )
    whole = sum(sums.values())
    seen = [
        say(register, "edition-seen-share", name=called(register, "edition-all"), what=title.lower(),
            share=f"{100 * sums[place] / whole:.0f}")
        for place, title in zip(places, titles, strict=True) if whole
    ]  # fmt: skip
    agreement = said.get("agreement", register.about.agreements[-1])
    caption = say(register, "edition-caption-money", agreement=agreement)
    named: list[Named] = [(name, value) for name, values in rows for value in values]
    behind = data(register, called(register, "edition-region"), titles, rows)
    return (figure(register, f"money-{agreement}", caption, seen, chart, behind, named),)


def _millions(point: Point) -> Point:
    return point.model_copy(update={"number": point.number / MILLION}) if point.number is not None else point
