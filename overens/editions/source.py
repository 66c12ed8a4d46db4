# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an edition is compiled from: what it is about, and its passages in order, stored or shipped."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from overens.editions.models import Edition
from overens.editions.values.register import About
from overens.people.models import Organisation
from overens.rules.edition.process import EditionState
from overens.rules.findings import refuse

SHIPPED = "overens.reference.editions"


@dataclass(frozen=True)
class PassageSource:
    """``text`` is as it is written (:mod:`overens.rules.edition.markup`). ``kind``: front, body or annex."""

    key: str
    level: int
    kind: str
    heading: str
    text: str


@dataclass(frozen=True)
class EditionSource:
    about: About
    passages: tuple[PassageSource, ...]


def stored(edition: Edition) -> EditionSource:
    """An edition as it is written now."""
    about = About(
        code=edition.code,
        title=edition.title,
        subtitle=edition.subtitle,
        language=edition.language,
        owner=edition.owner,
        year=edition.year,
        years=tuple(edition.years),
        agreements=tuple(edition.agreements),
        called=edition.called,
        settings=dict(edition.settings),
    )
    passages = edition.passages.filter(removed=False).order_by("position", "pk")
    return EditionSource(
        about,
        tuple(
            PassageSource(
                each.key, each.level, each.kind, each.content.get("heading", ""), each.content.get("text", "")
            )
            for each in passages
        ),
    )


def shipped_codes() -> list[str]:
    """The editions that come with Överens: folders of overens/reference/editions."""
    root = resources.files(SHIPPED)
    return sorted(each.name for each in root.iterdir() if each.joinpath("edition.toml").is_file())


def shipped_on(code: str) -> dt.date:
    """The day on which the text of a shipped edition was last changed."""
    day: dt.date = _said(code)["dated"]
    return day


def shipped_state(code: str) -> EditionState:
    """An outline is a draft; an edition that says that it ``stands`` is as it is to be."""
    return EditionState.FROZEN if _said(code).get("stands") else EditionState.DRAFT


def shipped(code: str) -> EditionSource:
    """An edition that comes with Överens. Its owner is there. Raises Refused: ``edition-unknown``."""
    if code not in shipped_codes():
        refuse("edition-unknown", "edition", edition=code[:60], known=shipped_codes())
    folder = resources.files(SHIPPED).joinpath(code)
    said = _said(code)
    about = About(
        code=code,
        title=said["title"],
        subtitle=said.get("subtitle", ""),
        language=said["language"],
        owner=Organisation.objects.get(code=said["owner"]),
        year=said["year"],
        years=tuple(said["years"]),
        agreements=tuple(said["agreements"]),
        called=said["called"],
        settings=said.get("settings", {}),
    )
    passages = tuple(
        PassageSource(
            each["key"],
            each["level"],
            each["kind"],
            each["heading"],
            folder.joinpath(f"{each['key']}.md").read_text(encoding="utf-8"),
        )
        for each in said["passage"]
    )
    return EditionSource(about, passages)


def _said(code: str) -> dict[str, Any]:
    return tomllib.loads(resources.files(SHIPPED).joinpath(code, "edition.toml").read_text(encoding="utf-8"))
