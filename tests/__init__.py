# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A package of its own name, since a library of the benchmarks installs one called ``tests`` too."""
