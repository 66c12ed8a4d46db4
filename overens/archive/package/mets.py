# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""METS.xml as E-ARK's Common Specification (CSIP 2.1) and its SIP profile ask for it: every file with its fixity.

The rules were read in eark-validator 1.1.3 (schematron V2.1.0), by which the tests try a package. Two of them shape
what is here: CSIP63 wants a content information type on every file group, and CSIP12 takes every CREATOR for a program,
so that the organisation stands as ARCHIVIST only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from overens.archive.package.contents import File, stamp
from overens.archive.package.tables import to_bytes

METS, XLINK = "http://www.loc.gov/METS/", "http://www.w3.org/1999/xlink"
CSIP, XSI = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS", "http://www.w3.org/2001/XMLSchema-instance"
LOCATIONS = f"{METS} http://www.loc.gov/standards/mets/mets.xsd {CSIP} https://earkcsip.dilcis.eu/schema/DILCISExtensionMETS.xsd"
PROFILE = "https://earksip.dilcis.eu/profile/E-ARK-SIP.xml"
CONTENT_TYPE = "overens-case-1"


@dataclass(frozen=True)
class Head:
    """What a METS document is of. ``created``: UTC, ISO 8601."""

    identifier: str
    label: str
    created: str
    software: tuple[str, str]
    archivist: tuple[str, str]
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """Files of one use, such as Documentation; ``pointer``: the one file of it is a representation's own METS."""

    use: str
    files: tuple[File, ...]
    pointer: str = ""


def mets(head: Head, descriptive: Sequence[File], preservation: Sequence[File], groups: Sequence[Group]) -> bytes:
    """A METS document over files whose paths are relative to it."""
    root = etree.Element(
        _tag("mets"),
        nsmap={None: METS, "csip": CSIP, "xlink": XLINK, "xsi": XSI},
        OBJID=head.identifier,
        LABEL=head.label,
        TYPE="Textual works – Digital",
        PROFILE=PROFILE,
    )
    root.set(f"{{{CSIP}}}CONTENTINFORMATIONTYPE", "OTHER")
    root.set(f"{{{CSIP}}}OTHERCONTENTINFORMATIONTYPE", CONTENT_TYPE)
    root.set(f"{{{XSI}}}schemaLocation", LOCATIONS)
    _header(root, head)
    for file in descriptive:
        section = etree.SubElement(root, _tag("dmdSec"), ID=_id("dmd", file), CREATED=stamp(file.created))
        section.set("STATUS", "CURRENT")
        _reference(section, file, "DC")
    if preservation:
        administrative = etree.SubElement(root, _tag("amdSec"))
        for file in preservation:
            section = etree.SubElement(administrative, _tag("digiprovMD"), ID=_id("amd", file))
            section.set("CREATED", stamp(file.created))
            section.set("STATUS", "CURRENT")
            _reference(section, file, "PREMIS")
    _files(root, groups)
    _structure(root, head, descriptive, preservation, groups)
    return to_bytes(root)


def _header(root: etree._Element, head: Head) -> None:
    header = etree.SubElement(root, _tag("metsHdr"), CREATEDATE=head.created, LASTMODDATE=head.created)
    header.set("RECORDSTATUS", "NEW")
    header.set(f"{{{CSIP}}}OAISPACKAGETYPE", "SIP")
    program = etree.SubElement(header, _tag("agent"), ROLE="CREATOR", TYPE="OTHER", OTHERTYPE="SOFTWARE")
    name, version = head.software
    etree.SubElement(program, _tag("name")).text = name
    note = etree.SubElement(program, _tag("note"))
    note.text = version
    note.set(f"{{{CSIP}}}NOTETYPE", "SOFTWARE VERSION")
    organisation = etree.SubElement(header, _tag("agent"), ROLE="ARCHIVIST", TYPE="ORGANIZATION")
    name, identity = head.archivist
    etree.SubElement(organisation, _tag("name")).text = name
    if identity:
        note = etree.SubElement(organisation, _tag("note"))
        note.text = identity
        note.set(f"{{{CSIP}}}NOTETYPE", "IDENTIFICATIONCODE")
    for number in head.numbers:
        etree.SubElement(header, _tag("altRecordID"), TYPE="REFERENCECODE").text = number


def _files(root: etree._Element, groups: Sequence[Group]) -> None:
    section = etree.SubElement(root, _tag("fileSec"), ID="files")
    for group in groups:
        element = etree.SubElement(section, _tag("fileGrp"), ID=_group_id(group), USE=group.use)
        element.set(f"{{{CSIP}}}CONTENTINFORMATIONTYPE", "OTHER")
        element.set(f"{{{CSIP}}}OTHERCONTENTINFORMATIONTYPE", CONTENT_TYPE)
        for file in group.files:
            entry = etree.SubElement(element, _tag("file"), ID=_id("file", file), **_facts(file))
            _locate(etree.SubElement(entry, _tag("FLocat")), file)


def _structure(
    root: etree._Element,
    head: Head,
    descriptive: Sequence[File],
    preservation: Sequence[File],
    groups: Sequence[Group],
) -> None:
    structure = etree.SubElement(root, _tag("structMap"), ID="structure", TYPE="PHYSICAL", LABEL="CSIP")
    top = etree.SubElement(structure, _tag("div"), ID="package", LABEL=head.identifier)
    if preservation:
        metadata = etree.SubElement(top, _tag("div"), ID="div-metadata", LABEL="Metadata")
        if descriptive:
            metadata.set("DMDID", " ".join(_id("dmd", file) for file in descriptive))
        metadata.set("ADMID", " ".join(_id("amd", file) for file in preservation))
    for group in groups:
        label = "Representations" if group.pointer else group.use
        div = etree.SubElement(top, _tag("div"), ID=f"div-{_group_id(group)}", LABEL=label)
        for file in group.files:
            etree.SubElement(div, _tag("fptr"), FILEID=_id("file", file))
        if group.pointer:
            inner = etree.SubElement(div, _tag("div"), ID=f"div-{group.pointer}", LABEL=group.use)
            pointer = etree.SubElement(inner, _tag("mptr"), LOCTYPE="URL")
            pointer.set(f"{{{XLINK}}}type", "simple")
            pointer.set(f"{{{XLINK}}}href", group.files[0].path)
            pointer.set(f"{{{XLINK}}}title", _id("file", group.files[0]))


def _reference(section: etree._Element, file: File, kind: str) -> None:
    reference = etree.SubElement(section, _tag("mdRef"), MDTYPE=kind, **_facts(file))
    _locate(reference, file)


def _facts(file: File) -> dict[str, str]:
    return {
        "MIMETYPE": file.media_type,
        "SIZE": str(len(file.content)),
        "CREATED": stamp(file.created),
        "CHECKSUM": hashlib.sha256(file.content).hexdigest(),
        "CHECKSUMTYPE": "SHA-256",
    }


def _locate(element: etree._Element, file: File) -> None:
    element.set("LOCTYPE", "URL")
    element.set(f"{{{XLINK}}}type", "simple")
    element.set(f"{{{XLINK}}}href", file.path)


def _tag(name: str) -> str:
    return f"{{{METS}}}{name}"


def _group_id(group: Group) -> str:
    return "group-" + group.use.lower().replace("/", "-").replace(" ", "-")


def _id(prefix: str, file: File) -> str:
    """The same id for the same path; ids begin with a letter and have no slashes."""
    return f"{prefix}-{hashlib.sha256(file.path.encode()).hexdigest()[:20]}"
