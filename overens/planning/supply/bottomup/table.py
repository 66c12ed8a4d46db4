# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What units have entered as one table, out and in: the form that a unit fills in, the region's consolidation, open
data, and the workshop tables of the national planning support.

A row is of a unit and an occupation. It has the figures of the need, an action, or both; a second action for the same
occupation is a row of its own whose figures are empty. The layout of the national planning support is not published in
a form that was at hand, so its headings are assumed: a column is known by any of the words in HEADINGS, and what is not
known is said what it is by a person (docs/supply-plan.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from overens.planning.supply.bottomup import entries
from overens.planning.supply.bottomup.entries import (
    ACTION_FIELDS,
    KINDS,
    NEED_FIELDS,
    STATES,
    UnitEntry,
    action_findings,
    as_fields,
    need_findings,
)
from overens.planning.supply.problem import Occupation
from overens.rules.findings import Finding, Where, error
from overens.rules.statistics.grid import Grid, GridCell

Line = Sequence[object]
# The columns of the table that is written, in order: role and heading.
COLUMNS = {
    "unit": "Verksamhet",
    "occupation": "Yrkeskod",
    "name": "Yrke",
    "have": "Finns i dag",
    "need_0": "Behov i dag",
    "need_1": "Behov om 1 år",
    "need_3": "Behov om 3 år",
    "need_5": "Behov om 5 år",
    "need_10": "Behov om 10 år",
    "gap": "Saknas i dag",
    "why": "Orsak",
    "version": "Version av behovet",
    "number": "Åtgärd nr",
    "title": "Åtgärd",
    "kind": "Slag",
    "owner": "Ansvarig",
    "cost": "Kostnad, kr",
    "first": "Första år",
    "last": "Sista år",
    "follow_up": "Uppföljning",
    "state": "Läge",
    "action_version": "Version av åtgärden",
}
# Read and not used: what it says follows from the others.
UNUSED = "unused"
ROLES = (*COLUMNS, UNUSED)
# Other words that a heading may have, beside its own (assumed).
HEADINGS = {
    "unit": ("enhet", "klinik", "verksamhetsområde", "arbetsplats", "unit"),
    "occupation": ("yrke kod", "kod", "occupation code"),
    "name": ("yrkesgrupp", "kompetens", "befattning", "personalgrupp", "yrkeskategori", "occupation"),
    "have": (
        "antal i dag",
        "antal idag",
        "nuläge",
        "tillgång",
        "tillgång i dag",
        "nuvarande bemanning",
        "finns",
        "have",
    ),
    "need_0": ("behov idag", "behov nu", "nuvarande behov", "need now"),
    "need_1": ("om 1 år", "behov 1 år", "behov 1 år framåt"),
    "need_3": ("om 3 år", "behov 3 år", "behov 3 år framåt"),
    "need_5": ("om 5 år", "behov 5 år", "behov 5 år framåt"),
    "need_10": ("om 10 år", "behov 10 år", "behov 10 år framåt"),
    "gap": ("gap", "saknas", "differens", "skillnad", "kompetensgap"),
    "why": ("orsaker", "varför", "analys", "kommentar", "why"),
    "title": ("insats", "aktivitet", "åtgärder", "action"),
    "kind": ("aruba", "kategori", "typ av åtgärd", "strategi", "kind"),
    "owner": ("ansvar", "ansvarig funktion", "owner"),
    "cost": ("kostnad", "budget", "cost"),
    "first": ("start", "startår", "från", "from"),
    "last": ("slut", "slutår", "klart", "till", "to"),
    "follow_up": ("uppföljs", "mått", "indikator", "follow-up"),
    "state": ("status", "state"),
}
KIND_WORDS = dict(zip(("attrahera", "rekrytera", "utveckla", "behålla", "avveckla"), KINDS, strict=True))
STATE_WORDS = dict(zip(("planerad", "påbörjad", "klar", "avbruten"), STATES, strict=True))
_BACK = {code: word.capitalize() for words in (KIND_WORDS, STATE_WORDS) for word, code in words.items()}


@dataclass(frozen=True)
class Row:
    """What one row says of a part: its fields as text. ``code``: an occupation, or the number of an action ("" for a
    new one). ``version``: the revision that it was written over, None where the table does not say. ``at``: its line.
    """

    unit: str
    kind: str
    code: str
    fields: Mapping[str, str]
    version: int | None
    at: int


@dataclass(frozen=True)
class Versions:
    """By unit and code the revision of each need and each action."""

    needs: Mapping[tuple[str, str], int]
    actions: Mapping[tuple[str, str], int]


def rows(
    units: Sequence[UnitEntry], occupations: Sequence[Occupation], versions: Versions, *, blank: bool
) -> list[Line]:
    """The heading, then a row for each need and action. blank: also for each occupation of which nothing is said."""
    found: list[Line] = [tuple(COLUMNS.values())]
    titles = {each.code: each.title for each in occupations}
    for unit in units:
        said = {each.occupation: each for each in unit.needs}
        for code in ("", *titles):
            actions = [each for each in unit.actions if each.occupation == code]
            need = said.get(code)
            if need is None and not actions and not (blank and code):
                continue
            for at, action in enumerate(actions or [None]):
                cells: dict[str, object] = {"unit": unit.title, "occupation": code, "name": titles.get(code, "")}
                if not at and code:
                    cells["version"] = versions.needs.get((unit.unit, code), 0)
                if need is not None and not at:
                    cells |= as_fields(need) | {"gap": entries.written(need.gap)}
                if action is not None:
                    cells |= {name: text for name, text in as_fields(action).items() if name != "occupation"}
                    cells |= {"kind": _BACK[action.kind], "state": _BACK[action.state], "number": action.number}
                    cells["action_version"] = versions.actions.get((unit.unit, action.number), 0)
                found.append([_cell(role, cells.get(role)) for role in COLUMNS])
    return found


def _cell(role: str, value: object) -> object:
    """Numbers as numbers, so that a spreadsheet adds them up."""
    if value in (None, ""):
        return None
    if role in (*NEED_FIELDS[:-1], "gap"):
        number = Decimal(str(value).replace(",", "."))
        return int(number) if number == int(number) else float(number)
    if role in ("cost", "first", "last", "version", "action_version"):
        return int(str(value))
    return value


def suggested(heads: Sequence[str]) -> dict[str, str]:
    """What each column seems to be by its heading; the first of two that seem the same."""
    known = {_plain(word): role for role, words in HEADINGS.items() for word in words}
    known |= {_plain(heading): role for role, heading in COLUMNS.items()}
    found: dict[str, str] = {}
    for head in heads:
        role = known.get(_plain(head), UNUSED)
        found[head] = UNUSED if role in found.values() else role
    return found


def _plain(text: str) -> str:
    return re.sub(r"[^a-zåäö0-9]+", " ", text.casefold()).strip()


def read(
    grid: Grid, roles: Mapping[str, str], units: Mapping[str, str], occupations: Sequence[Occupation], only: str = ""
) -> tuple[list[Row], list[Finding]]:
    """The rows of a table, and what is to be mended, at its cell (``rad 3, Behov i dag``).

    roles: by heading; units: code by title. only: the one unit whose form it is, which a table may leave out.
    """
    reader = _Reader(grid, roles, {title.casefold(): code for title, code in units.items()}, occupations, only)
    return list(reader.rows()), reader.findings


class _Reader:
    def __init__(
        self,
        grid: Grid,
        roles: Mapping[str, str],
        units: Mapping[str, str],
        occupations: Sequence[Occupation],
        only: str,
    ) -> None:
        self.grid, self.units, self.only = grid, units, only
        self.head = {role: head for head, role in roles.items() if role != UNUSED}
        self.at = {role: grid.heads.index(head) for role, head in self.head.items()}
        self.occupations = {each.code for each in occupations}
        self.names = {each.title.casefold(): each.code for each in occupations}
        self.findings: list[Finding] = []
        used = [role for role in roles.values() if role != UNUSED]
        for twice in sorted({role for role in used if used.count(role) > 1}):
            self.findings.append(error("unit-form-role-twice", column=COLUMNS[twice]))
        if not {"occupation", "name"} & self.at.keys():
            self.findings.append(error("unit-form-no-occupation"))
        if "unit" not in self.at and not only:
            self.findings.append(error("unit-form-no-unit"))

    def rows(self) -> Iterator[Row]:
        if self.findings:
            return
        seen: dict[tuple[str, str], int] = {}
        for number, cells in self.grid.rows:
            texts = {role: _text(cells[at]) for role, at in self.at.items()}
            need = {name: _as_written(name, texts[name]) for name in NEED_FIELDS if texts.get(name)}
            action = {name: texts[name] for name in ACTION_FIELDS if texts.get(name) and name != "occupation"}
            if not need and not action:
                continue
            unit, occupation = self._unit(number, texts), self._occupation(number, texts, bool(need))
            if unit is None or occupation is None:
                continue
            if need:
                if (unit, occupation) in seen:
                    self._say(number, "name", error("unit-form-row-twice", first=seen[unit, occupation]))
                seen.setdefault((unit, occupation), number)
                self._all(number, need_findings(need))
                yield Row(unit, "need", occupation, need, _version(texts.get("version")), number)
            if action:
                action["kind"] = KIND_WORDS.get(texts.get("kind", "").casefold(), texts.get("kind", ""))
                state = texts.get("state", "").casefold()
                action["state"] = STATE_WORDS.get(state, state) or "planned"
                if occupation:
                    action["occupation"] = occupation
                self._all(number, action_findings(action, self.occupations))
                yield Row(
                    unit, "action", texts.get("number", ""), action, _version(texts.get("action_version")), number
                )

    def _unit(self, number: int, texts: Mapping[str, str]) -> str | None:
        title = texts.get("unit", "")
        found = self.units.get(title.casefold()) if title else self.only or None
        if found is None or (self.only and found != self.only):
            self._say(
                number, "unit", error("unit-form-other-unit" if found else "unit-form-unit-unknown", raw=title[:60])
            )
            return None
        return found

    def _occupation(self, number: int, texts: Mapping[str, str], needed: bool) -> str | None:
        code, name = texts.get("occupation", ""), texts.get("name", "")
        found = code if code in self.occupations else self.names.get(name.casefold())
        if found:
            return found
        if not code and not name and not needed:
            return ""  # an action for everybody
        self._say(
            number, "occupation" if code else "name", error("unit-form-occupation-unknown", raw=(code or name)[:60])
        )
        return None

    def _all(self, number: int, findings: Iterator[Finding]) -> None:
        for each in findings:
            self._say(number, (each.where.key if each.where else None) or "", each)

    def _say(self, number: int, role: str, finding: Finding) -> None:
        where = Where(line=number, key=self.head.get(role, COLUMNS.get(role, role)))
        self.findings.append(Finding(finding.code, finding.level, finding.values, where))


def _text(cell: GridCell) -> str:
    if isinstance(cell, str):
        return cell.strip().removeprefix("'") if cell.startswith("'") else cell.strip()
    return f"{cell:f}".replace(".", ",") if isinstance(cell, Decimal) else str(cell)


def _as_written(name: str, text: str) -> str:
    """A number as a field has it, however the file writes it; what is none stays, to be told of."""
    try:
        return text if name in entries.PROSE else entries.written(entries.full_time(text))
    except ValueError:
        return text


def _version(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() else None
