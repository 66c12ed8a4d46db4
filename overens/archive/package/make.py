# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Putting a case's package together, and checking one that comes back.

    name/METS.xml                                 what is here, with fixity
    name/metadata/descriptive/dc.xml              what it is (Dublin Core)
    name/metadata/preservation/premis.xml         the package's own files and how it was made (PREMIS 3.0)
    name/representations/rep1/METS.xml            the representation's own list
    name/representations/rep1/metadata/…          its files, the case's events, the roles that acted (PREMIS 3.0)
    name/representations/rep1/data/papers/…       frozen texts, sealed PDFs, signatures, received files
    name/representations/rep1/data/tables/…       the data as CSV and XML
    name/documentation/, name/schemas/            how to read it

The same case gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path, PurePosixPath

from lxml import etree

from overens.archive.package import tables
from overens.archive.package.contents import Contents, File, contents, stamp
from overens.archive.package.documentation import dublin_core, read_me
from overens.archive.package.mets import METS, XLINK, Group, Head, mets
from overens.archive.package.premis import creation_of, events_of, premis
from overens.grants.models import Case
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.rules.findings import refuse

REPRESENTATION = "representations/rep1"
PREMIS = "metadata/preservation/premis.xml"
SOFTWARE = "Överens"


def files_of(case: Case) -> tuple[str, dict[str, bytes]]:
    """The package's name and its files by path. Raises Refused (``case-not-closed``)."""
    found = contents(case)
    software = f"{SOFTWARE} {version('overens')}"

    def own(path: str, media_type: str, content: bytes, title: str) -> File:
        return File(path, media_type, content, found.made_at, title)

    data = [*_under("data", found.files), *_tables(found)]
    history = own(PREMIS, "application/xml", premis(data, software, events_of(found, data)), "PREMIS")
    listing = mets(_head(found, f"{found.name}-rep1"), [], [history], [Group("Data", tuple(data))])
    representation = own(f"{REPRESENTATION}/METS.xml", "application/xml", listing, "METS of the representation")
    documentation = own("documentation/LASMIG.txt", "text/plain", read_me(found), "How to read the package")
    schema = own(f"schemas/{tables.SCHEMA}", "application/xml", tables.schema(), "Schema of tables/case.xml")
    descriptive = own("metadata/descriptive/dc.xml", "application/xml", dublin_core(found), "Dublin Core")
    parts = [descriptive, documentation, schema, representation]
    preservation = own(PREMIS, "application/xml", premis(parts, software, [creation_of(found, parts)]), "PREMIS")
    root = mets(
        _head(found, found.name),
        [descriptive],
        [preservation],
        [
            Group("Documentation", (documentation,)),
            Group("Schemas", (schema,)),
            Group("Representations/rep1", (representation,), pointer="rep1"),
        ],
    )
    inside = _under(REPRESENTATION, [history, *data])
    files = [*parts, preservation, *inside]
    return found.name, {"METS.xml": root, **{file.path: file.content for file in files}}


def archive(case: Case) -> tuple[str, bytes]:
    """The package as a tar file, and its name without an ending."""
    name, files = files_of(case)
    made_at = int(contents(case).made_at.timestamp())
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path in sorted(files):
            entry = tarfile.TarInfo(f"{name}/{path}")
            entry.size, entry.mtime = len(files[path]), made_at
            tar.addfile(entry, io.BytesIO(files[path]))
    return name, buffer.getvalue()


def _under(folder: str, files: tuple[File, ...] | list[File]) -> Iterator[File]:
    return (replace(file, path=f"{folder}/{file.path}") for file in files)


def _tables(found: Contents) -> Iterator[File]:
    for table in found.tables:
        yield File(f"data/tables/{table.name}.csv", "text/csv", tables.as_csv(table), found.made_at, table.name)
    yield File("data/tables/case.xml", "application/xml", tables.as_xml(found), found.made_at, "All tables")


def _head(found: Contents, identifier: str) -> Head:
    payer = Organisation.objects.filter(kind=Kind.PAYER).first() or found.case.recipient
    return Head(
        identifier=identifier,
        label=f"{found.case.line.title}, {found.case.recipient.name}",
        created=stamp(found.made_at),
        software=(SOFTWARE, version("overens")),
        archivist=(payer.name, payer.orgnr),
        numbers=found.numbers,
    )


def first_difference(files: Mapping[str, bytes]) -> str | None:
    """Hold every file against the size and hash that the METS documents state; the first that does not, in words."""
    stated: set[str] = {"METS.xml"}
    waiting = ["METS.xml"]
    while waiting:
        listing = waiting.pop()
        if listing not in files:
            return f"{listing} is missing"
        try:
            root = etree.fromstring(files[listing], etree.XMLParser(resolve_entities=False, no_network=True))
        except etree.XMLSyntaxError as problem:
            return f"{listing} cannot be read: {problem.msg}"
        for path, size, sha256 in _stated(root, PurePosixPath(listing).parent):
            if path not in files:
                return f"{path} is missing"
            if len(files[path]) != size or hashlib.sha256(files[path]).hexdigest() != sha256:
                return f"{path} does not have the stated size and hash"
            if path.endswith("/METS.xml") and path not in stated:
                waiting.append(path)
            stated.add(path)
    if unknown := sorted(files.keys() - stated):
        return f"{unknown[0]} is stated nowhere"
    return None


def _stated(root: etree._Element, folder: PurePosixPath) -> Iterator[tuple[str, int, str]]:
    for element in root.iter(f"{{{METS}}}file", f"{{{METS}}}mdRef"):
        located = element.find(f"{{{METS}}}FLocat")
        href = (element if located is None else located).get(f"{{{XLINK}}}href", "")
        yield str(folder / href), int(element.get("SIZE", "-1")), element.get("CHECKSUM", "").lower()


def read(path: Path) -> dict[str, bytes]:
    """The files of a package, a tar file or a folder, by their path in it.

    Raises Refused (``package-unreadable``): not a package, or one with paths that lead out of it.
    """
    if path.is_dir():
        return {f.relative_to(path).as_posix(): f.read_bytes() for f in sorted(path.rglob("*")) if f.is_file()}
    found: dict[str, bytes] = {}
    try:
        with tarfile.open(path) as tar:
            for entry in tar:
                parts = PurePosixPath(entry.name).parts
                stream = tar.extractfile(entry) if entry.isfile() else None
                if stream is None:
                    continue
                if len(parts) < 2 or ".." in parts or entry.name.startswith("/"):
                    refuse("package-unreadable", file=path.name, problem=f"path {entry.name}")
                found["/".join(parts[1:])] = stream.read()
    except (tarfile.TarError, OSError) as problem:
        refuse("package-unreadable", file=path.name, problem=str(problem)[:200])
    return found
