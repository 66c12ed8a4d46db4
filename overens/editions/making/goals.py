# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The goals of Agenda 2030 that the follow-up is tied to, and what in it belongs with each."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from overens.editions.making.common import maker, say, shown
from overens.editions.values.register import Register
from overens.rules.edition.document import Block, Cell, HeadCell, Row, Table
from overens.rules.edition.keys import parse
from overens.rules.edition.values import NUMBER, Value
from overens.rules.findings import Refused


def goals(register: Register, asked: Mapping[str, str]) -> tuple[Block, ...]:
    """The shipped goals, each with a figure where there is one."""
    heads = ("edition-goal", "edition-goal-what", "edition-goal-value")
    return (
        Table(
            id="table-goals",
            caption=say(register, "edition-goals"),
            head=((*(HeadCell(text=say(register, each)) for each in heads),),),
            rows=tuple(_row(register, each) for each in _shipped()["goal"]),
            figures=(False, False, False),
            source=f"{_shipped()['source']}.",
        ),
    )


def _row(register: Register, goal: Mapping[str, Any]) -> Row:
    ending = "_en" if register.about.language == "en" else ""
    value = _first(register, goal["values"])
    return Row(
        cells=(
            Cell(text=f"{goal['number']}. {goal[f'title{ending}']}"),
            Cell(text=goal[f"what{ending}"]),
            Cell(text=f"{_title(register, value)}: {shown(register, value)}", key=value.key) if value else Cell(),
        )
    )


def _title(register: Register, value: Value) -> str:
    sex = parse(value.key).at.get("sex")
    return f"{value.title}, {say(register, f'facts-sex-{sex}')}" if sex else value.title


def _first(register: Register, keys: list[str]) -> Value | None:
    """The first that the edition's facts answer."""
    for key in keys:
        try:
            value = register.value(key)
        except Refused:
            continue
        if value.status == NUMBER:
            return value
    return None


@cache
def _shipped() -> dict[str, Any]:
    text = resources.files("overens.reference.followup").joinpath("goals.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


TABLES = {
    "goals": maker(
        goals,
        {
            "sv": "Målen i Agenda 2030 och vad i uppföljningen som hör dit.",
            "en": "The goals of Agenda 2030, and what in the follow-up belongs with each.",
        },
    )
}
