# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The outbox: files are written with the release that they are of, and handed over as often as anybody asks.

A file can be handed over twice (the process dies after the bank's folder has it and before we have noted that), never
written twice: number, names and bytes are fixed by the release. A bank turns back a message id that it has had
(assumed; ISO 20022 calls it unique per sender), so what comes twice is paid once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.db import transaction

from overens.bank.models import OutgoingFile
from overens.bank.models.outgoing import FileState
from overens.exchange import orders, payment_list
from overens.exchange.iso20022 import pain001
from overens.exchange.orders import BY_HAND, Order, Settings, Transfer
from overens.records import clock
from overens.rules.findings import refuse


def configured() -> Settings:
    """How the payer pays: by its bank's profile, or by hand where none is configured. Raises Refused as
    ``orders.settings`` does.
    """
    return orders.settings(Path(settings.OVERENS_BANK)) if settings.OVERENS_BANK else BY_HAND


def write(batch: int, transfers: Sequence[Transfer], control: str) -> list[tuple[OutgoingFile, tuple[Transfer, ...]]]:
    """Within a release: the files that ask the bank for a batch's payments, each with those it carries.

    control: the SHA-256 of the batch's control list; message ids hold its beginning, so that they are this list's and
    no other's. Raises Refused as ``pain001.write`` does; nothing is written then.
    """
    how = configured()
    profile = orders.profile(how.profile)
    at = clock.now().replace(microsecond=0)
    day = profile.execution_day(at.astimezone(clock.STOCKHOLM).date())
    written = []
    for part, carried in enumerate(orders.parts(transfers, profile.most), start=1):
        order = Order(
            message_id=f"OV-{batch}-{part}-{control[:12].upper()}",
            created_at=at.astimezone(clock.STOCKHOLM),
            execute_on=day,
            payer=how.payer,
            transfers=carried,
        )
        by_hand = profile.format == BY_HAND.profile
        content = payment_list.as_csv(order, control) if by_hand else pain001.write(order, profile)
        file = OutgoingFile.objects.create(
            message_id=order.message_id,
            batch=batch,
            part=part,
            name=f"{order.message_id}.{'csv' if by_hand else 'xml'}",
            profile=how.profile,
            format=profile.format,
            execute_on=day,
            count=len(carried),
            kronor=order.kronor,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            written_at=at,
        )
        written.append((file, carried))
    return written


def fetch(file: OutgoingFile) -> bytes:
    """The file's bytes, the same every time; that it has been fetched is noted once."""
    _note_fetched(file)
    return bytes(file.content)


def export(batch: int, folder: Path) -> list[tuple[Path, bool]]:
    """Write a batch's files to a folder: each with its path, and whether it was written now or lay there already.

    Raises Refused: ``batch-without-files`` (not released, or no such batch), ``folder-missing``, ``file-differs``
    (something else has the name; nothing is overwritten, and no other file is written either).
    """
    files = list(OutgoingFile.objects.filter(batch=batch))
    if not files:
        refuse("batch-without-files", number=batch)
    if not folder.is_dir():
        refuse("folder-missing", folder=str(folder))
    for file in files:
        path = folder / file.name
        if path.exists() and path.read_bytes() != bytes(file.content):
            refuse("file-differs", file=str(path), sha256=file.sha256)
    return [(folder / file.name, _hand_over(file, folder)) for file in files]


def deliver(folder: Path) -> list[OutgoingFile]:
    """Put every file that nobody has fetched in the bank's folder, whole or not at all. May be run at any time, by
    several at once. Lists are for people and are left. Raises Refused as :func:`export` does.
    """
    if not folder.is_dir():
        refuse("folder-missing", folder=str(folder))
    delivered = []
    for number in OutgoingFile.objects.filter(state=FileState.WRITTEN).exclude(format=BY_HAND.profile).values("pk"):
        with transaction.atomic():
            file = OutgoingFile.objects.select_for_update().get(**number)
            if file.state == FileState.WRITTEN:
                _hand_over(file, folder)
                delivered.append(file)
    return delivered


def answered(message_id: str, accepted: bool, at: dt.datetime) -> bool:
    """The bank's word on a whole file. The same word again changes nothing. False for a message id that is not ours."""
    state = FileState.ACCEPTED if accepted else FileState.REJECTED
    found = OutgoingFile.objects.filter(message_id=message_id)
    found.exclude(state=state).update(state=state, answered_at=at)
    return found.exists()


def _hand_over(file: OutgoingFile, folder: Path) -> bool:
    """Write the file beside its name, then give it the name in one step; then note it. False when it lay there."""
    path, content = folder / file.name, bytes(file.content)
    there = path.exists()
    if there and path.read_bytes() != content:
        refuse("file-differs", file=str(path), sha256=file.sha256)
    if not there:
        draft = folder / f".{file.name}.{os.getpid()}"
        with draft.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)
    _note_fetched(file)
    return not there


def _note_fetched(file: OutgoingFile) -> None:
    unfetched = OutgoingFile.objects.filter(pk=file.pk, state=FileState.WRITTEN)
    unfetched.update(state=FileState.FETCHED, fetched_at=clock.now())
