# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Passages and facts become a document; whatever is written, there is one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from overens.editions import making
from overens.editions.compiling import Compiled, compiled
from overens.editions.making import Maker
from overens.editions.source import EditionSource, PassageSource
from overens.editions.values.register import About, Register
from overens.people.models import Organisation
from overens.rules.edition.document import Block, Cell, HeadCell, Paragraph, Row, Table
from overens.rules.edition.reading import plain
from overens.rules.findings import refuse

pytestmark = pytest.mark.usefixtures("world")


def about(**other: object) -> About:
    said: dict[str, object] = {
        "code": "prov", "title": "Prov", "subtitle": "", "language": "sv",
        "owner": Organisation.objects.get(code="SOS"), "year": 2017, "years": (2016, 2017),
        "agreements": ("2017-2018",), "called": "landsting", "settings": {"flertalet": "2/3"},
    }  # fmt: skip
    return About(**{**said, **other})  # type: ignore[arg-type]


def compile_(*passages: PassageSource | tuple[str, str], **other: object) -> Compiled:
    found = tuple(
        each if isinstance(each, PassageSource) else PassageSource(each[0], 1, "body", each[0].title(), each[1])
        for each in passages
    )
    return compiled(EditionSource(about(**other), found), made_on=dt.date(2018, 5, 2), facts_at=dt.date(2018, 4, 30))


def sentences(made: Compiled) -> list[str]:
    return [plain(block.inlines) for _, block in made.document.blocks() if isinstance(block, Paragraph)]


def told(made: Compiled) -> list[tuple[str, str | None, int | None]]:
    return [(each.code, each.where and each.where.file, each.where and each.where.line) for each in made.findings]


def a_table(register: Register, options: Mapping[str, str]) -> tuple[Block, ...]:
    if options:
        refuse("text-binding-malformed", asked=str(dict(options)))
    return (
        Table(
            id="prov", caption="En tabell", head=((HeadCell(text="a"),),), rows=(Row(cells=(Cell(text="1"),)),),
            figures=(False,),
        ),
    )  # fmt: skip


@pytest.fixture(autouse=True)
def makers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(making.TABLES, "prov", Maker(a_table, {"sv": "Prov", "en": "Trial"}))


def test_values_are_worded_and_kept_with_their_keys() -> None:
    made = compile_(("a", "{{ number training-posts }} personer, {{ number training-posts year=2016 }} året innan."))
    assert sentences(made) == ["1\u00a0208 personer, 510 året innan."]
    assert made.bound == {"number/training-posts,year=2017": "1\u00a0208", "number/training-posts,year=2016": "510"}
    assert {each.key for each in made.document.values} == set(made.bound)
    assert made.document.sources
    assert made.document.definitions


def test_sections_tables_and_annexes_are_numbered_and_referred_to() -> None:
    made = compile_(
        (
            "a",
            "Se {{ ref prov }}, {{ ref b }} och {{ ref c }}. {{ ref prov-2 }} också.\n\n{{ table prov }}\n\n## Under",
        ),
        ("b", "{{ table prov }}"),
        PassageSource("c", 1, "annex", "Sist", "Text."),
    )
    assert [(each.kind, each.number, each.level) for each in made.document.sections] == [
        ("body", "1", 1), ("body", "1.1", 2), ("body", "2", 1), ("annex", "1", 1),
    ]  # fmt: skip
    assert sentences(made)[0] == "Se tabell 1, avsnitt 2 och bilaga 1. Tabell 2 också."
    assert made.findings == ()


def test_references_are_numbered_by_their_list() -> None:
    made = compile_(
        ("a", "Lagen [@lag]."), ("referenser", "- @bok En bok. <https://example.org/>\n- @lag Lag (2017:612).")
    )
    assert sentences(made) == ["Lagen [2]."]
    assert [(each.id, each.text, each.href) for each in made.document.references] == [
        ("bok", "En bok.", "https://example.org/"),
        ("lag", "Lag (2017:612).", ""),
    ]
    assert told(made) == [("text-reference-unused", "referenser", None)]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("Ett.\n\n{{ number nothing }}", "no-such-facts", 3),
        ("{{ nobody x }}", "value-unknown-family", 1),
        ("{{ ref nowhere }}", "text-ref-unknown", 1),
        ("{{ region 77 }}", "text-region-unknown", 1),
        ("[@nobody]", "text-cite-unknown", 1),
        ("{{ number training-posts as=all }}", "wording-no-whole", 1),
        ("Ett.\n\n{{ table nothing }}", "text-maker-unknown", 3),
        ("{{ table prov x=1 }}", "text-binding-malformed", 1),
    ],
)
def test_what_is_refused_is_told_of_at_its_place_and_seen(text: str, code: str, line: int) -> None:
    made = compile_(("a", text))
    assert (code, "a", line) in told(made)
    assert sentences(made)[-1]


def test_control_characters_and_markup_of_others_are_text() -> None:
    made = compile_(("a", "#set page() \x00\x1b <b>x</b> $y$ \ud800 @z \\textbf{q}"))
    assert sentences(made) == ["#set page()  <b>x</b> $y$  @z \\textbf{q}"]
    assert made.document.model_dump_json()
