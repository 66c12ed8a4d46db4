# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a document says of the facts: one value for each question that it asks, with what it rests on.

A value's key is its question in a form that is always the same (:mod:`overens.rules.edition.keys`), so that one figure
has one key wherever it stands: in a sentence, in two tables, in a picture, in the next edition.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

NUMBER = "number"


class Node(BaseModel):
    """A part of a document: plain values, written and read as JSON, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Value(Node):
    """An answer. ``number`` is whole persons, organisations or kronor; ``exact`` a share or rate as a decimal
    ("12.4"), with ``low`` and ``high`` where it has an interval. ``status`` is ``number``, or why there is none
    (:mod:`overens.rules.followup.facts_table`). ``text`` is the answer where it is words (a list of names, a title).

    ``of``: how many could have one; ``partial``: something that belongs there is missing. ``regions``: codes of those
    behind it. ``sources`` and ``definition`` are ids in the document. ``printed`` is what a source prints in its place.
    """

    key: str
    title: str
    unit: str = ""
    number: int | None = None
    exact: str = ""
    low: str = ""
    high: str = ""
    text: str = ""
    status: str = NUMBER
    certainty: str = ""
    partial: bool = False
    of: int | None = None
    regions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    definition: str = ""
    printed: int | None = None


class Source(Node):
    """What values rest on. ``signed``: a report or account, by organisation and version; ``printed``: a page of a
    publication; ``decision``, ``ledger``, ``population``, ``coding``, ``agreement``: what they say.

    ``sha256`` is of the content where there is one, ``address`` the page of Överens that shows it (a path).
    """

    id: str
    kind: Literal["signed", "printed", "decision", "ledger", "population", "coding", "agreement"]
    title: str
    organisation: str = ""
    at: str = ""
    sha256: str = ""
    version: int | None = None
    citation: str = ""
    address: str = ""


class Definition(Node):
    """What is counted, in words. ``breaks``: from which years on it means something else, and how."""

    id: str
    title: str
    text: str
    breaks: tuple[tuple[int, str], ...] = ()
