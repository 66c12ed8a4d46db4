# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from pathlib import Path

import pytest

from overens.web.translations import compile_catalogues

CASES = Path(__file__).parents[2] / "cases" / "agreement"


@pytest.fixture(scope="session", autouse=True)
def wording() -> None:
    compile_catalogues()


@pytest.fixture(scope="session")
def small() -> str:
    """The text of a small agreement without anything to mend."""
    return (CASES / "base" / "small.toml").read_text(encoding="utf-8")
