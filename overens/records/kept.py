# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Keeping a file in versions, so that nothing anybody typed is lost, and showing it at secret addresses.

The caller locks the file, says who may write it, and records what was done.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

from django.utils.text import slugify

from overens.people.models import Person
from overens.records.canonical import digest
from overens.records.models.kept import KeptFile, KeptQuerySet
from overens.rules.findings import Refused, refuse
from overens.rules.followup import merging

F = TypeVar("F", bound=KeptFile)


def free_code(siblings: KeptQuerySet[F], names: Sequence[str], taken: Collection[str]) -> str:
    """An address that none of the siblings has had: the first of the names that is free, else the last one numbered.

    taken: the addresses of other pages among theirs.
    """
    made = [slugify(name.replace(".", "-"))[:50] for name in names]
    used = {"", *taken, *siblings.values_list("code", flat=True)}
    numbered = (f"{made[-1] or 'fil'}-{n}" for n in range(2, len(used) + 3))
    return next(code for code in (*made, *numbered) if code not in used)


def add(file: KeptFile, text: str, title: str, person: Person, at: dt.datetime, **more: Any) -> Any:
    """A new version of a locked file. more: other fields of the version."""
    file.number, file.title, file.changed_at = file.number + 1, title[:300], at
    file.save()
    return file.versions.create(  # type: ignore[attr-defined]
        number=file.number, text=text, sha256=digest(text), person=person, at=at, **more
    )


def newest(file: KeptFile) -> Any:
    return file.versions.select_related("person").get(number=file.number)  # type: ignore[attr-defined]


def together(
    file: KeptFile, files: Mapping[str, str], base: int, check: Callable[[Mapping[str, str]], object]
) -> dict[str, str]:
    """What to save of what was written over version ``base`` of a locked file, as a version's ``files``: that, with
    what others have saved since taken in, line by line.

    check: raises Refused where it cannot be saved. Raises Refused as it does; ``file-changed`` (at ``text``) where both
    changed the same lines, or what they are together cannot be saved.
    """
    last = newest(file)
    if last.files == files:
        return dict(files)
    if base == file.number:
        check(files)
        return dict(files)
    since = file.versions.filter(number=base).first()  # type: ignore[attr-defined]
    merged = merging.merge_fields(since.files if since else {}, last.files, files, {*last.files, *files})
    try:
        if merged.set_aside:
            raise Refused
        check(merged.content)
    except Refused:
        refuse("file-changed", "text", number=file.number, who=last.person.name)
    return merged.content


def remove(file: KeptFile, at: dt.datetime) -> bool:
    """List a locked file no longer, and end its addresses. False where it was not listed."""
    if file.removed:
        return False
    file.removed = True
    file.save(update_fields=["removed"])
    end_sharing(file, at)
    return True


def share(file: KeptFile, person: Person, at: dt.datetime) -> str:
    """Make a secret address; returns its token, which is not kept and so told only now."""
    token = secrets.token_urlsafe(32)
    file.links.create(sha256=digest(token), person=person, made_at=at)  # type: ignore[attr-defined]
    return token


def end_sharing(file: KeptFile, at: dt.datetime) -> bool:
    """No secret address shows it from now on. False where none did."""
    return bool(file.links.filter(ended_at=None).update(ended_at=at))  # type: ignore[attr-defined]


def shared_at(files: KeptQuerySet[F], token: str) -> F | None:
    """The one of a secret address that is not ended."""
    found = files.filter(links__sha256=digest(token), links__ended_at=None)
    return found.select_related("owner").first()
