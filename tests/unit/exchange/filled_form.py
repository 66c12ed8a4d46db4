# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""The 2019 agreement's forms filled in for Region Blekinge, and as Excel files that somebody has changed."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from functools import cache
from typing import Any

import openpyxl

from overens.exchange.forms import reading, workbook
from overens.rules import forms
from overens.rules import reading as agreements
from overens.rules.agreement import Agreement
from overens.rules.asked import Form
from overens.rules.printed import About, Printed, blank, cost_rows, printed

MADE_AT = dt.datetime(2020, 2, 3, 9, 30, tzinfo=dt.UTC)
CASE = "2019/regioner/10"
KNOWN = {
    "organisation.name": "Region Blekinge",
    "organisation.orgnr": "232100-0081",
    "organisation.postal_address": "Demobox 1, 000 00 Demostad",
    "organisation.telephone": "010-000 00 01",
    "organisation.email": "registrator@region.invalid",
    "organisation.giro": "5050-1055",
    "agreement.registration_number": "S2019/1",
    "agreement.title": "En investering för utvecklade förutsättningar för vårdens medarbetare",
    "agreement.period": "2019-01-01/2019-12-31",
    "decision.registration_number": "S2019/2",
    "case.allocated": "50495445",
    "case.paid": "50495445",
    "person.name": "Ekonom, Region Blekinge",
}
NUMBERS = [("Socialdepartementet", "S2019/1"), ("Kammarkollegiet", "9.2-12345-2019")]
TYPED: Mapping[str, Any] = {
    "E1.3": "Ekonom, regionkontoret",
    "E3.2a": [
        {"title": "Sjuksköterskor, avdelning 3", "kronor": "20000000", "key": ""},
        {"title": "Undersköterskor", "kronor": "5500000", "key": "andel av vårddygnen"},
    ],
    "E3.2b": [],
    "E3.2c": [{"title": "Schemasystem", "kronor": "1000000", "key": ""}],
}

# A requisition that is complete as it stands.
SHORT: Mapping[str, Any] = {"R1.3": "Ekonom, regionkontoret", "R2.4": "50495445"}


@cache
def agreement() -> Agreement:
    found, _ = agreements.read(agreements.find("2019").read_text(encoding="utf-8"))
    assert found is not None
    return found


def form(kind: str = "financial-report") -> Form:
    return agreement().form(kind)


def draft(
    typed: Mapping[str, Any] = TYPED, kind: str = "financial-report", language: str = "sv", **about: Any
) -> Printed:
    """The form as a draft prints it."""
    definition = form(kind)
    values = forms.fill(definition, KNOWN, typed).values
    its = About(**{"form": kind, "form_version": 1, "agreement": "2019", "agreement_version": 1, "case": CASE,
                   "revision": 3, **about})  # fmt: skip
    rows = cost_rows(typed, definition)
    return printed(definition, agreement(), its, "draft", language, values, rows, NUMBERS, "Region Blekinge")


def empty(kind: str = "financial-report", language: str = "sv") -> Printed:
    return blank(form(kind), agreement(), 1, language, "S2019/1")


def excel(*args: Any, **how: Any) -> bytes:
    return workbook.write(draft(*args, **how), MADE_AT)


@cache
def _cells() -> dict[str, str]:
    return reading.read(excel(), form()).cells


def cell(key: str) -> str:
    """Where a field of :func:`excel` stands; a row of costs by ``E3.2a.0.kronor``."""
    return _cells()[key]


def edited(content: bytes, cells: Mapping[str, Any]) -> bytes:
    """The file as another program saves it after somebody typed in cells, by address. Sums are not worked out."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for address, value in cells.items():
        book.worksheets[0][address].value = value
    return saved(book)


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
