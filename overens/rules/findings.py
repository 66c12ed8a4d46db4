# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Findings: what a check has to say, by code and values; the wording is looked up.

A finding never carries words of its own. Its wording stands in the catalogue ``findings`` (one msgid per code, in
Swedish and English), which is read without Django, so that the command line says the same as the pages.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Literal, NoReturn

from overens.rules.amounts import format_amount

Level = Literal["error", "warning", "note"]
LOCALE = Path(__file__).parents[1] / "locale"


@dataclass(frozen=True)
class Where:
    """What a finding is about: a file, a line in it (from 1), and a key (``pot[insatser].amount``) or form field."""

    file: str | None = None
    line: int | None = None
    key: str | None = None


@dataclass(frozen=True)
class Evidence:
    """One row behind a finding: what it is about, and its figures by name."""

    label: str
    values: Mapping[str, object]


@dataclass(frozen=True)
class Finding:
    """``code`` is stable and the key of the wording; ``values`` are JSON-able and fill the wording's placeholders."""

    code: str
    level: Level
    values: Mapping[str, object] = field(default_factory=dict)
    where: Where | None = None
    evidence: tuple[Evidence, ...] = ()


class Refused(Exception):
    """An act that the rules refuse; ``where.key`` of a finding names the form field that it is about."""

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings
        super().__init__(", ".join(finding.code for finding in findings))

    def __reduce__(self) -> tuple[type[Refused], tuple[Finding, ...]]:
        """Whole from a process to another."""
        return type(self), self.findings


def error(code: str, /, key: str | None = None, **values: object) -> Finding:
    """A finding that must be mended, at a key."""
    return Finding(code, "error", values, Where(key=key))


def refuse(code: str, /, key: str | None = None, **values: object) -> NoReturn:
    """Refuse an act with one finding."""
    raise Refused(error(code, key, **values))


def wording(finding: Finding, language: str = "sv") -> str:
    """The finding in words. Raises RuntimeError when the catalogues are not compiled."""
    words = _catalogue(language)
    return _Filler(words, language).format(words.gettext(finding.code), **finding.values)


def word(code: str, language: str = "sv") -> str:
    """A single word or heading of the catalogue; a code that has none stands for itself."""
    return _catalogue(language).gettext(code)


def as_text(finding: Finding, language: str = "sv") -> str:
    """One line: ``file:line: key: level: wording``, without the parts that are not known."""
    where = finding.where or Where()
    place = ":".join(str(part) for part in (where.file, where.line) if part is not None)
    level = _catalogue(language).gettext(f"level-{finding.level}")
    return ": ".join(part for part in (place, where.key, level, wording(finding, language)) if part)


def as_json(finding: Finding, language: str = "sv") -> dict[str, object]:
    """The finding as plain values for JSON, wording included."""
    where = finding.where or Where()
    return {
        "code": finding.code,
        "level": finding.level,
        "wording": wording(finding, language),
        "file": where.file,
        "line": where.line,
        "key": where.key,
        "values": dict(finding.values),
        "evidence": [{"label": row.label, **row.values} for row in finding.evidence],
    }


class _Filler(Formatter):
    """str.format with lists joined, a name that is given by language told in this one, and two specs: ``{sum:kr}``
    writes an amount, ``{kind:word}`` looks a word up. Decimals stand after the sign of the language.
    """

    def __init__(self, words: gettext.NullTranslations, language: str) -> None:
        self.words, self.language = words, language

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, (list, tuple)):
            return ", ".join(self.format_field(item, format_spec) for item in value)
        if isinstance(value, Mapping):
            return str(value.get(self.language) or value["sv"])
        if format_spec == "kr":
            return format_amount(int(value))
        if format_spec == "word":
            return self.words.gettext(value)
        text = str(format(value, format_spec))
        if not isinstance(value, (float, Decimal)):
            return text
        # A whole number has no decimals, and Swedish ones stand after a comma.
        text = text.removesuffix(".0")
        return text.replace(".", ",") if self.language == "sv" else text


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    try:
        return gettext.translation("findings", LOCALE, languages=[language])
    except FileNotFoundError as missing:
        raise RuntimeError(f"No compiled wording for {language!r}: run python -m overens.web.translations") from missing
