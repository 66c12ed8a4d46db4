# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Public records: the register of documents, disclosure with masking, retention and disposal, archive packages."""
