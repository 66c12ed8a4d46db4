# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The files of an edition: made once of a document, in the background, and kept, so that everybody gets the same bytes.

Of a frozen edition they are made as soon as it stands; of a draft when somebody asks for them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache

from django.db.models import QuerySet

from overens.editions import current, output
from overens.editions.models import Edition, EditionFile
from overens.editions.standing import Standing, document_of
from overens.people.models import Person
from overens.records import clock, files, runs
from overens.records.models import Run
from overens.rules.edition.document import Document
from overens.rules.edition.process import EditionState

KIND = "edition-files"
# Files of how many formats are kept in the process: what they are made of never changes.
KEPT = 12


def start(edition: Edition, person: Person | None) -> Run:
    """Have the files made: once of what is frozen, anew of a draft each time that it is asked for."""
    if edition.version is not None:
        key = f"{KIND}/{edition.code}/{edition.version.sha256[:16]}"
    else:
        number = Run.objects.filter(key__startswith=f"{KIND}/{edition.code}/draft-").count() + 1
        key = f"{KIND}/{edition.code}/draft-{number}"
    return runs.start(KIND, key, make, asked_by=person, edition=edition.pk)


def run_of(edition: Edition) -> Run | None:
    """The latest making of an edition's files."""
    return Run.objects.filter(key__startswith=f"{KIND}/{edition.code}/").order_by("-pk").first()


def latest(edition: Edition) -> QuerySet[EditionFile]:
    """The files of what is frozen, or of the draft as it was last made; contents are not read."""
    last = edition.files.order_by("-pk").values("made_of")[:1]
    return edition.files.filter(made_of__in=last).select_related("file").defer("file__content").order_by("pk")


def make(run: Run, edition: int) -> None:
    """Every format of an edition, as files. A worker's work."""
    found = Edition.objects.select_related("version", "owner").get(pk=edition)
    document, at = _document(run, found)
    made_of = document.sha256()
    there = set(found.files.filter(made_of=made_of).values_list("name", flat=True))
    for name, content in output.files(
        document, output.FORMATS, at, lambda percent: runs.report_progress(run, 30 + percent * 7 // 10)
    ):
        if name in there:
            continue
        media_type = output.TYPES[name.rpartition(".")[2]].partition(";")[0]
        kept = files.store(content, media_type, name, None)
        EditionFile.objects.create(edition=found, made_of=made_of, name=name, file=kept, made_at=clock.now())
    runs.report_progress(run, 100)


def _document(run: Run, edition: Edition) -> tuple[Document, dt.datetime | None]:
    if edition.state == EditionState.FROZEN:
        return document_of(edition), edition.frozen_at
    made = current.today(edition, lambda done, of: runs.report_progress(run, 30 * done // max(1, of)))
    return made.document, clock.now()


@lru_cache(maxsize=KEPT)
def files_of(found: Standing, format: str) -> Mapping[str, bytes]:
    """The files of a format by their names (:mod:`overens.editions.output`): those that were kept when the edition was
    frozen, or, while there are none, made now.
    """
    folder = f"{format}/" if format in output.FOLDERS else f"{found.document.edition}.{format}"
    kept = latest(found.edition).defer(None).filter(name__startswith=folder)
    there = {each.name: bytes(each.file.content) for each in kept}
    return there or dict(output.files(found.document, [format], found.edition.frozen_at))


def data_of(found: Standing) -> dict[str, bytes]:
    """The files of the data, by name in their folder."""
    return {name.removeprefix("data/"): content for name, content in files_of(found, "data").items()}
