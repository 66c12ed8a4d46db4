# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Draw docs/process.md from overens/rules/process.py, so that the picture cannot say something else than the code.

python tools/draw_process.py            write it
python tools/draw_process.py --check    exit 1 when it is not what would be written
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from overens.rules.process import ACTS, MOVEMENTS, PLACES, Act, Movement, Side, State

PAGE = Path(__file__).resolve().parents[1] / "docs" / "process.md"

WHERE = {
    Side.RECIPIENT: "recipient",
    Side.PAYER: "payer",
    Side.MINISTRY: "ministry",
    Side.STATE: "payer or ministry",
    Side.SYSTEM: "by rule",
}

INTRODUCTION = """\
<!-- SPDX-FileCopyrightText: The Överens contributors -->
<!-- SPDX-License-Identifier: EUPL-1.2 -->
<!-- Written by tools/draw_process.py from overens/rules/process.py; change that file and run the tool. -->

# The life of a case

A *case* is one recipient's part of one decision line. Its states, who may do what in which state, and which money each
act moves are one table, `overens/rules/process.py`; this page is drawn from it. Actions ask the table before they do
anything (`overens/grants/actions/performing.py`), the desks show buttons by it, and PostgreSQL holds the movements
again in a table of its own (`overens/ledger/sql/0001_ledger.sql`).

What the source states and what is our choice is in [to-be-confirmed.md](to-be-confirmed.md).
"""

ACTS_INTRODUCTION = """\
*From* is every state in which the act may be done; *to* is where it leaves the case, and a dash where the state stays.
The *paper* is the document that the act makes, which is also the cause of every krona that it moves. *By rule* is
what the scheduler or the bank's answer does without a person.
"""

MOVEMENTS_INTRODUCTION = """\
Money moves from one place to another only because of a paper of the kind named, within one owner unless *changes
owner* says otherwise. The agreement's own papers (approval, payment decision, lowering) belong to the agreement and not
to a case, so no act of the table above makes them. A lowering decision has its movements here, and no action yet.
"""


def page() -> str:
    return "\n".join(
        [
            INTRODUCTION,
            "## States\n",
            *_diagram(),
            "",
            "Acts that leave the state as it is are in the table only.\n",
            "## Acts\n",
            ACTS_INTRODUCTION,
            *_acts(),
            "",
            "## Places and movements\n",
            f"A krona is at one of {len(PLACES)} places: {', '.join(f'`{place}`' for place in PLACES)}. What is not"
            " decided is `outside`, the only place that may be negative.\n",
            MOVEMENTS_INTRODUCTION,
            *_movements(),
            "",
        ]
    )


def _diagram() -> Iterable[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield "    direction TB"
    # Mermaid's names have no hyphens; the label shows the state's own.
    yield from (f'    state "{state}" as {_name(state)}' for state in State)
    yield f"    [*] --> {_name(State.DECIDED)}: decide-payment"
    labels: dict[tuple[State, State], list[str]] = {}
    for act in ACTS.values():
        for state in act.states:
            if act.to is not None:
                labels.setdefault((state, act.to), []).append(act.name)
    for (before, after), names in labels.items():
        yield f"    {_name(before)} --> {_name(after)}: {', '.join(names)}"
    yield f"    {_name(State.CLOSED)} --> [*]"
    yield "```"


def _name(state: State) -> str:
    return state.value.replace("-", "_")


def _acts() -> Iterable[str]:
    return _table(("act", "who", "from", "to", "paper", "moves"), (_act(act) for act in ACTS.values()))


def _act(act: Act) -> tuple[str, ...]:
    who = WHERE[act.side] + (f": {', '.join(act.roles)}" if act.roles else "")
    moves = "; ".join(f"{m.from_place} → {m.to_place}" for m in act.movements)
    return f"`{act.name}`", who, ", ".join(act.states), act.to or "–", act.paper or "–", moves or "–"


def _movements() -> Iterable[str]:
    return _table(("from", "to", "paper", "changes owner"), (_movement(m) for m in MOVEMENTS))


def _movement(movement: Movement) -> tuple[str, ...]:
    return movement.from_place, movement.to_place, movement.cause, "yes" if movement.changes_owner else "–"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterable[str]:
    yield _row(head)
    yield _row(("---",) * len(head))
    yield from map(_row, rows)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main() -> int:
    if "--check" in sys.argv[1:]:
        if PAGE.read_text(encoding="utf-8") != page():
            print("docs/process.md is out of date: run python tools/draw_process.py", file=sys.stderr)
            return 1
        return 0
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
