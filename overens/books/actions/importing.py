# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Taking in a general ledger: receive the file, name a table's columns, read it, keep it or say why not.

A small file is read while its sender waits, a large one by a worker. Either way it is one run and one transaction: all
of the file, or nothing of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from overens.books import formats, storing
from overens.books.models import ColumnLayout, LedgerImport, Upload
from overens.exchange import ledger_table
from overens.exchange.entries import Ledger
from overens.exchange.ledger_table import Proposal
from overens.grants.actions.performing import authority
from overens.grants.models import Case
from overens.people.models import Mandate, Person
from overens.records import files, runs
from overens.records.canonical import canonical, digest
from overens.records.models import Run
from overens.records.models.run import RunState
from overens.rules.finding_rows import as_rows
from overens.rules.findings import Finding, Refused, Where, refuse
from overens.rules.process import ACTS

ACT = ACTS["write-report"]
# Bytes. Read within some two seconds (docs/performance.md); what is larger waits for its turn.
AT_ONCE = 4 * 1024 * 1024


@transaction.atomic
def receive(case: Case, content: bytes, name: str, person: Person) -> Upload:
    """Take a file in to be read; a table waits for its columns to be named, which are proposed: as last time where the
    headings are the same. What could not be read before is thrown away.

    Raises Refused (``upload-empty``, and what is wrong with a table that cannot be opened).
    """
    mandate = authority(person, ACT, case)
    if not content:
        refuse("upload-empty", key="file")
    Upload.objects.filter(organisation=case.recipient).exclude(findings=[]).delete()
    shown, is_table = files.shown_name(name), formats.is_table(content)
    layout: dict[str, str] = {}
    if is_table:
        proposal = columns(content, shown)
        kept = ColumnLayout.objects.filter(organisation=case.recipient, header=formats.header_of(proposal)).last()
        layout = kept.content if kept else {str(number): column.value for number, column in proposal.roles.items()}
    return Upload.objects.create(
        organisation=case.recipient, mandate=mandate, name=shown, content=content, layout=layout, ready=not is_table
    )


def columns(content: bytes, name: str) -> Proposal:
    """What a table's columns seem to be. Raises Refused where it has none that can be seen."""
    proposal = ledger_table.columns(content, name)
    if not proposal.headings:
        raise Refused(*proposal.findings)
    return proposal


@transaction.atomic
def name_columns(case: Case, upload: Upload, layout: Mapping[str, str], person: Person) -> Upload:
    """Say which column is what; it is kept for the next export with the same headings."""
    mandate = authority(person, ACT, case)
    header = formats.header_of(columns(bytes(upload.content), upload.name))
    ColumnLayout.objects.create(organisation=case.recipient, header=header, content=dict(layout), mandate=mandate)
    upload.layout, upload.mandate, upload.ready, upload.findings = dict(layout), mandate, True, []
    upload.save()
    return upload


@transaction.atomic
def discard(case: Case, upload: Upload, person: Person) -> None:
    """Throw a file away that has not been read."""
    authority(person, ACT, case)
    upload.delete()


def key_of(upload: Upload) -> str:
    """The key of the run that reads a file; named anew after every change of its columns."""
    return f"ledger-import/{upload.pk}/{digest(canonical(upload.layout))[:16]}"


def read(upload: Upload) -> LedgerImport | None:
    """Read a file here and now, once. None where it could not be read: its findings then say why."""
    kept: list[LedgerImport | None] = []
    run = runs.once("ledger-import", key_of(upload), lambda run: kept.append(read_upload(run, upload.pk)))
    if run.state == RunState.FAILED:
        Upload.objects.filter(pk=upload.pk).update(ready=False, findings=as_rows([BROKEN]))
    return kept[0] if kept else None


def read_later(upload: Upload, person: Person) -> Run:
    """Have a worker read a file."""
    return runs.start("ledger-import", key_of(upload), read_upload, asked_by=person, number=upload.pk)


def read_upload(run: Run, number: int) -> LedgerImport | None:
    """The work of a run: read the file of an upload and keep it, or what is wrong with it."""
    waiting = Upload.objects.select_for_update(of=("self",)).select_related("organisation", "mandate")
    upload = waiting.filter(pk=number).first()
    if upload is None:  # it was thrown away before its turn came
        return None
    try:
        ledger = formats.read(bytes(upload.content), upload.layout, upload.name)
        kept = keep(ledger, upload, lambda percent: runs.report_progress(run, percent))
    except Refused as refusal:
        upload.findings, upload.ready = as_rows(refusal.findings), False
        upload.save()
        return None
    upload.delete()
    return kept


BROKEN = Finding("ledger-not-read", "error")


@transaction.atomic
def keep(ledger: Ledger, upload: Upload, progress: Any = lambda percent: None) -> LedgerImport:
    """Keep a ledger that was read, its file and its rows; the same file read the same way is the import there is.

    Raises Refused with the ledger's findings where one of them is an error, and ``ledger-no-rows``.
    """
    wrong = [finding for finding in ledger.findings if finding.level == "error"]
    if wrong:
        raise Refused(*ledger.findings)
    if not ledger.entries:
        refuse("ledger-no-rows", format=ledger.format)
    content = bytes(upload.content)
    sha256 = hashlib.sha256(content).hexdigest()
    reading = digest(canonical({"file": sha256, "layout": upload.layout}))
    there = LedgerImport.objects.filter(organisation=upload.organisation, reading=reading).first()
    if there is not None:
        return there
    kept = LedgerImport.objects.create(
        organisation=upload.organisation,
        file=files.store(content, formats.media_type(ledger.format), upload.name, upload.mandate),
        reading=reading,
        layout=upload.layout,
        format=ledger.format,
        program=ledger.program[:200],
        company=ledger.company[:200],
        orgnr=ledger.orgnr[:20],
        first_day=ledger.first_day,
        last_day=ledger.last_day,
        rows=len(ledger.entries),
        debit=sum(entry.ore for entry in ledger.entries if entry.ore > 0),
        names=formats.names_of(ledger),
        findings=as_rows([*ledger.findings, *_of_another(ledger, upload.mandate)]),
        mandate=upload.mandate,
    )
    storing.store_rows(kept, ledger, progress)
    return kept


def _of_another(ledger: Ledger, mandate: Mandate) -> list[Finding]:
    """A ledger with another's organisation number may be right (a company of the region's), and is said."""
    own = mandate.organisation
    digits = "".join(filter(str.isdigit, ledger.orgnr))
    if not digits or digits[-10:] == "".join(filter(str.isdigit, own.orgnr)):
        return []
    values = {"orgnr": ledger.orgnr, "company": ledger.company, "own": own.orgnr, "organisation": own.name}
    return [Finding("ledger-of-another", "warning", values, Where(key="file"))]
