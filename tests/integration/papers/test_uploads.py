# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Uploads are hostile: tests/cases/trust/uploads.toml, sent through the page; and whatever else bytes can be."""

from __future__ import annotations

import io
import struct
import tomllib
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from overens.records import intake
from overens.records.models import Event, Signature, StoredFile
from overens.rules.findings import Refused, error, wording
from tests.integration.papers import signing
from tests.integration.papers.conftest import SentOut

TABLE = tomllib.loads((Path(__file__).parents[2] / "cases" / "trust" / "uploads.toml").read_text("utf-8"))["upload"]
PNG = (Path(__file__).parents[3] / "docs" / "images" / "payer.png").read_bytes()
MANY = 400 * 1024 * 1024
CODES = {case["refused"] for case in TABLE if "refused" in case}


def jpeg() -> bytes:
    """A picture of one grey point: the segments of a baseline JPEG (ITU T.81), its scan all ones."""
    tables = b"\xff\xdb\x00\x43\x00" + bytes([1] * 64)
    frame = b"\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00"
    codes = b"\xff\xc4\x00\x14\x00\x01" + bytes(15) + b"\x00" + b"\xff\xc4\x00\x14\x10\x01" + bytes(15) + b"\x00"
    return b"\xff\xd8" + tables + frame + codes + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x3f" + b"\xff\xd9"


def packed() -> bytes:
    folder = io.BytesIO()
    with zipfile.ZipFile(folder, "w") as file:
        file.writestr("inside.txt", "x")
    return folder.getvalue()


def action(kind: str, **more: Any) -> Any:
    objects: Any = generic
    found = {"/S": objects.NameObject(f"/{kind}"), **{f"/{key}": value for key, value in more.items()}}
    return objects.DictionaryObject(found)


def stream(data: bytes, *filters: str) -> Callable[[Any], Any]:
    """A stream whose bytes are packed already."""
    objects: Any = generic

    def made(writer: Any) -> Any:
        names = objects.ArrayObject([objects.NameObject(f"/{name}") for name in filters])
        return writer.add_object(objects.StreamObject({objects.NameObject("/Filter"): names}, encoded_data=data))

    return made


