# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the preserved files are and what happened to them: PREMIS 3.0 (Library of Congress).

Agents are roles at organisations, never persons; who acted is in the case's own events, by number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from overens.archive.package.contents import Contents, File, is_told, stamp
from overens.archive.package.tables import to_bytes
from overens.records.models import Event

NAMESPACE = "http://www.loc.gov/premis/v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SYSTEM = "overens"


@dataclass(frozen=True)
class Happening:
    """An event as PREMIS has it: who did what when, to which files (by path)."""

    identifier: str
    act: str
    at: str
    agent: str
    detail: str
    paths: tuple[str, ...]


def premis(files: Sequence[File], software: str, happenings: Sequence[Happening]) -> bytes:
    """These files with their fixity, what happened, and the roles that acted. ``software``: name, version."""
    root = etree.Element(_tag("premis"), nsmap={None: NAMESPACE, "xsi": XSI}, version="3.0")
    for file in files:
        _object(root, file)
    for happening in happenings:
        _event(root, happening)
    for agent in sorted({each.agent for each in happenings} - {SYSTEM}):
        _agent_element(root, agent, agent, "organization")
    _agent_element(root, SYSTEM, software, "software")
    return to_bytes(root)


def events_of(contents: Contents, files: Sequence[File]) -> list[Happening]:
    """The case's chain, with the files that each event bound; without what was done in the recipient's own space."""
    paths = {file_hash(file): file.path for file in files}
    included = {
        event.cause_id for event in contents.events if event.cause_id and event.cause and event.cause.sha256 in paths
    }
    return [_happening(event, paths) for event in contents.events if is_told(event, included)]


def _happening(event: Event, paths: Mapping[str, str]) -> Happening:
    mandate = event.mandate
    bound = [*([event.cause.sha256] if event.cause else []), *event.papers]
    return Happening(
        identifier=f"{event.subject}#{event.number}",
        act=event.act,
        at=stamp(event.effective_at),
        agent=f"{mandate.organisation.code}/{mandate.role}" if mandate else SYSTEM,
        detail=f"sha256 {event.sha256}",
        paths=tuple(paths[sha256] for sha256 in bound if sha256 in paths),
    )


def creation_of(contents: Contents, files: Sequence[File]) -> Happening:
    """That the package was made. Its time is that of the case's last event, so that it is the same each time."""
    paths = tuple(file.path for file in files)
    return Happening(f"{contents.name}#package", "creation", stamp(contents.made_at), SYSTEM, "package made", paths)


def file_hash(file: File) -> str:
    return hashlib.sha256(file.content).hexdigest()


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _text(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, _tag(name)).text = text


def _identified(parent: etree._Element, what: str, kind: str, value: str) -> etree._Element:
    element = etree.SubElement(parent, _tag(f"{what}Identifier"))
    _text(element, f"{what}IdentifierType", kind)
    _text(element, f"{what}IdentifierValue", value)
    return element


def _object(root: etree._Element, file: File) -> None:
    element = etree.SubElement(root, _tag("object"))
    element.set(f"{{{XSI}}}type", "file")
    _identified(element, "object", "path", file.path)
    characteristics = etree.SubElement(element, _tag("objectCharacteristics"))
    fixity = etree.SubElement(characteristics, _tag("fixity"))
    _text(fixity, "messageDigestAlgorithm", "SHA-256")
    _text(fixity, "messageDigest", file_hash(file))
    _text(characteristics, "size", str(len(file.content)))
    designation = etree.SubElement(etree.SubElement(characteristics, _tag("format")), _tag("formatDesignation"))
    _text(designation, "formatName", file.media_type)
    _text(element, "originalName", file.path.rsplit("/", 1)[-1])


def _event(root: etree._Element, happening: Happening) -> None:
    element = etree.SubElement(root, _tag("event"))
    _identified(element, "event", "chain", happening.identifier)
    _text(element, "eventType", happening.act)
    _text(element, "eventDateTime", happening.at)
    detail = etree.SubElement(element, _tag("eventDetailInformation"))
    _text(detail, "eventDetail", happening.detail)
    _identified_link(element, "Agent", "role", happening.agent)
    for path in happening.paths:
        _identified_link(element, "Object", "path", path)


def _identified_link(parent: etree._Element, what: str, kind: str, value: str) -> None:
    element = etree.SubElement(parent, _tag(f"linking{what}Identifier"))
    _text(element, f"linking{what}IdentifierType", kind)
    _text(element, f"linking{what}IdentifierValue", value)


def _agent_element(root: etree._Element, identifier: str, name: str, kind: str) -> None:
    element = etree.SubElement(root, _tag("agent"))
    _identified(element, "agent", "role", identifier)
    _text(element, "agentName", name)
    _text(element, "agentType", kind)
