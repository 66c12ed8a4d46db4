# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Public records: register, numbers, disclosure, retention, who has read. For everybody who keeps papers."""
