# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tests of the archive's pages look at what a template was given."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test.utils import setup_test_environment, teardown_test_environment


@pytest.fixture(scope="module", autouse=True)
def seen_context() -> Iterator[None]:
    """Tests of pages may look at what a template was given."""
    try:
        setup_test_environment()
    except RuntimeError:  # the desks' own tests have done it in this process
        yield
        return
    yield
    teardown_test_environment()
