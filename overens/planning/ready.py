# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Compiles what rotas are planned with, once after the installation, so that nobody's first rota waits for it:

python -m overens.planning.ready
"""

from __future__ import annotations

from overens.planning.roster import building, optimum, reading

SECONDS = 4.0


def main() -> None:
    """The example is planned twice: what was compiled the first time leaves time for the rest the second."""
    roster, _ = reading.read(reading.find("exempel"))
    assert roster is not None
    for _ in range(2):
        optimum.solve(building.case(roster), SECONDS)


if __name__ == "__main__":
    main()
