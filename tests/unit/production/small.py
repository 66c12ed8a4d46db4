# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small sound problem and its tables, for tests to change something in."""

from __future__ import annotations

from pathlib import Path

CASES = Path(__file__).parents[2] / "cases" / "production"
SOUND = (CASES / "sound.toml").read_text("utf-8")
TABLES = {
    "referrals": """week,service,referred
2026-W47,oga,10
2026-W48,oga,11
2026-W49,oga,9
2026-W50,oga,10
2026-W51,oga,8
""",
    "waiting": """service,step,priority,weeks,patients
oga,besok,hog,0,3
oga,besok,ovrig,3,4
oga,operation,hog,1,2
oga,operation,ovrig,10-13,6
""",
    "outcome": """week,service,step,priority,referred,begun,waiting
2026-W52,oga,besok,hog,2,2,1
2026-W52,oga,besok,ovrig,6,5,8
2026-W52,oga,operation,hog,0,1,1
2026-W52,oga,operation,ovrig,0,3,3
2026-W53,oga,besok,hog,2,2,1
2026-W53,oga,besok,ovrig,6,5,8
2026-W53,oga,operation,hog,0,1,1
2026-W53,oga,operation,ovrig,0,3,3
""",
    "worked": """week,competence,hours
2026-W52,lakare,24.5
2026-W53,lakare,20
""",
}


def files(**tables: str) -> dict[str, str]:
    """The tables by the names that the problem gives them; some in place of the sound ones."""
    return {f"{name}.csv": text for name, text in (TABLES | tables).items()}
