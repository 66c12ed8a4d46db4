# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A secret address is not in the log."""

from __future__ import annotations

import logging
import secrets

from django.conf import settings

from overens.web.logs import without_secrets


def test_what_is_secret_in_an_address_is_left_out() -> None:
    token = secrets.token_urlsafe(32)
    for path in (f"/planering/mitt-schema/{token}/", f"/planering/mitt-schema/{token}/schema.ics", f"/a/{token}.ics"):
        record = logging.LogRecord("django.request", logging.WARNING, "", 1, "%s: %s", ("Not Found", path), None)
        assert without_secrets(record)
        assert token not in record.getMessage()
        assert record.getMessage() == f"Not Found: {path.replace(token, '…')}"
    assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["without_secrets"]


def test_all_else_is_as_it_was() -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "Not Found: %s", ("/planering/100%/",), None)
    assert without_secrets(record)
    assert record.getMessage() == "Not Found: /planering/100%/"
