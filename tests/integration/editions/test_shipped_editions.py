# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The editions that come with Överens compile: nothing is missing or typed, and what is said is what is printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from overens.editions.compiling import Compiled, compiled
from overens.editions.source import shipped, shipped_codes, shipped_state
from overens.editions.values import printed
from overens.rules.edition.document import Bound, Document, Example, Inline, Listing, Note, Paragraph
from overens.rules.edition.process import EditionState
from overens.rules.edition.reading import plain
from overens.rules.edition.text_checks import numbers
from overens.rules.findings import as_text

# The parts that the 2018 report has, by the id of the table, figure or passage that holds them.
PARTS = (
    "tabell-utbildningstjanster", "tabell-studielon", "tabell-fordelning", "tabell-struktur", "tabell-agenda",
    "figur-introduktion", "figur-stod", "figur-overgang", "figur-omraden", "figur-vagar", "figur-karta", "region-07",
    "region-25",
)  # fmt: skip


def made(code: str) -> Compiled:
    return compiled(shipped(code), made_on=dt.date(2020, 6, 2), facts_at=dt.date(2020, 6, 2))


def sentences(document: Document) -> Iterator[tuple[Inline, ...]]:
    for _, block in document.blocks():
        for each in block.blocks if isinstance(block, Example) else (block,):
            if isinstance(each, Paragraph):
                yield each.inlines
            elif isinstance(each, Listing):
                yield from each.items


def bound(inlines: tuple[Inline, ...]) -> Iterator[Bound]:
    for each in inlines:
        if isinstance(each, Bound):
            yield each
        elif isinstance(each, Note):
            yield from bound(each.inlines)


def wrong(found: Compiled) -> list[str]:
    return [as_text(each) for each in found.findings if each.level != "note"]


@pytest.fixture
def with_accounts(databases: SimpleNamespace, demo_on: Callable[[dt.date], str]) -> Iterator[None]:
    """The demo when all accounts of 2019 are in; forgets what is done."""
    with databases.rolled_back(databases.clone(demo_on(dt.date(2020, 6, 2)))):
        yield


@pytest.mark.usefixtures("world")
def test_the_reference_edition_has_every_part_and_nothing_wrong() -> None:
    found = made("reference-2017")
    assert wrong(found) == []
    ids = {block.id for _, block in found.document.blocks()}
    assert [part for part in PARTS if part not in ids] == []
    assert {"forord", "sammanfattning", "referenser", "projektorganisation"} <= {
        each.id for each in found.document.sections
    }
    assert Document.model_validate_json(found.document.model_dump_json()) == found.document


@pytest.mark.usefixtures("world")
def test_what_the_report_states_comes_out_as_it_is_printed() -> None:
    said = {
        each.key.removeprefix("stated/"): each.text
        for inlines in sentences(made("reference-2017").document)
        for each in bound(inlines)
        if each.key.startswith("stated/")
    }
    assert len(said) > 30
    for id, text in said.items():
        stated = printed.statements()[id]
        if text.lower() == "samtliga":
            assert stated.number == stated.of
        elif stated.number is not None:
            # Ett and en are no numbers to those who look for typed ones.
            words = [int(each.number) for each in numbers(text, "sv")] or [1]
            assert words[0] == stated.number, id
        else:
            assert text.lower() in ("mer än hälften av", "de flesta"), id


@pytest.mark.usefixtures("world")
def test_both_totals_stand_beside_what_can_be_read() -> None:
    text = " ".join(plain(each) for each in sentences(made("reference-2017").document)).replace("\u00a0", " ")
    for each in ("1 208", "510", "1 000", "712", "454", "166", "17 landsting", "20 av 21", "Tio landsting", "Elva"):
        assert each in text


@pytest.mark.usefixtures("with_accounts")
def test_the_edition_of_2019_begins_with_nothing_wrong() -> None:
    found = made("2019")
    assert wrong(found) == []
    assert {"tabell-medlen", "tabell-kostnader", "tabell-insatser", "tabell-andringar"} <= {
        block.id for _, block in found.document.blocks()
    }


def test_every_edition_that_is_shipped_is_tried_here() -> None:
    assert shipped_codes() == ["2019", "reference-2017"]


def test_the_reference_edition_stands_and_an_outline_is_a_draft() -> None:
    assert shipped_state("reference-2017") == EditionState.FROZEN
    assert shipped_state("2019") == EditionState.DRAFT
