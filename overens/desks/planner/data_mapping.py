# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form in which somebody says how a table is read: each column, each value, and what the table does not say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from overens.desks.planner.data_shown import ROLES, SECTORS, SEXES, care_title, title
from overens.planner.models import DataKind
from overens.planner.taking_in import ReadNeed, ReadStaff
from overens.planning.supply import reference
from overens.planning.supply.importing import need_taking, suggesting, words
from overens.planning.supply.importing.mapping import COUNTED, NEED, STAFF, ColumnIs, Role, TableMapping
from overens.planning.supply.importing.words import LEFT_OUT, TOTAL
from overens.rules.amounts import in_digits
from overens.rules.findings import Finding, Refused, error
from overens.rules.statistics import units
from overens.rules.statistics.grid import Grid

# By role the part of the mapping that says what its values are.
PARTS: dict[Role, str] = {
    "region": "regions", "sector": "sectors", "situation": "situations", "sex": "sexes", "age": "ages",
}  # fmt: skip
# Of a table of need, whose kinds of care and occupations are codes of ours or left out.
NAMED: dict[Role, str] = {"care": "cares", "occupation": "occupations"}
# A table has some hundred occupations; of other values more than these are a column that is something else.
MOST_VALUES = 300
SAMPLES = 3


@dataclass(frozen=True)
class Typed:
    """What was sent. Columns and values go by their place in the file, which does not change while it is read."""

    post: QueryDict
    kind: DataKind

    def mapping(self, grid: Grid) -> TableMapping:
        """Raises Refused: ``staff-year-typed``, ``staff-secret-typed``."""
        columns = tuple(
            ColumnIs(
                head=head,
                role=role if (role := self.post.get(f"role-{at}", "")) in ROLES else "unused",  # type: ignore[arg-type]
                sex=self.post.get(f"sex-{at}", "") if role in COUNTED else "",
                age=self.post.get(f"age-{at}", "").strip() if role in COUNTED else "",
            )
            for at, head in enumerate(grid.heads)
        )
        wrong: list[Finding] = []
        year = self._whole("year", 1990, 2100, "staff-year-typed", wrong)
        secret = self._whole("secret", 0, 20, "staff-secret-typed", wrong)
        wrong += [error("staff-age-typed", f"age-{at}", age=each.age) for at, each in enumerate(columns)
                  if each.age and words.span(each.age) is None]  # fmt: skip
        if wrong:
            raise Refused(*wrong)
        mapping = TableMapping(
            column=columns,
            region=self.post.get("region", ""),
            year=year,
            sector=self.post.get("sector", ""),
            secret=secret,
        )
        said = {"occupations": self._values("occupation", suggesting.named(grid, mapping))}
        for role, part in (PARTS | (NAMED if self.kind == DataKind.NEED else {})).items():
            head = mapping.head(role)
            said[part] = self._values(role, suggesting.values(grid, head)) if head else {}
        return mapping.model_copy(update=said)

    def _whole(self, name: str, least: int, most: int, code: str, wrong: list[Finding]) -> int | None:
        text = self.post.get(name, "").strip()
        found = in_digits(text)
        if text and (found is None or not least <= found <= most):
            wrong.append(error(code, name, least=least, most=most))
            return None
        return found if text else None

    def _values(self, role: str, texts: Any) -> dict[str, str]:
        """By text what was chosen. An answer goes with the text that it was given for, by a field beside it."""
        chosen = {
            self.post.get(f"text-{role}-{at}", ""): self.post.get(f"value-{role}-{at}", "")
            for at in range(len(self.post))
            if f"text-{role}-{at}" in self.post
        }
        return {text: chosen[text] for text in texts if chosen.get(text)}


def columns_shown(grid: Grid, mapping: TableMapping, kind: DataKind) -> list[dict[str, Any]]:
    """Each column with samples and what it is."""
    roles = [(role, ROLES[role]) for role in (NEED if kind == DataKind.NEED else STAFF)]
    said = {each.head: each for each in mapping.columns}
    rows = []
    for at, head in enumerate(grid.heads):
        column = said.get(head, ColumnIs(head=head, role="unused"))
        rows.append(
            {
                "at": at,
                "head": head,
                "samples": grid.samples(head, SAMPLES),
                "role": column.role,
                "sex": column.sex,
                "age": column.age,
                "roles": roles,
                "sexes": list(SEXES.items()),
                "counts": column.role in COUNTED,
            }
        )
    return rows


