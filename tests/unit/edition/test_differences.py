# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What differs between two documents, and that the changes of numbers made to the one give the other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from overens.rules.edition.charts import Bars
from overens.rules.edition.differences import Differences, apply, differences, numbers
from overens.rules.edition.document import Document, Figure, Paragraph, Plain, Section, Table
from overens.rules.edition.values import Value
from overens.rules.followup.comparing import GONE, NEW, SAME
from tests.unit.edition import sample

VALUES = st.dictionaries(
    st.sampled_from(["count/a", "count/b", "number/c", "number/d,year=2017"]),
    st.builds(
        Value, key=st.just("x"), title=st.just("X"), number=st.none() | st.integers(0, 3),
        status=st.sampled_from(["number", "not-reported"]), partial=st.booleans(),
    ),
).map(lambda found: {key: value.model_copy(update={"key": key}) for key, value in found.items()})  # fmt: skip


def with_section(document: Document, id: str, *blocks: object) -> Document:
    sections = tuple(
        Section(**{**dict(each), "blocks": blocks}) if each.id == id else each for each in document.sections
    )
    return document.model_copy(update={"sections": sections})


def test_a_document_does_not_differ_from_itself() -> None:
    assert not differences(sample.document(), sample.document())


@given(VALUES, VALUES)
def test_the_changes_made_to_the_one_give_the_other(before: dict[str, Value], after: dict[str, Value]) -> None:
    changes = numbers(before, after)
    assert apply(before, changes) == after
    assert not numbers(after, apply(before, changes))
    assert {each.key for each in changes} <= {*before, *after}


def test_a_number_is_told_before_and_after() -> None:
    before = sample.document()
    values = tuple(
        each.model_copy(update={"number": 140}) if each.key == "number/training-posts,region=12,year=2017" else each
        for each in before.values
    )
    (change,) = differences(before, before.model_copy(update={"values": values})).numbers
    assert change.before
    assert change.after
    assert (change.key, change.before.number, change.after.number) == (
        "number/training-posts,region=12,year=2017", 138, 140,
    )  # fmt: skip


def test_a_cell_is_told_by_its_row_and_column() -> None:
    before = sample.document()
    section = before.sections[2]
    table = section.blocks[0]
    assert isinstance(table, Table)
    rows = list(table.rows)
    row = rows[3]
    rows[3] = row.model_copy(update={"cells": (*row.cells[:2], row.cells[2].model_copy(update={"text": "140"}))})
    after = with_section(before, section.id, table.model_copy(update={"rows": tuple(rows)}), *section.blocks[1:])
    (change,) = differences(before, after).tables
    assert [(each.row, each.column, each.before, each.after) for each in change.cells] == [
        ("Region Skåne", "2017, Totalt", "138", "140")
    ]


def test_a_new_paragraph_leaves_the_others_as_they_are() -> None:
    before = sample.document()
    old = Paragraph(id="sammanfattning-1", inlines=(Plain(text="Allt är nytt här."),))
    blocks = before.sections[0].blocks
    first = blocks[0]
    assert isinstance(first, Paragraph)
    after = with_section(before, "sammanfattning", old, first.model_copy(update={"id": "sammanfattning-2"}))
    (change,) = differences(before, after).sentences
    assert (change.passage, change.id) == ("sammanfattning", "sammanfattning-1")
    assert [run.kind for line in change.lines for run in line] == [NEW]


def test_words_that_changed_are_told_within_the_sentence() -> None:
    before = sample.document()
    text = Paragraph(id="sammanfattning-1", inlines=(Plain(text="Det mesta har minskat."),))
    (change,) = differences(before, with_section(before, "sammanfattning", text)).sentences
    assert [(run.kind, run.text) for line in change.lines for run in line] == [
        (SAME, "Det mesta har "), (GONE, "ökat."), (NEW, "minskat."),
    ]  # fmt: skip


def test_a_picture_is_shown_before_and_after() -> None:
    before = sample.document()
    bilder = before.sections[3]
    first = bilder.blocks[0]
    assert isinstance(first, Figure)
    chart = first.chart
    assert isinstance(chart, Bars)
    other = first.model_copy(update={"chart": chart.model_copy(update={"rows": chart.rows[:2]})})
    found = differences(before, with_section(before, "bilder", other, *bilder.blocks[2:]))
    assert [(each.id, each.before is not None, each.after is not None) for each in found.figures] == [
        (first.id, True, True), (bilder.blocks[1].id, True, False),
    ]  # fmt: skip


def test_differences_are_written_and_read_without_loss() -> None:
    found = differences(sample.document(), with_section(sample.document(), "bilder"))
    assert Differences.model_validate_json(found.model_dump_json()) == found
