# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Editions that come with Överens: edition.toml, and the text of each passage in a file of its own."""
