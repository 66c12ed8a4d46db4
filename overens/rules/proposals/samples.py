# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The file that a new proposal begins as: small, whole and right, with what else can be said in comments."""

from __future__ import annotations

SAMPLE = """\
format = 1
kind = "proposal"
id = "nytt-forslag"
title = "Nytt förslag"
period = { from = 2020-01-01, to = 2020-12-31 }
recipients = "regions"      # eller "municipalities", "municipalities-and-regions", "listed" med [[recipient]]

[allocation]
rounding = "largest-remainder"

# Tal att fördela efter: ur en tabell, eller uppräknade med values.
[[basis]]
id = "folkmangd"
title = "Folkmängd den 1 november 2019"
table = "scb-2019-11-01"
# ages = "75+"
# sex = "k"

[[pot]]
id = "medel"
title = "Medel"
amount = "1 000 000 000 kr"
key = "population-share"    # eller "fixed-plus-population" med fixed, "weights", "results-times-price" med price
basis = "folkmangd"
# least = 5_000_000
# most = 200_000_000
"""
