# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a TOML file to an :class:`Agreement`, or to findings that name file, line and key.

Nothing that a file can hold raises: what is wrong with it is a finding.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from overens.rules.agreement import Agreement
from overens.rules.agreement_checks import check
from overens.rules.findings import Finding, Refused, Where, error
from overens.rules.paths import Path as KeyPath
from overens.rules.paths import key_text
from overens.rules.positions import positions
from overens.rules.series import known_series

M = TypeVar("M", bound=BaseModel)
SHIPPED = Path(__file__).parents[1] / "reference" / "agreements"
# Of these only what was printed is known: their money moved elsewhere.
PRINTED = SHIPPED / "printed"
# An agreement with every municipality and every form is a tenth of this.
LARGEST_FILE = 1_000_000


def shipped_ids() -> tuple[str, ...]:
    """The ids of the agreements that come with Överens and whose money it can follow."""
    return tuple(sorted(path.stem for path in SHIPPED.glob("*.toml")))


def printed_ids() -> tuple[str, ...]:
    """The ids of the agreements that come with Överens as they were printed, to be read and compared."""
    return tuple(sorted(path.stem for path in PRINTED.glob("*.toml")))


def find(name: str) -> Path:
    """The file of a shipped or printed agreement by its id, or else the path itself (which need not exist)."""
    for folder, ids in ((SHIPPED, shipped_ids()), (PRINTED, printed_ids())):
        if name in ids:
            return folder / f"{name}.toml"
    return Path(name)


@cache
def shipped(id: str) -> Agreement:
    """A shipped or printed agreement. Raises Refused when there is none by this id."""
    agreement, findings = read(find(id))
    if agreement is None:
        raise Refused(*findings)
    return agreement


def read(source: Path | str, series: Collection[str] = ()) -> tuple[Agreement | None, tuple[Finding, ...]]:
    """The agreement in a file (a Path) or a text (a str), and what is to be mended; None where anything is.

    series: codes of the tables that it may share by besides those that ship.
    """
    file = str(source) if isinstance(source, Path) else None
    if isinstance(source, Path):
        text = text_of(source, [*shipped_ids(), *printed_ids()])
        if isinstance(text, Finding):
            return None, (replace(text, where=Where(file=file)),)
    else:
        text = source
    agreement, findings = _parse(text, series)
    return agreement, tuple(
        replace(finding, where=replace(finding.where or Where(), file=file)) for finding in findings
    )


def stored(text: str) -> Agreement:
    """The agreement in a text that was checked when it was stored: a check that came later does not close it.

    Raises pydantic.ValidationError when it is no agreement of this format at all.
    """
    data = _tuples(tomllib.loads(text, parse_float=Decimal))
    data.pop("question", None)  # before there were rounds, questions stood by themselves
    return Agreement.model_validate(data)


def text_of(path: Path, shipped: Collection[str] = ()) -> str | Finding:
    """What a file holds, or why it cannot be read. shipped: the names that could have been given instead."""
    try:
        if path.is_dir():
            return error("file-directory", name=str(path))
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        if not shipped:
            return error("file-absent", name=str(path))
        return error("file-missing", name=str(path), shipped=[*shipped])
    except (OSError, ValueError) as problem:
        return error("file-unreadable", name=str(path), message=str(problem))
    if len(raw) > LARGEST_FILE:
        return error("file-too-large", largest=LARGEST_FILE)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        return error("file-not-utf-8", position=problem.start)


def _parse(text: str, series: Collection[str]) -> tuple[Agreement | None, tuple[Finding, ...]]:
    return read_as(text, Agreement, lambda agreement, keys: check(agreement, {*known_series(), *series}, keys))


def read_as(
    text: str, model: type[M], checks: Callable[[M, Collection[str]], Iterable[Finding]]
) -> tuple[M | None, tuple[Finding, ...]]:
    """The table of a model in a TOML text, or None where something is to be mended; and what was found, with its lines:
    a warning may stand beside a table. checks: what the model itself does not hold, from the table and the keys that
    are written in the text.
    """
    if not text.strip():
        return None, (error("file-empty"),)
    try:
        data = _tuples(tomllib.loads(text, parse_float=_decimal))
    except RecursionError:
        return None, (error("toml-too-deep"),)
    except ValueError as problem:
        return None, (_syntax(problem),)
    where = positions(text)
    lines = {key_text(data, path): line for path, line in where.lines.items()}
    findings = [
        error("amount-grouping", key_text(data, path), raw=raw, possible=int(raw.replace("_", "")))
        for path, raw in where.ungrouped
    ]
    table = None
    try:
        table = model.model_validate(data)
    except ValidationError as problem:
        findings += findings_of(problem, data, model)
    else:
        findings += checks(table, lines.keys())
    at_lines = tuple(_placed(finding, lines) for finding in findings)
    return (None if any(each.level == "error" for each in at_lines) else table), at_lines


