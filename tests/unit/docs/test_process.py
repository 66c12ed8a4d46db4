# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""docs/process.md is what the table of the process says."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from overens.rules.process import ACTS, MOVEMENTS, State

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "process.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("draw_process", ROOT / "tools" / "draw_process.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_tool_writes(tool: ModuleType) -> None:
    assert tool.page() == PAGE, "run: python tools/draw_process.py"


def test_the_page_has_every_state_act_and_movement() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ")]
    assert all(f'state "{state}"' in PAGE for state in State)
    assert all(sum(line.startswith(f"| `{name}` |") for line in rows) == 1 for name in ACTS)
    assert all(
        sum(line.startswith(f"| {m.from_place} | {m.to_place} | {m.cause} |") for line in rows) == 1 for m in MOVEMENTS
    )
