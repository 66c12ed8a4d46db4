# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A plan of the competence mix as files: plan.json with its prices and its checker's verdict, and tables as CSV."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from overens.planning.mix.follow import Followed, findings
from overens.planning.mix.plan import Plan
from overens.planning.mix.priced import Prices
from overens.planning.mix.problem import Mix
from overens.planning.mix.verdict import verdict
from overens.planning.written import write_rows
from overens.rules.findings import Finding, as_json, refuse, word
from overens.rules.values import Table

# All that :func:`write` makes in a folder.
TABLES = ("done", "moved", "staff")
NAMES = ("plan.json", *(f"{table}.csv" for table in TABLES))


def write(mix: Mix, plan: Plan, prices: Prices, folder: Path) -> tuple[Finding, ...]:
    """Into a folder that is there; files of these names are replaced. The verdict, which is in the file too."""
    found = verdict(mix, plan)
    text = json.dumps(as_values(mix, plan, prices, found), ensure_ascii=False, indent=2)
    (folder / "plan.json").write_text(text + "\n", encoding="utf-8")
    for table in TABLES:
        rows = [each.model_dump() for each in getattr(plan, table)]
        write_rows(folder / f"{table}.csv", rows, mix.synthetic)
    return found


def write_followed(mix: Mix, followed: Followed, folder: Path) -> None:
    """Planned against real as followed.json, with what is to be said of it."""
    said = [as_json(each) for each in findings(mix, followed)]
    values = {"note": _note(mix), "followed": followed.model_dump(mode="json"), "findings": said}
    (folder / "followed.json").write_text(json.dumps(values, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def as_values(mix: Mix, plan: Plan, prices: Prices, found: Iterable[Finding]) -> dict[str, Any]:
    said = [as_json(each) for each in found]
    return {
        "note": _note(mix),
        "plan": plan.model_dump(mode="json"),
        "prices": prices.model_dump(mode="json"),
        "verdict": {"approved": not said, "findings": said},
        "problem": mix.model_dump(mode="json", by_alias=True),
    }


def _note(mix: Mix) -> dict[str, str] | None:
    return {language: word("mix-synthetic", language) for language in ("sv", "en")} if mix.synthetic else None


def read(text: str) -> Plan:
    """The plan of a plan.json. Raises Refused (``mix-plan-unreadable``)."""
    try:
        return Plan.model_validate_json(json.dumps(json.loads(text)["plan"]))
    except (ValueError, KeyError, TypeError, ValidationError) as problem:
        refuse("mix-plan-unreadable", "plan", message=str(problem).splitlines()[0][:200])


def schema(of: type[Table]) -> str:
    """The JSON Schema of a problem (:class:`Mix`) or a plan, as it ships."""
    return json.dumps(of.model_json_schema(), ensure_ascii=False, indent=2) + "\n"
