# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""overens archive and overens dispose, as an operator runs them."""

from __future__ import annotations

from pathlib import Path

from click.testing import Result
from typer.testing import CliRunner

from overens.archive.actions import disposing
from overens.archive.package import make
from overens.cli.main import app
from overens.records.models import Tombstone
from tests.integration.archive.people import case_of, second_administrator
from tests.integration.archive.test_disposing import later, proposed, rule


def overens(*arguments: str | Path) -> Result:
    return CliRunner(env={"OVERENS_LANGUAGE": "en"}).invoke(app, [*map(str, arguments)])


def test_a_case_is_archived_checked_and_never_written_over(fresh_ended: str, tmp_path: Path) -> None:
    target = tmp_path / "blekinge.tar"
    done = overens("archive", "2019/regioner/10", target)
    assert done.exit_code == 0, done.stderr
    assert target.read_bytes() == make.archive(case_of())[1]
    assert overens("archive", "--check", target).exit_code == 0
    again = overens("archive", "2019/regioner/10", target)
    assert (again.exit_code, "blekinge.tar" in again.stderr) == (1, True)
    folder = tmp_path / "folder"
    assert overens("archive", "2019/regioner/10", folder).exit_code == 0
    (folder / "metadata/descriptive/dc.xml").write_text("changed")
    damaged = overens("archive", "--check", folder)
    assert damaged.exit_code == 1
    assert "dc.xml does not have the stated size and hash" in damaged.stderr
    unknown = overens("archive", "2019/regioner/99", tmp_path / "x.tar")
    assert "There is no case 2019/regioner/99" in unknown.stderr


def test_what_was_decided_is_carried_out_once(fresh_ended: str) -> None:
    for code in ("10", "KAM"):
        for kind in ("", "settlement"):
            rule(code, 2, kind)
    later()
    disposal = proposed()
    assert "nothing is decided" in overens("dispose").stdout
    assert not Tombstone.objects.exists()
    disposing.confirm(disposal, second_administrator("10"))
    first = overens("dispose")
    assert first.stdout.strip() == "Gallringsbeslut RA 2020:1: 4", first.stderr
    assert "nothing is decided" in overens("dispose").stdout
    verified = overens("verify")
    assert verified.exit_code == 0, verified.stderr
