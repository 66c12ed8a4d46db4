# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Letters, of what they told whom, what people do without, and calendar feeds."""

from overens.reminders.models.feed import Feed
from overens.reminders.models.letter import Declined, Letter, Telling

__all__ = ["Declined", "Feed", "Letter", "Telling"]
