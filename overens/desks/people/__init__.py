# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""An organisation's own people: who may do what, from when until when, by whose decision. And one's own mandates."""
