# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens report``: files in a folder, the same bytes each time, nothing of others overwritten, and what is wrong is
told in words.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from overens.editions import current, output, source
from overens.editions.source import EditionSource, PassageSource
from overens.editions.values.register import About
from overens.people.models import Organisation
from overens.rules.edition.process import EditionState
from overens.rules.findings import Refused
from tests.unit.edition.sample import document

CODE = "prov"
TEXT = """Totalt påbörjade {{ number training-posts year=2017 }} sjuksköterskor en utbildningstjänst, se {{ ref t }}.

{{ table training-posts id=t }}
"""


@pytest.fixture
def shipped(world: None, monkeypatch: pytest.MonkeyPatch) -> list[PassageSource]:
    """A small edition that comes with Överens; its passages may be changed."""
    about = About(CODE, "Ett prov", "", "sv", Organisation.objects.get(code="SOS"), 2017, (2016, 2017), ("2017-2018",),
                  "landsting")  # fmt: skip
    passages = [PassageSource("ett", 1, "body", "Ett", TEXT)]
    monkeypatch.setattr(source, "shipped_codes", lambda: [CODE])
    monkeypatch.setattr(source, "shipped", lambda code: EditionSource(about, tuple(passages)))
    monkeypatch.setattr(source, "shipped_on", lambda code: dt.date(2018, 5, 2))
    monkeypatch.setattr(source, "shipped_state", lambda code: EditionState.DRAFT)
    return passages


def report(*arguments: object) -> Any:
    from overens.cli.main import app

    return CliRunner().invoke(app, ["report", *map(str, arguments)])


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_every_format_is_written_and_a_second_time_the_same_bytes(shipped: object, tmp_path: Path) -> None:
    first = report(CODE, "--to", tmp_path / "a" / "b")
    assert first.exit_code == 0, first.output
    found = contents(tmp_path / "a" / "b")
    assert {"prov.pdf", "prov.docx", "html/index.html", "data/values.csv", "data/document.json"} <= set(found)
    assert found["prov.pdf"].startswith(b"%PDF-1.7")
    assert report(CODE, "--to", tmp_path / "c").exit_code == 0
    assert contents(tmp_path / "c") == found
    again = report(CODE, "--to", tmp_path / "c")  # what is the same already is no hindrance
    assert again.exit_code == 0


def test_formats_are_said_one_by_one_or_after_each_other(shipped: object, tmp_path: Path) -> None:
    assert report(CODE, "--to", tmp_path / "a", "--format", "docx", "data").exit_code == 0
    assert report(CODE, "--to", tmp_path / "b", "--format", "data", "--format", "docx").exit_code == 0
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert {name.partition("/")[0] for name in contents(tmp_path / "a")} == {"prov.docx", "data"}


def test_what_is_there_already_is_not_overwritten(shipped: object, tmp_path: Path) -> None:
    (tmp_path / "prov.docx").write_text("någon annans")
    refused = report(CODE, "--to", tmp_path, "--format", "data", "--format", "docx")
    assert refused.exit_code == 1
    assert "prov.docx" in refused.stderr
    assert "--force" in refused.stderr
    assert contents(tmp_path) == {"prov.docx": "någon annans".encode()}
    assert report(CODE, "--to", tmp_path, "--format", "docx", "--force").exit_code == 0
    assert contents(tmp_path)["prov.docx"].startswith(b"PK")


def test_a_folder_that_cannot_be_made_is_told_of(shipped: object, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    refused = report(CODE, "--to", tmp_path / "fil" / "under", "--format", "data")
    assert refused.exit_code == 1
    assert "under" in refused.stderr
    assert "Traceback" not in refused.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("finns-inte", "--to", "x"), CODE),
        ((CODE, "--to", "x", "--format", "odt"), "odt"),
        ((CODE, "--to", "x", "pdf"), "--format"),
        ((CODE,), "--to"),
        (("--to", "x"), "--list"),
    ],
)
def test_what_is_not_understood_is_told(shipped: object, arguments: tuple[str, ...], said: str) -> None:
    refused = report(*arguments)
    assert refused.exit_code in (1, 2)
    assert said in refused.stderr
    assert not Path("x").exists()


def test_what_is_wrong_with_the_text_is_told_and_the_report_is_made(
    shipped: list[PassageSource], tmp_path: Path
) -> None:
    shipped.append(PassageSource("tva", 1, "body", "Två", "Se {{ number finns-inte }} och {{ figure ingen }}."))
    made = report(CODE, "--to", tmp_path, "--format", "data")
    assert made.exit_code == 0
    assert "tva" in made.stderr
    assert "finns-inte" in made.stderr
    assert json.loads(contents(tmp_path)["data/document.json"])["state"] == "draft"


def test_it_is_dated_by_what_it_is_made_of(shipped: object) -> None:
    made = current.current(CODE).compiled.document
    assert made.made_on == made.facts_at == current.dated().isoformat()
    assert current.current(CODE).compiled.document == made


def test_the_editions_are_listed(shipped: object) -> None:
    assert CODE in report("--list").stdout.split()


def test_a_document_as_files(world: None) -> None:
    told: list[int] = []
    names = [name for name, _content in output.files(document(), progress=told.append)]
    assert names[:2] == ["prov-2017.pdf", "prov-2017.docx"]
    assert told == [25, 50, 75, 100]
    with pytest.raises(Refused):
        output.files(document(), ["odt"])
