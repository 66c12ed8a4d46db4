# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Settings that a test changes for itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.test import override_settings


@pytest.fixture
def settings_of() -> Iterator[Callable[..., None]]:
    with ExitStack() as stack:
        yield lambda **changed: stack.enter_context(override_settings(**changed))
