# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is not written to the log: secret addresses, which open a page for whoever reads them."""

from __future__ import annotations

import logging
import re

# As secrets.token_urlsafe() makes them.
SECRET = re.compile(r"(?<=/)[\w-]{43}(?![\w-])", re.ASCII)


def without_secrets(record: logging.LogRecord) -> bool:
    """A filter that lets everything through, with what is secret in an address left out."""
    record.msg, record.args = SECRET.sub("…", record.getMessage()), ()
    return True
