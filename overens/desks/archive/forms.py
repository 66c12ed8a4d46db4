# SPDX-FileCopyrightText: The Överens contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is typed in the records."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from overens.archive.register import WAYS
from overens.desks import words
from overens.desks.asking import AskingForm, Day, Reason, whole
from overens.rules.findings import Refused


class RegisterFilter(forms.Form):
    """Narrows the register; what cannot be read is taken for nothing, so that an old address still shows something."""

    sok = forms.CharField(label=_("Nummer, ärende eller avsändare"), required=False, max_length=100)
    riktning = forms.ChoiceField(
        label=_("Riktning"),
        required=False,
        choices=[("", _("Alla")), ("in", _("Inkomna")), ("ut", _("Upprättade"))],
    )
    slag = forms.ChoiceField(label=_("Slag"), required=False)
    sekretess = forms.ChoiceField(
        label=_("Sekretess"), required=False, choices=[("", _("Alla")), ("ja", _("Med sekretessmarkering"))]
    )
    fran = forms.DateField(label=_("Från och med"), required=False, input_formats=["%Y-%m-%d"])
    till = forms.DateField(label=_("Till och med"), required=False, input_formats=["%Y-%m-%d"])

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        kinds = sorted(((kind, str(words.PAPERS.get(kind, kind))) for kind in WAYS), key=lambda pair: pair[1])
        self.fields["slag"].choices = [("", _("Alla")), *kinds]  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def shown(self) -> list[dict[str, object]]:
        """The fields as components/filter_bar.html shows them."""
        types = {"fran": "date", "till": "date", "sok": "search"}
        return [
            {"name": field.name, "label": field.label, "value": self.text(field.name),
             "type": types.get(field.name, "select"), "options": getattr(field.field, "choices", ())}
            for field in self
        ]  # fmt: skip

    def text(self, name: str) -> str:
        value = self.cleaned_data.get(name) or ""
        return value.isoformat() if isinstance(value, dt.date) else str(value)

    def day(self, name: str) -> dt.date | None:
        value = self.cleaned_data.get(name)
        return value if isinstance(value, dt.date) else None


class MarkForm(AskingForm):
    ground = forms.CharField(
        label=_("Paragraf i OSL"),
        max_length=40,
        required=False,
        help_text=_("Till exempel 21:1. Markeringen är en påminnelse: varje begäran prövas för sig."),
    )
    note = forms.CharField(label=_("Vad som kan vara hemligt"), max_length=400, required=False)


class LiftForm(AskingForm):
    reason = forms.CharField(label=_("Skäl att häva markeringen"), max_length=400, required=False)


class NumberForm(AskingForm):
    number = forms.CharField(
        label=_("Diarienummer"),
        max_length=200,
        required=False,
        help_text=_("Så som ni skriver det. Det hittas hur det än skrivs, och står på ärendets nya handlingar."),
    )
    also = forms.BooleanField(label=_("Numret gäller flera ärenden hos oss"), required=False)
    asks_also = False

    def refused(self, refusal: Refused) -> None:
        """A number that another case has is asked about, not forbidden: only then is there a box to tick."""
        self.asks_also = any(finding.code == "registration-elsewhere" for finding in refusal.findings)
        super().refused(refusal)


class RuleForm(AskingForm):
    kind = forms.ChoiceField(label=_("Slag av handling"), required=False)
    years = forms.CharField(
        label=_("Antal år efter att ärendet avslutats"),
        required=False,
        max_length=5,
        help_text=_("Lämna tomt för att bevara för alltid."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    reference = forms.CharField(
        label=_("Beslut"), required=False, max_length=300, help_text=_("Gallringsbeslutets namn och diarienummer.")
    )
    decided_on = Day(label=_("Beslutat"))
    valid_from = Day(label=_("Gäller från och med"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        kinds = sorted(((kind, str(words.PAPERS.get(kind, kind))) for kind in WAYS), key=lambda pair: pair[1])
        self.fields["kind"].choices = [("", _("Alla slag utan eget beslut")), *kinds]  # type: ignore[attr-defined]

    def clean_years(self) -> int | None:
        text = str(self.cleaned_data["years"]).strip()
        if not text:
            return None
        # Anything that is no number of years is refused by the act, in one place.
        return whole(text) or 0


class ProposalForm(AskingForm):
    reason = Reason(label=_("Skäl"), help_text=_("Varför handlingarna gallras nu."))
    reference = forms.CharField(
        label=_("Beslut som gallringen stöds på"), required=False, max_length=300,
        help_text=_("Gallringsbeslutets namn och diarienummer."),
    )  # fmt: skip


class DeclineForm(AskingForm):
    reason = forms.CharField(label=_("Skäl att behålla handlingarna"), max_length=400, required=False)