def placed(findings: Iterable[Finding], text: str) -> tuple[Finding, ...]:
    """What a later step found, at the lines of the text (which can be read) that it was found about."""
    data = _tuples(tomllib.loads(text, parse_float=_decimal))
    lines = {key_text(data, path): line for path, line in positions(text).lines.items()}
    return tuple(_placed(finding, lines) for finding in findings)


def findings_of(problem: ValidationError, data: Any, model: type[BaseModel]) -> list[Finding]:
    """What does not fit a model, in our words and by its key."""
    return [_finding(details, data, model) for details in problem.errors(include_url=False)]


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(f"Number out of range: {text[:40]}") from None


def _placed(finding: Finding, lines: dict[str, int]) -> Finding:
    """The finding with its line: that of its key, or of the nearest table around it that is written in the file."""
    where = finding.where or Where()
    key = where.key or ""
    while key and key not in lines:
        key = key[: max(key.rfind("."), key.rfind("["), 0)]
    return replace(finding, where=replace(where, line=lines.get(key, 1)))


def _syntax(problem: Exception) -> Finding:
    message = str(problem)
    line = re.search(r" \(at line (\d+), column \d+\)$", message)
    finding = error("toml-syntax", message=message[: line.start()] if line else message)
    return replace(finding, where=Where(line=int(line[1]) if line else None))


def _tuples(value: Any) -> Any:
    """Arrays as tuples: what is read is never changed."""
    if isinstance(value, list):
        return tuple(_tuples(item) for item in value)
    if isinstance(value, dict):
        return {key: _tuples(item) for key, item in value.items()}
    return value


EXPECTED = {
    "string_type": "type-text",
    "int_type": "type-integer",
    "date_type": "type-date",
    "bool_type": "type-boolean",
    "tuple_type": "type-list",
    "too_long": "type-list",
    "model_type": "type-table",
    "dict_type": "type-table",
}
GOT = (
    (bool, "type-boolean"),
    (int, "type-integer"),
    (str, "type-text"),
    (Decimal, "type-decimal"),
    (date, "type-date"),
    (tuple, "type-list"),
    (dict, "type-table"),
)
CHOICE_CODES = {"rounding": "unknown-rounding", "key": "unknown-key-method"}


def _finding(details: ErrorDetails, data: Any, root: type[BaseModel]) -> Finding:
    """One of pydantic's errors in our words. An error of our own types carries our code already."""
    path, kind, raw = details["loc"], details["type"], details["input"]
    name, key, context = str(path[-1]) if path else "", key_text(data, path), details.get("ctx", {})
    if kind == "missing":
        return error("missing-key", key, name=name)
    if kind == "extra_forbidden":
        return error("unknown-key", key, name=name, known=list(_known_keys(root, path[:-1])))
    if kind == "literal_error":
        choices = re.findall(r"'([^']*)'|(\d+)", context["expected"])
        return error(
            CHOICE_CODES.get(name, "unknown-choice"), key, value=str(raw), choices=[a or b for a, b in choices]
        )
    if kind == "greater_than_equal":
        return error("too-small", key, least=context["ge"])
    if kind in EXPECTED or kind == "wrong-type":
        got = next((word for type_, word in GOT if isinstance(raw, type_)), "type-other")
        return error("wrong-type", key, expected=EXPECTED.get(kind) or context["expected"], got=got)
    if kind in OWN_CODES:
        return error(kind, key, **context)
    return error("value-refused", key, message=details["msg"])


OWN_CODES = {
    "amount-negative",
    "amount-not-integer",
    "amount-grouping",
    "amount-too-large",
    "amount-unreadable",
    "weight-negative",
    "weight-out-of-range",
    "weight-unreadable",
    "bad-id",
    "production-week",
}


def _known_keys(root: type[BaseModel], path: KeyPath) -> Iterable[str]:
    """The keys that the table at a path may have, for the finding about one that it may not."""
    model = root
    for name in path:
        if isinstance(name, str):
            field = next(field for key, field in _fields(model) if key == name)
            model = next(_models(field.annotation))
    return (key for key, _ in _fields(model))


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    return ((field.alias or name, field) for name, field in model.model_fields.items())


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)