def encrypted(pdf: bytes, password: str) -> bytes:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    writer: Any = copy_into_new_writer(PdfFileReader(io.BytesIO(pdf)))
    writer.encrypt(owner_pass="owner", user_pass=password)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def page_with(pdf: bytes, key: str, value: Any) -> bytes:
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.find_page_for_modification(0)[0].get_object()
    page[key] = value
    writer.update_container(page)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def made(pdf: bytes) -> dict[str, Callable[[], bytes]]:
    """Every file of the table, from one good PDF."""
    objects: Any = generic
    text = objects.TextStringObject
    root = signing.with_root_entry
    script = action("JavaScript", JS=text("app.alert(1)"))
    file_inside = objects.DictionaryObject({"/EmbeddedFiles": objects.DictionaryObject()})
    whole = zlib.compress(bytes(MANY), 9)
    return {
        "png": lambda: PNG,
        "jpeg": jpeg,
        "pdf": lambda: pdf,
        "pdf-opening-at-page": lambda: root(pdf, "/OpenAction", action("GoTo", D=objects.ArrayObject())),
        "empty": lambda: b"",
        "text": lambda: b"Rekvisition",
        "html": lambda: b"<html><script>alert(1)</script></html>",
        "svg": lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "zip": packed,
        "exe": lambda: b"MZ" + bytes(200),
        "pdf-behind-text": lambda: b"#!/bin/sh\n" + pdf,
        "pdf-truncated": lambda: pdf[: len(pdf) // 2],
        "pdf-first-line": lambda: b"%PDF-1.7\n",
        "pdf-noise": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40 + b"\nstartxref\n9\n%%EOF\n",
        "pdf-without-pages": lambda: root(pdf, "/Pages", objects.NullObject()),
        "pdf-encrypted": lambda: encrypted(pdf, "hemligt"),
        "pdf-encrypted-openly": lambda: encrypted(pdf, ""),
        "pdf-javascript": lambda: root(pdf, "/OpenAction", script),
        "pdf-named-javascript": lambda: root(
            pdf, "/Names", objects.DictionaryObject({"/JavaScript": objects.DictionaryObject()})),
        "pdf-launch": lambda: page_with(pdf, "/Annots", objects.ArrayObject(
            [objects.DictionaryObject({"/Subtype": objects.NameObject("/Link"), "/A": action("Launch")})])),
        "pdf-page-action": lambda: page_with(pdf, "/AA", objects.DictionaryObject({"/O": script})),
        "pdf-embedded": lambda: root(pdf, "/Names", file_inside),
        "pdf-xfa": lambda: root(pdf, "/AcroForm", objects.DictionaryObject({"/XFA": objects.ArrayObject()})),
        "pdf-submits": lambda: root(pdf, "/OpenAction", action("SubmitForm", F=text("https://example.invalid/"))),
        "pdf-javascript-in-history": lambda: root(
            root(pdf, "/OpenAction", script), "/OpenAction", objects.NullObject()),
        "pdf-and-zip": lambda: pdf + packed(),
        "pdf-bomb": lambda: root(pdf, "/Foo", stream(whole, "FlateDecode")),
        "pdf-bomb-in-layers": lambda: root(
            pdf, "/Foo", stream(zlib.compress(whole, 9), "FlateDecode", "FlateDecode")),
        "png-truncated": lambda: PNG[:-40],
        "png-changed": lambda: PNG[:200] + bytes([PNG[200] ^ 1]) + PNG[201:],
        "png-and-zip": lambda: PNG + packed(),
        "jpeg-truncated": lambda: jpeg()[:-2],
        "jpeg-and-html": lambda: jpeg() + b"<script>alert(1)</script>",
    }  # fmt: skip


def traces() -> tuple[int, int, int]:
    return StoredFile.objects.count(), Signature.objects.count(), Event.objects.count()


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["sentence"])
def test_uploads(sent: SentOut, case: dict[str, str]) -> None:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(sent.preparer)
    address = f"/region/10/2019/regioner/papper/{sent.version.pk}/utanfor/"
    form: dict[str, Any] = {"do": "scan", "scan-signatory": str(sent.signatory.pk), "scan-reason": "På papper"}
    if case["file"] != "none":
        content = made(sent.pdf)[case["file"]]()
        form["scan-file"] = SimpleUploadedFile("x", content)
        form["scan-file"]._name = case.get("name", "scan.pdf")  # as it came, not as Django would write it
    before = traces()
    answer = client.post(address, form)
    if "kept_as" in case:
        assert answer.status_code == 302, answer.context["forms"]["scan"].errors
        kept = StoredFile.objects.get()
        assert kept.media_type == case["kept_as"]
        assert bytes(kept.content) == content
        assert kept.name == case.get("kept_name", kept.name)
        assert not set("/\\\0\u202e\x07") & set(kept.name)
        download = client.get(f"/region/10/2019/regioner/papper/{sent.version.pk}/underlag/")
        assert download["Content-Disposition"].startswith("attachment; ")
        assert download["X-Content-Type-Options"] == "nosniff"
    else:
        assert answer.status_code == 422
        said = wording(error(case["refused"], what="", accepted="PDF, PNG, JPEG", limit=20)).split("(")[0]
        assert said in answer.text
        assert traces() == before


@pytest.mark.parametrize(
    ("size", "refused"), [(intake.LARGEST, "upload-type"), (intake.LARGEST + 1, "upload-too-large")]
)
def test_twenty_megabytes_and_not_a_byte_more(size: int, refused: str) -> None:
    with pytest.raises(Refused) as refusal:
        intake.media_type(bytes(size))
    assert refusal.value.findings[0].code == refused


@settings(max_examples=60)
@given(data=st.data())
def test_whatever_bytes_come_they_are_judged_and_nothing_breaks(sent: SentOut, data: st.DataObject) -> None:
    """A good file with bytes changed, cut out or put in is taken in or refused; never anything else."""
    good = data.draw(st.sampled_from([sent.pdf, jpeg(), PNG[:3000]]))
    content = bytearray(good)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        match data.draw(st.sampled_from(["change", "cut", "put"])):
            case "change":
                content[at] = data.draw(st.integers(0, 255))
            case "cut":
                del content[at : at + data.draw(st.integers(1, 50))]
            case "put":
                content[at:at] = data.draw(st.binary(min_size=1, max_size=50))
    try:
        found = intake.media_type(bytes(content))
    except Refused as refusal:
        found = refusal.findings[0].code
    assert found in {intake.PDF, intake.PNG, intake.JPEG} | CODES


def test_a_png_is_what_the_standard_says() -> None:
    """The smallest picture there is, made by hand, is whole; without its end it is not."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    picture = head + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    assert intake.media_type(picture) == intake.PNG
    for broken in (picture[:-12], head, picture[:8] + picture[33:]):
        with pytest.raises(Refused):
            intake.media_type(broken)
