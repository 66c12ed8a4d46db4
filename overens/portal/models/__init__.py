# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every grant of every year as the portal shows it, who its recipients are, and what has become new or other."""

from overens.portal.models.change import Change
from overens.portal.models.grant import Grant, GrantShare
from overens.portal.models.recipient import Recipient

__all__ = ["Change", "Grant", "GrantShare", "Recipient"]
