# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the payer types about a debt: later days, parts, and decisions."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from overens.desks.asking import AskingForm, Day, Kronor, Reason
from overens.desks.debtfile import file_of
from overens.desks.refusals import at_fields
from overens.grants.models import Case
from overens.people.models import Organisation
from overens.people.models.organisation import Kind
from overens.records import clock
from overens.rules.amounts import AmountError, group_digits, parse_amount
from overens.rules.findings import error
from overens.rules.interest import DAY
from overens.rules.owing import Instalment

ROW = re.compile(r"(\d{4}-\d\d-\d\d)[\s,;:]+(.+)")
MOST_ROWS = 60


class Rows(forms.CharField):
    """Parts of a plan, one a line: a day and an amount. Cleaned to a list of Instalment."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 6, "spellcheck": "false"})
        super().__init__(widget=widget, max_length=4000, required=False, **options)

    def clean(self, value: Any) -> list[Instalment]:
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > MOST_ROWS:
            raise ValidationError(at_fields([error("plan-too-long", rows=len(lines), most=MOST_ROWS)])[""])
        return list(_rows(lines))


def _rows(lines: list[str]) -> Iterator[Instalment]:
    for number, line in enumerate(lines, start=1):
        found = ROW.fullmatch(line.strip())
        try:
            day, kronor = (dt.date.fromisoformat(found[1]), parse_amount(found[2])) if found else (None, 0)
        except (ValueError, AmountError):
            day, kronor = None, 0
        if day is None or not kronor:
            unreadable = error("plan-row-unreadable", row=number, raw=line.strip()[:60])
            raise ValidationError(at_fields([unreadable])[""])
        yield Instalment(day, kronor)


class ExceptionalForm(AskingForm):
    reason = Reason(label=_("Skäl"), help_text=_("Varför mottagaren får mer tid. Det står på beslutet."))
    exceptional = forms.BooleanField(
        label=_("Längre än ett år från förfallodagen: det är till fördel för staten, eller det finns synnerliga skäl"),
        required=False,
    )


class DeferralForm(ExceptionalForm):
    due_on = Day(label=_("Ny förfallodag"), help_text=_("Infaller dagen på en helg gäller nästa bankdag."))
    field_order = ("due_on", "reason", "exceptional")


class InstalmentsForm(ExceptionalForm):
    rows = Rows(
        label=_("Delbetalningar"),
        help_text=_("En rad för varje del: dag och belopp, till exempel 2020-06-30 100 000. Tillsammans hela skulden."),
    )
    field_order = ("rows", "reason", "exceptional")


class ReverseForm(AskingForm):
    reason = Reason(
        label=_("Skäl"), help_text=_("Varför skulden ska drivas in igen, till exempel att den har betalats.")
    )


class RemissionForm(AskingForm):
    kronor = Kronor(label=_("Belopp som efterges"))
    decider = forms.CharField(label=_("Beslutsfattare"), max_length=200, required=False)
    reason = Reason(
        label=_("Skäl"), help_text=_("Grunden för eftergiften och varför den är uppfylld. Det står på beslutet.")
    )


class InterestRemissionForm(AskingForm):
    decider = forms.CharField(label=_("Beslutsfattare"), max_length=200, required=False)
    reason = Reason(label=_("Skäl"), help_text=_("Varför räntan efterges. Det står på beslutet."))


def three_parts(case: Case) -> dict[str, Any]:
    """A plan to begin from: the debt in three equal parts a month apart, the rest in the last."""
    owed = file_of(case).owed
    part = owed // 3
    days = [clock.today() + 30 * (number + 1) * DAY for number in range(3)]
    sums = [part, part, owed - 2 * part]
    return {"rows": "\n".join(f"{day} {group_digits(kronor)}" for day, kronor in zip(days, sums, strict=True))}


def whole_debt(case: Case) -> dict[str, Any]:
    return {"kronor": group_digits(file_of(case).owed), **payer_decides(case)}


def payer_decides(_case: Case) -> dict[str, Any]:
    return {"decider": Organisation.objects.get(kind=Kind.PAYER).name_on(clock.today())}
