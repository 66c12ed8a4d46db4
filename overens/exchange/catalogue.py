# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Editions, and what grows beside them, described for data portals: DCAT-AP-SE 3.0.1 (docs.dataportal.se/dcat) as
Turtle and JSON-LD.

A dataset is an edition or a :class:`Collection`. The distributions of an edition are the same values as CSV, Excel,
JSON and over HTTP; single tables are parts of it and no distributions. Every node has an address of its own, so that
the same editions give the same bytes.

Sources: the profile's published examples of mandatory and recommended properties. Assumed: the theme (health), the
whole country as its place, that a year is its first to its last day, and that the publisher is a national authority.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Collection:
    """Data that grow: grants, shares, facts, agreements. ``id`` names their words, ``collection-<id>`` and so on; all
    addresses are absolute. ``files``: address and media type. ``years``: the first and the last that they tell of.
    """

    id: str
    page: str
    files: tuple[tuple[str, str], ...]
    api: str
    years: tuple[int, int]


def graph(
    editions: Iterable[tuple[Document, Sequence[File]]],
    address: str,
    *,
    contact: str = "",
    api: str = "",
    collections: Sequence[Collection] = (),
    publisher: str = "",
    licence: str = "",
) -> Graph:
    """A catalogue at ``address`` (absolute) of editions with their files, and of collections. Each edition has an
    address.

    contact: an e-mail address. api: where the editions are answered for over HTTP. publisher, licence: of the
    collections; an edition has its own.
    """
    found = Graph()
    for prefix, names in (("adms", ADMS), ("spdx", SPDX), ("vcard", VCARD), ("dcat", DCAT), ("dcterms", DCTERMS)):
        found.bind(prefix, names)
    described = list(editions)
    for document, files in described:
        _dataset(found, document, files, address, contact, api)
    _catalogue(found, [document for document, _files in described], address)
    for collection in collections:
        _collection(found, collection, address, contact, publisher, licence)
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
    return _agent(found, document.publisher, address)


def _agent(found: Graph, name: str, address: str) -> URIRef:
    node = URIRef(f"{address}#{quote(name, safe='')}")
    found.add((node, RDF.type, FOAF.Agent))
    found.add((node, FOAF.name, Literal(name)))
    found.add((node, DCTERMS.type, NATIONAL_AUTHORITY))
    return node


def _contact(found: Graph, name: str, address: str, contact: str) -> URIRef:
    point = URIRef(f"{address}#contact")
    found.add((point, RDF.type, VCARD.Organization))
    found.add((point, VCARD.fn, Literal(name)))
    found.add((point, VCARD.hasEmail, URIRef(f"mailto:{quote(contact, safe='@')}")))
    return point


def _period(found: Graph, node: URIRef, years: Sequence[int], address: str) -> None:
    period = URIRef(address)
    found.add((node, DCTERMS.temporal, period))
    found.add((period, RDF.type, DCTERMS.PeriodOfTime))
    found.add((period, DCAT.startDate, Literal(f"{min(years)}-01-01", datatype=XSD.date)))
    found.add((period, DCAT.endDate, Literal(f"{max(years)}-12-31", datatype=XSD.date)))


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
        _period(found, node, document.years, f"{document.address}#period")
    if contact:
        found.add((node, DCAT.contactPoint, _contact(found, document.publisher, address, contact)))
    for each in files:
        if each.name in WHOLE:
            found.add((node, DCAT.distribution, _file(found, document, each)))
    if api:
        title: dict[str, str] = {said: word("edition-api-title", said)}
        endpoint = f"{api}/{document.edition}/values"
        found.add((node, DCAT.distribution, _service(found, node, endpoint, title, _licence(document))))


