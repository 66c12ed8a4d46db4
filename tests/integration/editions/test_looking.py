# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""One passage is compiled in its place in the rest: numbered after what comes before, able to refer to all of it."""

from __future__ import annotations

import pytest

from overens.editions import looking
from overens.editions.compiling import Compiled
from overens.editions.models import Edition
from overens.records import clock, events
from overens.rules.edition.document import Paragraph, Table
from overens.rules.edition.reading import inlines, plain
from tests.integration.editions import made

pytestmark = pytest.mark.usefixtures("world")
TABLE = "{{ table training-posts years=2017 id=tjanster }}"
TEXTS = {
    "ett": ("Ett", f"Först.^[En not.]\n\n{TABLE}"),
    "tva": ("Två", "Se {{ ref tjanster }} och {{ ref sist }}.^[En till.]"),
    "tre": ("Tre", "{{ table study-pay years=2017 id=sist }}"),
}


@pytest.fixture
def edition() -> Edition:
    return made.edition(texts=TEXTS)


def paragraphs(found: Compiled) -> list[str]:
    return [plain(block.inlines) for _, block in found.document.blocks() if isinstance(block, Paragraph)]


def test_a_passage_has_the_numbers_that_it_has_in_the_whole(edition: Edition) -> None:
    whole = looking.whole(edition)
    for key, (heading, text) in TEXTS.items():
        alone = looking.passage(edition, key, heading, text)
        there = [section for section in whole.document.sections if section.passage == key]
        assert list(alone.document.sections) == there
        assert alone.findings == tuple(each for each in whole.findings if each.where and each.where.file == key)


def test_what_is_typed_is_read_and_not_kept(edition: Edition) -> None:
    typed = looking.passage(
        edition, "tva", "Annat", f"Nytt.\n\n{TABLE.replace('tjanster', 'ny')}\n\nSe {{{{ ref ny }}}}."
    )
    assert [each.title for each in typed.document.sections] == ["Annat"]
    assert paragraphs(typed) == ["Nytt.", "Se tabell 2."]
    assert [block.number for _, block in typed.document.blocks() if isinstance(block, Table)] == ["2"]
    assert "Se tabell 1 och tabell 2." in paragraphs(looking.whole(edition))


def test_the_whole_is_compiled_once_until_facts_or_text_change(edition: Edition) -> None:
    first = looking.whole(edition)
    assert looking.whole(edition) is first
    events.record("edition/prov", "freeze-edition", person=None, at=clock.now())
    assert looking.passage(edition, "ett", *TEXTS["ett"]).document.sections == first.document.sections[:1]
    second = looking.whole(edition)
    assert second is not first
    assert second.document.sections == first.document.sections
    edition.passages.filter(key="tva").update(content={"heading": "Två", "text": "Ändrat."})
    assert "Ändrat." in paragraphs(looking.whole(edition))


def test_values_are_told_of_in_the_order_of_the_text(edition: Edition) -> None:
    now, before = "{{ number training-posts as=digits }}", "{{ number training-posts year=2016 }}"
    text = f"{now} och ^[{before}] {now}."
    found = looking.passage(edition, "tva", "Två", text)
    told = looking.told(edition, found)["tva"]
    assert [each.key for each in told] == ["number/training-posts", "number/training-posts,year=2016"]
    assert not any(each.is_changed for each in told)
    assert len(list(inlines(found.document.sections))) > 3
