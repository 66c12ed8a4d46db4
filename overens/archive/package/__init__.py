# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A closed case as an E-ARK information package (SIP): METS, PREMIS, the papers and the data."""
