# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is typed when somebody asks what a measure did."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from overens.desks.analyst.forms import Line, Long
from overens.desks.asking import AskingForm
from overens.desks.refusals import at_fields
from overens.effects.actions.studying import Spec
from overens.rules.effects.typed import starts_of
from overens.rules.findings import Refused


class Number(forms.CharField):
    """A number with decimals as people write them, 0,5 or 0.5. Cleaned to a Decimal or None."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}), required=False,
            max_length=12, **options,
        )  # fmt: skip

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value).replace(" ", "").replace("\u00a0", "").replace(",", ".")
        if not text:
            return None
        try:
            found = Decimal(text)
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite() or found != round(found, 4) or abs(found) >= 10**9:
            raise ValidationError(_("”%(raw)s” är inget tal. Skriv det som 0,5."), params={"raw": str(value)[:20]})
        return found


class Year(forms.IntegerField):
    def __init__(self, label: Any, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(label=label, min_value=1900, max_value=2200, widget=widget, **options)


class StudyForm(AskingForm):
    """A question of effect."""

    title = Line(_("Titel"), required=True, max_length=200)
    question = Long(_("Frågan"), required=True, help_text=_("Vad ni vill veta, i en mening eller två."))
    measure = Line(
        _("Insatsen"),
        required=True,
        max_length=300,
        help_text=_("Vad regionerna började med, så att det är samma sak överallt."),
    )
    starts = forms.CharField(
        label=_("När varje region började"),
        help_text=_(
            "En region på varje rad: Skåne, 2015. Skriv aldrig för en region som inte har börjat. En region som inte"
            " står här räknas som okänd och är inte med."
        ),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        max_length=20_000,
        required=False,
    )
    starts_from = Line(
        _("Varifrån startåren är kända"),
        required=True,
        help_text=_("Till exempel redogörelserna för 2019, eller ett besked från varje region."),
    )
    outcome = forms.ChoiceField(
        label=_("Tal som undersöks"), help_text=_("En godkänd tabell med värden per region och år.")
    )
    sex = forms.ChoiceField(
        label=_("Kön"), choices=[("", _("Båda")), ("k", _("Kvinnor")), ("m", _("Män"))], required=False
    )
    placebo = forms.ChoiceField(
        label=_("Tal som inte borde röra sig"),
        help_text=_("Om det också rör sig ligger något annat bakom. Kan lämnas tomt."),
        required=False,
    )
    first_year = Year(_("Första året"))
    last_year = Year(_("Sista året"))
    matters = Number(
        label=_("Minsta effekt som spelar roll"),
        help_text=_("I talets enhet, åt något håll. Säg det innan ni vet vad som kommer ut."),
    )

    def __init__(
        self, data: Any, outcomes: Mapping[str, str], names: Mapping[str, str], **options: Any
    ) -> None:  # fmt: skip
        super().__init__(data, **options)
        self.names = names
        fields: Any = self.fields
        fields["outcome"].choices = list(outcomes.items())
        fields["placebo"].choices = [("", _("Inget")), *outcomes.items()]

    def clean_starts(self) -> dict[str, int | None]:
        try:
            return starts_of(self.cleaned_data["starts"], self.names)
        except Refused as refusal:
            raise ValidationError(_texts(refusal)) from None

    def spec(self) -> Spec:
        typed = self.cleaned_data
        return Spec(**{name: typed[name] for name in self.fields})


def _texts(refusal: Refused) -> list[str]:
    """Every line that is wrong, not only the first of them."""
    return [at_fields([each])["starts"] for each in refusal.findings][:20]
