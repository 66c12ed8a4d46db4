# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The solver of all plans that are programs, linear or in whole numbers: HiGHS. Needs the extra ``planning``."""

from __future__ import annotations

import highspy


class Silent(highspy.Highs):
    """It would write its name on standard output as soon as it is made."""

    def enableCallbacks(self) -> None:  # noqa: N802
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def solver(seed: int) -> Silent:
    """Holds nothing yet. The same seed, the same answer.

    On one thread: all solvers of a process share its threads, and one that asks for another number of them than the
    first is refused.
    """
    made = Silent()  # type: ignore[no-untyped-call]
    made.setOptionValue("random_seed", seed % 2**31)
    made.setOptionValue("threads", 1)
    return made
