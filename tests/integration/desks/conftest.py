# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tests of pages may look at what a template was given: ``response.context``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test.utils import setup_test_environment, teardown_test_environment


@pytest.fixture(scope="session", autouse=True)
def seen_context() -> Iterator[None]:
    setup_test_environment()
    yield
    teardown_test_environment()
