# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Figures in the wording of findings."""

from __future__ import annotations

from decimal import Decimal

import pytest

from overens.rules.findings import Finding, wording


@pytest.mark.parametrize(
    ("value", "swedish", "english"),
    [
        (262.58, "262,58", "262.58"),
        (Decimal("0.5"), "0,5", "0.5"),
        (3.0, "3", "3"),
        (12, "12", "12"),
        ("2026.1", "2026.1", "2026.1"),
        ([0.25, 1.0], "0,25, 1", "0.25, 1"),
    ],
)
def test_decimals_stand_after_the_sign_of_the_language(value: object, swedish: str, english: str) -> None:
    finding = Finding("production-plan-shape", "error", {"name": value})
    assert swedish in wording(finding)
    assert english in wording(finding, "en")
