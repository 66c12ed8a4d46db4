# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Filling in the costs of the financial report from the books."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from overens.books.models import MappingVersion
from overens.books.reading import Books, heads, latest
from overens.grants.actions import report
from overens.grants.models import Case
from overens.people.models import Person
from overens.records import drafts
from overens.records.models import Draft
from overens.rules import prefilling
from overens.rules.findings import Refused, error, refuse
from overens.rules.prefilling import Prefilled

# What the draft, and so the frozen content, says of the books; nothing that is typed bears this name.
PART = "books"


def offered(case: Case, version: MappingVersion) -> list[dict[str, str]]:
    """The cost items of a version of the mapping, as rows.

    Raises Refused: ``nothing-mapped``, ``line-head-unknown`` and what ``cost`` finds wrong, at ``lines.<number>``.
    """
    books, known = Books.of(version), heads(case.agreement)
    wrong = [
        error("line-head-unknown", f"lines.{n}", head=line.head, choices=sorted(known))
        for n, line in enumerate(books.lines)
        if line.head not in known
    ]
    if wrong or books.costed.errors:
        raise Refused(*wrong, *books.costed.errors)
    rows = prefilling.offered(books.costed.items)
    if not rows:
        refuse("nothing-mapped")
    return rows


def compare(
    case: Case, typed: Mapping[str, Any], rows: list[dict[str, str]], *, keep: bool
) -> Prefilled:  # fmt: skip
    """What filling a draft in with rows that are offered would change."""
    before = typed.get(PART, {}).get("items", [])
    return prefilling.prefill(typed, before, rows, list(heads(case.agreement)), keep=keep)


@transaction.atomic
def prefill(case: Case, typed: Mapping[str, Any], revision: int, number: int, person: Person, *, keep: bool) -> Draft:
    """Write the cost items into the report's draft. typed, revision: the draft as it was; number: of the mapping that
    was shown.

    Whoever made the mapping or took in its files has had their part in the report, and so may not review it.
    Raises Refused: as :func:`offered` and ``report.write`` do, and ``mapping-changed``.
    """
    version = latest(case)
    if version is None or version.number != number:
        refuse("mapping-changed", who=version.mandate.person.name if version else person.name)
    rows = offered(case, version)
    part = {
        "mapping": version.sha256,
        "number": str(version.number),
        "files": [each["file"] for each in version.data["imports"]],
        "items": rows,
    }
    filled = compare(case, typed, rows, keep=keep)
    draft = report.write(case, {**typed, **filled.costs, PART: part}, revision, person)
    mandates = [each.mandate for each in case.mappings.select_related("mandate__person")]
    mandates += [each.mandate for each in Books.of(version).imports]
    for author in {mandate.person for mandate in mandates}:
        drafts.also_edited(draft, author)
    return draft
