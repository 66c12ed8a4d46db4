# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Areas that go on from one agreement to the next under another id.

Source: the 2019 agreement, section 4.1, which takes over the three areas of the earlier agreements (2018 report, p. 8).
"""

from __future__ import annotations

# (agreement, area) -> the same area in the 2019 agreement.
SAME = {("2017-2018", "a"): "4.1.1", ("2017-2018", "b"): "4.1.2", ("2017-2018", "c"): "4.1.3"}


def same_area(told: str, area: str, agreement: str) -> str:
    """The id in ``agreement`` of an area of the agreement ``told``; empty where none is the same."""
    if told == agreement or not area:
        return area
    return SAME.get((told, area), "") if agreement == "2019" else ""
