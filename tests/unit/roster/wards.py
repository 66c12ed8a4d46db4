# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Wards to try things on: the sound one of the sentences, with some of its text replaced."""

from __future__ import annotations

from pathlib import Path

from overens.planning.roster.problem import Roster
from overens.planning.roster.reading import read

CASES = Path(__file__).parents[2] / "cases" / "roster"
SOUND = (CASES / "sound.toml").read_text("utf-8")


def ward(more: str = "", **replaced: str) -> Roster:
    text = SOUND
    for old, new in replaced.items():
        assert old in text
        text = text.replace(old, new)
    roster, findings = read(text + more)
    assert roster is not None, findings
    return roster
