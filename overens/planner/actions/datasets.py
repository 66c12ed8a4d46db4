# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Taking tables of staff in: a file is sent, somebody says how it is read, it is received as a version, and approved.

Nothing is planned on a table before somebody has looked at what it changes and approved it. A mistake is mended by a
new version; what was computed on the old one keeps it.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify

from overens.followup.actions.authority import mandate_of
from overens.people.models import Mandate, Organisation, Person
from overens.people.models.organisation import Kind
from overens.planner import taking_in
from overens.planner.authority import PLANNERS
from overens.planner.models import DataKind, DataSet, DataSetVersion, Incoming, SavedMapping, VersionState
from overens.planning.supply.importing import comparing, need_taking
from overens.planning.supply.importing.mapping import TableMapping, from_values
from overens.records import clock, events, files, locks
from overens.records.intake import LARGEST, MIB
from overens.rules.finding_rows import as_rows
from overens.rules.findings import Refused, refuse
from overens.rules.statistics.units import SWEDISH_ASCII

# Findings with which a version is approved only with a reason.
REASONED = comparing.REASONED | need_taking.REASONED
MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "jsonstat": "application/json",
    "kolada": "application/json",
}
# Codes that are addresses of other pages among the data sets', or what ships.
TAKEN = {"ny", "mall", "synthetic", "inkommen"}


