# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""National reports as they compute: values and their keys, text with bound values, the document, differences."""