def _collection(
    found: Graph, of: Collection, address: str, contact: str, publisher: str, licence: str
) -> None:  # fmt: skip
    catalogue, node = URIRef(address), URIRef(f"{address}#{of.id}")
    found.add((catalogue, DCAT.dataset, node))
    found.add((node, RDF.type, DCAT.Dataset))
    for language, code in LANGUAGES.items():
        found.add((catalogue, DCTERMS.language, code))
        found.add((node, DCTERMS.language, code))
        found.add((node, DCTERMS.title, Literal(word(f"collection-{of.id}", language), lang=language)))
        found.add((node, DCTERMS.description, Literal(word(f"collection-{of.id}-about", language), lang=language)))
        for keyword in word("collection-keywords", language).split(", "):
            found.add((node, DCAT.keyword, Literal(keyword, lang=language)))
    found.add((node, DCTERMS.identifier, Literal(str(node), datatype=XSD.anyURI)))
    found.add((node, DCTERMS.accessRights, PUBLIC))
    found.add((node, DCTERMS.spatial, SWEDEN))
    found.add((node, DCAT.theme, HEALTH))
    found.add((node, DCAT.landingPage, URIRef(of.page)))
    _period(found, node, of.years, f"{address}#{of.id}-period")
    if publisher:
        agent = _agent(found, publisher, address)
        found.add((node, DCTERMS.publisher, agent))
        found.add((catalogue, DCTERMS.publisher, agent))
        if contact:
            found.add((node, DCAT.contactPoint, _contact(found, publisher, address, contact)))
    terms = _terms(licence)
    if terms:
        found.add((catalogue, DCTERMS.license, terms))
    files = [URIRef(quote(file, safe=URI)) for file, _media_type in of.files]
    for file, (_name, media_type) in zip(files, of.files, strict=True):
        _distribution(found, URIRef(f"{file}#distribution"), file, media_type, terms)
        found.add((URIRef(f"{file}#distribution"), DCAT.downloadURL, file))
        found.add((node, DCAT.distribution, URIRef(f"{file}#distribution")))
    title: dict[str, str] = {language: word("collection-api-title", language) for language in LANGUAGES}
    found.add((node, DCAT.distribution, _service(found, node, of.api, title, terms)))


def _identifier(found: Graph, document: Document) -> URIRef:
    node = URIRef(f"{document.address}#registration")
    found.add((node, RDF.type, ADMS.Identifier))
    found.add((node, URIRef("http://www.w3.org/2004/02/skos/core#notation"), Literal(document.registration)))
    return node


def _file(found: Graph, document: Document, file: File) -> URIRef:
    node = URIRef(f"{document.address}data/{file.name}")
    _distribution(found, node, node, WHOLE[file.name], _licence(document))
    found.add((node, DCAT.downloadURL, node))
    found.add((node, DCAT.byteSize, Literal(file.size, datatype=XSD.nonNegativeInteger)))
    sum_of = URIRef(f"{node}#sha256")
    found.add((node, SPDX.checksum, sum_of))
    found.add((sum_of, RDF.type, SPDX.Checksum))
    found.add((sum_of, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
    found.add((sum_of, SPDX.checksumValue, Literal(file.sha256, datatype=XSD.hexBinary)))
    return node


def _service(
    found: Graph, dataset: URIRef, endpoint: str, title: Mapping[str, str], licence: URIRef | None
) -> URIRef:  # fmt: skip
    node, service = URIRef(f"{endpoint}#distribution"), URIRef(endpoint)
    _distribution(found, node, service, "application/json", licence)
    found.add((node, DCAT.accessService, service))
    found.add((service, RDF.type, DCAT.DataService))
    for language, text in title.items():
        found.add((service, DCTERMS.title, Literal(text, lang=language)))
    found.add((service, DCAT.endpointURL, service))
    found.add((service, DCAT.servesDataset, dataset))
    return node


def _distribution(found: Graph, node: URIRef, access: URIRef, media_type: str, licence: URIRef | None) -> None:
    found.add((node, RDF.type, DCAT.Distribution))
    found.add((node, DCAT.accessURL, access))
    found.add((node, DCTERMS["format"], Literal(media_type)))
    if licence:
        found.add((node, DCTERMS.license, licence))


def _licence(document: Document) -> URIRef | None:
    return _terms(document.licence)


def _terms(licence: str) -> URIRef | None:
    """None where none is set, or what is set is no address: the profile wants one."""
    if not licence.startswith(("https://", "http://")):
        return None
    return URIRef(quote(licence, safe=URI))