@transaction.atomic
def upload(
    content: bytes,
    name: str,
    organisation: Organisation,
    person: Person,
    *,
    data_set: DataSet | None = None,
    title: str = "",
    kind: DataKind = DataKind.WORKFORCE,
    kept: SavedMapping | None = None,
) -> Incoming:
    """Keep a file while somebody says how it is read; a first mapping is proposed, from how one like it was read.

    Raises Refused: ``no-mandate``, ``upload-too-large``, ``staff-title``, what keeps the file from being read.
    """
    mandate_of(organisation, person, PLANNERS, "receive-data-set", "")
    if len(content) > LARGEST:
        refuse("upload-too-large", "file", limit=LARGEST // MIB)
    title = data_set.title if data_set else title.strip()
    if not title:
        refuse("staff-title", "title")
    before = kept.mapping if kept else _last_mapping(data_set)
    grid, findings = taking_in.opened(content, name)
    if grid is None:
        raise Refused(*(each for each in findings if each.level == "error"))
    kind = DataKind(data_set.kind) if data_set else kind
    mapping = taking_in.proposed(grid, organisation, kind, from_values(before) if before else None)
    return Incoming.objects.create(
        organisation=organisation,
        data_set=data_set,
        title=title[:200],
        kind=kind,
        name=files.shown_name(name),
        content=content,
        mapping=mapping.as_values(),
        person=person,
    )


def _last_mapping(data_set: DataSet | None) -> dict[str, object] | None:
    found = data_set.versions.exclude(file=None).first() if data_set else None
    return found.mapping if found else None


@transaction.atomic
def say_how(incoming: Incoming, mapping: TableMapping, person: Person, keep_as: str = "") -> None:
    """How the file is read from now on; with a name, it is kept for files like it. Raises Refused: ``no-mandate``."""
    mandate_of(incoming.organisation, person, PLANNERS, "receive-data-set", "")
    incoming.mapping = mapping.as_values()
    incoming.save(update_fields=["mapping"])
    if name := keep_as.strip()[:100]:
        locks.hold(f"mapping/{incoming.organisation.code}")
        kept = SavedMapping.objects.filter(organisation=incoming.organisation, name=name).first()
        if kept is None or kept.mapping != incoming.mapping:
            SavedMapping.objects.create(
                organisation=incoming.organisation,
                name=name,
                number=kept.number + 1 if kept else 1,
                mapping=incoming.mapping,
                person=person,
            )


@transaction.atomic
def throw_away(incoming: Incoming, person: Person) -> None:
    """The file is not kept. Raises Refused: ``no-mandate``."""
    mandate_of(incoming.organisation, person, PLANNERS, "receive-data-set", "")
    incoming.delete()


@transaction.atomic
def receive(incoming: Incoming, person: Person) -> DataSetVersion:
    """Make a version of a file, to be looked through. Raises Refused: ``no-mandate``, ``staff-same``, what is to be
    mended in the table or in how it is read.
    """
    mandate = mandate_of(incoming.organisation, person, PLANNERS, "receive-data-set", "")
    read = taking_in.read(incoming)
    if read.cells is None:
        raise Refused(*(each for each in read.findings if each.level == "error"))
    data_set = incoming.data_set or DataSet(
        owner=None if incoming.organisation.kind == Kind.ASSOCIATION else incoming.organisation,
        code=_free(incoming.title),
        kind=incoming.kind,
        title=incoming.title,
    )
    if data_set.pk:
        data_set = DataSet.objects.select_for_update().get(pk=data_set.pk)
    kept = files.store(bytes(incoming.content), MEDIA[read.grid.format], incoming.name, mandate)
    version = DataSetVersion(
        file=kept,
        sha256=kept.sha256,
        mapping=incoming.mapping,
        cells=read.cells,
        findings=as_rows(read.findings),
    )
    same = data_set.pk and data_set.versions.filter(sha256=kept.sha256, mapping=incoming.mapping).exclude(
        state=VersionState.REJECTED
    )
    if same and (found := same.first()):
        refuse("staff-same", "file", number=found.number)
    incoming.delete()
    return _add(data_set, version, mandate, "receive-data-set")


@transaction.atomic
def approve(version: DataSetVersion, reason: str, person: Person) -> DataSetVersion:
    """From now on scenarios that name the data set stand on it. Raises Refused: ``no-mandate``, ``staff-decided``,
    ``staff-older`` where they already stand on a newer one, ``staff-reason`` where something surprising is said of it.
    """
    odd = sorted({each["code"] for each in version.findings if each["code"] in REASONED})
    if odd and not reason.strip():
        refuse("staff-reason", "reason", count=len(odd))
    return _decide(version, VersionState.APPROVED, reason, person, "approve-data-set")


@transaction.atomic
def reject(version: DataSetVersion, reason: str, person: Person) -> DataSetVersion:
    """It stays, with the reason, and nothing stands on it. Raises Refused: as :func:`approve`."""
    if not reason.strip():
        refuse("staff-reject-reason", "reason")
    return _decide(version, VersionState.REJECTED, reason, person, "reject-data-set")


@transaction.atomic
def withdraw(data_set: DataSet, reason: str, person: Person) -> DataSetVersion:
    """A new version that holds nothing: what stood on the data set stands on what ships. Raises Refused:
    ``no-mandate``, ``staff-withdraw-reason``, ``staff-nothing-to-withdraw``.
    """
    locked = DataSet.objects.select_for_update().get(pk=data_set.pk)
    mandate = _mandate(locked, person, "withdraw-data-set")
    if not reason.strip():
        refuse("staff-withdraw-reason", "reason")
    standing = locked.versions.filter(state=VersionState.APPROVED).first()
    if standing is None or standing.withdraws:
        refuse("staff-nothing-to-withdraw", "reason")
    version = DataSetVersion(
        state=VersionState.APPROVED, reason=reason.strip(), decided_by=mandate, decided_at=clock.now()
    )
    return _add(locked, version, mandate, "withdraw-data-set")


def _add(data_set: DataSet, version: DataSetVersion, mandate: Mandate, act: str) -> DataSetVersion:
    data_set.number += 1
    data_set.save()
    version.data_set, version.number, version.received_by = data_set, data_set.number, mandate
    version.save()
    events.record(data_set.key, act, mandate, papers=[version.sha256] if version.sha256 else [])
    return version


def _decide(version: DataSetVersion, state: VersionState, reason: str, person: Person, act: str) -> DataSetVersion:
    data_set = DataSet.objects.select_for_update().get(pk=version.data_set_id)
    locked = DataSetVersion.objects.select_for_update(of=("self",)).select_related("data_set__owner").get(pk=version.pk)
    mandate = _mandate(locked.data_set, person, act)
    if locked.state != VersionState.RECEIVED:
        refuse("staff-decided", number=locked.number)
    newer = data_set.versions.filter(state=VersionState.APPROVED, number__gt=locked.number).first()
    if newer and state == VersionState.APPROVED:
        refuse("staff-older", number=newer.number)
    locked.state, locked.reason, locked.decided_by, locked.decided_at = state, reason.strip(), mandate, clock.now()
    locked.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    events.record(locked.data_set.key, act, mandate, papers=[locked.sha256])
    return locked


def _mandate(data_set: DataSet, person: Person, act: str) -> Mandate:
    """Of whom the data set is; the association for one of the whole country."""
    owner = data_set.owner or Organisation.objects.get(kind=Kind.ASSOCIATION)
    return mandate_of(owner, person, PLANNERS, act, "")


def _free(title: str) -> str:
    """A code that no data set has had."""
    locks.hold("planner/data-sets")
    made = slugify(title.translate(SWEDISH_ASCII))[:50] or "data"
    used = {*DataSet.objects.filter(code__startswith=made).values_list("code", flat=True), *TAKEN}
    return next(code for n in range(1, len(used) + 2) if (code := made if n == 1 else f"{made}-{n}") not in used)
