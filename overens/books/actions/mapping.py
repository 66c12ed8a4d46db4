# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Saving how the books become cost items. Every save is a new version; the ones before it stay."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db import transaction

from overens.books.models import LedgerImport, MappingVersion
from overens.books.reading import heads, latest
from overens.grants.actions.performing import authority
from overens.grants.models import Case
from overens.people.models import Person
from overens.records import files, intake
from overens.records.canonical import canonical, digest
from overens.records.locks import hold
from overens.rules.findings import refuse
from overens.rules.mapping import MOST_LINES, read_line, written
from overens.rules.process import ACTS

EMPTY: Mapping[str, Any] = {"imports": [], "lines": [], "predecessor": "", "copied_from": ""}
Lines = list[dict[str, Any]]


def put_line(
    case: Case, number: int | None, raw: Mapping[str, Any], based_on: int, person: Person,
    evidence: tuple[bytes, str] | None = None,
) -> MappingVersion:  # fmt: skip
    """Save a line in place of the one with a number (from 0), or after the last (None).

    evidence: the bytes and name of a file with a provider's evidence. Raises Refused: as ``read_line`` does,
    ``mapping-changed``, ``lines-too-many``, and what is wrong with the file, at ``file``.
    """
    known = heads(case.agreement)

    def change(lines: Lines) -> None:
        typed = {**raw, "evidence": _kept(case, evidence, person)} if evidence else raw
        line = written(read_line(typed, known))
        if number is None:
            lines.append(line)
        else:
            lines[number] = line

    return _change_lines(case, based_on, person, change)


def _kept(case: Case, evidence: tuple[bytes, str], person: Person) -> str:
    content, name = evidence
    mandate = authority(person, ACTS["write-report"], case)
    return files.store(content, intake.media_type(content), name, mandate).sha256


def remove_line(case: Case, number: int, based_on: int, person: Person) -> MappingVersion:
    return _change_lines(case, based_on, person, lambda lines: lines.pop(number))


def raise_line(case: Case, number: int, based_on: int, person: Person) -> MappingVersion:
    """Let a line choose before the one above it."""

    def change(lines: Lines) -> None:
        if number > 0:
            lines[number - 1 : number + 1] = [lines[number], lines[number - 1]]

    return _change_lines(case, based_on, person, change)


def _change_lines(case: Case, based_on: int, person: Person, change: Callable[[Lines], object]) -> MappingVersion:
    def changed(content: dict[str, Any]) -> None:
        try:
            change(content["lines"])
        except IndexError:
            refuse("mapping-changed", key="based_on", who=person.name)
        if len(content["lines"]) > MOST_LINES:
            refuse("lines-too-many", most=MOST_LINES)

    return _save(case, based_on, person, changed)


def choose_imports(case: Case, chosen: Collection[LedgerImport], based_on: int, person: Person) -> MappingVersion:
    """Say which of the recipient's imports the lines choose from."""
    rows = [
        {"reading": each.reading, "file": each.file.sha256, "layout": each.layout}
        for each in sorted(chosen, key=lambda each: each.pk)
    ]
    return _save(case, based_on, person, lambda content: content.update(imports=rows))


def copy(case: Case, other: MappingVersion, person: Person) -> MappingVersion:
    """Begin with the lines of another case's mapping: another year's, as a rule.

    What a provider had stated is left out, since it was another year's; a head that this agreement's form has not is
    to be chosen anew.
    """
    assert other.case.recipient_id == case.recipient_id
    known = heads(case.agreement)

    def change(content: dict[str, Any]) -> None:
        lines = [line for line in other.data["lines"] if not line["stated"]]
        content["lines"] = [{**line, "head": line["head"] if line["head"] in known else ""} for line in lines]
        content["copied_from"] = other.sha256

    current = latest(case)
    if current is not None and current.data["lines"]:
        refuse("mapping-not-empty")
    return _save(case, current.number if current else 0, person, change)


@transaction.atomic
def _save(case: Case, based_on: int, person: Person, change: Callable[[dict[str, Any]], object]) -> MappingVersion:
    """The next version. based_on: number of the version that the writer saw, 0 where there was none.

    Raises Refused: ``mapping-changed`` when somebody has saved since; nothing is written over.
    """
    mandate = authority(person, ACTS["write-report"], case)
    hold(f"mapping/{case.key}")
    current = latest(case)
    if (current.number if current else 0) != based_on:
        refuse("mapping-changed", key="based_on", who=current.mandate.person.name if current else person.name)
    content = {**EMPTY, **(current.data if current else {})}
    content["lines"] = list(content["lines"])
    change(content)
    if current is not None and canonical(content) == current.content:
        return current
    text = canonical({**content, "case": case.key, "predecessor": current.sha256 if current else ""})
    return MappingVersion.objects.create(
        case=case, number=based_on + 1, content=text, sha256=digest(text), mandate=mandate
    )
