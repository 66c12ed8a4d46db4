# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tests of pages may look at what a template was given: ``response.context``."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session", autouse=True)
def looking(seen_context: None) -> None:
    """All tests here do."""
