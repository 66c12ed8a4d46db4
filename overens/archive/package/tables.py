# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The data of a case as files that outlive any program: CSV for people, XML by a schema of its own for machines."""

from __future__ import annotations

import csv
import io
from importlib import resources

from lxml import etree

from overens.archive.package.contents import Contents, Table

NAMESPACE = "urn:overens:case:1"
SCHEMA = "overens-case-1.xsd"


def as_csv(table: Table) -> bytes:
    """RFC 4180 in UTF-8, with a header. Nothing is changed for spreadsheets: this is what was, to the letter."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    return text.getvalue().encode()


def as_xml(contents: Contents) -> bytes:
    """All tables in one document by ``overens-case-1.xsd``. A value that is empty is left out."""
    case = contents.case
    root = etree.Element(_tag("case"), nsmap={None: NAMESPACE}, key=case.key, agreement=case.agreement)
    root.set("line", case.line.code)
    root.set("state", case.state)
    recipient = etree.SubElement(root, _tag("recipient"), code=case.recipient.code, name=case.recipient.name)
    if case.recipient.orgnr:
        recipient.set("organisation-number", case.recipient.orgnr)
    for table in contents.tables:
        _append(root, table)
    return to_bytes(root)


def _append(root: etree._Element, table: Table) -> None:
    rows = etree.SubElement(root, _tag(table.name))
    for row in table.rows:
        values = {name: value for name, value in zip(table.columns, row, strict=True) if value}
        etree.SubElement(rows, _tag(table.row), attrib=values)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def to_bytes(root: etree._Element) -> bytes:
    """An XML document, the same bytes for the same tree."""
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def schema() -> bytes:
    return resources.files("overens.archive.package").joinpath("schemas", SCHEMA).read_bytes()
