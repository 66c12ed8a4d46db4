# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Findings and refusals as a page shows them: at their field, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language

from overens.desks.words import words
from overens.rules.findings import Evidence, Finding, Refused, wording


@dataclass(frozen=True)
class Shown:
    """A finding in words. ``key`` is the field (or place in a file) it stands at, or empty; ``line`` is the file's."""

    code: str
    level: str
    text: str
    key: str
    evidence: tuple[Evidence, ...]
    line: int | None = None


def shown(findings: Iterable[Finding]) -> list[Shown]:
    """Findings in the language of the page, in the order given."""
    language = (get_language() or "sv")[:2]
    return [
        Shown(
            code=finding.code,
            level=finding.level,
            text=wording(Finding(finding.code, finding.level, words(finding.values)), language),
            key=(finding.where.key if finding.where else None) or "",
            evidence=finding.evidence,
            line=finding.where.line if finding.where else None,
        )
        for finding in findings
    ]


def tell(request: HttpRequest, refusal: Refused) -> None:
    """Say a refusal on the next page, where the refused act has no form to say it at."""
    for each in shown(refusal.findings):
        messages.error(request, each.text)


def at_fields(findings: Iterable[Finding]) -> dict[str, str]:
    """By field: its first error in words, with the file that it is about, if any. Those without a field stand under the
    empty key.
    """
    found: dict[str, str] = {}
    listed = list(findings)
    for finding, each in zip(listed, shown(listed), strict=True):
        file = finding.where.file if finding.where else None
        found.setdefault(each.key, f"{file}: {each.text}" if file else each.text)
    return found
