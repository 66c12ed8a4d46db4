# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Typed numbers, as sentences: tests/cases/edition/typed_numbers.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overens.rules.edition import markup, text_checks
from overens.rules.edition.document import Bound, Inline, Link, Note, Plain
from overens.rules.edition.pieces import Anchor, Footnote, Pieces, Text, Words
from overens.rules.edition.values import Value
from overens.rules.edition.wording import Manner
from overens.rules.findings import Finding, as_text

CASES = tomllib.loads((Path(__file__).parents[2] / "cases/edition/typed_numbers.toml").read_text(encoding="utf-8"))
BOUND = re.compile(r"‹(\d+)(?:/(\d+))?›")


def inlines_of(pieces: Pieces, values: dict[str, Value]) -> tuple[Inline, ...]:
    found: list[Inline] = []
    for piece in pieces:
        if isinstance(piece, Footnote):
            found.append(Note(number=1, inlines=inlines_of(piece.pieces, values)))
        elif isinstance(piece, Anchor):
            found.append(Link(href=piece.href, text=piece.text))
        elif isinstance(piece, Words):
            at = 0
            for each in BOUND.finditer(piece.text):
                key = f"count/x{each[1]}"
                of = int(each[2]) if each[2] else None
                unit = "persons" if of is None or of < int(each[1]) else "regions"
                values[key] = Value(key=key, title=f"Värde {each[1]}", number=int(each[1]), of=of, unit=unit)
                found += [Plain(text=piece.text[at : each.start()]), Bound(key=key, text=each[1])]
                at = each.end()
            found.append(Plain(text=piece.text[at:]))
    return tuple(found)


def checked(text: str, language: str) -> list[Finding]:
    values: dict[str, Value] = {}
    texts = [(inlines_of(part.pieces, values), part.line) for part in markup.read(text).parts if isinstance(part, Text)]
    return list(text_checks.typed_numbers(texts, "a", values, Manner(language=language)))


def shown(findings: list[Finding], *codes: str, level: str = "") -> list[str]:
    return [
        str(each.values["shown"]) for each in findings
        if each.code.startswith(codes) and (not level or each.level == level)
    ]  # fmt: skip


@pytest.mark.parametrize("case", CASES["sentence"], ids=lambda case: case["rule"])
def test_a_typed_number_is_told_of(case: dict[str, Any]) -> None:
    language = case.get("language", "sv")
    found = checked(case["text"], language)
    assert shown(found, "text-typed-number", level="warning") == case.get("claims", [])
    assert shown(found, "text-typed-number", level="note") == case.get("notes", [])
    assert shown(found, "text-typed-one") == case.get("ones", [])
    assert shown(found, "text-typed-quantifier") == case.get("quantified", [])
    for each in found:
        assert as_text(each, language)


def test_the_value_that_is_meant_is_named_with_how_to_bind_it() -> None:
    bound = Value(key="count/vns,year=2017", title="Vårdnära service", number=17, of=21, unit="regions")
    other = Value(key="count/pok", title="Planering", number=16, of=21, unit="regions")
    text = (Bound(key=bound.key, text="17"), Plain(text=" landsting, och 16 landsting, och 15 landsting."))
    values = {each.key: each for each in (bound, other)}
    known, unknown = text_checks.typed_numbers([(text, 3)], "a", values, Manner())
    assert (known.code, known.values["title"], known.values["bind"]) == (
        "text-typed-number-known", "Planering", "{{ count pok }}",
    )  # fmt: skip
    assert (unknown.code, unknown.values["nearest"], unknown.values["bind"]) == (
        "text-typed-number", ["Vårdnära service: 17"], "{{ count vns year=2017 }}",
    )  # fmt: skip
    assert unknown.where
    assert (unknown.where.file, unknown.where.line) == ("a", 3)


@given(st.text(), st.sampled_from(["sv", "en"]))
def test_any_text_can_be_looked_through(text: str, language: str) -> None:
    for each in text_checks.numbers(text, language):
        assert text[each.start : each.start + len(each.shown)] == each.shown


@given(st.integers(0, 10**9), st.sampled_from(["sv", "en"]))
def test_a_value_as_it_is_worded_is_never_told_of(number: int, language: str) -> None:
    from overens.rules.edition import wording

    value = Value(key="count/x", title="x", number=number, of=max(number, 1), unit="regions")
    for form in ("", "digits", "of", "share"):
        text = wording.worded(value, form, Manner(language=language))
        for each in text_checks.numbers(f"{text} …", language):
            assert each.equals(value), (form, text)
