# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Giving out a copy of a public record, with what is secret in it masked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from django.db import transaction

from overens.archive import register
from overens.archive.actions.authority import OFFICERS, authority
from overens.archive.disclosure import MEDIA_TYPE, Entry, as_pdf, entries
from overens.archive.models import Disclosure
from overens.people.models import Organisation, Person
from overens.records import clock, events
from overens.records.models import DocumentVersion
from overens.rules.disclosure import ground as read_ground
from overens.rules.findings import Refused, error, refuse

LONGEST_REQUESTER = 200


def masks_of(shown: list[Entry], typed: Mapping[str, str]) -> dict[str, str]:
    """The masks that were typed, path → section of OSL, in the paper's order. An empty ground masks nothing.

    Raises Refused with every ground that cannot be read, at its path, and for a path that the paper does not have.
    """
    known = {entry.path for entry in shown}
    wrong = [error("mask-unknown", path) for path, ground in typed.items() if ground.strip() and path not in known]
    found: dict[str, str] = {}
    for entry in shown:
        text = typed.get(entry.path, "").strip()
        if not text:
            continue
        try:
            found[entry.path] = read_ground(text, entry.path)
        except Refused as refusal:
            wrong += refusal.findings
    if wrong:
        raise Refused(*wrong)
    return found


@transaction.atomic
def disclose(
    version: DocumentVersion,
    organisation: Organisation,
    typed: Mapping[str, str],
    requester: str,
    person: Person,
    language: str = "sv",
) -> Disclosure:
    """Give out a copy of a paper of the organisation's register, and note what was masked in it and why.

    typed: section of OSL by path of a field (overens.archive.disclosure.entries). requester: as they want to be called,
    or nothing. The paper itself is not touched. Raises Refused: ``no-mandate``, ``not-in-register``,
    ``paper-disposed``, ``ground-unreadable``, ``mask-unknown``, ``requester-too-long``.
    """
    mandate = authority(person, organisation, OFFICERS, "disclose")
    if not register.papers_of(organisation).filter(pk=version.pk).exists():
        refuse("not-in-register")
    if not version.content:
        refuse("paper-disposed")
    if len(requester.strip()) > LONGEST_REQUESTER:
        refuse("requester-too-long", key="requester", longest=LONGEST_REQUESTER, length=len(requester.strip()))
    shown = entries(version, language)
    masks = masks_of(shown, typed)
    content = as_pdf(version, masks, organisation, language)
    disclosure = Disclosure.objects.create(
        version=version,
        organisation=organisation,
        masked=[
            {"path": entry.path, "label": entry.label, "ground": masks[entry.path]}
            for entry in shown
            if entry.path in masks
        ],
        requester=requester.strip(),
        language=language,
        media_type=MEDIA_TYPE,
        sha256=hashlib.sha256(content).hexdigest(),
        mandate=mandate,
        given_at=clock.now(),
    )
    events.record(f"organisation/{organisation.code}", "disclose", mandate, version, papers=[disclosure.sha256])
    return disclosure


def copy_of(disclosure: Disclosure) -> bytes:
    """The copy made again. Raises Refused: ``paper-disposed``, and ``copy-differs`` where it would not be the same."""
    version = disclosure.version
    if not version.content:
        refuse("paper-disposed")
    masks = {each["path"]: each["ground"] for each in disclosure.masked}
    content = as_pdf(version, masks, disclosure.organisation, disclosure.language)
    if hashlib.sha256(content).hexdigest() != disclosure.sha256:
        refuse("copy-differs")
    return content
