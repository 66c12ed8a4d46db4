# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The files of a production problem as they are sent: typed, pasted, uploaded one by one, or all in one zip file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from pydantic import ValidationError

from overens.planning.production.problem import Tables
from overens.planning.production.reading import FILE
from overens.rules import reading
from overens.rules.findings import Finding, Where, error
from overens.rules.studio.editing import data_of

ROLES = ("referrals", "waiting", "coming", "outcome", "worked")
# What a zip file may hold.
MOST_FILES = 20


def names(text: str) -> dict[str, str]:
    """By role the name of each table, as the file says or, where it cannot be read, as it would be without a word."""
    try:
        said = data_of(text).get("tables", {})
        found = Tables.model_validate(said if isinstance(said, Mapping) else {})
    except (ValueError, ValidationError):
        found = Tables()
    return {role: name for role in ROLES if (name := getattr(found, role))}


def sent(request: HttpRequest) -> tuple[dict[str, str], list[Finding]]:
    """All files by name, the problem's own under the empty one, and what could not be taken in."""
    found: list[Finding] = []
    text = _lines(request.POST.get("text", ""))
    uploaded = dict(_uploaded(request, "files", found))
    for name in [each for each in uploaded if each.endswith(".toml")]:
        text = uploaded.pop(name)
    files = {"": text}
    known = names(text)
    for role, name in known.items():
        files[name] = _pasted(request.POST.get(f"table-{role}", ""))
        for _own_name, content in _uploaded(request, f"file-{role}", found):
            files[name] = content
        files[name] = uploaded.pop(name, files[name])
        if not files[name] and role in ("coming", "outcome", "worked"):
            del files[name]
    found += [
        error("production-file-unknown", name=name, file=FILE, known=list(known.values())) for name in sorted(uploaded)
    ]
    return files, found


def _uploaded(request: HttpRequest, field: str, found: list[Finding]) -> Iterator[tuple[str, str]]:
    for file in request.FILES.getlist(field):
        if not isinstance(file, UploadedFile) or not file.name:
            continue
        name, content = PurePath(file.name).name, file.read(5 * reading.LARGEST_FILE + 1)
        packed = dict(_unpacked(name, content, found)) if zipfile.is_zipfile(io.BytesIO(content)) else {name: content}
        for each, raw in packed.items():
            if len(raw) > reading.LARGEST_FILE:
                found.append(error("file-too-large", largest=reading.LARGEST_FILE))
                continue
            try:
                yield each, _lines(raw.decode("utf-8-sig"))
            except UnicodeDecodeError as problem:
                found.append(_at(error("file-not-utf-8", position=problem.start), each))


def _unpacked(name: str, content: bytes, found: list[Finding]) -> Iterator[tuple[str, bytes]]:
    """What is in a zip file, no further than there is reason to read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()][:MOST_FILES]
            for part in parts:
                with archive.open(part) as opened:
                    yield PurePath(part.filename).name, opened.read(reading.LARGEST_FILE + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError):
        found.append(error("production-no-zip", name=name))


def _at(finding: Finding, file: str) -> Finding:
    return Finding(finding.code, finding.level, finding.values, Where(file=file))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def _pasted(text: str) -> str:
    """Cells that come from a spreadsheet are parted by tabs."""
    text = _lines(text)
    return text.replace("\t", ";") if "\t" in text.split("\n", 1)[0] else text