def constants_shown(mapping: TableMapping, typed: Typed, own: str) -> list[dict[str, Any]]:
    """What the table itself does not say, as fields; as they were typed where they were refused."""
    regions = [] if own else [("", _("Hela landet"))]
    names = units.names()
    regions += [(code, names[code]) for code in sorted(units.codes("region")) if not own or code == own]
    fields = [
        ("year", _("År"), "text", str(mapping.year or ""), [], _("Om ingen kolumn säger det.")),
        ("region", _("Region"), "select", mapping.region, regions, ""),
        ("sector", _("Arbetsgivare"), "select", mapping.sector, list(SECTORS.items()),
         _("Alla arbetsgivare: antalet fördelas som i det som används nu.")),
        ("secret", _("Hemlig cell räknas som"), "text", "" if mapping.secret is None else str(mapping.secret), [],
         _("Antal personer i varje cell som är prickad eller hemlig. Tomt: tabellen tas inte emot med sådana celler.")),
    ]  # fmt: skip
    if typed.kind == DataKind.NEED:
        # Only inhabitants are of a year and a region.
        fields = fields[:2] if need_taking.part_of(mapping) == "population" else []
    asked = [each for each in fields if not (each[0] in ("year", "region", "sector") and mapping.head(each[0]))]  # type: ignore[arg-type]
    return [
        {
            "name": name,
            "label": label,
            "type": kind,
            "value": typed.post.get(name, value),
            "options": options,
            "hint": hint,
        }
        for name, label, kind, value, options, hint in asked
    ]


def values_shown(read: ReadStaff | ReadNeed) -> list[dict[str, Any]]:
    """By role the values of the file, with the persons (of need: the rows) that each holds and what it is with us. Care
    and occupations always, other values where they are not understood or somebody has said what they are.
    """
    if isinstance(read, ReadNeed):
        return [*_named(read), *_understood_or_not(read)]
    found = [_occupations(read)] if read.mapping.head("occupation") or read.mapping.head("aid") else []
    return [*found, *_understood_or_not(read)]


def _understood_or_not(read: ReadStaff | ReadNeed) -> Iterator[dict[str, Any]]:
    for role, part in PARTS.items():
        if rows := _others(read, role, getattr(read.mapping, part)):
            yield {"role": role, "title": ROLES[role], "rows": rows}


def _named(read: ReadNeed) -> Iterator[dict[str, Any]]:
    """The kinds of care and the occupations of a table of need."""
    known: dict[Role, dict[str, str]] = {
        "care": {each.code: care_title(each) for each in read.now.care},
        "occupation": {each.code: title(each) for each in reference.data().occupations},
    }
    for role, part in NAMED.items():
        said, held = getattr(read.mapping, part), read.values.get(role, {})
        options = [("", _("Välj")), *known[role].items(), *_none_of_ours(total=False)]
        rows = [
            {"at": at, "text": text, "name": "", "persons": held.get(text, 0), "value": said.get(text, ""),
             "options": options, "like": ""}
            for at, text in enumerate(need_taking.values(read.grid, read.mapping, role))
        ]  # fmt: skip
        if rows:
            yield {
                "role": role,
                "title": ROLES[role],
                "rows": sorted(rows, key=lambda row: bool(row["value"]))[:MOST_VALUES],
            }


def _occupations(read: ReadStaff) -> dict[str, Any]:
    held = read.values.get("occupation", {})
    proposals = suggesting.proposals(read.grid, read.mapping, read.shape)
    by_code = {each.code: title(each) for each in reference.data().occupations}
    options = [("", _("Välj")), *sorted(by_code.items(), key=lambda each: each[1].casefold()), *_none_of_ours()]
    rows = []
    for at, (text, name) in enumerate(suggesting.named(read.grid, read.mapping).items()):
        like = proposals[text].code if text in proposals else ""
        value = read.mapping.occupations.get(text, "")
        rows.append({"at": at, "text": text, "name": name, "persons": held.get(text, 0), "value": value,
                     "options": options, "like": by_code.get(like, "")})  # fmt: skip
    rows.sort(key=lambda row: (bool(row["value"]), -held.get(str(row["text"]), 0)))
    return {"role": "occupation", "title": ROLES["occupation"], "rows": rows[:MOST_VALUES]}


def _others(read: ReadStaff | ReadNeed, role: Role, said: Mapping[str, str]) -> list[dict[str, Any]]:
    head = read.mapping.head(role)
    if head is None or head not in read.grid.heads:
        return []
    held, options = read.values.get(role, {}), _options(role)
    rows = []
    for at, text in enumerate(suggesting.values(read.grid, head)):
        if text in said or not _understood(role, text):
            rows.append({"at": at, "text": text, "name": read.grid.labels.get(head, {}).get(text, ""),
                         "persons": held.get(text, 0), "value": said.get(text, ""), "options": options})  # fmt: skip
    return rows[:MOST_VALUES]


def _understood(role: str, text: str) -> bool:
    if role == "situation":
        return False
    read = {"region": words.region, "sector": words.sector, "sex": words.sex, "age": words.span}[role]
    return read(text) is not None


def _options(role: str) -> list[tuple[str, Any]]:
    names = units.names()
    known: dict[str, list[tuple[str, Any]]] = {
        "region": [(code, names[code]) for code in sorted(units.codes("region"))],
        "sector": [each for each in SECTORS.items() if each[0]],
        "sex": [each for each in SEXES.items() if each[0]],
        "situation": [("employed", _("Räknas"))],
        "age": [],
    }
    return [("", _("Välj")), *known[role], *_none_of_ours(total=role != "situation")]


def _none_of_ours(total: bool = True) -> list[tuple[str, str]]:
    left_out = (LEFT_OUT, _("Ska inte räknas"))
    return [left_out, (TOTAL, _("Är en summa av de andra"))] if total else [left_out]
