# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Editions described for data portals: DCAT-AP-SE 3.0.1 (docs.dataportal.se/dcat) as Turtle and JSON-LD.

A dataset is an edition. Its distributions are the same values as CSV, Excel, JSON and over HTTP; single tables are
parts of it and no distributions. Every node has an address of its own, so that the same editions give the same bytes.

Sources: the profile's published examples of mandatory and recommended properties. Assumed: the theme (health), the
whole country as its place, that a year is its first to its last day, and that the publisher is a national authority.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Protocol
from urllib.parse import quote

from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF

from overens.rules.edition.document import Document
from overens.rules.findings import word

ADMS = Namespace("http://www.w3.org/ns/adms#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
EU = "http://publications.europa.eu/resource/authority/"
HEALTH = URIRef(f"{EU}data-theme/HEAL")
THEMES = URIRef(f"{EU}data-theme")
PUBLIC = URIRef(f"{EU}access-right/PUBLIC")
SWEDEN = URIRef("http://sws.geonames.org/2661886/")
LANGUAGES = {"sv": URIRef(f"{EU}language/SWE"), "en": URIRef(f"{EU}language/ENG")}
NATIONAL_AUTHORITY = URIRef("http://purl.org/adms/publishertype/NationalAuthority")
# What may stand in an address as it is; all else is quoted, or no catalogue could be written.
URI = "/:?#[]@!$&'()*+,;=%"
# The files that hold all the values, with the media type that the profile names them by.
WHOLE = {
    "values.csv": "text/csv",
    "workbook.xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "document.json": "application/json",
}


class File(Protocol):
    """``name`` in the folder of data, ``size`` in bytes, ``sha256`` of it."""

    @property
    def name(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def sha256(self) -> str: ...


def graph(
    editions: Iterable[tuple[Document, Sequence[File]]], address: str, *, contact: str = "", api: str = ""
) -> Graph:
    """A catalogue at ``address`` (absolute) of editions with their files. Each edition has an address.

    contact: an e-mail address. api: where the editions are answered for over HTTP.
    """
    found = Graph()
    for prefix, names in (("adms", ADMS), ("spdx", SPDX), ("vcard", VCARD), ("dcat", DCAT), ("dcterms", DCTERMS)):
        found.bind(prefix, names)
    described = list(editions)
    for document, files in described:
        _dataset(found, document, files, address, contact, api)
    _catalogue(found, [document for document, _files in described], address)
    return found


def turtle(described: Graph) -> bytes:
    return described.serialize(format="turtle").encode()


def json_ld(described: Graph) -> bytes:
    """Expanded JSON-LD: every name is whole, and every node stands once, by its address."""
    nodes = json.loads(described.serialize(format="json-ld"))
    for node in nodes:
        for name, values in node.items():
            if isinstance(values, list):
                node[name] = sorted(values, key=json.dumps)
    ordered = sorted(nodes, key=lambda node: str(node["@id"]))
    return json.dumps(ordered, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _catalogue(found: Graph, documents: Sequence[Document], address: str) -> None:
    node = URIRef(address)
    found.add((node, RDF.type, DCAT.Catalog))
    found.add((node, DCAT.themeTaxonomy, THEMES))
    for language, code in LANGUAGES.items():
        found.add((node, DCTERMS.title, Literal(word("edition-catalogue-title", language), lang=language)))
        found.add((node, DCTERMS.description, Literal(word("edition-catalogue-about", language), lang=language)))
        if any(each.language == language for each in documents):
            found.add((node, DCTERMS.language, code))
    found.add((node, FOAF.homepage, node))
    for each in documents:
        found.add((node, DCAT.dataset, URIRef(each.address)))
        found.add((node, DCTERMS.publisher, _publisher(found, each, address)))
        if licence := _licence(each):
            found.add((node, DCTERMS.license, licence))


def _publisher(found: Graph, document: Document, address: str) -> URIRef:
    node = URIRef(f"{address}#{quote(document.publisher, safe='')}")
    found.add((node, RDF.type, FOAF.Agent))
    found.add((node, FOAF.name, Literal(document.publisher)))
    found.add((node, DCTERMS.type, NATIONAL_AUTHORITY))
    return node


def _dataset(
    found: Graph, document: Document, files: Sequence[File], address: str, contact: str, api: str
) -> None:  # fmt: skip
    node, said = URIRef(document.address), document.language
    found.add((node, RDF.type, DCAT.Dataset))
    found.add((node, DCTERMS.title, Literal(document.title, lang=said)))
    about = ". ".join(each for each in (document.subtitle, word("edition-dataset-about", said)) if each)
    found.add((node, DCTERMS.description, Literal(about, lang=said)))
    found.add((node, DCTERMS.publisher, _publisher(found, document, address)))
    found.add((node, DCTERMS.identifier, Literal(document.address, datatype=XSD.anyURI)))
    if document.registration:
        found.add((node, ADMS.identifier, _identifier(found, document)))
    found.add((node, DCTERMS.issued, Literal(document.made_on, datatype=XSD.date)))
    found.add((node, DCTERMS.language, LANGUAGES[said]))
    found.add((node, DCTERMS.accessRights, PUBLIC))
    found.add((node, DCTERMS.spatial, SWEDEN))
    found.add((node, DCAT.theme, HEALTH))
    found.add((node, DCAT.landingPage, node))
    for keyword in word("edition-keywords", said).split(", "):
        found.add((node, DCAT.keyword, Literal(keyword, lang=said)))
    if document.years:
        period = URIRef(f"{document.address}#period")
        found.add((node, DCTERMS.temporal, period))
        found.add((period, RDF.type, DCTERMS.PeriodOfTime))
        found.add((period, DCAT.startDate, Literal(f"{min(document.years)}-01-01", datatype=XSD.date)))
        found.add((period, DCAT.endDate, Literal(f"{max(document.years)}-12-31", datatype=XSD.date)))
    if contact:
        point = URIRef(f"{address}#contact")
        found.add((node, DCAT.contactPoint, point))
        found.add((point, RDF.type, VCARD.Organization))
        found.add((point, VCARD.fn, Literal(document.publisher)))
        found.add((point, VCARD.hasEmail, URIRef(f"mailto:{quote(contact, safe='@')}")))
    for each in files:
        if each.name in WHOLE:
            found.add((node, DCAT.distribution, _file(found, document, each)))
    if api:
        found.add((node, DCAT.distribution, _service(found, document, f"{api}/{document.edition}/values")))


def _identifier(found: Graph, document: Document) -> URIRef:
    node = URIRef(f"{document.address}#registration")
    found.add((node, RDF.type, ADMS.Identifier))
    found.add((node, URIRef("http://www.w3.org/2004/02/skos/core#notation"), Literal(document.registration)))
    return node


def _file(found: Graph, document: Document, file: File) -> URIRef:
    node = URIRef(f"{document.address}data/{file.name}")
    _distribution(found, document, node, node, WHOLE[file.name])
    found.add((node, DCAT.downloadURL, node))
    found.add((node, DCAT.byteSize, Literal(file.size, datatype=XSD.nonNegativeInteger)))
    sum_of = URIRef(f"{node}#sha256")
    found.add((node, SPDX.checksum, sum_of))
    found.add((sum_of, RDF.type, SPDX.Checksum))
    found.add((sum_of, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
    found.add((sum_of, SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)))
    return node


def _service(found: Graph, document: Document, endpoint: str) -> URIRef:
    node, service = URIRef(f"{endpoint}#distribution"), URIRef(endpoint)
    _distribution(found, document, node, service, "application/json")
    found.add((node, DCAT.accessService, service))
    found.add((service, RDF.type, DCAT.DataService))
    title = word("edition-api-title", document.language)
    found.add((service, DCTERMS.title, Literal(title, lang=document.language)))
    found.add((service, DCAT.endpointURL, service))
    found.add((service, DCAT.servesDataset, URIRef(document.address)))
    return node


def _distribution(found: Graph, document: Document, node: URIRef, access: URIRef, media_type: str) -> None:
    found.add((node, RDF.type, DCAT.Distribution))
    found.add((node, DCAT.accessURL, access))
    found.add((node, DCTERMS["format"], Literal(media_type)))
    if licence := _licence(document):
        found.add((node, DCTERMS.license, licence))


def _licence(document: Document) -> URIRef | None:
    """None where none is set, or what is set is no address: the profile wants one."""
    if not document.licence.startswith(("https://", "http://")):
        return None
    return URIRef(quote(document.licence, safe=URI))
