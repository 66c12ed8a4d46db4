# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""``overens burden`` where there is a database: what is reported and measured there counts."""

from __future__ import annotations

import json
import os
import subprocess
import sys


def test_what_the_database_knows_is_used(fresh_world: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from overens.cli.main import app; app()", "burden", "2019", "--format", "json"],
        capture_output=True, text=True, check=False, env={**os.environ, "OVERENS_DATABASE": fresh_world},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    assert json.loads(done.stdout)["agreement"] == "2019"
