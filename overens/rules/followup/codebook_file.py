# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A codebook as a TOML file, read and written. ``read(write(codebook))`` is the codebook."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from overens.rules.findings import Finding, Where, error
from overens.rules.followup.codebook import Codebook, Theme, check
from overens.rules.paths import key_text
from overens.rules.positions import positions

FIRST = Path(__file__).parents[2] / "reference" / "followup" / "codebook-1.toml"
LARGEST_FILE = 1_000_000
FIELDS = [field.alias or name for name, field in Theme.model_fields.items()]


def read(text: str) -> tuple[Codebook | None, tuple[Finding, ...]]:
    """The codebook in a text, and what is to be mended, with line and key; None where anything is."""
    if len(text) > LARGEST_FILE:
        return None, (error("file-too-large", largest=LARGEST_FILE),)
    if not text.strip():
        return None, (error("file-empty"),)
    try:
        data = _tuples(tomllib.loads(text))
    except RecursionError:
        return None, (error("toml-too-deep"),)
    except ValueError as problem:
        line = re.search(r" \(at line (\d+), column \d+\)$", str(problem))
        found = error("toml-syntax", message=str(problem)[: line.start()] if line else str(problem))
        return None, (replace(found, where=Where(line=int(line[1]) if line else None)),)
    try:
        codebook = Codebook.model_validate(data)
    except ValidationError as problem:
        findings = tuple(_finding(each, data) for each in problem.errors(include_url=False))
    else:
        findings = check(codebook)
        if not findings:
            return codebook, ()
    lines = {key_text(data, path): line for path, line in positions(text).lines.items()}
    return None, tuple(_placed(each, lines) for each in findings)


def first() -> Codebook:
    """The codebook that is shipped: the headings of the 2018 report."""
    codebook, findings = read(FIRST.read_text(encoding="utf-8"))
    assert codebook is not None, findings
    return codebook


def write(codebook: Codebook) -> str:
    """The codebook as TOML."""
    lines = [f"title = {_text(codebook.title)}"]
    if codebook.source:
        lines.append(f"source = {_text(codebook.source)}")
    for theme in codebook.themes:
        lines += ["", "[[theme]]"]
        values = theme.model_dump(exclude={"examples"}, exclude_defaults=True)
        lines += [f"{name} = {_value(value)}" for name, value in values.items()]
        for example in theme.examples:
            lines += ["", "[[theme.example]]", f"text = {_text(example.text)}", f"source = {_text(example.source)}"]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(_text(each) for each in value)}]"
    return _text(str(value))


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _text(value: str) -> str:
    """A basic string of TOML."""
    written = "".join(
        _ESCAPES.get(letter) or (f"\\u{ord(letter):04X}" if ord(letter) < 32 or ord(letter) == 127 else letter)
        for letter in value
    )
    return f'"{written}"'


def _tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_tuples(item) for item in value)
    if isinstance(value, dict):
        return {key: _tuples(item) for key, item in value.items()}
    return value


def _finding(details: ErrorDetails, data: Any) -> Finding:
    path, kind = details["loc"], details["type"]
    name, key = str(path[-1]) if path else "", key_text(data, path)
    if kind == "missing":
        return error("missing-key", key, name=name)
    if kind == "extra_forbidden":
        known = ["title", "source", "theme"] if len(path) == 1 else FIELDS if len(path) == 3 else ["text", "source"]
        return error("unknown-key", key, name=name, known=known)
    if kind == "bad-id":
        return error("bad-id", key, **details.get("ctx", {}))
    return error("value-refused", key, message=details["msg"])


def _placed(finding: Finding, lines: dict[str, int]) -> Finding:
    where = finding.where or Where()
    key = where.key or ""
    while key and key not in lines:
        key = key[: max(key.rfind("."), key.rfind("["), 0)]
    return replace(finding, where=replace(where, line=lines.get(key, 1)))
