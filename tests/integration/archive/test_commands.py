# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""overens archive and overens dispose, as an operator runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from overens.archive.actions import disposing
from overens.archive.package import make
from overens.records.models import Tombstone
from tests.integration.archive.people import case_of, second_administrator
from tests.integration.archive.test_disposing import later, proposed, rule


def overens(database: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    code = "from overens.cli.main import app; app()"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, check=False,
        env={**os.environ, "OVERENS_DATABASE": database, "OVERENS_LANGUAGE": "en"},
    )  # fmt: skip


def test_a_case_is_archived_checked_and_never_written_over(fresh_ended: str, tmp_path: Path) -> None:
    target = tmp_path / "blekinge.tar"
    done = overens(fresh_ended, "archive", "2019/regioner/10", target)
    assert done.returncode == 0, done.stderr
    assert target.read_bytes() == make.archive(case_of())[1]
    assert overens(fresh_ended, "archive", "--check", target).returncode == 0
    again = overens(fresh_ended, "archive", "2019/regioner/10", target)
    assert (again.returncode, "blekinge.tar" in again.stderr) == (1, True)
    folder = tmp_path / "folder"
    assert overens(fresh_ended, "archive", "2019/regioner/10", folder).returncode == 0
    (folder / "metadata/descriptive/dc.xml").write_text("changed")
    damaged = overens(fresh_ended, "archive", "--check", folder)
    assert damaged.returncode == 1
    assert "dc.xml does not have the stated size and hash" in damaged.stderr
    unknown = overens(fresh_ended, "archive", "2019/regioner/99", tmp_path / "x.tar")
    assert "There is no case 2019/regioner/99" in unknown.stderr


def test_what_was_decided_is_carried_out_once(fresh_ended: str) -> None:
    for code in ("10", "KAM"):
        for kind in ("", "settlement"):
            rule(code, 2, kind)
    later()
    disposal = proposed()
    assert "nothing is decided" in overens(fresh_ended, "dispose").stdout
    assert not Tombstone.objects.exists()
    disposing.confirm(disposal, second_administrator("10"))
    first = overens(fresh_ended, "dispose")
    assert first.stdout.strip() == "Gallringsbeslut RA 2020:1: 4", first.stderr
    assert "nothing is decided" in overens(fresh_ended, "dispose").stdout
    verified = overens(fresh_ended, "verify")
    assert verified.returncode == 0, verified.stderr
