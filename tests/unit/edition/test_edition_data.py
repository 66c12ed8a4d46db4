# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The data of a document: the same bytes every time, nothing that runs, and a description that a portal can read."""

from __future__ import annotations

import csv
import io
import json

import pytest
from openpyxl import load_workbook
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import DCAT, DCTERMS

from overens.exchange import catalogue, edition_data
from overens.rules.edition.document import Document
from tests.unit.edition import sample

DOCUMENT = sample.document()
LICENCE = "http://creativecommons.org/publicdomain/zero/1.0/"


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return edition_data.files(DOCUMENT)


def test_the_same_document_gives_the_same_bytes(files: dict[str, bytes]) -> None:
    assert edition_data.files(sample.document()) == files


def test_a_value_is_a_line_that_any_program_reads(files: dict[str, bytes]) -> None:
    lines = list(csv.DictReader(io.StringIO(files["values.csv"].decode())))
    assert [line["key"] for line in lines] == [each.key for each in DOCUMENT.values]
    assert {line["number"] for line in lines if line["status"] != "number"} == {""}


def test_the_document_is_whole_and_its_checksum_is_the_one_that_is_printed(files: dict[str, bytes]) -> None:
    assert Document.model_validate_json(files["document.json"]) == DOCUMENT
    about = {each.name: each.sha256 for each in edition_data.about(files)}
    assert about["document.json"] == DOCUMENT.sha256()


def test_the_workbook_begins_with_what_the_words_mean_and_holds_no_formula() -> None:
    sly = DOCUMENT.values[0].model_copy(update={"title": "=HYPERLINK(1)"})
    changed = DOCUMENT.model_copy(update={"values": (sly, *DOCUMENT.values[1:])})
    book = load_workbook(io.BytesIO(edition_data.workbook(changed)))
    assert book.sheetnames[:3] == ["Definitioner", "Värden", "Källor"]
    assert len(book.sheetnames) == 3 + 14
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert "=HYPERLINK(1)" in {cell.value for cell in cells}
    assert all(cell.data_type != "f" for cell in cells)
    text = edition_data.files(changed)["values.csv"].decode()
    assert "'=HYPERLINK(1)" in text


def test_the_read_me_says_what_is_what_and_that_no_licence_is_set(files: dict[str, bytes]) -> None:
    text = files["README.txt"].decode()
    assert "values.csv" in text
    assert "inte angiven" in text
    assert "edition-" not in text
    licensed = DOCUMENT.model_copy(update={"licence": LICENCE})
    assert LICENCE in edition_data.read_me(licensed).decode()


def test_what_a_portal_must_know_is_there(files: dict[str, bytes]) -> None:
    """DCAT-AP-SE 3: title, description and publisher of catalogue and dataset; each distribution's address."""
    found = Graph().parse(data=files["catalogue.ttl"], format="turtle")
    for kind in (DCAT.Catalog, DCAT.Dataset):
        (node,) = found.subjects(RDF.type, kind)
        for name in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher):
            assert list(found.objects(node, name)), (kind, name)
    (dataset,) = found.subjects(RDF.type, DCAT.Dataset)
    assert dataset == URIRef(DOCUMENT.address)
    distributions = list(found.subjects(RDF.type, DCAT.Distribution))
    assert len(distributions) == 3
    for each in distributions:
        assert list(found.objects(each, DCAT.accessURL))
        assert not list(found.objects(each, DCTERMS.license))


def test_a_licence_that_is_set_stands_at_every_file() -> None:
    licensed = DOCUMENT.model_copy(update={"licence": LICENCE})
    found = catalogue.graph([(licensed, edition_data.about(edition_data.files(licensed)))], "https://example.org/")
    of_files = [found.value(each, DCTERMS.license) for each in found.subjects(RDF.type, DCAT.Distribution)]
    assert of_files == [URIRef(LICENCE)] * 3


@pytest.mark.parametrize("licence", ["https://example.org/a b", 'https://example.org/<a>"', "http://[::1"])
def test_a_licence_that_is_no_address_does_not_stop_the_catalogue(licence: str) -> None:
    licensed = sample.document().model_copy(update={"licence": licence})
    described = catalogue.graph([(licensed, [])], "https://example.org/")
    assert Graph().parse(data=catalogue.turtle(described), format="turtle")
    assert catalogue.json_ld(described)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")
def test_json_ld_says_the_same_as_turtle(files: dict[str, bytes]) -> None:
    turtle = Graph().parse(data=files["catalogue.ttl"], format="turtle")
    json_ld = Graph().parse(data=files["catalogue.jsonld"], format="json-ld")
    assert set(turtle) == set(json_ld)
    assert [each["@id"] for each in json.loads(files["catalogue.jsonld"])]


def test_without_an_address_nothing_is_described_to_portals() -> None:
    nowhere = edition_data.files(DOCUMENT.model_copy(update={"address": ""}))
    assert not [name for name in nowhere if name.startswith("catalogue")]
