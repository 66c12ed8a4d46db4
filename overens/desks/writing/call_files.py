# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""A call's lists as files for a spreadsheet, and proposals read from one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from overens.desks.exports import excel_response, table_response
from overens.desks.writing.call_forms import OUTCOMES, UNIT_KINDS
from overens.exchange.ledger_table import sheet
from overens.exchange.noting import Notes
from overens.followup.models import Call, Proposal
from overens.rules.findings import Refused, error
from overens.rules.followup.calls import HEADINGS

LISTS = ("forslag", "verksamheter")
Rows = list[tuple[int, Sequence[object]]]


def by_unit(proposals: Iterable[Proposal]) -> list[tuple[str, int, int, int]]:
    """Per operation: how many proposals, kronor asked for, kronor granted; the one that was granted most first."""
    sums: dict[str, list[int]] = {}
    for each in proposals:
        row = sums.setdefault(each.unit, [0, 0, 0])
        for place, value in enumerate((1, each.kronor, each.granted)):
            row[place] += value
    return sorted(((unit, row[0], row[1], row[2]) for unit, row in sums.items()), key=_most)


def _most(row: tuple[str, int, int, int]) -> tuple[int, int, str]:
    return (-row[3], -row[2], row[0])


def download(call: Call, what: str, kind: str) -> HttpResponse:
    """what: ``forslag`` or ``verksamheter``. kind: ``csv`` or ``xlsx``."""
    proposals = list(call.proposals.decided())
    if what == "verksamheter":
        header = [_("Verksamhet"), _("Förslag"), _("Sökt, kronor"), _("Beviljat, kronor")]
        rows: list[Sequence[object]] = list(by_unit(proposals))
    else:
        header = [
            _("Nr"), *(known[0] for known in HEADINGS.values()), _("Beslut"), _("Beviljat, kronor"), _("Skäl"),
            _("Beslutat den"), _("Beteckning"), _("Åtgärd nr"),
        ]  # fmt: skip
        rows = [_row(each) for each in proposals]
    name = f"{what}-{call.agreement}-{call.number}"
    return table_response(kind, name, header, rows)


def _row(each: Proposal) -> Sequence[object]:
    decided = each.decision
    return [
        each.number, each.name, each.unit, str(UNIT_KINDS[each.unit_kind]), each.contact, each.area, each.purpose,
        each.plan, each.kronor, str(OUTCOMES.get(each.outcome, "")), decided.kronor if decided else None,
        decided.reason if decided else None, decided.decided_on if decided else None,
        decided.reference if decided else None, each.measure,
    ]  # fmt: skip


def template() -> HttpResponse:
    """An empty table of proposals to send out: headings only."""
    return excel_response("mall-forslag", [known[0] for known in HEADINGS.values()], [])


def rows_of(content: bytes, name: str) -> Rows:
    """The rows of an uploaded table, with their numbers. Raises Refused with what the file is not."""
    notes = Notes(name)
    opened = sheet.opened(content, notes)
    rows = [(line.number, line.cells) for line in opened.lines()] if opened else []
    if wrong := [each for each in notes.findings if each.level == "error"]:
        raise Refused(*(error("import-unreadable", "file") for _each in wrong[:1]), *wrong)
    return rows  # type: ignore[return-value]


def rows_of_text(text: str) -> Rows:
    """The rows of a table that was pasted: cells with tabs between, or semicolons where there are no tabs."""
    delimiter = "\t" if "\t" in text else ";"
    return [(number, line.split(delimiter)) for number, line in enumerate(text.splitlines(), 1)]


def as_text(rows: Rows) -> str:
    """The rows as they would be pasted, so that a preview can be sent back."""
    return "\n".join(
        "\t".join(" ".join(str("" if cell is None else cell).split()) for cell in cells) for _, cells in rows
    )
