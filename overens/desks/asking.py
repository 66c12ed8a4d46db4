# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forms of ours: amounts, days, reasons, and refusals at fields. (The agreement's forms: overens/rules/forms.py.)"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from overens.desks.refusals import at_fields
from overens.rules.amounts import AmountError, in_digits, parse_amount
from overens.rules.findings import Refused, error
from overens.rules.text import unwritable


def whole(text: str | None) -> int | None:
    """The number that a hidden field or an address carries; None for anything that is not one of ours."""
    return in_digits(text or "")


class AskingForm(forms.Form):
    """What is missing is said by the page in its own words, with what was typed kept; not by the browser."""

    use_required_attribute = False

    def _post_clean(self) -> None:
        """After everything else of the form: no text with characters that cannot be seen."""
        super()._post_clean()  # type: ignore[misc]
        for finding in unwritable(self.cleaned_data):
            self.refused(Refused(finding))

    @property
    def summary(self) -> list[dict[str, Any]]:
        """Every error with its field, as components/error_summary.html shows them."""
        return [
            {"id": "" if name == NON_FIELD_ERRORS else self[name].id_for_label,
             "label": "" if name == NON_FIELD_ERRORS else self[name].label, "text": text}
            for name, texts in self.errors.items()
            for text in texts
        ]  # fmt: skip

    def refused(self, refusal: Refused) -> None:
        """Show a refusal of the rules: at its field, or above the form where it is about none of them."""
        for key, text in at_fields(refusal.findings).items():
            self.add_error(key if key in self.fields else None, text)

    def carried_out(self, act: Callable[[dict[str, Any]], object]) -> bool:
        """Do the act with what was typed. False when something typed, or the rules, stand against it."""
        if not self.is_valid():
            return False
        try:
            act(self.cleaned_data)
        except Refused as refusal:
            self.refused(refusal)
            return False
        return True


class Kronor(forms.CharField):
    """Whole kronor as people write them; cleaned to an int."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}), **options)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            kronor = parse_amount(text)
        except AmountError as problem:
            said = {"raw": text} if problem.possible is None else {"raw": text, "possible": str(problem.possible)}
            raise ValidationError(at_fields([error(problem.code, **said)])[""]) from None
        if kronor == 0:
            raise ValidationError(_("Beloppet är 0 kronor. Ange ett belopp på minst 1 krona."))
        return kronor


class Day(forms.DateField):
    """A day, written 2019-12-01 or picked."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), input_formats=["%Y-%m-%d"], **options
        )

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, dt.date) else value


class Reason(forms.CharField):
    """Why, in free text. Asked for by the act itself, so that it is refused in one place; required where a form has
    other fields that are, so that all that is missing is said at once.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), max_length=4000, **{"required": False, **options})
