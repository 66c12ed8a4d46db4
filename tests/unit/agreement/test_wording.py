# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every finding that the code can make has its wording in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import overens
from overens.rules import reading
from overens.rules.findings import Evidence, Finding, Refused, Where, as_json, as_text, refuse, wording
from overens.web.translations import merged

PACKAGE = Path(overens.__file__).parent
# Called with a code first; PydanticCustomError's own codes come out of reading as findings.
MAKERS = {"Finding", "error", "refuse", "AmountError", "PydanticCustomError"}


def made() -> Iterator[tuple[str, str]]:
    """(code, place) of every finding that is made with its code written out."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", None) in MAKERS and node.args:
                if isinstance(node.args[0], ast.JoinedStr):
                    continue
                for part in ast.walk(node.args[0]):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        yield part.value, f"{file.relative_to(PACKAGE)}:{node.lineno}"


def put_together() -> Iterator[tuple[str, str]]:
    """(beginning, place) of every code that is put together of a beginning and a name."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", None) in MAKERS and node.args:
                if isinstance(node.args[0], ast.JoinedStr) and isinstance(node.args[0].values[0], ast.Constant):
                    yield str(node.args[0].values[0].value), f"{file.relative_to(PACKAGE)}:{node.lineno}"


def messages(language: str) -> dict[str, str]:
    return {message.id: message.string for message in merged(language, "findings") if message.id}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_code_has_its_wording(language):
    known = messages(language)
    assert {f"{code} ({place})" for code, place in made() if not known.get(code)} == set()
    begun = {(code, place) for code, place in put_together() if not any(each.startswith(code) for each in known)}
    assert begun == set()


def test_both_languages_say_the_same_codes_with_the_same_values():
    swedish, english = messages("sv"), messages("en")
    assert swedish.keys() == english.keys()
    for code, text in swedish.items():
        assert names(text) == names(english[code]), code


def names(text: str) -> set[tuple[str, str]]:
    return {(name, spec) for _, name, spec, _ in Formatter().parse(text) if name is not None}


def test_every_code_that_reading_passes_on_is_one_of_its_own_types():
    assert {code for code, place in made() if place.startswith("rules/values.py")} <= {*reading.OWN_CODES, "wrong-type"}


FINDING = Finding(
    "pots-do-not-add-up",
    "error",
    {"parts": 999_999, "whole": 1_000_000, "difference": -1},
    Where("a.toml", 7, "total"),
    (Evidence("pot", {"amount": 999_999}),),
)


def test_a_finding_is_one_line_of_text():
    assert as_text(FINDING, "en") == (
        "a.toml:7: total: error: The parts are 999\u00a0999\u00a0kr together, "
        "but the sum is 1\u00a0000\u00a0000\u00a0kr; the difference is \u22121\u00a0kr. Correct the sum or a part."
    )
    assert as_text(Finding("file-empty", "error"), "sv").startswith("fel: Filen är tom.")


def test_a_finding_is_plain_values():
    plain = as_json(FINDING, "sv")
    assert (plain["code"], plain["file"], plain["line"], plain["key"]) == ("pots-do-not-add-up", "a.toml", 7, "total")
    assert plain["evidence"] == [{"label": "pot", "amount": 999_999}]


def test_lists_are_joined_and_words_looked_up():
    assert "a, b" in wording(Finding("annex-row-missing", "error", {"codes": ["a", "b"]}))
    typed = Finding("wrong-type", "error", {"expected": "type-date", "got": "type-text"})
    assert wording(typed, "en") == "Expected here: a date, such as 2019-12-01, not text in quotation marks."


def test_a_refusal_carries_its_findings_with_their_field():
    with pytest.raises(Refused, match="giro-form") as refusal:
        refuse("giro-form", "R3.1", raw="x")
    assert refusal.value.findings == (Finding("giro-form", "error", {"raw": "x"}, Where(key="R3.1")),)


def test_a_language_without_catalogue_names_the_command():
    with pytest.raises(RuntimeError, match=r"python -m overens\.web\.translations"):
        wording(FINDING, "xx")
